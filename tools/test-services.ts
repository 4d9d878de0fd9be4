import { startPostgres } from './postgres.ts'

/** Starts the PostgreSQL server that the contract tests run against, unless one is named already. */
export default async function setup(): Promise<(() => void) | undefined> {
  if (process.env['TEST_DATABASE_URL']) return undefined
  const server = await startPostgres()
  process.env['TEST_DATABASE_URL'] = server.url
  return server.stop
}
