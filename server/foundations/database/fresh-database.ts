import { randomBytes } from 'node:crypto'
import pg from 'pg'

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
