import type { Tx } from '../../foundations/database/index.ts'
import type { Execution } from './execution.ts'
import type { HarvestingDeps } from './harvesting.deps.ts'
import type { Run, Source } from './harvesting.model.ts'
import { noticeOf } from './harvesting.notices.ts'
import { mayLookAfter } from './looking-after.rules.ts'
import * as reading from './reading.store.ts'
import * as runStore from './runs.store.ts'
import * as sourceStore from './sources.store.ts'

/** Job that begins a run of a source whose time has come; its subject is the source. */
export const harvestDueJob = 'harvesting.due'

const runsKept = 50
const hourMs = 3_600_000

/** Ends runs: on record, told to those whom it concerns, with the next one in view. */
export function createEnding({ database, identity, ledger, notices, jobs, clock }: HarvestingDeps) {
  async function end(tx: Tx, source: Source, run: Run): Promise<void> {
    const [, before] = await runStore.lastRuns(tx, source.id, 2)
    await reading.dropReading(tx, run.id)
    await runStore.writeRun(tx, run)
    await runStore.dropOldRuns(tx, source.id, runsKept)
    const begun = source.begun || (run.mode === 'real' && run.state === 'done')
    // The schedule begins with the first run that wrote; later ones are filed when they fall due.
    const begins = begun && !source.begun && source.enabled && source.everyHours !== null
    const nextRunAt = begins
      ? new Date(clock.now().getTime() + source.everyHours! * hourMs)
      : source.nextRunAt
    if (begins) await jobs.file(tx, harvestDueJob, source.id, nextRunAt!)
    const tried = source.tried || run.state !== 'failed'
    await sourceStore.writeSource(tx, { ...source, currentRun: null, tried, begun, nextRunAt })
    await ledger.record(tx, {
      kind: 'harvest.run',
      userId: run.askedBy,
      organisationId: source.organisationId,
      outcome: run.state,
      payload: {
        sourceId: source.id,
        runId: run.id,
        mode: run.mode,
        acceptWithdrawals: run.acceptWithdrawals,
        counts: run.counts,
        failure: run.failure,
      },
    })
    const notice = noticeOf(source, run)
    // The same trouble again, night after night, is told once.
    const again = run.askedBy === null && before?.state === run.state && before.failure === run.failure
    if (notice === undefined || (again && run.state !== 'done')) return
    const stewards = await identity.members(tx, source.organisationId, ['steward'])
    // Who has left the body, or the platform, is told nothing more of it.
    const inCharge = await identity.user(source.registeredBy, tx)
    const told = mayLookAfter(inCharge, source.organisationId) ? [source.registeredBy] : []
    await notices.send(tx, [...stewards, ...told], notice)
  }

  return {
    async finish(
      { run, progress, fenced, source }: Execution,
      state: 'done' | 'held-back' | 'failed',
      why: Partial<Pick<Run, 'failure' | 'failedAt' | 'refusal'>> = {},
    ): Promise<void> {
      const { counts, examples } = progress
      const ended = { ...run, ...why, state, endedAt: clock.now() }
      // A run that did not come to its end has not brought over what it counted as brought.
      const parity = { ...progress.parity(), ...(state === 'failed' && { groups: [] }) }
      await fenced(async (tx) =>
        end(tx, (await sourceStore.findSource(tx, source.id, true))!, {
          ...{ ...ended, counts, examples, parity },
        }),
      )
    },

    /** Ends a run that nobody goes on with. */
    async giveUp(runId: string): Promise<void> {
      await database.inTransaction(async (tx) => {
        const found = await runStore.findRun(tx, runId)
        const source = found && (await sourceStore.findSource(tx, found.sourceId, true))
        if (found === undefined || source === undefined || found.endedAt !== null) return
        await end(tx, source, { ...found, state: 'failed', failure: 'internal', endedAt: clock.now() })
      })
    },

    /** In the transaction that changed the source: a run that read it as it was is of no use. */
    async interrupt(tx: Tx, source: Source): Promise<void> {
      const run = await runStore.openRun(tx, source.id)
      if (run !== undefined)
        await end(tx, source, { ...run, state: 'failed', failure: 'source-changed', endedAt: clock.now() })
    },
  }
}
