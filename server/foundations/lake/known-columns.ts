import { fieldTypes } from './field-types.ts'
import type { FieldType } from './lake.types.ts'
import type { PlainTable } from './plain-table.ts'

/** What is known of a column of which every cell was looked at, and none is a misfit. */
export type KnownColumn = {
  /** How many values there are, and about how many different ones; absent where values are not the cells themselves. */
  readonly counted?: { readonly values: number; readonly distinctAbout: number }
}

/** Pure: whether the values of a column of this type are its cells as they stand; `isCode`: nothing but credit codes. */
export function isCellItself(type: FieldType, outerBlanks: boolean, isCode: boolean): boolean {
  const { stored, tidy, textual } = fieldTypes[type]
  if (stored !== 'VARCHAR' || !textual) return false
  return tidy === 'as-is' || (!outerBlanks && (tidy === 'trimmed' || (type === 'credit-code' && isCode)))
}

/**
 * Remembers what was found of the columns that were counted whole, so that loading what was just profiled does not
 * judge and count millions of cells a second time. Only a saving: what is forgotten is looked at again.
 */
export type KnownColumns = {
  add(table: PlainTable, cell: string, type: FieldType, nulls: readonly string[], known: KnownColumn): void
  find(table: PlainTable, cell: string, type: FieldType, nulls: readonly string[]): KnownColumn | undefined
}

/** Columns remembered; a few hundred bytes each. */
const remembered = 20_000

export function createKnownColumns(): KnownColumns {
  const columns = new Map<string, KnownColumn>()
  // A plain table is never written again under the same path.
  const name = (table: PlainTable, cell: string, type: FieldType, nulls: readonly string[]) =>
    JSON.stringify([table.path, cell, type, nulls.toSorted()])
  return {
    add: (table, cell, type, nulls, known) => {
      if (columns.size >= remembered) columns.clear()
      columns.set(name(table, cell, type, nulls), known)
    },
    find: (...column) => columns.get(name(...column)),
  }
}
