import type { Readable } from 'node:stream'
import type { BatchMode } from '@tiaoli/contract/aggregation'
import type { Descriptor } from '@tiaoli/contract/table-schema'
import type { Refusal } from '@tiaoli/kernel/decisions'
import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import {
  type Lake,
  LakeError,
  type LoadOnto,
  type LoadProgress,
  type SealedSnapshot,
  type StagedFile,
} from '../../foundations/lake/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import { type Catalogue, type Entry, keyFieldsOf, stewardOf } from '../catalogue/index.ts'
import type { Acceptance, Batch, BatchState } from './aggregation.model.ts'
import { decideColumns, measureQuality, onlyComplete, tableOf } from './aggregation.rules.ts'
import * as store from './aggregation.store.ts'
import { contentBrought, decideMode, rowsTaken, whatCame } from './modes.rules.ts'
import { mayLoadUnseen, nullsMeant } from './schema.rules.ts'

export type AggregationDeps = {
  readonly database: Database
  readonly lake: Lake
  readonly catalogue: Catalogue
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly notices: Notices
  readonly clock: Clock
  readonly maxUploadBytes: number
  /** Told in the transaction in which a snapshot becomes live. */
  readonly beforeLive: (tx: Tx, snapshot: LiveSnapshot) => Promise<void>
  /** Refuses data that the regulation does not let in as the entry describes them. */
  readonly requireAggregable: (entry: Entry) => void
  /** Told once a snapshot is live. */
  readonly onLive: (entryId: string) => void
  /** Why a file must not be brought in for the entry, told by where it comes from. */
  readonly refusalOfStaged: (entry: Entry, staged: StagedFile) => Promise<Refusal | undefined>
}

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

/** What becomes live, and the batch that brought it. */
export type LiveSnapshot = Pick<Batch, 'entryId' | 'organisationId' | 'userId' | 'fileName'> & {
  readonly receivedAt: Date
  readonly rows: number
}

const profileJob = 'aggregation.profile'
const loadJob = 'aggregation.load'
/** A disk that is full now may have room when the work is tried again. */
const isForLater = (error: unknown): boolean => error instanceof LakeError && error.code === 'storage-full'
/** Progress is written down at most this often. */
const progressEveryMs = 400
/** No upload takes longer: what is older and belongs to no batch was left by a crash. */
const unclaimedAfterMs = 24 * 3_600_000

/** Changes that find others before them are made anew on what those left, this often before they wait their turn. */
const mostRounds = 8

