import pg from 'pg'
import { openWire, type Wire } from './wire.ts'

/** Somebody's database: the PostgreSQL server of the tests, reached over a wire that a scenario can cut. */
export type SourceDatabase = {
  /** Address as its owner registers it, without user and password. */
  readonly url: string
  readonly user: string
  query(sql: string, values?: (string | number)[]): Promise<void>
  readonly cutAfter: Wire['cutAfter']
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

  const wire = await openWire(Number(server.port || 5432), server.hostname)

  return {
    url: `postgresql://127.0.0.1:${wire.port}/${name}`,
    user: decodeURIComponent(server.username),
    query: async (sql, values) => void (await client.query(sql, values)),
    cutAfter: wire.cutAfter,
    async close() {
      await wire.close()
      await client.end()
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.end()
    },
  }
}
