import { newId } from '@tiaoli/kernel/ids'
import { createAdmission, RunRefused } from './admission.ts'
import type { Execution } from './execution.ts'
import * as harvestedStore from './harvested.store.ts'
import type { HarvestingDeps } from './harvesting.deps.ts'
import { noCounts, noExamples, noParity, type RemotePage, type Run } from './harvesting.model.ts'
import { digestOf, draftOf, holdsBack } from './harvesting.rules.ts'
import { mayLookAfter, noLongerEntrusted } from './looking-after.rules.ts'
import { createProgress } from './progress.ts'
import { HarvestError, readSource, usualBounds } from './readers/read-source.ts'
import * as reading from './reading.store.ts'
import { createEnding } from './run-ending.ts'
import * as runStore from './runs.store.ts'
import * as sourceStore from './sources.store.ts'
import { createWriting } from './writing.service.ts'

/** Another execution of the run has taken its place, or the source has changed under it: what is left is not ours. */
class FencedOut extends Error {
  override readonly name = 'FencedOut'
}

export type Runner = ReturnType<typeof createRunner>

/**
 * Reads a source, then compares, then writes: what cannot be read to its end, or lacks much of what it had, changes
 * nothing. Doing a run again is harmless: it reads anew, and goes on writing where it was.
 */
export function createRunner(deps: HarvestingDeps) {
  const { database, catalogue, identity, guard, bounds = usualBounds } = deps
  const { finish } = createEnding(deps)
  const write = createWriting(deps)

  async function begin(runId: string, signal: AbortSignal): Promise<Execution | undefined> {
    const token = newId()
    return database.inTransaction(async (tx) => {
      const found = await runStore.findRun(tx, runId)
      const source = found && (await sourceStore.findSource(tx, found.sourceId, true))
      if (found === undefined || source === undefined || found.endedAt !== null) return undefined
      const run: Run =
        found.state === 'writing'
          ? found
          : { ...found, state: 'reading', counts: noCounts, examples: noExamples, parity: noParity }
      if (run.state === 'reading') await reading.dropReading(tx, runId)
      await runStore.writeRun(tx, run)
      await sourceStore.writeSource(tx, { ...source, currentRun: token })
      const fenced: Execution['fenced'] = (work) =>
        database.inTransaction(async (tx) => {
          const current = await sourceStore.findSource(tx, source.id, true)
          if (current?.currentRun !== token) throw new FencedOut()
          return work(tx)
        })
      const admission = createAdmission(catalogue, source.organisationId)
      return { source, run, progress: createProgress(run), admission, signal, fenced }
    })
  }

  /** Whoever asked for a run answers for it; by the schedule nobody asks. */
  async function requireInCharge({ source, run }: Execution): Promise<void> {
    if (run.askedBy !== null) return
    const user = await identity.user(source.registeredBy)
    if (!mayLookAfter(user, source.organisationId)) throw new RunRefused(noLongerEntrusted)
  }

  async function readAll(execution: Execution): Promise<void> {
    const { source, signal, progress } = execution
    for await (const page of readSource({ source, guard, bounds, signal })) {
      signal.throwIfAborted()
      progress.add('pages')
      await takeDown(execution, page)
    }
  }

  /** What a page says, as far as it is new; entries that were read before are told, and a page of nothing else ends it. */
  async function takeDown(
    { source, run, progress, admission, fenced }: Execution,
    page: RemotePage,
  ): Promise<void> {
    for (const { id, title, reason } of page.unreadable) progress.leftOut(id, title, reason)
    const known = await harvestedStore.digestsOf(
      database.db,
      source.id,
      page.entries.map(({ entry }) => entry.id),
    )
    const rows = page.entries.map(({ entry, lost }) => {
      const digest = digestOf(entry)
      const isNews = known.get(entry.id)?.includes(digest) !== true
      const mapped = draftOf(entry, source.name)
      const refusal = isNews ? admission.refusalOf(mapped.draft) : undefined
      const losses = [...new Set([...lost, ...mapped.lost])]
      return { entry, losses, digest, refusal, described: isNews && refusal === undefined ? entry : null }
    })
    // Of one id that a page gives twice the first counts.
    const unique = [...new Map(rows.toReversed().map((row) => [row.entry.id, row])).values()].toReversed()
    const repeated = await fenced(async (tx) => {
      const before = await reading.insertReading(
        tx,
        run.id,
        unique.map(({ entry, digest, described }) => ({ remoteId: entry.id, digest, described })),
      )
      await runStore.writeCounts(tx, run.id, progress)
      return before
    })
    if (rows.length > 0 && repeated.size === unique.length)
      throw new HarvestError('paging-loop', page.address)
    const taken = new Set<string>(repeated)
    for (const { entry, losses, refusal, described } of rows) {
      progress.add('read')
      if (taken.has(entry.id)) {
        progress.leftOut(entry.id, entry.title, 'repeated')
        continue
      }
      taken.add(entry.id)
      if (refusal === undefined) {
        progress.took(entry.publisher, losses)
        if (described === null) progress.add('same')
      } else {
        progress.refused(entry.publisher)
        progress.leftOut(entry.id, entry.title, 'refused', refusal.parts.condition?.zh ?? refusal.code)
      }
    }
  }

  /** Counts what would go; true where the run is to be held back. */
  async function compare({ source, run, progress, fenced }: Execution): Promise<boolean> {
    return fenced(async (tx) => {
      const { current } = await harvestedStore.countHarvested(tx, source.id)
      const { count, first } = await reading.missingOnes(tx, source.id, run.id, 10)
      progress.add('withdrawn', count)
      for (const each of first) progress.example('withdrawn', each)
      const held =
        !run.acceptWithdrawals && holdsBack(current, count, progress.counts.read, source.mostWithdrawnPercent)
      if (!held && run.mode === 'real') {
        const { counts, examples } = progress
        const parity = progress.parity()
        await runStore.writeRun(tx, { ...run, state: 'writing', counts, examples, parity })
      }
      return held
    })
  }

  return {
    /** Does a run, or goes on with one that was broken off. */
    async execute(runId: string, signal: AbortSignal): Promise<void> {
      const execution = await begin(runId, signal)
      if (execution === undefined) return
      try {
        await requireInCharge(execution)
        if (execution.run.state !== 'writing') {
          await readAll(execution)
          if (await compare(execution)) return await finish(execution, 'held-back')
        }
        await write(execution)
        await finish(execution, 'done')
      } catch (error) {
        if (error instanceof HarvestError)
          await finish(execution, 'failed', { failure: error.failure, failedAt: error.address })
        else if (error instanceof RunRefused)
          await finish(execution, 'failed', { failure: 'not-admitted', refusal: error.refusal })
        else if (!(error instanceof FencedOut)) throw error
      }
    },
    /** The platform itself failed at it too often. */
    giveUp: createEnding(deps).giveUp,
  }
}
