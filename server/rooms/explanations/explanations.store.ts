import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

export type Explanation = {
  readonly entryId: string
  readonly meaning: string
  readonly source: string
  readonly limits: string
  readonly contact: string
  readonly organisationId: string
  readonly userId: string
  readonly at: Date
  readonly recordId: string
}

export async function write(tx: Tx, given: Explanation): Promise<void> {
  await sql`insert into entry_explanation
    (entry_id, meaning, source, limits, contact, organisation_id, user_id, at, record_id)
    values (${given.entryId}, ${given.meaning}, ${given.source}, ${given.limits}, ${given.contact},
      ${given.organisationId}, ${given.userId}, ${given.at}, ${given.recordId})
    on conflict (entry_id) do update set meaning = excluded.meaning, source = excluded.source,
      limits = excluded.limits, contact = excluded.contact, organisation_id = excluded.organisation_id,
      user_id = excluded.user_id, at = excluded.at, record_id = excluded.record_id`.execute(tx)
}

export async function find(db: Store | Tx, entryId: string): Promise<Explanation | undefined> {
  const { rows } = await sql<{
    entry_id: string
    meaning: string
    source: string
    limits: string
    contact: string
    organisation_id: string
    user_id: string
    at: Date
    record_id: string
  }>`select * from entry_explanation where entry_id = ${entryId}`.execute(db)
  const [row] = rows
  return (
    row && {
      entryId: row.entry_id,
      meaning: row.meaning,
      source: row.source,
      limits: row.limits,
      contact: row.contact,
      organisationId: row.organisation_id,
      userId: row.user_id,
      at: row.at,
      recordId: row.record_id,
    }
  )
}

export async function explained(db: Store | Tx): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ entry_id: string }>`select entry_id from entry_explanation`.execute(db)
  return new Set(rows.map(({ entry_id }) => entry_id))
}
