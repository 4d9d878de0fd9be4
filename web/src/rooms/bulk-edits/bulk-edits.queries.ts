import {
  applyBulkEdit,
  type BulkEdit,
  type BulkEditOutcome,
  getBulkEdit,
  handInBulkEdit,
  listBulkEditLines,
  listBulkEdits,
  previewBulkEdit,
  undoBulkEdit,
} from '@tiaoli/contract/bulk-edits'
import { call, useAct, usePages, useRoute } from '../../kit/api.ts'

export const useBulkEdits = () => usePages(listBulkEdits, { query: {} })
export const useBulkEdit = (bulkEditId: string) => useRoute(getBulkEdit, { params: { bulkEditId } })
export const useLines = (bulkEditId: string, outcome: BulkEditOutcome | undefined) =>
  usePages(listBulkEditLines, { params: { bulkEditId }, query: { outcome } })
export const useApply = () => useAct(applyBulkEdit)
export const useUndo = () => useAct(undoBulkEdit)
export const useHandIn = () => useAct(handInBulkEdit)

/** Sends a sheet and gives its preview. */
export const sendSheet = (file: File): Promise<BulkEdit> =>
  call(previewBulkEdit, { query: { filename: file.name }, file })
