import type { Tx } from '../../foundations/database/index.ts'
import type { RecordInput } from '../../foundations/ledger/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { DraftInput, Entry } from '../catalogue/index.ts'
import { RunRefused } from './admission.ts'
import type { Execution } from './execution.ts'
import * as harvestedStore from './harvested.store.ts'
import type { HarvestingDeps } from './harvesting.deps.ts'
import type { Harvested, RemoteEntry } from './harvesting.model.ts'
import { changeOf, draftOf } from './harvesting.rules.ts'
import { leavingOut } from './one-by-one.ts'
import * as reading from './reading.store.ts'
import * as runStore from './runs.store.ts'

/** So many entries are written in one transaction: others wait no longer than for that. */
const batch = 100

/** What is told of an entry that passes every rule and that the store cannot keep all the same. */
const unstorable = '目录数据库无法保存该条目的内容'

type Read = Awaited<ReturnType<typeof reading.toCompare>>[number]
type Drafted = { readonly row: Read; readonly draft: DraftInput }
/** `held`: it has a counterpart here, which stays as it is. */
type LeftOut = { readonly row: Read; readonly error: unknown; readonly held?: boolean }

/** Brings the catalogue to what was read; a trial does the same without writing. */
export function createWriting({ database, catalogue, ledger, clock }: HarvestingDeps) {
  /** New entries are begun together, changed ones settled together: one that cannot be does not keep the others. */
  async function writePage(execution: Execution, rows: readonly Read[]): Promise<void> {
    const { source, run, progress, admission, fenced } = execution
    const known = await harvestedStore.digestsOf(
      database.db,
      source.id,
      rows.map(({ remoteId }) => remoteId),
    )
    const fresh = rows.filter(({ remoteId }) => !known.has(remoteId))
    const changed = rows.filter(({ remoteId, digest }) => known.get(remoteId)?.includes(digest) === false)
    if (run.mode === 'try') addToCounts(execution, fresh)
    else {
      const { drafted, refused } = draftsOf(execution, fresh)
      await leaveOut(execution, refused)
      await leavingOut(
        drafted,
        (some) => progress.unlessThrown(() => fenced((tx) => addAll(tx, execution, some))),
        ({ row }, error) => leaveOut(execution, [{ row, error }]),
      )
    }
    await leavingOut(
      changed,
      (some) =>
        admission.within(() => progress.unlessThrown(() => fenced((tx) => settleAll(tx, execution, some)))),
      (row, error) => leaveOut(execution, [{ row, error, held: true }]),
    )
  }

  function addToCounts({ progress }: Execution, rows: readonly Read[]): void {
    progress.add('added', rows.length)
    for (const { remoteId, described } of rows)
      progress.example('added', { remoteId, title: described.title })
  }

  /** The drafts that remote entries become, and those that the catalogue would refuse. */
  function draftsOf({ source, admission }: Execution, rows: readonly Read[]) {
    const drafted: Drafted[] = []
    const refused: LeftOut[] = []
    for (const row of rows) {
      const { draft } = draftOf(row.described, source.name)
      const error = admission.refusalOf(draft)
      if (error === undefined) drafted.push({ row, draft })
      else refused.push({ row, error })
    }
    return { drafted, refused }
  }

  /** Told once: a run that is taken up again passes them over. */
  async function leaveOut(execution: Execution, left: readonly LeftOut[]): Promise<void> {
    const { run, progress, fenced } = execution
    for (const { row, error, held } of left) {
      if (!held) progress.notTaken(row.described.publisher)
      progress.leftOut(row.remoteId, row.described.title, 'refused', reasonOf(error))
    }
    if (left.length === 0 || run.mode === 'try') return
    const remoteIds = left.map(({ row }) => row.remoteId)
    const { counts, examples } = progress
    await fenced(async (tx) => {
      await reading.passOver(tx, run.id, remoteIds)
      await runStore.writeRun(tx, { ...run, state: 'writing', counts, examples, parity: progress.parity() })
    })
  }

  async function addAll(tx: Tx, execution: Execution, drafted: readonly Drafted[]): Promise<void> {
    const { source, run, progress } = execution
    const drafts = drafted.map(({ draft }) => draft)
    const begun = await catalogue.imported.begin(tx, drafts, {
      userId: run.askedBy ?? source.registeredBy,
      organisationId: source.organisationId,
      name: run.askedName ?? source.registeredName,
    })
    if (!begun.ok) throw new RunRefused(begun.refusal)
    const seenAt = clock.now()
    await harvestedStore.insertHarvested(
      tx,
      drafted.map(({ row: { remoteId, digest, described } }, at) => ({
        ...{ sourceId: source.id, remoteId, entryId: begun.value[at]!, digest, taken: described },
        ...{ entryVersion: 1, state: 'same', waiting: null, waitingDigest: null, seenAt },
      })),
    )
    addToCounts(
      execution,
      drafted.map(({ row }) => row),
    )
    await runStore.writeCounts(tx, run.id, progress)
  }

  async function settleAll(tx: Tx, execution: Execution, rows: readonly Read[]): Promise<void> {
    const { source, run, progress } = execution
    const remoteIds = rows.map(({ remoteId }) => remoteId)
    const held = await harvestedStore.holdHarvested(tx, source.id, remoteIds)
    const entryIds = [...held.values()].map(({ entryId }) => entryId)
    const entries = new Map((await catalogue.findAll(entryIds, tx)).map((entry) => [entry.id, entry]))
    const records: RecordInput[] = []
    for (const row of rows) {
      const known = held.get(row.remoteId)!
      records.push(...(await settleOne(tx, execution, row, known, entries.get(known.entryId)!)))
    }
    if (run.mode === 'try') return
    await ledger.recordAll(tx, records)
    await runStore.writeCounts(tx, run.id, progress)
  }

  /** A draft that nobody has worked on follows its source, on record; everything else is the department's to decide. */
  async function settleOne(
    tx: Tx,
    execution: Execution,
    { remoteId, digest, described }: Read,
    known: Harvested,
    entry: Entry,
  ): Promise<RecordInput[]> {
    const { source, run, progress } = execution
    const seenAt = clock.now()
    const follows = entry.providerId === source.organisationId && entry.version === known.entryVersion
    const version =
      follows && (await rewritten(tx, run.mode === 'real', entry, known, described, source.name))
    progress.example('changed', { remoteId, title: described.title })
    if (version === false) {
      progress.add('differing')
      if (run.mode === 'real')
        await harvestedStore.writeHarvested(tx, {
          ...{ ...known, state: 'differs', waiting: described, waitingDigest: digest, seenAt },
        })
      return []
    }
    progress.add('changed')
    if (run.mode === 'try') return []
    await harvestedStore.writeHarvested(tx, {
      ...{ ...known, digest, taken: described, entryVersion: version, state: 'same', seenAt },
      ...{ waiting: null, waitingDigest: null },
    })
    return [
      {
        kind: 'harvest.followed',
        userId: run.askedBy ?? source.registeredBy,
        organisationId: source.organisationId,
        entryId: entry.id,
        outcome: 'changed',
        payload: { sourceId: source.id, runId: run.id, remoteId },
      },
    ]
  }

  /** The version of the draft after it was written anew; false where it is none that follows. */
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
    const { source, run, signal, fenced } = execution
    for (let after: string | undefined = ''; after !== undefined; ) {
      signal.throwIfAborted()
      const rows: Read[] = await reading.toCompare(database.db, run.id, after, batch)
      await writePage(execution, rows)
      after = rows.at(-1)?.remoteId
    }
    if (run.mode === 'real') await fenced((tx) => reading.settleSeen(tx, source.id, run.id))
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Problem ? (error.parts.condition?.zh ?? error.code) : unstorable
