import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A PostgreSQL server of our own for tests and benchmarks, on loopback, in a folder that goes away with it. */
export type TestServer = { url: string; stop(): void }

/** Finds the newest PostgreSQL that is installed in Debian's place, or on the PATH. */
export function findPostgres(): string | undefined {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  for (const version of versions) {
    const bin = join(root, version, 'bin')
    if (existsSync(join(bin, 'initdb'))) return bin
  }
  for (const folder of (process.env['PATH'] ?? '').split(':'))
    if (existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) return folder
  return undefined
}

/** Installs PostgreSQL from Debian's packages where that is possible; says what to do where it is not. */
export function ensurePostgres(): string {
  const found = findPostgres()
  if (found !== undefined) return found
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'], {
      stdio: 'ignore',
    })
  } catch {
    throw new Error(
      'PostgreSQL is needed for the tests: install it with "apt-get install postgresql" as root',
    )
  }
  const installed = findPostgres()
  if (installed === undefined) throw new Error('PostgreSQL was installed but initdb was not found')
  return installed
}

/**
 * `cacheMb`: what it keeps of the tables in its own memory; PostgreSQL's own 128 MB where absent. `flushed`: false for
 * a server that need not survive a power cut, and does not wait for the disk.
 */
export async function startPostgres({
  cacheMb = 128,
  flushed = true,
}: {
  cacheMb?: number
  flushed?: boolean
} = {}): Promise<TestServer> {
  const bin = ensurePostgres()
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-pg-'))
  const port = await freePort()
  // PostgreSQL refuses to run as root, so there it runs as its own user.
  const asRoot = process.getuid?.() === 0
  if (asRoot) {
    const uid = Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }))
    chownSync(folder, uid, -1)
  }
  chmodSync(folder, 0o700)
  const command = (name: string, args: string[]): [string, string[]] =>
    asRoot ? ['runuser', ['-u', 'postgres', '--', join(bin, name), ...args]] : [join(bin, name), args]
  const data = join(folder, 'data')
  execFileSync(
    ...command('initdb', ['-D', data, '-U', 'tiaoli', '-A', 'trust', '-E', 'UTF8', '--locale=C']),
    {
      stdio: 'ignore',
      cwd: '/',
    },
  )
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    '-k',
    folder,
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'max_connections=200',
    '-c',
    `shared_buffers=${cacheMb}MB`,
    ...(flushed ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
  ]
  const server = spawn(...command('postgres', args), { stdio: 'ignore', cwd: '/' })
  const stop = () => {
    try {
      execFileSync(...command('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']), {
        stdio: 'ignore',
        cwd: '/',
      })
    } catch {
      server.kill('SIGQUIT')
    }
    rmSync(folder, { recursive: true, force: true })
  }
  for (let attempt = 0; ; attempt++) {
    try {
      execFileSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
      break
    } catch {
      if (attempt > 100) throw new Error('PostgreSQL did not start')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return { url: `postgres://tiaoli@127.0.0.1:${port}/postgres`, stop }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
