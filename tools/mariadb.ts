import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { freePort } from './postgres.ts'

/** A MariaDB server of our own for tests, on loopback, in a folder that goes away with it. */
export type MariadbServer = {
  readonly port: number
  /** As the one who may do everything. */
  query(sql: string, values?: (string | number)[]): Promise<void>
  stop(): Promise<void>
}

/** Never as root: it runs as the user of whom Debian says that nothing belongs to him. */
const servant = 'nobody'

export async function startMariadb(): Promise<MariadbServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-mariadb-'))
  const data = join(folder, 'data')
  mkdirSync(data)
  const asRoot = process.getuid?.() === 0
  if (asRoot) {
    const id = (flag: string) => Number(execFileSync('id', [flag, servant], { encoding: 'utf8' }))
    for (const each of [folder, data]) chownSync(each, id('-u'), id('-g'))
  }
  const command = (name: string, args: string[]): [string, string[]] =>
    asRoot ? ['runuser', ['-u', servant, '--', name, ...args]] : [name, args]
  const common = [
    '--no-defaults',
    `--datadir=${data}`,
    '--innodb-buffer-pool-size=32M',
    '--innodb-log-file-size=8M',
    '--innodb-flush-log-at-trx-commit=0',
    '--performance-schema=OFF',
  ]
  // What the installing script of the packages does, which asks for more packages than the server itself.
  const tables = ['mysql_system_tables.sql', 'mysql_system_tables_data.sql'].map((name) =>
    readFileSync(join('/usr/share/mysql', name), 'utf8'),
  )
  execFileSync(...command('/usr/sbin/mariadbd', [...common, '--bootstrap']), {
    input: ['create database mysql;', 'use mysql;', 'set @auth_root_socket = null;', ...tables].join('\n'),
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  })
  const port = await freePort()
  const socket = join(folder, 'socket')
  const server: ChildProcess = spawn(
    ...command('/usr/sbin/mariadbd', [
      ...common,
      `--socket=${socket}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--character-set-server=utf8mb4',
    ]),
    { stdio: 'ignore', cwd: '/' },
  )
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  for (let attempt = 0; ; attempt += 1) {
    try {
      const connection = await mysql.createConnection({ socketPath: socket, user: 'root' })
      return {
        port,
        query: async (sql, values) => void (await connection.query(sql, values)),
        async stop() {
          await connection.query('shutdown')
          connection.destroy()
          await ended
          rmSync(folder, { recursive: true, force: true })
        },
      }
    } catch (error) {
      if (attempt === 100 || server.exitCode !== null) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