const overtaken = {
  condition: text(
    '处理期间该条目有了更新的数据，处理结果未入库，现有数据保持不变',
    'The entry got newer data meanwhile; what was made from the earlier ones is not taken in, and the live data stay',
  ),
  remedy: text('请对现有数据重新处理。', 'Work on the data that are live now.'),
}

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
  const { database, lake, catalogue, jobs, ledger, notices, clock, maxUploadBytes } = deps
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

  /** Moves a batch on; where it has been moved meanwhile the caller is told so. */
  async function move(
    batch: Batch,
    from: readonly BatchState[],
    change: store.BatchChange,
    job?: string,
  ): Promise<Batch> {
    const moved = await database.inTransaction(async (tx) => {
      const changed = await store.changeBatch(tx, batch.id, from, change, clock.now())
      if (changed && job !== undefined) await jobs.file(tx, job, batch.id, clock.now())
      return changed
    })
    if (!moved)
      throw new Problem('act-not-available', {
        condition: text('批次的当前状态不允许此项操作', 'The run is not in a state that allows this'),
      })
    jobs.wake()
    return (await store.findBatch(db, batch.id))!
  }

  /** Writes progress down now and then, and gives up the work when the batch has been cancelled meanwhile. */
  function watch(batch: Batch, state: BatchState, signal: AbortSignal) {
    const cancel = new AbortController()
    const startedAt = clock.now().toISOString()
    let last = 0
    let writing: Promise<unknown> = Promise.resolve()
    const onProgress = (progress: LoadProgress): void => {
      const now = Date.now()
      if (now - last < progressEveryMs) return
      last = now
      writing = store
        .changeBatch(db, batch.id, [state], { progress: { ...progress, startedAt } }, clock.now())
        .then((current) => {
          if (!current) cancel.abort(new Error('cancelled'))
        })
        .catch((error: unknown) => cancel.abort(error))
    }
    return { onProgress, signal: AbortSignal.any([signal, cancel.signal]), settled: () => writing }
  }

  async function fail(batch: Batch, error: LakeError): Promise<void> {
    const message =
      error.field === undefined
        ? error.public
        : { zh: `${error.public.zh}（${error.field}）`, en: `${error.public.en} (${error.field})` }
    await finish(batch, { state: 'failed', failure: { code: error.code, message } })
  }

  async function finish(batch: Batch, change: store.BatchChange): Promise<void> {
    const at = clock.now()
    const done = await database.inTransaction(async (tx) => {
      const changed = await store.changeBatch(
        tx,
        batch.id,
        ['profiling', 'awaiting-acceptance', 'loading'],
        { ...change, progress: null, finishedAt: at },
        at,
      )
      if (changed && change.state === 'failed')
        await notices.send(tx, [batch.userId], {
          kind: 'batch.failed',
          title: text(`《${batch.fileName}》未能入库`, `“${batch.fileName}” could not be taken in`),
          body: change.failure?.message ?? text('', ''),
          link: `/desk/batches/${batch.id}`,
        })
      return changed
    })
    if (done) await lake.discard(batch.staged)
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

  async function profile(batchId: string, stop: AbortSignal): Promise<void> {
    const batch = await store.findBatch(db, batchId)
    if (batch?.state === 'cancelled') return lake.discard(batch.staged)
    if (batch?.state !== 'profiling') return
    const entry = (await catalogue.find(batch.entryId))!
    const content = contentBrought(entry.pending ?? entry.content, batch.mode)
    const { onProgress, signal, settled } = watch(batch, 'profiling', stop)
    try {
      const declared = Object.fromEntries(content.fields.map((field) => [field.name, field.type]))
      const found = await lake.profile(batch.staged, {
        ...(batch.encoding === null ? {} : { encoding: batch.encoding }),
        ...(batch.delimiter === null ? {} : { delimiter: batch.delimiter }),
        ...(batch.descriptor && { descriptor: batch.descriptor }),
        declared,
        signal,
        onProgress,
      })
      await settled()
      const table = onlyComplete(content, found)
      const load = batch.autoAccept && table !== undefined && mayLoadUnseen(content, found, table)
      await database.inTransaction(async (tx) => {
        const current = await store.changeBatch(
          tx,
          batch.id,
          ['profiling'],
          {
            state: load ? 'loading' : 'awaiting-acceptance',
            profile: found,
            progress: null,
            ...(load ? { acceptance: { table: table.name } } : {}),
          },
          clock.now(),
        )
        if (current && load) await jobs.file(tx, loadJob, batch.id, clock.now())
      })
      jobs.wake()
    } catch (error) {
      await settled()
      if (isForLater(error) || stop.aborted || !(error instanceof LakeError)) throw error
      if (error.code !== 'cancelled') await fail(batch, error)
    }
  }

  async function load(batchId: string, stop: AbortSignal): Promise<void> {
    const batch = await store.findBatch(db, batchId)
    if (batch?.state === 'cancelled') return lake.discard(batch.staged)
    if (batch?.state !== 'loading' || batch.profile === null) return
    const entry = (await catalogue.find(batch.entryId))!
    const content = contentBrought(entry.pending ?? entry.content, batch.mode)
    const acceptance = batch.acceptance ?? {}
    const table = tableOf(batch.profile, acceptance)!
    const columns = decideColumns(content, table, acceptance)
    if (!columns.ok)
      return finish(batch, {
        state: 'failed',
        failure: { code: columns.refusal.code, message: columns.refusal.condition },
      })
    const { onProgress, signal, settled } = watch(batch, 'loading', stop)
    for (let round = 1; ; round++) {
      const onto = await ontoOf(batch)
      let sealed: SealedSnapshot
      try {
        sealed = await lake.load({
          staged: batch.staged,
          table: table.name,
          ...(batch.profile.encoding === undefined ? {} : { encoding: batch.profile.encoding }),
          ...(batch.profile.delimiter === undefined ? {} : { delimiter: batch.profile.delimiter }),
          ...(batch.descriptor && { descriptor: batch.descriptor }),
          ignoreSchema: acceptance.schema === 'ignore',
          columns: columns.value,
          keyFields: keyFieldsOf(content),
          nulls: nullsMeant(table, acceptance),
          ...(onto && { onto }),
          onProgress,
          signal,
        })
      } catch (error) {
        await settled()
        if (isForLater(error) || stop.aborted || !(error instanceof LakeError)) throw error
        return error.code === 'cancelled' ? undefined : fail(batch, error)
      }
      await settled()
      const end = await makeLive(batch, entry, sealed, onto?.snapshotId ?? null)
      if (end === 'live') await lake.keepSnapshot(sealed.snapshotId)
      else await lake.removeSnapshot(sealed.snapshotId)
      // What changes the live rows is made anew on those that are live by now: nothing of either is lost.
      if (end === 'overtaken' && batch.mode !== 'replace' && round < mostRounds) continue
      if (end === 'overtaken')
        return finish(batch, { state: 'failed', failure: { code: end, message: overtaken.condition } })
      if (end === 'cancelled') return
      deps.onLive(entry.id)
      return lake.discard(batch.staged)
    }
  }

  /** What the rows of a batch change: the newest snapshot of the entry, if they change any. */
  async function ontoOf({ mode, entryId }: Batch): Promise<LoadOnto | undefined> {
    if (mode === 'replace') return undefined
    const [newest] = await store.findSnapshots(db, entryId, undefined, 1)
    return newest && { snapshotId: newest.id, mode }
  }

  const isOvertaken = async (tx: Tx, entryId: string, base: string | null): Promise<boolean> =>
    base !== null && !(await store.isNewestSnapshot(tx, entryId, base))

  /** The first rows of an entry change nothing; they are overtaken where others were first. */
  const hasSnapshot = async (tx: Tx, entryId: string): Promise<boolean> =>
    (await store.findNewestSnapshot(tx, entryId)) !== undefined

  async function requireNotOvertaken(tx: Tx, entryId: string, base: string | undefined): Promise<void> {
    if (await isOvertaken(tx, entryId, base ?? null)) throw new Problem('act-not-available', overtaken)
  }

  /**
   * Snapshot, catalogue, record and notice are one transaction: a snapshot is live with all of them or not at all.
   * What was made from rows that are no longer the live ones would take newer ones away, and does not become live.
   */
  async function makeLive(
    batch: Batch,
    entry: Entry,
    sealed: SealedSnapshot,
    changed: string | null,
  ): Promise<'live' | 'cancelled' | 'overtaken'> {
    const at = clock.now()
    return database.inTransaction(async (tx) => {
      if (await isOvertaken(tx, entry.id, changed ?? batch.baseSnapshotId)) return 'overtaken'
      if (batch.mode !== 'replace' && changed === null && (await hasSnapshot(tx, entry.id)))
        return 'overtaken'
      const changes = sealed.changes ?? null
      const { refusedRows, refusals } = sealed
      const result = { rows: rowsTaken(sealed), refusedRows, refusals, changes }
      const current = await store.changeBatch(
        tx,
        batch.id,
        ['loading'],
        { state: 'live', progress: null, result, snapshotId: sealed.snapshotId, finishedAt: at },
        at,
      )
      if (!current) return 'cancelled'
      const record = await ledger.record(tx, {
        kind: 'snapshot.live',
        userId: batch.userId,
        organisationId: batch.organisationId,
        entryId: entry.id,
        snapshotId: sealed.snapshotId,
        outcome: 'live',
        payload: {
          batch: batch.id,
          fileSha256: batch.sha256,
          sha256: sealed.sha256,
          rows: sealed.rows,
          refusedRows: sealed.refusedRows,
          mode: batch.mode,
          ...(changes && { changes, baseSnapshotId: changed }),
        },
      })
      await store.insertSnapshot(tx, {
        id: sealed.snapshotId,
        entryId: entry.id,
        batchId: batch.id,
        mode: batch.mode,
        baseSnapshotId: changed ?? batch.baseSnapshotId,
        changes,
        liveAt: at,
        rows: sealed.rows,
        refusedRows: sealed.refusedRows,
        sizeBytes: sealed.sizeBytes,
        sha256: sealed.sha256,
        fileName: batch.fileName,
        quality: measureQuality(sealed),
        recordId: record.id,
      })
      await catalogue.setLive(tx, entry.id, { snapshotId: sealed.snapshotId, rows: sealed.rows, at })
      await deps.beforeLive(tx, {
        entryId: entry.id,
        organisationId: batch.organisationId,
        userId: batch.userId,
        fileName: batch.fileName,
        receivedAt: batch.createdAt,
        rows: sealed.rows,
      })
      await notices.send(tx, [batch.userId], {
        kind: 'batch.live',
        title: text(`《${entry.content.title}》数据已更新`, `“${entry.content.title}” has new data`),
        body: whatCame(sealed),
        link: `/desk/batches/${batch.id}`,
      })
      return 'live'
    })
  }

  /** A fault of ours that no trying again has mended: the steward is told, instead of waiting for ever. */
  async function giveUp(batchId: string, cause: unknown): Promise<void> {
    const batch = await store.findBatch(db, batchId)
    if (batch !== undefined && cause instanceof LakeError) return fail(batch, cause)
    if (batch !== undefined)
      await finish(batch, {
        state: 'failed',
        failure: {
          code: 'internal',
          message: text(
            '系统多次尝试仍未能处理该文件，原因已记入系统日志，请联系平台运维人员后重新上传。',
            'The platform tried several times and could not take the file in; the cause is in its log. Tell its operators, then upload again.',
          ),
        },
      })
  }

  jobs.handle(profileJob, profile, giveUp)
  jobs.handle(loadJob, load, giveUp)

  return {
    requireBatch,
    requireOwnEntry,
    requireWelcome,

    /** Takes a file as it streams in, from a steward of the provider. */
    async receive(session: Session, entryId: string, stream: Readable, input: UploadInput): Promise<Batch> {
      const entry = await requireOwnEntry(session, entryId)
      return takeIn(entry, session.user!, stream, input)
    },

    takeIn,

    async accept(session: Session, batchId: string, acceptance: Acceptance): Promise<Batch> {
      const batch = await requireBatch(session, batchId)
      const entry = await requireOwnEntry(session, batch.entryId)
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
      return move(batch, ['awaiting-acceptance'], { state: 'loading', acceptance }, loadJob)
    },

    /** Has the file read again as its Table Schema or Data Package says; nothing that was staged is lost by it. */
    async describe(session: Session, batchId: string, descriptor: Descriptor): Promise<Batch> {
      const batch = await requireBatch(session, batchId)
      await requireOwnEntry(session, batch.entryId)
      return move(
        batch,
        ['awaiting-acceptance'],
        { state: 'profiling', profile: null, descriptor },
        profileJob,
      )
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
      (await store.findBatch(db, batchId))?.state ?? null,

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
