import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { CleaningStep } from './cleaning.rules.ts'

export type ProcessingRun = {
  readonly id: string
  readonly entryId: string
  readonly snapshotId: string
  readonly batchId: string
  readonly steps: readonly CleaningStep[]
  readonly changedCells: number
  readonly organisationId: string
  readonly userId: string
  readonly at: Date
  readonly recordId: string
}

export async function insertRun(tx: Tx, run: ProcessingRun): Promise<void> {
  await sql`insert into processing_run
    (id, entry_id, snapshot_id, batch_id, steps, changed_cells, organisation_id, user_id, at, record_id)
    values (${run.id}, ${run.entryId}, ${run.snapshotId}, ${run.batchId}, ${JSON.stringify(run.steps)}::jsonb,
      ${run.changedCells}, ${run.organisationId}, ${run.userId}, ${run.at}, ${run.recordId})`.execute(tx)
}

/** The newest first. */
export async function findRuns(
  db: Store | Tx,
  entryId: string,
  before: string | undefined,
  limit: number,
): Promise<ProcessingRun[]> {
  const { rows } = await sql<{
    id: string
    entry_id: string
    snapshot_id: string
    batch_id: string
    steps: CleaningStep[]
    changed_cells: string | number
    organisation_id: string
    user_id: string
    at: Date
    record_id: string
  }>`select * from processing_run
    where entry_id = ${entryId} and (${before ?? null}::text is null or id < ${before ?? null})
    order by id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    entryId: row.entry_id,
    snapshotId: row.snapshot_id,
    batchId: row.batch_id,
    steps: row.steps,
    changedCells: Number(row.changed_cells),
    organisationId: row.organisation_id,
    userId: row.user_id,
    at: row.at,
    recordId: row.record_id,
  }))
}
