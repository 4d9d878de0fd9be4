import { granted, type Refusal, refused, type Verdict } from '@tiaoli/kernel/decisions'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Snapshot } from './aggregation.model.ts'

/** Whether anything may still be done with a version. Rules of the platform; no article speaks of versions. */
export const decideStanding = ({ destroyedAt }: Pick<Snapshot, 'destroyedAt'>): Verdict<null> =>
  destroyedAt === null ? granted(null) : refused(gone)

/** Whether a version may be made the live one again. */
export function decideRestore(
  version: Pick<Snapshot, 'id' | 'destroyedAt'>,
  liveSnapshotId: string | undefined,
): Verdict<null> {
  if (version.id === liveSnapshotId) return refused(liveAlready)
  return decideStanding(version)
}

const gone: Refusal = {
  code: 'version-destroyed',
  condition: text(
    '该版本的数据已按保存规则销毁',
    'The rows of this version were destroyed when their time had passed',
  ),
  remedy: text('请选用仍保存的版本。', 'Choose a version that is still kept.'),
}

const liveAlready: Refusal = {
  code: 'version-live',
  condition: text('该版本就是现行版本', 'This version is the live one'),
  remedy: text('请选择较早的版本。', 'Choose an earlier one.'),
}

const dayMs = 86_400_000

/** What became live before this has outlived its time. */
export const outlivedBefore = (now: Date, keepDays: number): Date =>
  new Date(now.getTime() - keepDays * dayMs)

/** Where a version stands for good, within the site. */
export const versionPath = (entryId: string, number: number): string =>
  `/entries/${entryId}/snapshots/${number}`

/** How to name one version: GB/T 7714 for data sets on line [DS/OL], with what proves it. */
export function versionCitation(
  entry: { readonly title: string; readonly number: string },
  provider: Text,
  version: Pick<Snapshot, 'number' | 'sha256'>,
  liveOn: string,
  address: string,
): Text {
  const { title, number } = entry
  const proof = `SHA-256 ${version.sha256}`
  return text(
    `${provider.zh}. ${title}（目录编号 ${number}，第 ${version.number} 版）[DS/OL]. (${liveOn}). ${address}. ${proof}.`,
    `${provider.en}. ${title} (catalogue no. ${number}, version ${version.number}) [DS/OL]. (${liveOn}). ${address}. ${proof}.`,
  )
}
