import { connect, createServer, type Socket } from 'node:net'
import pg from 'pg'

/** Somebody's database: the PostgreSQL server of the tests, reached over a wire that a scenario can cut. */
export type SourceDatabase = {
  /** Address as its owner registers it, without user and password. */
  readonly url: string
  readonly user: string
  query(sql: string, values?: unknown[]): Promise<void>
  /** The wire goes dead after this many more bytes of answers; null: it holds. */
  cutAfter(bytes: number | null): void
  close(): Promise<void>
}

/** Makes an empty database of its own on the server that the tests stand on. */
export async function openSourceDatabase(name: string): Promise<SourceDatabase> {
  const server = new URL(process.env['TEST_DATABASE_URL']!)
  const admin = new pg.Client({ connectionString: server.href })
  await admin.connect()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name}`)
  const own = new URL(server.href)
  own.pathname = `/${name}`
  const client = new pg.Client({ connectionString: own.href })
  await client.connect()

  let left: number | null = null
  const sockets = new Set<Socket>()
  const wire = createServer((caller) => {
    const inner = connect(Number(server.port || 5432), server.hostname)
    for (const socket of [caller, inner]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        caller.destroy()
        inner.destroy()
      })
    }
    caller.pipe(inner)
    inner.on('data', (bytes: Buffer) => {
      if (left !== null) left -= bytes.length
      if (left !== null && left < 0) caller.destroy()
      else caller.write(bytes)
    })
  })
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
  const address = wire.address()
  if (address === null || typeof address === 'string') throw new Error('the wire has no port')

  return {
    url: `postgresql://127.0.0.1:${address.port}/${name}`,
    user: decodeURIComponent(server.username),
    query: async (sql, values) => void (await client.query(sql, values)),
    cutAfter: (bytes) => {
      left = bytes
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => wire.close(resolve))
      await client.end()
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.end()
    },
  }
}
