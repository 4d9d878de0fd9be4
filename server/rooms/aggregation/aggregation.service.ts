import type { Readable } from 'node:stream'
import type { BatchMode } from '@tiaoli/contract/aggregation'
import type { Descriptor } from '@tiaoli/contract/table-schema'
import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import type { Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import type { StagedFile } from '../../foundations/lake/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import { type Entry, stewardOf } from '../catalogue/index.ts'
import { type AggregationDeps, loadJob, profileJob } from './aggregation.deps.ts'
import type { Batch, BatchState } from './aggregation.model.ts'
import * as store from './aggregation.store.ts'
import { createBatchActs } from './batch-acts.ts'
import { createBatchWork } from './batch-work.ts'
import { decideMode } from './modes.rules.ts'
import { findNewer } from './newer.ts'
import { requireNotOvertaken } from './overtaken.ts'

export type UploadInput = {
  readonly fileName: string
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
  readonly autoAccept: boolean
  /** In place of all rows that are there, where nothing else is said. */
  readonly mode?: BatchMode | undefined
  /** The snapshot from which the rows were made. */
  readonly baseSnapshotId?: string | undefined
  /** What the sender calls these rows. */
  readonly batchKey?: string | undefined
  /** What the sender says of the tables of the file. */
  readonly descriptor?: Descriptor | undefined
}

/** No upload takes longer: what is older and belongs to no batch was left by a crash. */
const unclaimedAfterMs = 24 * 3_600_000

const keyUsed = {
  condition: text(
    '该批次标识已用于另一份数据（平台规则，非法定）',
    'This batch key was used for other rows (a rule of the platform)',
  ),
  remedy: text('请为每份数据使用新的标识。', 'Give each set of rows a key of its own.'),
}

export type Aggregation = ReturnType<typeof createAggregation>

/** Brings files in (汇聚): staged, looked at, accepted, loaded, live. Every step survives the end of the process. */
export function createAggregation(deps: AggregationDeps) {
  const { database, lake, catalogue, jobs, ledger, clock, maxUploadBytes } = deps
  const { db } = database

  async function requireOwnEntry(session: Session, entryId: string): Promise<Entry> {
    const entry = await catalogue.requireEntry(session, entryId)
    if (stewardOf(session) !== entry.providerId)
      throw new Problem('not-allowed', {
        condition: text(
          '只有提供单位的数据管理员可以汇聚数据',
          'Only a data steward of the provider brings in its data',
        ),
      })
    return entry
  }

  /** A batch shows rows before anybody has decided on their use: only the provider's stewards see it. */
  async function requireBatch(session: Session, batchId: string): Promise<Batch> {
    const batch = await store.findBatch(db, batchId)
    if (batch === undefined || batch.organisationId !== stewardOf(session)) throw new Problem('not-found')
    return batch
  }

  /** Throws where no file of this name is taken in for the entry, whatever is in it. */
  function requireWelcome(entry: Entry, fileName: string, mode: BatchMode): void {
    if ((entry.pending ?? entry.content).fields.length === 0)
      throw new Problem('act-not-available', {
        condition: text('目录条目尚未登记信息项', 'The entry has no fields yet'),
        remedy: text('请先在目录条目中登记信息项。', 'Register its fields first.'),
      })
    const refusal = catalogue.refusalOfFile(entry, fileName)
    if (refusal !== undefined) throw refusalProblem('refused-by-law', refusal)
    deps.requireAggregable(entry)
    const allowed = decideMode(entry, entry.pending ?? entry.content, mode)
    if (!allowed.ok) throw refusalProblem('act-not-available', allowed.refusal)
  }

  /**
   * Takes a file as it streams in, on the word of a person whose part in it the caller has looked at. What breaks off
   * leaves nothing behind; what is answered is on disk. `also` belongs to it: both are done or neither.
   */
  async function takeIn(
    entry: Entry,
    user: { readonly id: string; readonly name: string },
    stream: Readable,
    input: UploadInput,
    also?: (tx: Tx, batchId: string, staged: StagedFile) => Promise<void>,
  ): Promise<Batch> {
    const mode = input.mode ?? 'replace'
    requireWelcome(entry, input.fileName, mode)
    const staged = await lake.stage(stream, { fileName: input.fileName, maxBytes: maxUploadBytes })
    const origin = await deps.refusalOfStaged(entry, staged)
    if (origin !== undefined) {
      await lake.discard(staged)
      throw refusalProblem('refused-by-law', origin)
    }
    const known = await sentBefore(entry.id, input.batchKey, staged)
    if (known !== undefined) return known
    const id = newId()
    const filed = database.inTransaction(async (tx) => {
      await store.insertBatch(tx, {
        id,
        entryId: entry.id,
        organisationId: entry.providerId,
        userId: user.id,
        userName: user.name,
        state: 'profiling',
        mode,
        autoAccept: input.autoAccept,
        fileName: staged.fileName,
        sizeBytes: staged.sizeBytes,
        sha256: staged.sha256,
        staged,
        encoding: input.encoding ?? null,
        delimiter: input.delimiter ?? null,
        descriptor: input.descriptor ?? null,
        baseSnapshotId: input.baseSnapshotId ?? null,
        batchKey: input.batchKey ?? null,
        createdAt: clock.now(),
      })
      await requireNotOvertaken(tx, entry.id, input.baseSnapshotId)
      await also?.(tx, id, staged)
      await jobs.file(tx, profileJob, id, clock.now())
    })
    try {
      await filed
    } catch (error) {
      // Where only the answer of the store was lost the batch stands, and still needs its file.
      if ((await store.findBatch(db, id)) === undefined) {
        // The same rows came twice at once, and the others were first.
        const first = await sentBefore(entry.id, input.batchKey, staged)
        if (first !== undefined) return first
        await lake.discard(staged)
      }
      throw error
    }
    jobs.wake()
    return (await store.findBatch(db, id))!
  }

  /** The batch that was made of the same rows under the same key; other rows under it are refused. */
  async function sentBefore(
    entryId: string,
    key: string | undefined,
    staged: StagedFile,
  ): Promise<Batch | undefined> {
    const earlier = key === undefined ? undefined : await store.findBatchByKey(db, entryId, key)
    if (earlier === undefined) return undefined
    await lake.discard(staged)
    if (earlier.sha256 !== staged.sha256) throw new Problem('act-not-available', keyUsed)
    return earlier
  }

  const work = createBatchWork(deps)
  jobs.handle(profileJob, work.profile, work.giveUp)
  jobs.handle(loadJob, work.load, work.giveUp)

  return {
    ...createBatchActs(deps, { requireBatch, requireOwnEntry }),
    requireBatch,
    requireOwnEntry,
    requireWelcome,

    /** Takes a file as it streams in, from a steward of the provider. */
    async receive(session: Session, entryId: string, stream: Readable, input: UploadInput): Promise<Batch> {
      const entry = await requireOwnEntry(session, entryId)
      return takeIn(entry, session.user!, stream, input)
    },

    takeIn,

    /** The report of refused rows holds rows as they were sent: who takes it is recorded before it goes out. */
    async takeRefusedRows(session: Session, batchId: string) {
      const batch = await requireBatch(session, batchId)
      const report =
        batch.snapshotId === null ? null : await (await lake.reader(batch.snapshotId)).refusalReport()
      if (report === null) throw new Problem('not-found')
      await database.inTransaction((tx) =>
        ledger.record(tx, {
          kind: 'access.refused-rows',
          userId: session.user!.id,
          organisationId: batch.organisationId,
          entryId: batch.entryId,
          snapshotId: batch.snapshotId,
          outcome: 'begun',
          payload: { batch: batch.id, rows: batch.result?.refusedRows ?? null },
        }),
      )
      return { batch, report }
    },

    /** Versions that came while the batch waits, and of which whoever accepts it has to know. */
    newerThan: (batch: Batch) => findNewer(db, batch),
    batches: (
      organisationId: string,
      entryId: string | undefined,
      before: string | undefined,
      limit: number,
    ) => store.findBatches(db, organisationId, entryId, before, limit),
    /** Entries loaded in a time, by the body that supplied them. */
    suppliedBetween: (from: Date, before: Date) => store.suppliedBetween(db, from, before),

    snapshots: (entryId: string, below: number | undefined, limit: number) =>
      store.findSnapshots(db, entryId, below, limit),
    snapshot: (id: string) => store.findSnapshot(db, id),
    /** How far a batch has come; null where there is none. */
    stateOf: async (batchId: string): Promise<BatchState | null> =>
      (await store.findState(db, batchId)) ?? null,

    /** Puts the lake in order after a crash: what no batch needs is thrown away. */
    async recover(): Promise<void> {
      const inUse = await store.findStagedInUse(db)
      const kept = new Set(inUse.map((batch) => batch.staged.path))
      // Beside other nodes what is young may be an upload of theirs that has not been entered yet.
      await lake.sweep(
        kept,
        database.manyConnections ? new Date(Date.now() - unclaimedAfterMs) : undefined,
        async (snapshotId) => (await store.findSnapshot(db, snapshotId)) !== undefined,
      )
    },
  }
}
