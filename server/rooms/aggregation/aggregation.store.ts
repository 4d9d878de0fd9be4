import { sql } from 'kysely'
import { lockName, type Store, type Tx } from '../../foundations/database/index.ts'
import type { Batch, BatchState, Snapshot } from './aggregation.model.ts'

type BatchRow = Record<string, unknown>

const batchOf = (row: BatchRow): Batch =>
  ({
    id: row.id,
    entryId: row.entry_id,
    organisationId: row.organisation_id,
    userId: row.user_id,
    userName: row.user_name,
    number: row.number,
    state: row.state,
    mode: row.mode,
    autoAccept: row.auto_accept,
    fileName: row.file_name,
    sizeBytes: Number(row.size_bytes),
    sha256: row.sha256,
    staged: row.staged,
    encoding: row.encoding,
    delimiter: row.delimiter,
    descriptor: row.descriptor,
    describedAt: row.described_at,
    progress: row.progress,
    profile: row.profile,
    acceptance: row.acceptance,
    result: row.result,
    snapshotId: row.snapshot_id,
    baseSnapshotId: row.base_snapshot_id,
    seenSnapshot: row.seen_snapshot,
    failure: row.failure,
    waits: row.waits,
    batchKey: row.batch_key,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    finishedAt: row.finished_at,
  }) as Batch

export type NewBatch = Omit<
  Batch,
  | 'number'
  | 'describedAt'
  | 'progress'
  | 'profile'
  | 'acceptance'
  | 'result'
  | 'snapshotId'
  | 'seenSnapshot'
  | 'failure'
  | 'waits'
  | 'updatedAt'
  | 'finishedAt'
>

/** Whoever counts the next batch or snapshot of an entry waits for the other who does: two would find the same number. */
const lockNumbers = (tx: Tx, entryId: string) => lockName(tx, `aggregation ${entryId}`)

export async function insertBatch(tx: Tx, batch: NewBatch): Promise<void> {
  await lockNumbers(tx, batch.entryId)
  await sql`insert into batch (id, entry_id, organisation_id, user_id, user_name, number, state, mode, auto_accept, file_name, size_bytes, sha256, staged, encoding, delimiter, descriptor, base_snapshot_id, seen_snapshot, batch_key, created_at, updated_at)
    values (${batch.id}, ${batch.entryId}, ${batch.organisationId}, ${batch.userId}, ${batch.userName},
      (select coalesce(max(number), 0) + 1 from batch where entry_id = ${batch.entryId}),
      ${batch.state}, ${batch.mode}, ${batch.autoAccept}, ${batch.fileName}, ${batch.sizeBytes}, ${batch.sha256}, ${JSON.stringify(batch.staged)},
      ${batch.encoding}, ${batch.delimiter}, ${batch.descriptor === null ? null : JSON.stringify(batch.descriptor)}, ${batch.baseSnapshotId},
      (select coalesce(max(number), 0) from snapshot where entry_id = ${batch.entryId}), ${batch.batchKey}, ${batch.createdAt}, ${batch.createdAt})`.execute(
    tx,
  )
}

/** How far a batch has come, without all that is known of its file. */
export async function findState(db: Store | Tx, id: string): Promise<BatchState | undefined> {
  const { rows } = await sql<{ state: BatchState }>`select state from batch where id = ${id}`.execute(db)
  return rows[0]?.state
}

export async function findBatch(db: Store | Tx, id: string): Promise<Batch | undefined> {
  const { rows } = await sql<BatchRow>`select * from batch where id = ${id}`.execute(db)
  return rows[0] && batchOf(rows[0])
}

/** The batch to which its sender gave this name. */
export async function findBatchByKey(
  db: Store | Tx,
  entryId: string,
  key: string,
): Promise<Batch | undefined> {
  const { rows } = await sql<BatchRow>`select * from batch
    where entry_id = ${entryId} and batch_key = ${key}`.execute(db)
  return rows[0] && batchOf(rows[0])
}

export async function findBatches(
  db: Store | Tx,
  organisationId: string,
  entryId: string | undefined,
  before: string | undefined,
  limit: number,
): Promise<Batch[]> {
  const { rows } = await sql<BatchRow>`select * from batch where organisation_id = ${organisationId}
    and (${entryId ?? null}::text is null or entry_id = ${entryId ?? null}) and (${before ?? null}::text is null or id < ${before ?? null})
    order by id desc limit ${limit}`.execute(db)
  return rows.map(batchOf)
}

export type BatchChange = Partial<
  Pick<
    Batch,
    | 'state'
    | 'progress'
    | 'profile'
    | 'acceptance'
    | 'result'
    | 'snapshotId'
    | 'failure'
    | 'finishedAt'
    | 'encoding'
    | 'delimiter'
    | 'descriptor'
    | 'describedAt'
    | 'autoAccept'
    | 'waits'
    | 'seenSnapshot'
  >
>

const names: Record<keyof BatchChange, string> = {
  state: 'state',
  progress: 'progress',
  profile: 'profile',
  acceptance: 'acceptance',
  result: 'result',
  snapshotId: 'snapshot_id',
  failure: 'failure',
  finishedAt: 'finished_at',
  encoding: 'encoding',
  delimiter: 'delimiter',
  descriptor: 'descriptor',
  describedAt: 'described_at',
  autoAccept: 'auto_accept',
  waits: 'waits',
  seenSnapshot: 'seen_snapshot',
}
const asJson = new Set(['progress', 'profile', 'acceptance', 'result', 'failure', 'descriptor', 'waits'])

