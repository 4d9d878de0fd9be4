import { fieldTypes } from './field-types.ts'
import type { FieldType } from './lake.types.ts'
import type { PlainTable } from './plain-table.ts'

/** What is known of a column of which every cell was looked at, and none is a misfit. */
export type KnownColumn = {
  /** How many values there are, and about how many different ones; absent where values are not the cells themselves. */
  readonly counted?: { readonly values: number; readonly distinctAbout: number }
}

/**
 * Pure: whether there are as many different values in a column of this type as there are different cells. `isSeen`: all
 * cells were seen to be of the type in the one spelling that the reader of bytes knows.
 */
export function distinctAsCells(type: FieldType, outerBlanks: boolean, isSeen: boolean): boolean {
  if (isSeen && spelledOnce.has(type)) return true
  const { stored, tidy, textual } = fieldTypes[type]
  if (stored !== 'VARCHAR' || !textual) return false
  return tidy === 'as-is' || (!outerBlanks && tidy === 'trimmed')
}

/** Of the kinds of cells seen: in decimals `1.5` and `1.50` are one value. */
const spelledOnce: ReadonlySet<FieldType> = new Set(['integer', 'date', 'credit-code', 'division-code'])

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
