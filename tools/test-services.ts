import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { archiveStore } from '../server/foundations/database/database.ts'
import { migrate } from '../server/foundations/database/index.ts'
import { migrationSources } from '../server/migrations.ts'
import { whyNoGdal } from './gdal.ts'
import { whyNoGo } from './go.ts'
import { startPostgres } from './postgres.ts'

/**
 * What the tests stand on: the PostgreSQL server for the contract tests, unless one is named already, and an archived
 * stores, empty and with the tables of the house: making them anew for each suite takes seconds of processor time.
 */
export default async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-tests-'))
  process.env['TEST_EMBEDDED_ARCHIVE'] = join(folder, 'empty-store.tar')
  await archiveStore(process.env['TEST_EMBEDDED_ARCHIVE'])
  process.env['TEST_HOUSE_ARCHIVE'] = join(folder, 'house.tar')
  await archiveStore(process.env['TEST_HOUSE_ARCHIVE'], (database) => migrate(database, migrationSources))
  const server = process.env['TEST_DATABASE_URL'] ? undefined : await startPostgres()
  if (server !== undefined) process.env['TEST_DATABASE_URL'] = server.url
  return () => {
    // Loudly, and last: a check that was not made must not look like one that passed.
    const absent = whyNoGo()
    if (absent !== undefined)
      process.stderr.write(`\nSKIPPED: ${absent}, so the ledger was not held against Go's tlog and note.\n`)
    if (!process.env['TEST_TRINO_URL'])
      process.stderr.write(
        '\nSKIPPED: no Trino was named, so DuckDB alone was held to the query contract ("npm run test:engine" starts one).\n',
      )
    const withoutGdal = whyNoGdal()
    if (withoutGdal !== undefined)
      process.stderr.write(`\nSKIPPED: ${withoutGdal}, so the collections of features were not read by it.\n`)
    rmSync(folder, { recursive: true, force: true })
    server?.stop()
  }
}
