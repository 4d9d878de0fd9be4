import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

export type CollectionDuty = {
  readonly element: string
  readonly organisationId: string
  readonly since: Date
}
type DutyRow = { element: string; organisation_id: string; since: Date }
const dutyOf = (row: DutyRow): CollectionDuty => ({
  element: row.element,
  organisationId: row.organisation_id,
  since: row.since,
})

export async function dutiesAfter(
  db: Store | Tx,
  after: string | undefined,
  limit: number,
): Promise<CollectionDuty[]> {
  const { rows } = await sql<DutyRow>`select * from collection_duty
    where ${after ?? null}::text is null or element collate "C" > ${after ?? null} order by element collate "C" limit ${limit}`.execute(
    db,
  )
  return rows.map(dutyOf)
}

export async function dutiesFor(db: Store | Tx, elements: readonly string[]): Promise<CollectionDuty[]> {
  const { rows } =
    await sql<DutyRow>`select * from collection_duty where element = any(${[...elements]}::text[])`.execute(
      db,
    )
  return rows.map(dutyOf)
}

export async function writeDuty(tx: Tx, duty: CollectionDuty): Promise<void> {
  await sql`insert into collection_duty (element, organisation_id, since) values (${duty.element}, ${duty.organisationId}, ${duty.since})
    on conflict (element) do update set organisation_id = excluded.organisation_id, since = excluded.since`.execute(
    tx,
  )
}

export type Conflict = {
  readonly id: string
  readonly element: string
  readonly holderId: string
  readonly claimantId: string
  readonly entryId: string
  readonly openedAt: Date
  readonly assignedId: string | null
  readonly reasons: string | null
  readonly decidedAt: Date | null
}
type ConflictRow = {
  id: string
  element: string
  holder_id: string
  claimant_id: string
  entry_id: string
  opened_at: Date
  assigned_id: string | null
  reasons: string | null
  decided_at: Date | null
}
const conflictOf = (row: ConflictRow): Conflict => ({
  id: row.id,
  element: row.element,
  holderId: row.holder_id,
  claimantId: row.claimant_id,
  entryId: row.entry_id,
  openedAt: row.opened_at,
  assignedId: row.assigned_id,
  reasons: row.reasons,
  decidedAt: row.decided_at,
})

/** A claim that was decided against before is open again when it is raised anew. */
export async function openConflict(tx: Tx, conflict: Conflict): Promise<void> {
  await sql`insert into collection_conflict (id, element, holder_id, claimant_id, entry_id, opened_at)
    values (${conflict.id}, ${conflict.element}, ${conflict.holderId}, ${conflict.claimantId}, ${conflict.entryId}, ${conflict.openedAt})
    on conflict (element, entry_id) do update set holder_id = excluded.holder_id, opened_at = excluded.opened_at,
      assigned_id = null, reasons = null, decided_by = null, decided_at = null`.execute(tx)
}

/** Undecided conflicts of an entry, of a body, or of all. */
export async function openConflicts(
  db: Store | Tx,
  of: { entryId?: string; organisationIds?: readonly string[] | null },
): Promise<Conflict[]> {
  const { entryId = null, organisationIds = null } = of
  const { rows } = await sql<ConflictRow>`select * from collection_conflict where decided_at is null
    and (${entryId}::text is null or entry_id = ${entryId})
    and (${organisationIds}::text[] is null or holder_id = any(${organisationIds}::text[]) or claimant_id = any(${organisationIds}::text[]))
    order by id limit 500`.execute(db)
  return rows.map(conflictOf)
}

export async function lockConflict(tx: Tx, id: string): Promise<Conflict | undefined> {
  const { rows } =
    await sql<ConflictRow>`select * from collection_conflict where id = ${id} for update`.execute(tx)
  return rows[0] && conflictOf(rows[0])
}

export async function writeDecision(
  tx: Tx,
  id: string,
  decision: { assignedId: string; reasons: string; userId: string; at: Date },
): Promise<void> {
  await sql`update collection_conflict set assigned_id = ${decision.assignedId}, reasons = ${decision.reasons},
    decided_by = ${decision.userId}, decided_at = ${decision.at} where id = ${id}`.execute(tx)
}
