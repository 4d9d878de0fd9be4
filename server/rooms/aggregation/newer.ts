import type { BatchMode } from '@tiaoli/contract/aggregation'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Store, Tx } from '../../foundations/database/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Batch, Snapshot } from './aggregation.model.ts'
import * as store from './aggregation.store.ts'

/** Versions that somebody who accepts a batch has to have seen. */
export type Newer = {
  readonly count: number
  /** The newest first, not all where they are many. */
  readonly versions: readonly Snapshot[]
}

/** A stream may bring a version each minute while a batch waits. */
const mostListed = 10

/** What came while a batch waits: since its file did, or since it was accepted and held back again. */
export async function findNewer(db: Store, batch: Batch): Promise<Newer | undefined> {
  // What was made from rows of the platform is held to those in any case, and is never put in the place of newer ones.
  if (batch.state !== 'awaiting-acceptance' || batch.baseSnapshotId !== null) return undefined
  const newest = await store.findSnapshots(db, batch.entryId, undefined, mostListed)
  const versions = newest.filter(({ number }) => number > batch.seenSnapshot)
  const [first] = versions
  // Versions are numbered without gaps and stay listed for good.
  return first && { count: first.number - batch.seenSnapshot, versions }
}

/** What accepting a batch does to the rows that newer versions brought. */
export const effectsOver: Record<BatchMode, Text> = {
  replace: text(
    '确认入库后，本批次的数据整体取代较新版本的数据；较新的版本不再是现行版本，作为历史版本保存。',
    'Accepted, the rows of this run take the place of all rows that are live now; the newer versions are live no more and are kept as earlier ones.',
  ),
  append: text(
    '确认入库后，本批次的行追加到现行版本；主键已存在的行不入库，列入拒收。',
    'Accepted, the rows of this run are added to the live ones; a row whose key is there already is refused.',
  ),
  upsert: text(
    '确认入库后，主键相同的行以本批次为准，较新版本更新过的行也不例外；其余各行不变。',
    'Accepted, the rows of this run take the place of those with the same key, also where a newer version has changed them; the others stay.',
  ),
  delete: text(
    '确认入库后，删除本批次所列主键的行，包括较新版本新增、更新的行；其余各行不变。',
    'Accepted, the rows whose keys the file lists go, also where a newer version has added or changed them; the others stay.',
  ),
}

const unseen = (newest: number) => ({
  condition: text(
    `最新版本是第 ${newest} 版，本次确认没有以该版本为准（平台规则，非法定）`,
    `The newest version is number ${newest}, and it was not accepted in sight of that one (a rule of the platform)`,
  ),
  remedy: text(
    '请查看批次所列的较新版本后再确认；通过接口确认的，在 seenSnapshot 中写明最新版本的版本号。',
    'Look at the newer versions that the run lists, then accept it; through the interface, name the newest of them in seenSnapshot.',
  ),
})

/**
 * The number of the newest version, which whoever accepts the batch has seen: because none came since the file did, or
 * because they name it. Until the end of the transaction there is none that is newer.
 */
export async function requireSeen(tx: Tx, batch: Batch, seen: number | undefined): Promise<number> {
  const newest = (await store.findNewestSnapshot(tx, batch.entryId))?.number ?? 0
  const isSeen =
    seen === undefined ? batch.baseSnapshotId !== null || newest <= batch.seenSnapshot : seen === newest
  if (!isSeen) throw new Problem('changed-meanwhile', unseen(newest))
  return newest
}

/** Why rows that were accepted do not take the place of those that are live by now; changes come on top of any. */
export async function heldByNewer(tx: Tx, batch: Batch): Promise<Text | undefined> {
  if (batch.autoAccept || batch.mode !== 'replace') return undefined
  const newest = (await store.findNewestSnapshot(tx, batch.entryId))?.number ?? 0
  if (newest <= batch.seenSnapshot) return undefined
  return text(
    `确认之后、入库之前，该条目形成了第 ${newest} 版数据，须重新确认。`,
    `After it was accepted and before it was live, version ${newest} of the data came: it has to be accepted once more.`,
  )
}
