import { text } from '@tiaoli/kernel/text'
import {
  LakeError,
  type LoadOnto,
  type LoadProgress,
  type SealedSnapshot,
} from '../../foundations/lake/index.ts'
import { keyFieldsOf } from '../catalogue/index.ts'
import { type AggregationDeps, loadJob } from './aggregation.deps.ts'
import type { Batch, BatchState } from './aggregation.model.ts'
import { decideColumns, tableOf } from './aggregation.rules.ts'
import * as store from './aggregation.store.ts'
import { createGoingLive, tellWaits } from './going-live.ts'
import { contentBrought } from './modes.rules.ts'
import { overtaken } from './overtaken.ts'
import { nullsMeant } from './schema.rules.ts'
import { unseen } from './unseen.rules.ts'

/** A disk that is full now may have room when the work is tried again. */
const isForLater = (error: unknown): boolean => error instanceof LakeError && error.code === 'storage-full'
/** Progress is written down at most this often. */
const progressEveryMs = 400
/** Changes that find others before them are made anew on what those left, this often before they wait their turn. */
const mostRounds = 8

/** What is done about a batch in the background: its file is looked at, loaded, and made live. */
export function createBatchWork(deps: AggregationDeps) {
  const { database, lake, catalogue, jobs, notices, clock } = deps
  const { db } = database
  const { makeLive } = createGoingLive(deps)

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
      const byItself = batch.autoAccept ? unseen(content, found) : undefined
      const table = byItself && 'table' in byItself ? byItself.table : undefined
      const waits = byItself && 'waits' in byItself ? byItself.waits : null
      await database.inTransaction(async (tx) => {
        const current = await store.changeBatch(
          tx,
          batch.id,
          ['profiling'],
          {
            state: table ? 'loading' : 'awaiting-acceptance',
            profile: found,
            progress: null,
            waits,
            ...(table ? { acceptance: { table: table.name } } : {}),
          },
          clock.now(),
        )
        if (current && table) await jobs.file(tx, loadJob, batch.id, clock.now())
        if (current && waits) await tellWaits(deps, tx, batch, waits)
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
      if (end === 'cancelled' || end === 'held') return
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

  return { profile, load, giveUp }
}
