import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { DatabaseConfig } from './database.ts'

/** Makes a new, empty database on a server for tests or measurements; it is dropped with the server. Gives its URL. */
export async function createFreshDatabase(serverUrl: string): Promise<string> {
  const name = `tiaoli_${randomBytes(6).toString('hex')}`
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.toString()
}

/** An embedded store in memory; quicker to open where the run has archived an empty one (`npm test` does). */
export const inMemory = (): DatabaseConfig => ({
  kind: 'embedded',
  ...(process.env.TEST_EMBEDDED_ARCHIVE && { archive: process.env.TEST_EMBEDDED_ARCHIVE }),
})
