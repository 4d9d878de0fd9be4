import type { AgreementDeps } from './agreement.service.ts'

/** Records looked through for the users of an entry, of each kind of access: those who used it last. */
const mostRecords = 1000

/**
 * People who use an entry: the holders of live grants, and whoever has taken rows as somebody. Of visitors nobody
 * knows who they are.
 */
export async function usersOfEntry(
  { database, sharing, ledger }: Pick<AgreementDeps, 'database' | 'sharing' | 'ledger'>,
  entryId: string,
): Promise<readonly string[]> {
  const users = new Set<string>()
  for (const kind of ['access.rows', 'access.export', 'access.aggregate']) {
    let cursor: string | undefined
    for (let read = 0; read < mostRecords; read += 200) {
      const page = await ledger.find({ entryId, kind, limit: 200, ...(cursor ? { cursor } : {}) })
      for (const { userId } of page.records) if (userId !== null) users.add(userId)
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
  }
  const holders = await database.inTransaction((tx) => sharing.holdersOf(tx, entryId))
  for (const holder of holders) users.add(holder)
  return [...users]
}
