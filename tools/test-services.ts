import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { archiveStore } from '../server/foundations/database/database.ts'
import { migrate } from '../server/foundations/database/index.ts'
import { migrationSources } from '../server/migrations.ts'
import { whyNoGo } from './go.ts'
import { installTestServers, whyNoMariadb, whyNoMosquitto } from './packages.ts'
import { startPostgres } from './postgres.ts'

/**
 * What the tests stand on: the PostgreSQL server for the contract tests, unless one is named already, and an archived
 * stores, empty and with the tables of the house: making them anew for each suite takes seconds of processor time.
 */
export default async function setup(): Promise<() => void> {
  installTestServers()
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
    for (const [why, what] of [
      [whyNoMariadb(), 'tables of MySQL and MariaDB were not read'],
      [whyNoMosquitto(), 'streams of messages were not read'],
    ])
      if (why !== undefined) process.stderr.write(`\nSKIPPED: ${why}, so ${what}.\n`)
    rmSync(folder, { recursive: true, force: true })
    server?.stop()
  }
}
