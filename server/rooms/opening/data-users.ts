import type { OpeningDeps } from './opening.deps.ts'

/** People who use an entry: the holders of live grants, and whoever has taken rows as somebody. */
export async function usersOfEntry(
  { database, sharing, ledger }: Pick<OpeningDeps, 'database' | 'sharing' | 'ledger'>,
  entryId: string,
): Promise<readonly string[]> {
  const takers = await ledger.usersOf(entryId)
  const holders = await database.inTransaction((tx) => sharing.holdersOf(tx, entryId))
  return [...new Set([...takers, ...holders])]
}
