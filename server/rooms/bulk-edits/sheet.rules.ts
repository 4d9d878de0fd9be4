import { type Text, text } from '@tiaoli/kernel/text'
import type { SheetRow } from '../../foundations/lake/index.ts'
import { headingOf, keyOfHeading } from './columns.rules.ts'

/** A line of a sheet that came back: its cells by the keys of their columns. */
export type SheetLine = {
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
  /** Keys of the columns whose cells are reckoned. */
  readonly formulas: readonly string[]
}

export type SheetFault = { readonly path: string; readonly message: Text }

/**
 * The lines of a sheet, under a heading that names known columns. Columns that are not there change nothing; one that
 * nobody knows may hold what somebody meant to change, and is a fault.
 */
export function linesOf(
  sheet: Text,
  rows: readonly SheetRow[],
  columns: readonly { readonly key: string; readonly title: Text }[],
  needed: readonly string[],
): { readonly lines: SheetLine[]; readonly faults: SheetFault[] } {
  const [head, ...rest] = rows
  const keys = (head?.cells ?? []).map((cell) => (cell == null ? undefined : (keyOfHeading(cell) ?? cell)))
  const faults: SheetFault[] = []
  const seen = new Set<string>()
  for (const key of keys) {
    if (key === undefined || key.trim() === '') continue
    if (!columns.some((column) => column.key === key))
      faults.push(faultAt(sheet, key, text('不认识这一列', 'No such column is known')))
    if (seen.has(key))
      faults.push(faultAt(sheet, key, text('这一列出现了两次', 'The column stands here twice')))
    seen.add(key)
  }
  for (const column of columns)
    if (needed.includes(column.key) && !seen.has(column.key))
      faults.push(faultAt(sheet, headingOf(column), text('缺少这一列', 'The column is missing')))
  const keyAt = (index: number) => keys[index]?.trim() || undefined
  const lines = rest.map(({ line, cells, formulas }) => ({
    line,
    cells: new Map(
      keys.flatMap((_, index) => {
        const key = keyAt(index)
        return key === undefined ? [] : [[key, (cells[index] ?? '').trim()] as const]
      }),
    ),
    formulas: formulas.flatMap((index) => keyAt(index) ?? []),
  }))
  return { lines, faults }
}

const faultAt = (sheet: Text, column: string, message: Text): SheetFault => ({
  path: `${sheet.zh}: ${column}`,
  message,
})
