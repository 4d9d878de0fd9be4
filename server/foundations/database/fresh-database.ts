import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { DatabaseConfig } from './database.ts'

/**
 * Makes a new database on a server for tests or measurements: empty, or a copy of `template`. It is dropped with the
 * server, if not before. Gives its URL.
 */
export async function createFreshDatabase(serverUrl: string, template?: string): Promise<string> {
  const name = `tiaoli_${randomBytes(6).toString('hex')}`
  await onServer(serverUrl, `create database ${name}${template === undefined ? '' : ` template ${template}`}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.toString()
}

/** Drops a database that `createFreshDatabase` made. */
export async function dropFreshDatabase(serverUrl: string, url: string): Promise<void> {
  await onServer(serverUrl, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`)
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** Where a run keeps a PostgreSQL server at hand with a database that has the tables of the house. */
export type HouseTemplate = { readonly serverUrl: string; readonly name: string }

export function houseTemplate(): HouseTemplate | undefined {
  const { TEST_DATABASE_URL: serverUrl, TEST_HOUSE_TEMPLATE: name } = process.env
  return serverUrl && name ? { serverUrl, name } : undefined
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
