import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Snapshot } from './aggregation.model.ts'
import { type SnapshotRow, snapshotOf } from './aggregation.store.ts'

/** How long earlier versions of an entry are kept, by its provider's word. */
export type Retention = {
  readonly entryId: string
  readonly keepDays: number
  /** So many of the newest are kept whatever their age. */
  readonly keepLeast: number
  readonly userId: string
  readonly organisationId: string
  readonly setAt: Date
  readonly recordId: string
}

export async function writePin(tx: Tx, id: string, pinned: Snapshot['pinned']): Promise<void> {
  await sql`update snapshot set pinned = ${pinned === null ? null : JSON.stringify(pinned)} where id = ${id}`.execute(
    tx,
  )
}

/** The version itself, held by the transaction: of an end and a mark that keeps it, one comes first. */
export async function lockSnapshot(tx: Tx, id: string): Promise<Snapshot | undefined> {
  const { rows } = await sql<SnapshotRow>`select * from snapshot where id = ${id} for update`.execute(tx)
  return rows[0] && snapshotOf(rows[0])
}

export async function writeCited(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update snapshot set cited_at = ${at} where id = ${id} and cited_at is null`.execute(tx)
}

export async function writeDestroyed(tx: Tx, id: string, at: Date, recordId: string): Promise<void> {
  await sql`update snapshot set destroyed_at = ${at}, destruction_record = ${recordId} where id = ${id}`.execute(
    tx,
  )
}

export async function findByNumber(
  db: Store | Tx,
  entryId: string,
  number: number,
): Promise<Snapshot | undefined> {
  const { rows } =
    await sql<SnapshotRow>`select * from snapshot where entry_id = ${entryId} and number = ${number}`.execute(
      db,
    )
  return rows[0] && snapshotOf(rows[0])
}

/** Versions older than a time that nothing keeps: not the newest ones, not pinned, not cited. */
export async function findOutlived(
  db: Store,
  { entryId, keepLeast }: Pick<Retention, 'entryId' | 'keepLeast'>,
  before: Date,
): Promise<Snapshot[]> {
  const { rows } = await sql<SnapshotRow>`select * from snapshot where entry_id = ${entryId}
    and destroyed_at is null and pinned is null and cited_at is null and live_at < ${before}
    and number not in (select number from snapshot where entry_id = ${entryId} and destroyed_at is null
      order by number desc limit ${keepLeast})
    order by number`.execute(db)
  return rows.map(snapshotOf)
}

/** Versions whose end is on record since a time: their files may not have gone yet. */
export async function findDestroyedSince(db: Store, entryId: string, since: Date): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select id from snapshot where entry_id = ${entryId} and destroyed_at >= ${since}`.execute(db)
  return rows.map(({ id }) => id)
}

export async function findRetention(db: Store | Tx, entryId: string): Promise<Retention | undefined> {
  const { rows } = await sql<{
    entry_id: string
    keep_days: number
    keep_least: number
    user_id: string
    organisation_id: string
    set_at: Date
    record_id: string
  }>`select * from snapshot_retention where entry_id = ${entryId}`.execute(db)
  const row = rows[0]
  return (
    row && {
      entryId: row.entry_id,
      keepDays: row.keep_days,
      keepLeast: row.keep_least,
      userId: row.user_id,
      organisationId: row.organisation_id,
      setAt: row.set_at,
      recordId: row.record_id,
    }
  )
}

export async function writeRetention(tx: Tx, rule: Retention): Promise<void> {
  await sql`insert into snapshot_retention (entry_id, keep_days, keep_least, user_id, organisation_id, set_at, record_id)
    values (${rule.entryId}, ${rule.keepDays}, ${rule.keepLeast}, ${rule.userId}, ${rule.organisationId}, ${rule.setAt}, ${rule.recordId})
    on conflict (entry_id) do update set keep_days = excluded.keep_days, keep_least = excluded.keep_least,
      user_id = excluded.user_id, organisation_id = excluded.organisation_id, set_at = excluded.set_at,
      record_id = excluded.record_id`.execute(tx)
}

export async function dropRetention(tx: Tx, entryId: string): Promise<void> {
  await sql`delete from snapshot_retention where entry_id = ${entryId}`.execute(tx)
}
