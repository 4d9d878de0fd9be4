import { newId } from '@tiaoli/kernel/ids'
import type { CivilDate } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

export type Finding = 'keep' | 'qualifies' | 'converted'
export type Assessment = {
  readonly entryId: string
  readonly finding: Finding
  readonly reasons: string
  readonly at: Date
  readonly userId: string
  readonly organisationId: string
  readonly recordId: string
}

export async function insertAssessment(tx: Tx, each: Assessment): Promise<void> {
  await sql`insert into opening_assessment (id, entry_id, finding, reasons, at, by_user, organisation_id, record_id)
    values (${newId()}, ${each.entryId}, ${each.finding}, ${each.reasons}, ${each.at}, ${each.userId}, ${each.organisationId}, ${each.recordId})`.execute(
    tx,
  )
}

/** The newest assessment of each entry that has one. */
export async function newestAssessments(
  db: Store | Tx,
  entryIds: readonly string[],
): Promise<Map<string, Assessment>> {
  const { rows } = await sql<{
    entry_id: string
    finding: Finding
    reasons: string
    at: Date
    by_user: string
    organisation_id: string
    record_id: string
  }>`select distinct on (entry_id) * from opening_assessment
    where entry_id = any(${[...entryIds]}::text[]) order by entry_id, id desc`.execute(db)
  return new Map(
    rows.map((row) => [
      row.entry_id,
      {
        entryId: row.entry_id,
        finding: row.finding,
        reasons: row.reasons,
        at: row.at,
        userId: row.by_user,
        organisationId: row.organisation_id,
        recordId: row.record_id,
      },
    ]),
  )
}

/** Why an entry that is not open may be opened: how it was processed, or who consented. */
export type Ground = {
  readonly id: string
  readonly entryId: string
  /** Key of one of the rulebook's triggers. */
  readonly trigger: string
  /** The processing record or the consent, by its number or name. */
  readonly document: string
  readonly note: string
  readonly dated: CivilDate
  readonly at: Date
  readonly userId: string
  readonly organisationId: string
  readonly recordId: string
  /** When a change of the type was published on it; null while none was. */
  readonly usedAt: Date | null
}

export async function insertGround(tx: Tx, ground: Omit<Ground, 'usedAt'>): Promise<void> {
  await sql`insert into opening_ground (id, entry_id, trigger_key, document, note, dated, at, by_user, organisation_id, record_id)
    values (${ground.id}, ${ground.entryId}, ${ground.trigger}, ${ground.document}, ${ground.note}, ${ground.dated}, ${ground.at},
      ${ground.userId}, ${ground.organisationId}, ${ground.recordId})`.execute(tx)
}

/** Newest first; an entry has few. */
export async function groundsOf(db: Store | Tx, entryId: string): Promise<Ground[]> {
  const { rows } = await sql<{
    id: string
    entry_id: string
    trigger_key: string
    document: string
    note: string
    dated: CivilDate
    at: Date
    by_user: string
    organisation_id: string
    record_id: string
    used_at: Date | null
  }>`select id, entry_id, trigger_key, document, note, to_char(dated, 'YYYY-MM-DD') as dated, at, by_user, organisation_id,
      record_id, used_at
    from opening_ground where entry_id = ${entryId} order by id desc limit 200`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    entryId: row.entry_id,
    trigger: row.trigger_key,
    document: row.document,
    note: row.note,
    dated: row.dated,
    at: row.at,
    userId: row.by_user,
    organisationId: row.organisation_id,
    recordId: row.record_id,
    usedAt: row.used_at,
  }))
}

export async function useGround(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update opening_ground set used_at = ${at} where id = ${id}`.execute(tx)
}
