import { type Text, text } from '@tiaoli/kernel/text'
import type { Tx } from '../../foundations/database/index.ts'
import type { SealedSnapshot } from '../../foundations/lake/index.ts'
import type { Entry } from '../catalogue/index.ts'
import type { AggregationDeps } from './aggregation.deps.ts'
import type { Batch } from './aggregation.model.ts'
import { measureQuality } from './aggregation.rules.ts'
import * as store from './aggregation.store.ts'
import { rowsTaken, whatCame } from './modes.rules.ts'
import { heldByNewer } from './newer.ts'
import { isOvertaken } from './overtaken.ts'
import { lossOfRows } from './unseen.rules.ts'

/** Nobody looks at a run that was to go in by itself, unless they are told: any steward of the provider may. */
export const tellWaits = async (
  { notices, stewardsOf }: Pick<AggregationDeps, 'notices' | 'stewardsOf'>,
  tx: Tx,
  batch: Batch,
  waits: Text,
): Promise<void> =>
  notices.send(tx, await stewardsOf(tx, batch.organisationId), {
    kind: 'batch.waits',
    title: text(
      `《${batch.fileName}》须经确认才能入库`,
      `“${batch.fileName}” waits to be looked at before it is taken in`,
    ),
    body: waits,
    link: `/desk/batches/${batch.id}`,
  })

/** The first rows of an entry change nothing; they are overtaken where others were first. */
const hasSnapshot = async (tx: Tx, entryId: string): Promise<boolean> =>
  (await store.findNewestSnapshot(tx, entryId)) !== undefined

/** Why rows that were to take the place of others by themselves do not, though they fit. */
async function lossOf(tx: Tx, batch: Batch, sealed: SealedSnapshot): Promise<Text | undefined> {
  if (!batch.autoAccept || batch.mode !== 'replace') return undefined
  const newest = await store.findNewestSnapshot(tx, batch.entryId)
  return newest && lossOfRows(newest.rows, sealed)
}

/** Has what was loaded take its place among the versions of the entry, or not. */
export function createGoingLive(deps: AggregationDeps) {
  const { database, catalogue, ledger, notices, clock } = deps

  /**
   * Snapshot, catalogue, record and notice are one transaction: a snapshot is live with all of them or not at all.
   * What was made from rows that are no longer the live ones would take newer ones away, and does not become live; what
   * would by itself take most of the live rows away, or would take rows away that its steward has not seen, is held
   * back for a person, its file as it was.
   */
  async function makeLive(
    batch: Batch,
    entry: Entry,
    sealed: SealedSnapshot,
    changed: string | null,
  ): Promise<'live' | 'cancelled' | 'overtaken' | 'held'> {
    const at = clock.now()
    return database.inTransaction(async (tx) => {
      if (await isOvertaken(tx, entry.id, changed ?? batch.baseSnapshotId)) return 'overtaken'
      if (batch.mode !== 'replace' && changed === null && (await hasSnapshot(tx, entry.id)))
        return 'overtaken'
      const waits = await lossOf(tx, batch, sealed)
      const held = waits ?? (await heldByNewer(tx, batch))
      if (held !== undefined) {
        const change = { state: 'awaiting-acceptance', progress: null, waits: waits ?? null } as const
        if (!(await store.changeBatch(tx, batch.id, ['loading'], change, at))) return 'cancelled'
        await tellWaits(deps, tx, batch, held)
        return 'held'
      }
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
          ...(batch.acceptance?.seenSnapshot !== undefined && {
            seenSnapshot: batch.acceptance.seenSnapshot,
          }),
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

  return { makeLive }
}