/** Changes a batch while it is in one of `from`; false where it is not any more. */
export async function changeBatch(
  tx: Store | Tx,
  id: string,
  from: readonly BatchState[],
  change: BatchChange,
  at: Date,
): Promise<boolean> {
  const sets = Object.entries(change).map(
    ([key, value]) =>
      sql`${sql.ref(names[key as keyof BatchChange])} = ${asJson.has(key) && value !== null ? JSON.stringify(value) : value}`,
  )
  const result =
    await sql`update batch set ${sql.join([...sets, sql`updated_at = ${at}`])} where id = ${id} and state = any(${from}::text[])`.execute(
      tx,
    )
  return Number(result.numAffectedRows) === 1
}

/** Staged files that some batch still needs. */
export async function findStagedInUse(db: Store | Tx): Promise<Batch[]> {
  const { rows } =
    await sql<BatchRow>`select * from batch where state in ('profiling', 'awaiting-acceptance', 'loading')`.execute(
      db,
    )
  return rows.map(batchOf)
}

/** Whether the entry still has no newer snapshot; until the end of the transaction it gets none. */
export async function isNewestSnapshot(tx: Tx, entryId: string, snapshotId: string): Promise<boolean> {
  return (await findNewestSnapshot(tx, entryId))?.id === snapshotId
}

/** The entry's newest snapshot; until the end of the transaction it gets none that is newer. */
export async function findNewestSnapshot(tx: Tx, entryId: string): Promise<Snapshot | undefined> {
  await lockNumbers(tx, entryId)
  const [newest] = await findSnapshots(tx, entryId, undefined, 1)
  return newest
}

export type SnapshotRow = {
  id: string
  entry_id: string
  batch_id: string | null
  mode: Snapshot['mode']
  base_snapshot_id: string | null
  changes: Snapshot['changes']
  number: number
  live_at: Date
  rows: number
  refused_rows: number
  size_bytes: number
  sha256: string
  file_name: string
  quality: Snapshot['quality']
  record_id: string
  pinned: Snapshot['pinned']
  cited_at: Date | null
  destroyed_at: Date | null
  destruction_record: string | null
}

export const snapshotOf = (row: SnapshotRow): Snapshot => ({
  id: row.id,
  entryId: row.entry_id,
  batchId: row.batch_id,
  mode: row.mode,
  baseSnapshotId: row.base_snapshot_id,
  changes: row.changes,
  number: row.number,
  liveAt: row.live_at,
  rows: Number(row.rows),
  refusedRows: Number(row.refused_rows),
  sizeBytes: Number(row.size_bytes),
  sha256: row.sha256,
  fileName: row.file_name,
  quality: row.quality,
  recordId: row.record_id,
  pinned: row.pinned,
  citedAt: row.cited_at,
  destroyedAt: row.destroyed_at,
  destructionRecord: row.destruction_record,
})

/** A snapshot as it comes to be: nothing keeps it and nothing has become of it yet. */
export type NewSnapshot = Omit<
  Snapshot,
  'number' | 'pinned' | 'citedAt' | 'destroyedAt' | 'destructionRecord'
>

export async function insertSnapshot(tx: Tx, snapshot: NewSnapshot): Promise<number> {
  await lockNumbers(tx, snapshot.entryId)
  const { rows } = await sql<{
    number: number
  }>`insert into snapshot (id, entry_id, batch_id, mode, base_snapshot_id, changes, number, live_at, rows, refused_rows, size_bytes, sha256, file_name, quality, record_id)
    values (${snapshot.id}, ${snapshot.entryId}, ${snapshot.batchId}, ${snapshot.mode}, ${snapshot.baseSnapshotId},
      ${snapshot.changes === null ? null : JSON.stringify(snapshot.changes)}, (select coalesce(max(number), 0) + 1 from snapshot where entry_id = ${snapshot.entryId}),
      ${snapshot.liveAt}, ${snapshot.rows}, ${snapshot.refusedRows}, ${snapshot.sizeBytes}, ${snapshot.sha256}, ${snapshot.fileName},
      ${JSON.stringify(snapshot.quality)}, ${snapshot.recordId}) returning number`.execute(tx)
  return rows[0]!.number
}

export async function findSnapshot(db: Store | Tx, id: string): Promise<Snapshot | undefined> {
  const { rows } = await sql<SnapshotRow>`select * from snapshot where id = ${id}`.execute(db)
  return rows[0] && snapshotOf(rows[0])
}

export async function findSnapshots(
  db: Store | Tx,
  entryId: string,
  below: number | undefined,
  limit: number,
): Promise<Snapshot[]> {
  const { rows } = await sql<SnapshotRow>`select * from snapshot where entry_id = ${entryId}
    and (${below ?? null}::int is null or number < ${below ?? null}) order by number desc limit ${limit}`.execute(
    db,
  )
  return rows.map(snapshotOf)
}

/** What became live in a time, by provider and entry. */
export async function suppliedBetween(db: Store | Tx, from: Date, before: Date) {
  const { rows } = await sql<{
    organisation_id: string
    entry_id: string
    times: number
    last_at: Date
    record_id: string
  }>`select organisation_id, snapshot.entry_id, count(*)::int as times, max(live_at) as last_at,
      (array_agg(record_id order by live_at desc))[1] as record_id
    from snapshot join batch on batch.id = batch_id
    where live_at >= ${from} and live_at < ${before}
    group by organisation_id, snapshot.entry_id order by organisation_id, snapshot.entry_id`.execute(db)
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    entryId: row.entry_id,
    times: row.times,
    lastAt: row.last_at,
    recordId: row.record_id,
  }))
}
