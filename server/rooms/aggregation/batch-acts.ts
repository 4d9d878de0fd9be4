import type { Descriptor } from '@tiaoli/contract/table-schema'
import { text } from '@tiaoli/kernel/text'
import type { Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import type { Entry } from '../catalogue/index.ts'
import { type AggregationDeps, loadJob, profileJob } from './aggregation.deps.ts'
import type { Acceptance, Batch, BatchState } from './aggregation.model.ts'
import { decideColumns, tableOf } from './aggregation.rules.ts'
import * as store from './aggregation.store.ts'
import { contentBrought } from './modes.rules.ts'
import { requireSeen } from './newer.ts'
import { createTakeOver } from './take-over.ts'

/** Who may touch a batch, and its entry. */
type Requires = {
  requireBatch(session: Session, batchId: string): Promise<Batch>
  requireOwnEntry(session: Session, entryId: string): Promise<Entry>
}

const notInThisState = () =>
  new Problem('act-not-available', {
    condition: text('批次的当前状态不允许此项操作', 'The run is not in a state that allows this'),
  })

/** Somebody has looked at the batch: from then on nothing of it happens unseen. */
const inHand = { autoAccept: false, waits: null } as const

/** What a steward does with a batch that came in: accepts it, describes it, takes words of it over, cancels it. */
export function createBatchActs(deps: AggregationDeps, { requireBatch, requireOwnEntry }: Requires) {
  const { database, jobs, clock } = deps
  const { db } = database
  const takeOver = createTakeOver(deps)

  /** Moves a batch on; where it has been moved meanwhile the caller is told so. */
  async function move(
    batch: Batch,
    from: readonly BatchState[],
    change: store.BatchChange,
    job?: string,
    also?: (tx: Tx) => Promise<store.BatchChange>,
  ): Promise<Batch> {
    const moved = await database.inTransaction(async (tx) => {
      const more = await also?.(tx)
      const changed = await store.changeBatch(tx, batch.id, from, { ...change, ...more }, clock.now())
      if (changed && job !== undefined) await jobs.file(tx, job, batch.id, clock.now())
      return changed
    })
    if (!moved) throw notInThisState()
    jobs.wake()
    return (await store.findBatch(db, batch.id))!
  }

  return {
    async accept(session: Session, batchId: string, acceptance: Acceptance): Promise<Batch> {
      const batch = await requireBatch(session, batchId)
      const entry = await requireOwnEntry(session, batch.entryId)
      if (batch.state !== 'awaiting-acceptance') throw notInThisState()
      const differs =
        (acceptance.encoding ?? batch.profile?.encoding) !== batch.profile?.encoding ||
        (acceptance.delimiter ?? batch.profile?.delimiter) !== batch.profile?.delimiter
      // Read in another encoding the columns are others: the file is looked at again before it is loaded.
      if (differs)
        return move(
          batch,
          ['awaiting-acceptance'],
          {
            state: 'profiling',
            profile: null,
            encoding: acceptance.encoding ?? null,
            delimiter: acceptance.delimiter ?? null,
            ...inHand,
          },
          profileJob,
        )
      const table = batch.profile && tableOf(batch.profile, acceptance)
      if (table === undefined)
        throw new Problem('content-incomplete', {
          condition: text('文件中没有所指定的表', 'The file has no such table'),
          errors: [{ path: 'table', message: text('文件中没有这张表', 'The file has no such table') }],
        })
      if (table !== null) {
        const content = contentBrought(entry.pending ?? entry.content, batch.mode)
        const columns = decideColumns(content, table, acceptance)
        if (!columns.ok) throw refusalProblem('content-incomplete', columns.refusal)
      }
      return move(
        batch,
        ['awaiting-acceptance'],
        { state: 'loading', acceptance, ...inHand },
        loadJob,
        async (tx) => ({ seenSnapshot: await requireSeen(tx, batch, acceptance.seenSnapshot) }),
      )
    },

    /**
     * Has the file read again as its Table Schema or Data Package says; nothing that was staged is lost by it. What the
     * schema changes has been seen by nobody, so that the batch waits for its steward even where it would not have.
     */
    async describe(session: Session, batchId: string, descriptor: Descriptor): Promise<Batch> {
      const batch = await requireBatch(session, batchId)
      await requireOwnEntry(session, batch.entryId)
      return move(
        batch,
        ['awaiting-acceptance'],
        {
          ...{ state: 'profiling', profile: null, descriptor },
          ...{ describedAt: clock.now(), ...inHand },
        },
        profileJob,
      )
    },

    /** Lets the entry say of its fields what the schema says of them, where it says nothing yet. */
    async takeOver(session: Session, batchId: string, table: string | undefined): Promise<Batch> {
      const batch = await requireBatch(session, batchId)
      await takeOver(session, batch, await requireOwnEntry(session, batch.entryId), table)
      return batch
    },

    async cancel(session: Session, batchId: string): Promise<Batch> {
      const batch = await requireBatch(session, batchId)
      await requireOwnEntry(session, batch.entryId)
      // The file is thrown away by the job that may still be reading it, once it has let go.
      return move(
        batch,
        ['profiling', 'awaiting-acceptance', 'loading'],
        { state: 'cancelled', progress: null, finishedAt: clock.now() },
        batch.state === 'profiling' ? profileJob : loadJob,
      )
    },
  }
}
