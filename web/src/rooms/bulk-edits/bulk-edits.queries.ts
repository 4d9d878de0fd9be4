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
import { ProblemError, urlOf } from '@tiaoli/contract/client'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export const useBulkEdits = () => usePages(listBulkEdits, { query: {} })
export const useBulkEdit = (bulkEditId: string) => useRoute(getBulkEdit, { params: { bulkEditId } })
export const useLines = (bulkEditId: string, outcome: BulkEditOutcome | undefined) =>
  usePages(listBulkEditLines, { params: { bulkEditId }, query: { outcome } })
export const useApply = () => useAct(applyBulkEdit)
export const useUndo = () => useAct(undoBulkEdit)
export const useHandIn = () => useAct(handInBulkEdit)

/** Sends a sheet and gives its preview. */
export async function sendSheet(file: File): Promise<BulkEdit> {
  const response = await fetch(urlOf(previewBulkEdit, {}, { filename: file.name }), {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })
  const answer = await response.json()
  if (!response.ok) throw new ProblemError(answer)
  return previewBulkEdit.answer.parse(answer)
}
