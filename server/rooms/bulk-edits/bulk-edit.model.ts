import type { BulkEditLine, bulkEditStates } from '@tiaoli/contract/bulk-edits'
import type { EntryContent, Held } from '../catalogue/index.ts'

export type Change = BulkEditLine['changes'][number]
export type CellError = BulkEditLine['errors'][number]

/** A sheet that came back (批量编辑). */
export type BulkEdit = {
  readonly id: string
  readonly organisationId: string
  readonly userId: string
  readonly userName: string
  readonly fileName: string
  /** Of the file, in hex. */
  readonly sha256: string
  readonly state: (typeof bulkEditStates)[number]
  readonly createdAt: Date
  readonly appliedAt: Date | null
  readonly appliedBy: string | null
  readonly undoneAt: Date | null
  readonly undoneBy: string | null
}

/** An entry of a sheet, and what becomes of it. */
export type EditLine = Omit<BulkEditLine, 'changes' | 'errors'> & {
  /** Order within the edit, from 0. */
  readonly position: number
  readonly changes: readonly Change[]
  readonly errors: readonly CellError[]
  /** The version that the sheet was made from, where the line can be applied. */
  readonly version: number | null
  readonly after: EntryContent | null
  readonly before: Held
  /** The version that applying it left. */
  readonly versionAfter: number | null
}
