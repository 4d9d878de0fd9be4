import { sql } from 'kysely'
import type { Store } from '../database/index.ts'

/** An index as it was signed. */
export type SignedIndex = { readonly number: number; readonly note: string }

export async function findNewestIndex(db: Store): Promise<SignedIndex | undefined> {
  const { rows } = await sql<SignedIndex>`
    select number, note from ledger_index order by number desc limit 1`.execute(db)
  return rows[0]
}

/** One that is known stays as it is. */
export async function keepIndex(db: Store, { number, note }: SignedIndex): Promise<void> {
  await sql`insert into ledger_index (number, note) values (${number}, ${note}) on conflict do nothing`.execute(
    db,
  )
}
