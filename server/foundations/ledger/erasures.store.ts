import { sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'

/** The erasure of a record's content; `confirmedAt` is null as long as it is only proposed. */
export type Erasure = {
  readonly recordId: string
  readonly reason: string
  /** Null where it rests on no article of the regulation. */
  readonly article: string | null
  readonly proposedBy: string
  readonly proposedAt: Date
  readonly confirmedBy: string | null
  readonly confirmedAt: Date | null
}

type Row = {
  record_id: string
  reason: string
  article: string | null
  proposed_by: string
  proposed_at: Date
  confirmed_by: string | null
  confirmed_at: Date | null
}

const view = (row: Row): Erasure => ({
  recordId: row.record_id,
  reason: row.reason,
  article: row.article,
  proposedBy: row.proposed_by,
  proposedAt: row.proposed_at,
  confirmedBy: row.confirmed_by,
  confirmedAt: row.confirmed_at,
})

/** False where one is proposed already. */
export async function insertErasure(
  tx: Tx,
  erasure: Omit<Erasure, 'confirmedBy' | 'confirmedAt'>,
): Promise<boolean> {
  const { recordId, reason, article, proposedBy, proposedAt } = erasure
  const result = await sql`
    insert into record_erasure (record_id, reason, article, proposed_by, proposed_at)
    values (${recordId}, ${reason}, ${article}, ${proposedBy}, ${proposedAt}) on conflict do nothing`.execute(
    tx,
  )
  return Number(result.numAffectedRows ?? 0n) === 1
}

/** False where it is confirmed already. */
export async function confirmErasure(tx: Tx, recordId: string, by: string, at: Date): Promise<boolean> {
  const result = await sql`
    update record_erasure set confirmed_by = ${by}, confirmed_at = ${at}
    where record_id = ${recordId} and confirmed_at is null`.execute(tx)
  return Number(result.numAffectedRows ?? 0n) === 1
}

export async function findErasure(db: Store, recordId: string): Promise<Erasure | undefined> {
  const { rows } = await sql<Row>`select * from record_erasure where record_id = ${recordId}`.execute(db)
  return rows[0] && view(rows[0])
}

/** The newest proposals first; `organisationIds` null for records of everybody. */
export async function listErasures(
  db: Store,
  organisationIds: readonly string[] | null,
  before: string | undefined,
  limit: number,
): Promise<Erasure[]> {
  const { rows } = await sql<Row>`
    select record_erasure.* from record_erasure join record on record.id = record_id
    where (${organisationIds === null} or organisation_id = any(${[...(organisationIds ?? [])]}::text[]))
      and (${before ?? null}::uuid is null or (proposed_at, record_id) < (
        select proposed_at, record_id from record_erasure where record_id = ${before ?? null}::uuid))
    order by proposed_at desc, record_id desc limit ${limit}`.execute(db)
  return rows.map(view)
}
