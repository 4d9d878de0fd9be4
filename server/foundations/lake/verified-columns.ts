import type { FieldType } from './lake.types.ts'
import type { PlainTable } from './plain-table.ts'

/**
 * Remembers which columns were counted whole and found without a misfit, so that loading what was just profiled
 * does not judge millions of cells a second time. Only a saving: what is forgotten is judged again.
 */
export type VerifiedColumns = {
  add(table: PlainTable, cell: string, type: FieldType, nulls: readonly string[]): void
  has(table: PlainTable, cell: string, type: FieldType, nulls: readonly string[]): boolean
}

/** Columns remembered; a few hundred bytes each. */
const remembered = 20_000

export function createVerifiedColumns(): VerifiedColumns {
  const known = new Set<string>()
  // A plain table is never written again under the same path.
  const name = (table: PlainTable, cell: string, type: FieldType, nulls: readonly string[]) =>
    JSON.stringify([table.path, cell, type, nulls.toSorted()])
  return {
    add: (...column) => {
      if (known.size >= remembered) known.clear()
      known.add(name(...column))
    },
    has: (...column) => known.has(name(...column)),
  }
}
