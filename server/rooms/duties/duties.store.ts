import type { CivilDate } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Filed, Target } from './duties.model.ts'

export type Evidence = {
  readonly id: string
  readonly obligationId: string
  readonly organisationId: string
  readonly at: Date
  readonly userId: string
  readonly note: string
  readonly forDueOn: CivilDate | null
  readonly fileName: string
  readonly sizeBytes: number
  readonly sha256: string
}

export type DutyEvent = {
  readonly id: string
  readonly obligationId: string
  readonly organisationId: string | null
  readonly at: Date
  readonly userId: string
  readonly act: 'owners' | 'target' | 'target-ended' | 'evidence'
  readonly note: string
  readonly recordId: string
}

type Db = Store | Tx

/** Named owners of every duty, or of one. */
export async function namedOwners(db: Db, obligationId?: string): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ obligation_id: string; organisation_id: string }>`
    select obligation_id, organisation_id from duty_owner
    where ${obligationId ?? null}::text is null or obligation_id = ${obligationId ?? null}
    order by organisation_id`.execute(db)
  const owners = new Map<string, string[]>()
  for (const row of rows)
    owners.set(row.obligation_id, [...(owners.get(row.obligation_id) ?? []), row.organisation_id])
  return owners
}

export async function replaceOwners(tx: Tx, obligationId: string, ids: readonly string[]): Promise<void> {
  await sql`delete from duty_owner where obligation_id = ${obligationId}`.execute(tx)
  for (const id of ids)
    await sql`insert into duty_owner (obligation_id, organisation_id) values (${obligationId}, ${id})`.execute(
      tx,
    )
}

export async function targets(db: Db, obligationId?: string): Promise<Map<string, Target>> {
  const { rows } = await sql<{
    obligation_id: string
    first_due_on: string
    every_months: number | null
    instrument_zh: string
    instrument_en: string
  }>`select * from duty_target
    where ${obligationId ?? null}::text is null or obligation_id = ${obligationId ?? null}`.execute(db)
  return new Map(
    rows.map((row) => [
      row.obligation_id,
      {
        firstDueOn: row.first_due_on,
        everyMonths: row.every_months,
        instrument: { zh: row.instrument_zh, en: row.instrument_en },
      },
    ]),
  )
}

export async function writeTarget(tx: Tx, obligationId: string, target: Target): Promise<void> {
  const { firstDueOn, everyMonths, instrument } = target
  await sql`insert into duty_target (obligation_id, first_due_on, every_months, instrument_zh, instrument_en)
    values (${obligationId}, ${firstDueOn}, ${everyMonths}, ${instrument.zh}, ${instrument.en})
    on conflict (obligation_id) do update set first_due_on = excluded.first_due_on, every_months = excluded.every_months,
      instrument_zh = excluded.instrument_zh, instrument_en = excluded.instrument_en`.execute(tx)
}

/** False where there was none. */
export async function removeTarget(tx: Tx, obligationId: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`delete from duty_target where obligation_id = ${obligationId}`.execute(tx)
  return Number(numAffectedRows) === 1
}

/** What was filed, by duty and owner: `obligation organisation`. */
export async function filed(db: Db, obligationId?: string): Promise<Map<string, Filed>> {
  const { rows } = await sql<{
    obligation_id: string
    organisation_id: string
    count: number
    last_at: Date
    covered_until: string | null
  }>`select obligation_id, organisation_id, count(*)::int as count, max(at) as last_at, max(for_due_on) as covered_until
    from duty_evidence where ${obligationId ?? null}::text is null or obligation_id = ${obligationId ?? null}
    group by obligation_id, organisation_id`.execute(db)
  return new Map(
    rows.map((row) => [
      `${row.obligation_id} ${row.organisation_id}`,
      { count: row.count, lastAt: row.last_at, coveredUntil: row.covered_until },
    ]),
  )
}

export async function insertEvidence(tx: Tx, evidence: Evidence, bytes: Buffer): Promise<void> {
  await sql`insert into duty_file (sha256, bytes) values (${evidence.sha256}, ${bytes})
    on conflict (sha256) do nothing`.execute(tx)
  await sql`insert into duty_evidence (id, obligation_id, organisation_id, at, user_id, note, for_due_on, file_name, size_bytes, sha256)
    values (${evidence.id}, ${evidence.obligationId}, ${evidence.organisationId}, ${evidence.at}, ${evidence.userId},
      ${evidence.note}, ${evidence.forDueOn}, ${evidence.fileName}, ${evidence.sizeBytes}, ${evidence.sha256})`.execute(
    tx,
  )
}

type EvidenceRow = {
  id: string
  obligation_id: string
  organisation_id: string
  at: Date
  user_id: string
  note: string
  for_due_on: string | null
  file_name: string
  size_bytes: number
  sha256: string
}

const evidenceOf = (row: EvidenceRow): Evidence => ({
  id: row.id,
  obligationId: row.obligation_id,
  organisationId: row.organisation_id,
  at: row.at,
  userId: row.user_id,
  note: row.note,
  forDueOn: row.for_due_on,
  fileName: row.file_name,
  sizeBytes: row.size_bytes,
  sha256: row.sha256,
})

/** Newest first; of one owner, or of all. */
export async function evidenceFor(
  db: Db,
  obligationId: string,
  organisationIds: readonly string[] | null,
  limit: number,
): Promise<Evidence[]> {
  const { rows } = await sql<EvidenceRow>`select * from duty_evidence where obligation_id = ${obligationId}
    and (${organisationIds}::text[] is null or organisation_id = any(${organisationIds}::text[]))
    order by id desc limit ${limit}`.execute(db)
  return rows.map(evidenceOf)
}

export async function findEvidence(
  db: Db,
  obligationId: string,
  id: string,
): Promise<{ evidence: Evidence; bytes: Buffer } | undefined> {
  const { rows } = await sql<EvidenceRow & { bytes: Uint8Array }>`
    select e.*, f.bytes from duty_evidence e join duty_file f on f.sha256 = e.sha256
    where e.obligation_id = ${obligationId} and e.id = ${id}`.execute(db)
  return rows[0] && { evidence: evidenceOf(rows[0]), bytes: Buffer.from(rows[0].bytes) }
}

export async function insertEvent(tx: Tx, event: DutyEvent): Promise<void> {
  await sql`insert into duty_event (id, obligation_id, organisation_id, at, user_id, act, note, record_id)
    values (${event.id}, ${event.obligationId}, ${event.organisationId}, ${event.at}, ${event.userId}, ${event.act},
      ${event.note}, ${event.recordId})`.execute(tx)
}

/** Newest first: what concerns all owners, and what one of them did; everything where none is named. */
export async function eventsFor(
  db: Db,
  obligationId: string,
  organisationIds: readonly string[] | null,
  limit: number,
): Promise<DutyEvent[]> {
  const { rows } = await sql<{
    id: string
    obligation_id: string
    organisation_id: string | null
    at: Date
    user_id: string
    act: string
    note: string
    record_id: string
  }>`select * from duty_event where obligation_id = ${obligationId}
    and (${organisationIds}::text[] is null or organisation_id is null or organisation_id = any(${organisationIds}::text[]))
    order by id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    obligationId: row.obligation_id,
    organisationId: row.organisation_id,
    at: row.at,
    userId: row.user_id,
    act: row.act as DutyEvent['act'],
    note: row.note,
    recordId: row.record_id,
  }))
}
