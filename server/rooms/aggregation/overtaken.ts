import { text } from '@tiaoli/kernel/text'
import type { Tx } from '../../foundations/database/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import * as store from './aggregation.store.ts'

/** Rows that were made from others than the live ones would take newer ones away. */
export const overtaken = {
  condition: text(
    '处理期间该条目有了更新的数据，处理结果未入库，现有数据保持不变',
    'The entry got newer data meanwhile; what was made from the earlier ones is not taken in, and the live data stay',
  ),
  remedy: text('请对现有数据重新处理。', 'Work on the data that are live now.'),
}

export const isOvertaken = async (tx: Tx, entryId: string, base: string | null): Promise<boolean> =>
  base !== null && !(await store.isNewestSnapshot(tx, entryId, base))

export async function requireNotOvertaken(tx: Tx, entryId: string, base: string | undefined): Promise<void> {
  if (await isOvertaken(tx, entryId, base ?? null)) throw new Problem('act-not-available', overtaken)
}
