import type { FieldType, Row } from './lake.types.ts'

/** A field of an export: where it comes from and what it is called. */
export type ExportField = { readonly field: string; readonly title: string; readonly type: FieldType }

export type RowBatches = AsyncIterable<readonly Row[]>

const chinaOffsetMs = 8 * 3_600_000

/** Pure: a value for a sheet read by people: moments in the civil time of China, all else as it is. */
export function sheetValue(type: FieldType, value: string | number | boolean | null | undefined) {
  if (type !== 'instant' || typeof value !== 'string') return value ?? null
  const moment = Date.parse(value)
  if (Number.isNaN(moment)) return value
  return new Date(moment + chinaOffsetMs).toISOString().slice(0, 19).replace('T', ' ')
}
