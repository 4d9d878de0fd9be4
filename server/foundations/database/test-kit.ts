import { describe } from 'vitest'
import { type Database, openDatabase } from './database.ts'
import { createFreshDatabase, inMemory } from './fresh-database.ts'
import { type MigrationSource, migrate } from './migrations.ts'

/**
 * Runs a suite once for each engine: always on the embedded store, and on PostgreSQL where `TEST_DATABASE_URL`
 * names a server (`npm test` starts one). Each call of `open` gives a fresh, migrated database.
 */
export function describeStores(
  title: string,
  sources: readonly MigrationSource[],
  suite: (open: () => Promise<Database>) => void,
): void {
  describe(`${title} on the embedded store`, () => {
    suite(async () => {
      const database = await openDatabase(inMemory())
      await migrate(database, sources)
      return database
    })
  })
  const url = process.env.TEST_DATABASE_URL
  describe.skipIf(url === undefined)(`${title} on PostgreSQL`, () => {
    suite(async () => {
      const database = await openFreshDatabase(url!)
      await migrate(database, sources)
      return database
    })
  })
}

/** A new, empty database on the test server; it is dropped with the server. */
export async function openFreshDatabase(serverUrl: string): Promise<Database> {
  return openDatabase({ kind: 'server', url: await createFreshDatabase(serverUrl), connections: 8 })
}
