import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

/** An electronic document that was handed in to a department and checked there. */
export type CertificateCheck = {
  readonly id: string
  readonly entryId: string
  readonly kind: string
  readonly valid: boolean
  readonly organisationId: string
  readonly userId: string
  readonly checkedAt: Date
  readonly outcome: 'accepted' | 'refused' | null
  readonly reason: string
  readonly recordId: string
}

type Row = {
  id: string
  entry_id: string
  kind: string
  valid: boolean
  organisation_id: string
  user_id: string
  checked_at: Date
  outcome: CertificateCheck['outcome']
  reason: string
  record_id: string
}

const checkOf = (row: Row): CertificateCheck => ({
  id: row.id,
  entryId: row.entry_id,
  kind: row.kind,
  valid: row.valid,
  organisationId: row.organisation_id,
  userId: row.user_id,
  checkedAt: row.checked_at,
  outcome: row.outcome,
  reason: row.reason,
  recordId: row.record_id,
})

export async function insertCheck(tx: Store | Tx, each: CertificateCheck): Promise<void> {
  await sql`insert into certificate_check (id, entry_id, kind, valid, organisation_id, user_id, checked_at, record_id)
    values (${each.id}, ${each.entryId}, ${each.kind}, ${each.valid}, ${each.organisationId}, ${each.userId}, ${each.checkedAt}, ${each.recordId})`.execute(
    tx,
  )
}

export async function findCheck(db: Store | Tx, id: string): Promise<CertificateCheck | undefined> {
  const { rows } = await sql<Row>`select * from certificate_check where id = ${id}`.execute(db)
  return rows[0] && checkOf(rows[0])
}

/** False where it was settled before. */
export async function writeOutcome(
  tx: Tx,
  id: string,
  outcome: 'accepted' | 'refused',
  reason: string,
): Promise<boolean> {
  const done = await sql`update certificate_check set outcome = ${outcome}, reason = ${reason}
    where id = ${id} and outcome is null`.execute(tx)
  return Number(done.numAffectedRows) === 1
}

export type CheckSearch = {
  /** Undefined shows those of every department. */
  readonly organisationIds: readonly string[] | null
  readonly refused: boolean
  readonly before: string | undefined
  readonly limit: number
}

export async function findChecks(
  db: Store | Tx,
  { organisationIds, refused, before, limit }: CheckSearch,
): Promise<CertificateCheck[]> {
  const { rows } = await sql<Row>`select * from certificate_check
    where (${organisationIds}::text[] is null or organisation_id = any(${organisationIds}::text[]))
      and (${!refused}::boolean or (outcome = 'refused' and valid))
      and (${before ?? null}::text is null or id < ${before ?? null}) order by id desc limit ${limit}`.execute(
    db,
  )
  return rows.map(checkOf)
}
