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

/**
 * An embedded store in memory, empty or with the tables of the house; quicker to open where the run has archived such
 * a one (`npm test` does).
 */
export function inMemory(holding: 'nothing' | 'tables' = 'nothing'): DatabaseConfig {
  const { TEST_EMBEDDED_ARCHIVE: empty, TEST_HOUSE_ARCHIVE: house } = process.env
  const archive = holding === 'tables' ? house : empty
  return { kind: 'embedded', ...(archive && { archive }) }
}
