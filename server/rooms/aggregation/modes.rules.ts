import type { BatchMode } from '@tiaoli/contract/aggregation'
import { granted, type Refusal, refused, type Verdict } from '@tiaoli/kernel/decisions'
import { type Text, text } from '@tiaoli/kernel/text'
import type { SealedSnapshot } from '../../foundations/lake/index.ts'
import { type Entry, type EntryContent, keyFieldsOf } from '../catalogue/index.ts'

/** What of the entry a file has to bring: of rows that go, their key says all. */
export const contentBrought = (content: EntryContent, mode: BatchMode): EntryContent =>
  mode === 'delete' ? { ...content, fields: content.fields.filter(({ key }) => key) } : content

/** Whether rows may come in this way. Platform rule: it rests on what the data are, not on an article. */
export function decideMode(
  entry: Pick<Entry, 'live'>,
  content: EntryContent,
  mode: BatchMode,
): Verdict<null> {
  if ((mode === 'upsert' || mode === 'delete') && keyFieldsOf(content).length === 0) return refused(noKey)
  if (mode === 'delete' && entry.live === null) return refused(nothingThere)
  return granted(null)
}

const noKey: Refusal = {
  code: 'mode-needs-key',
  condition: text(
    '目录条目没有主键，不能按主键更新或删除',
    'The entry has no key, so rows cannot be replaced or deleted by it',
  ),
  remedy: text(
    '请在目录条目中登记主键，或者整体替换。',
    'Register a key for the entry, or replace the rows whole.',
  ),
}

const nothingThere: Refusal = {
  code: 'mode-needs-rows',
  condition: text(
    '该条目尚无数据，没有可以删除的行',
    'The entry has no data yet, so there is nothing to delete',
  ),
  remedy: text('请先汇聚数据。', 'Bring its data in first.'),
}

/** Rows of the file that came in, whatever became of them. */
export const rowsTaken = ({ rows, changes }: Pick<SealedSnapshot, 'rows' | 'changes'>): number =>
  changes === undefined ? rows : changes.added + changes.replaced + changes.removed

/** What a load has done, in a sentence for its steward. */
export function whatCame(sealed: Pick<SealedSnapshot, 'rows' | 'refusedRows' | 'changes'>): Text {
  const { rows, refusedRows, changes } = sealed
  if (changes === undefined)
    return text(`入库 ${rows} 行，拒收 ${refusedRows} 行。`, `${rows} rows taken in, ${refusedRows} refused.`)
  const { added, replaced, removed } = changes
  return text(
    `新增 ${added} 行，更新 ${replaced} 行，删除 ${removed} 行，拒收 ${refusedRows} 行；现有 ${rows} 行。`,
    `${added} rows added, ${replaced} replaced, ${removed} removed, ${refusedRows} refused; ${rows} rows now.`,
  )
}
