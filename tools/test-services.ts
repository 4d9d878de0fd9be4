import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { archiveStore, openDatabase } from '../server/foundations/database/database.ts'
import { createFreshDatabase } from '../server/foundations/database/fresh-database.ts'
import { migrate } from '../server/foundations/database/index.ts'
import { migrationSources } from '../server/migrations.ts'
import { whyNoGdal } from './gdal.ts'
import { whyNoGo } from './go.ts'
import { installTestServers, whyNoMariadb, whyNoMosquitto } from './packages.ts'
import { startPostgres } from './postgres.ts'

/**
 * What the tests stand on: the PostgreSQL server for the contract tests, unless one is named already, and
 * archived stores and a database to copy with the tables of the house: making them anew for each suite takes seconds of processor time.
 */
export default async function setup(): Promise<() => void> {
  installTestServers()
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-tests-'))
  process.env['TEST_EMBEDDED_ARCHIVE'] = join(folder, 'empty-store.tar')
  await archiveStore(process.env['TEST_EMBEDDED_ARCHIVE'])
  process.env['TEST_HOUSE_ARCHIVE'] = join(folder, 'house.tar')
  await archiveStore(process.env['TEST_HOUSE_ARCHIVE'], (database) => migrate(database, migrationSources))
  // Nothing in the tests survives a power cut; not waiting for the disk takes a good part off their time.
  const server = process.env['TEST_DATABASE_URL'] ? undefined : await startPostgres({ flushed: false })
  if (server !== undefined) process.env['TEST_DATABASE_URL'] = server.url
  process.env['TEST_HOUSE_TEMPLATE'] = await makeHouseTemplate(process.env['TEST_DATABASE_URL']!)
  return () => {
    // Loudly, and last: a check that was not made must not look like one that passed.
    const absent = whyNoGo()
    if (absent !== undefined)
      process.stderr.write(`\nSKIPPED: ${absent}, so the ledger was not held against Go's tlog and note.\n`)
    if (!process.env['TEST_TRINO_URL'])
      process.stderr.write(
        '\nSKIPPED: no Trino was named, so DuckDB alone was held to the query contract ("npm run test:engine" starts one).\n',
      )
    for (const [why, what] of [
      [whyNoMariadb(), 'tables of MySQL and MariaDB were not read'],
      [whyNoMosquitto(), 'streams of messages were not read'],
    ])
      if (why !== undefined) process.stderr.write(`\nSKIPPED: ${why}, so ${what}.\n`)
    const withoutGdal = whyNoGdal()
    if (withoutGdal !== undefined)
      process.stderr.write(`\nSKIPPED: ${withoutGdal}, so the collections of features were not read by it.\n`)
    rmSync(folder, { recursive: true, force: true })
    server?.stop()
  }
}

/** A database with the tables of the house, of which each city of a test is a copy. Gives its name. */
async function makeHouseTemplate(serverUrl: string): Promise<string> {
  const url = await createFreshDatabase(serverUrl)
  const database = await openDatabase({ kind: 'server', url, connections: 2 })
  await migrate(database, migrationSources)
  await database.close()
  return new URL(url).pathname.slice(1)
}
