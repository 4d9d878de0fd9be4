import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Config, ConfigError } from './config.ts'
import { type Amendment, acknowledge, pendingAmendment } from './foundations/amendments/index.ts'
import { type Database, openDatabase } from './foundations/database/index.ts'
import { createLedger, folderStorage, openSigningKey } from './foundations/ledger/index.ts'
import type { Rulebook } from './foundations/rulebook/index.ts'

/** What stands against starting under the rulebook; for an installation that is not running (embedded) or is. */
export async function findPending(config: Config, rulebook: Rulebook): Promise<Amendment | undefined> {
  const database = await openInstallation(config)
  try {
    return await pendingAmendment(database, rulebook)
  } finally {
    await database.close()
  }
}

/** Acknowledges the amendment for the installation, with its record in the installation's own log. */
export async function acknowledgeFor(
  config: Config,
  rulebook: Rulebook,
  by: { readonly username: string; readonly note: string },
): Promise<Amendment | undefined> {
  const { clock, dataFolder } = config
  const database = await openInstallation(config)
  try {
    const ledger = createLedger({
      database,
      storage: folderStorage(join(dataFolder, 'ledger')),
      signingKey: await openSigningKey(join(dataFolder, 'ledger-key.pem')),
      origin: `${rulebook.id}.tiaoli.invalid/ledger`,
      clock,
    })
    return await acknowledge({ database, ledger, clock }, rulebook, by)
  } finally {
    await database.close()
  }
}

/** Opening an embedded store that is not there would make an empty one, and find nothing to acknowledge in it. */
async function openInstallation({ database }: Config): Promise<Database> {
  if (database.kind === 'embedded' && database.folder !== undefined && !existsSync(database.folder))
    throw new ConfigError(`TIAOLI_DATA: there is no installation in ${dirname(database.folder)}`)
  return openDatabase(database)
}
