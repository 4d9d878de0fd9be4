import { join } from 'node:path'
import { systemClock } from '@tiaoli/kernel/instants'
import { type Database, migrate, openDatabase } from '@tiaoli/server/foundations/database/index'
import {
  createLedger,
  folderStorage,
  type Ledger,
  ledgerMigrations,
  openSigningKey,
} from '@tiaoli/server/foundations/ledger/index'

/** The embedded store and its ledger in one data folder, as a small installation has them. */
export async function openLedgerIn(folder: string): Promise<{ database: Database; ledger: Ledger }> {
  const database = await openDatabase({ kind: 'embedded', folder: join(folder, 'database') })
  await migrate(database, [ledgerMigrations])
  const ledger = createLedger({
    database,
    storage: folderStorage(logFolder(folder)),
    signingKey: await openSigningKey(join(folder, 'key.pem')),
    origin: 'crash.test/ledger',
    clock: systemClock,
  })
  return { database, ledger }
}

export const logFolder = (folder: string): string => join(folder, 'log')
