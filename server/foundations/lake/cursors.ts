import { createHash } from 'node:crypto'
import { LakeError } from './lake.errors.ts'
import type { RowQuery } from './lake.types.ts'

/** What a cursor belongs to: a place in one order of one selection of one snapshot. */
export type CursorScope = { readonly snapshotId: string } & Pick<RowQuery, 'filters' | 'sort'>

const digestBytes = 12
const rowBytes = 6

/**
 * Pure: the place after a row as an opaque text. It holds the number of the row only, never a value of it, so that
 * a masked field that is sorted by does not leave with the cursor.
 */
export function cursorAfter(row: number, scope: CursorScope): string {
  const bytes = Buffer.alloc(digestBytes + rowBytes)
  digestOf(scope).copy(bytes, 0, 0, digestBytes)
  bytes.writeUIntBE(row, digestBytes, rowBytes)
  return bytes.toString('base64url')
}

/** Pure: the row that a cursor stands after. Throws `bad-cursor` for a garbled one or one of another query. */
export function rowOfCursor(cursor: string, scope: CursorScope): number {
  const bytes = Buffer.from(cursor, 'base64url')
  const whole = bytes.length === digestBytes + rowBytes && bytes.toString('base64url') === cursor
  if (!whole || !bytes.subarray(0, digestBytes).equals(digestOf(scope).subarray(0, digestBytes)))
    throw new LakeError('bad-cursor')
  return bytes.readUIntBE(digestBytes, rowBytes)
}

function digestOf({ snapshotId, filters, sort }: CursorScope): Buffer {
  const plain = [
    snapshotId,
    filters.map(({ field, operator, values }) => [field, operator, values]),
    sort.map(({ field, descending }) => [field, descending]),
  ]
  return createHash('sha256').update(JSON.stringify(plain)).digest()
}
