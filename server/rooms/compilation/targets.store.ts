import type { CivilDate } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

export type TargetKey = 'review' | 'release'

/** An interval that the city has set itself; never the regulation's (非法定). */
export type LocalTarget = {
  readonly key: TargetKey
  readonly months: number
  readonly instrument: string
  readonly setAt: Date
}

export async function findTarget(db: Store | Tx, key: TargetKey): Promise<LocalTarget | undefined> {
  const { rows } = await sql<{ months: number; instrument: string; set_at: Date }>`
    select months, instrument, set_at from local_target where key = ${key}`.execute(db)
  return rows[0] && { key, months: rows[0].months, instrument: rows[0].instrument, setAt: rows[0].set_at }
}

export async function writeTarget(
  tx: Tx,
  target: LocalTarget & { userId: string; recordId: string },
): Promise<void> {
  await sql`insert into local_target (key, months, instrument, set_at, user_id, record_id)
    values (${target.key}, ${target.months}, ${target.instrument}, ${target.setAt}, ${target.userId}, ${target.recordId})
    on conflict (key) do update set months = excluded.months, instrument = excluded.instrument, set_at = excluded.set_at,
      user_id = excluded.user_id, record_id = excluded.record_id`.execute(tx)
}

export type Review = { readonly entryId: string; readonly at: Date; readonly userId: string }

export async function insertReview(
  tx: Tx,
  review: Review & { id: string; organisationId: string; note: string; recordId: string },
): Promise<void> {
  await sql`insert into entry_review (id, entry_id, user_id, organisation_id, note, at, record_id)
    values (${review.id}, ${review.entryId}, ${review.userId}, ${review.organisationId}, ${review.note}, ${review.at}, ${review.recordId})`.execute(
    tx,
  )
}

export async function newestReviews(db: Store | Tx, ids: readonly string[]): Promise<Map<string, Review>> {
  const { rows } = await sql<{ entry_id: string; at: Date; user_id: string }>`
    select distinct on (entry_id) entry_id, at, user_id from entry_review
    where entry_id = any(${[...ids]}::text[]) order by entry_id, at desc`.execute(db)
  return new Map(
    rows.map((row) => [row.entry_id, { entryId: row.entry_id, at: row.at, userId: row.user_id }]),
  )
}

/** False where the lapse was told before. */
export async function writeReminder(
  tx: Tx,
  key: TargetKey,
  subject: string,
  dueOn: CivilDate,
  at: Date,
): Promise<boolean> {
  const result = await sql`insert into local_reminder (key, subject, due_on, sent_at)
    values (${key}, ${subject}, ${dueOn}, ${at}) on conflict do nothing`.execute(tx)
  return Number(result.numAffectedRows) === 1
}
