import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { HarvestFailure, HarvestMode, HarvestState, Run } from './harvesting.model.ts'

type RunRow = {
  id: string
  source_id: string
  mode: HarvestMode
  state: HarvestState
  accept_withdrawals: boolean
  asked_by: string | null
  asked_name: string | null
  created_at: Date
  ended_at: Date | null
  counts: Run['counts']
  failure: HarvestFailure | null
  failed_at: string | null
  refusal: Run['refusal']
  examples: Run['examples']
  parity: Run['parity']
}

const runOf = (row: RunRow): Run => ({
  id: row.id,
  sourceId: row.source_id,
  mode: row.mode,
  state: row.state,
  acceptWithdrawals: row.accept_withdrawals,
  askedBy: row.asked_by,
  askedName: row.asked_name,
  createdAt: row.created_at,
  endedAt: row.ended_at,
  counts: row.counts,
  failure: row.failure,
  failedAt: row.failed_at,
  refusal: row.refusal,
  examples: row.examples,
  parity: row.parity,
})

export async function insertRun(tx: Tx, run: Run): Promise<void> {
  await sql`insert into harvest_run (id, source_id, mode, state, accept_withdrawals, asked_by, asked_name, created_at,
      counts, examples, parity)
    values (${run.id}, ${run.sourceId}, ${run.mode}, ${run.state}, ${run.acceptWithdrawals}, ${run.askedBy},
      ${run.askedName}, ${run.createdAt}, ${JSON.stringify(run.counts)}, ${JSON.stringify(run.examples)},
      ${JSON.stringify(run.parity)})`.execute(tx)
}

export async function writeRun(tx: Tx, run: Run): Promise<void> {
  await sql`update harvest_run set state = ${run.state}, ended_at = ${run.endedAt}, counts = ${JSON.stringify(run.counts)},
      failure = ${run.failure}, failed_at = ${run.failedAt},
      refusal = ${run.refusal && JSON.stringify(run.refusal)}, examples = ${JSON.stringify(run.examples)},
      parity = ${JSON.stringify(run.parity)}
    where id = ${run.id}`.execute(tx)
}

/** How far a run has come: what is counted while it goes on. */
export async function writeCounts(
  tx: Tx,
  id: string,
  { counts, examples }: Pick<Run, 'counts' | 'examples'>,
): Promise<void> {
  await sql`update harvest_run set counts = ${JSON.stringify(counts)}, examples = ${JSON.stringify(examples)}
    where id = ${id}`.execute(tx)
}

export async function findRun(db: Store | Tx, id: string): Promise<Run | undefined> {
  const { rows } = await sql<RunRow>`select * from harvest_run where id = ${id}`.execute(db)
  return rows[0] && runOf(rows[0])
}

/** The run of a source that has not ended. */
export async function openRun(tx: Tx, sourceId: string): Promise<Run | undefined> {
  const { rows } =
    await sql<RunRow>`select * from harvest_run where source_id = ${sourceId} and ended_at is null`.execute(
      tx,
    )
  return rows[0] && runOf(rows[0])
}

/** The newest first. */
export async function lastRuns(db: Store | Tx, sourceId: string, limit: number): Promise<Run[]> {
  const { rows } = await sql<RunRow>`select * from harvest_run where source_id = ${sourceId}
    order by id desc limit ${limit}`.execute(db)
  return rows.map(runOf)
}

/** Runs older than the newest so many say nothing any more: what they did stands in the ledger. */
export async function dropOldRuns(tx: Tx, sourceId: string, kept: number): Promise<void> {
  await sql`delete from harvest_run where source_id = ${sourceId} and ended_at is not null and id not in (
    select id from harvest_run where source_id = ${sourceId} order by id desc limit ${kept})`.execute(tx)
}
