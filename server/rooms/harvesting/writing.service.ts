import type { Tx } from '../../foundations/database/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { DraftInput, Entry } from '../catalogue/index.ts'
import * as harvestedStore from './harvested.store.ts'
import type { HarvestingDeps } from './harvesting.deps.ts'
import type { Harvested, RemoteEntry } from './harvesting.model.ts'
import { changeOf, draftOf } from './harvesting.rules.ts'
import { leavingOut } from './one-by-one.ts'
import * as reading from './reading.store.ts'
import type { Execution } from './run.service.ts'
import * as runStore from './runs.store.ts'

/** So many entries are written in one transaction: others wait no longer than for that. */
const batch = 100

type New = Awaited<ReturnType<typeof reading.newOnes>>[number]
type Drafted = { readonly row: New; readonly draft: DraftInput }
type Changed = Awaited<ReturnType<typeof reading.changedOnes>>[number]

/** What is told of an entry that passes every rule and that the store cannot keep all the same. */
const unstorable = '目录数据库无法保存该条目的内容'

/** Brings the catalogue to what was read; a trial does the same without writing. */
export function createWriting({ database, catalogue, ledger, clock }: HarvestingDeps) {
  async function addNew(execution: Execution): Promise<void> {
    const { run, progress, signal, fenced } = execution
    if (run.mode === 'try') {
      progress.add('added', await reading.countNew(database.db, run.id))
      for (const { remoteId, described } of await reading.newOnes(database.db, run.id, '', 10))
        progress.example('added', { remoteId, title: described.title })
      return
    }
    for (let after: string | undefined = ''; after !== undefined; ) {
      signal.throwIfAborted()
      const rows: New[] = await reading.newOnes(database.db, run.id, after, batch)
      await leavingOut(
        rows.flatMap((row) => draftOrNone(execution, row)),
        (drafted) => progress.unlessThrown(() => fenced((tx) => addAll(tx, execution, drafted))),
        ({ row }, error) => leaveOut(execution, row, error),
      )
      after = rows.at(-1)?.remoteId
    }
  }

  /** The draft that a remote entry becomes; none where the catalogue would refuse it. */
  function draftOrNone(execution: Execution, row: New): Drafted[] {
    const { source } = execution
    const { draft } = draftOf(row.described, source.name)
    try {
      catalogue.imported.check(source.organisationId, draft)
      return [{ row, draft }]
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      leaveOut(execution, row, error)
      return []
    }
  }

  function leaveOut({ progress }: Execution, { remoteId, described }: New, error: unknown): void {
    const reason = error instanceof Problem ? (error.parts.condition?.zh ?? error.code) : unstorable
    progress.notTaken(described.publisher)
    progress.leftOut(remoteId, described.title, 'refused', reason)
  }

  async function addAll(tx: Tx, { source, run, progress }: Execution, drafted: readonly Drafted[]) {
    const ids = await catalogue.imported.begin(
      tx,
      drafted.map(({ draft }) => draft),
      {
        userId: source.registeredBy,
        organisationId: source.organisationId,
        name: source.registeredName,
      },
    )
    const seenAt = clock.now()
    await harvestedStore.insertHarvested(
      tx,
      drafted.map(({ row: { remoteId, digest, described } }, at) => ({
        ...{ sourceId: source.id, remoteId, entryId: ids[at]!, digest, taken: described },
        ...{ entryVersion: 1, state: 'same', waiting: null, waitingDigest: null, seenAt },
      })),
    )
    progress.add('added', drafted.length)
    for (const { row } of drafted)
      progress.example('added', { remoteId: row.remoteId, title: row.described.title })
    await runStore.writeCounts(tx, run.id, progress)
  }

  async function settleChanged(execution: Execution): Promise<void> {
    const { run, progress, signal, fenced } = execution
    for (let after: string | undefined = ''; after !== undefined; ) {
      signal.throwIfAborted()
      const from: string = after
      after = await fenced(async (tx) => {
        const rows = await reading.changedOnes(tx, run.id, from, batch)
        const entries = new Map(
          (
            await catalogue.findAll(
              rows.map(({ entryId }) => entryId),
              tx,
            )
          ).map((entry) => [entry.id, entry]),
        )
        for (const row of rows) await settleOne(tx, execution, row, entries.get(row.entryId)!)
        if (run.mode === 'real') await runStore.writeCounts(tx, run.id, progress)
        return rows.at(-1)?.remoteId
      })
    }
  }

  /** A draft that nobody has worked on follows its source; everything else is the department's to decide. */
  async function settleOne(tx: Tx, execution: Execution, row: Changed, entry: Entry): Promise<void> {
    const { source, run, progress } = execution
    const { remoteId, digest, described } = row
    const known = (await harvestedStore.findHarvested(tx, source.id, row.entryId))!
    const seenAt = clock.now()
    const follows = entry.providerId === source.organisationId && entry.version === known.entryVersion
    const title = { remoteId, title: described.title }
    const version =
      follows && (await rewritten(tx, run.mode === 'real', entry, known, described, source.name))
    if (version === false) {
      progress.add('differing')
      progress.example('changed', title)
      if (run.mode === 'real')
        await harvestedStore.writeHarvested(tx, {
          ...{ ...known, state: 'differs', waiting: described, waitingDigest: digest, seenAt },
        })
      return
    }
    progress.add('changed')
    progress.example('changed', title)
    if (run.mode === 'try') return
    await harvestedStore.writeHarvested(tx, {
      ...{ ...known, digest, taken: described, entryVersion: version, state: 'same', seenAt },
      ...{ waiting: null, waitingDigest: null },
    })
    await ledger.record(tx, {
      kind: 'harvest.followed',
      userId: source.registeredBy,
      organisationId: source.organisationId,
      entryId: entry.id,
      outcome: 'changed',
      payload: { sourceId: source.id, runId: run.id, remoteId },
    })
  }

  /** The version of the draft after it was written anew; false where it is none, or would be refused. */
  async function rewritten(
    tx: Tx,
    really: boolean,
    entry: Entry,
    { taken }: Harvested,
    described: RemoteEntry,
    sourceName: string,
  ): Promise<number | false> {
    if (!catalogue.imported.isUntouched(entry)) return false
    const change = changeOf(taken, described, sourceName)
    return really ? catalogue.imported.rewrite(tx, entry, change) : entry.version
  }

  return async (execution: Execution): Promise<void> => {
    const { source, run, fenced } = execution
    await addNew(execution)
    await settleChanged(execution)
    if (run.mode === 'real') await fenced((tx) => reading.settleSeen(tx, source.id, run.id))
  }
}
