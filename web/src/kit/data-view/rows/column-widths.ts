import type { RowsAnswer } from '@tiaoli/contract/gateway'

type Column = RowsAnswer['columns'][number]

const [leastEms, mostEms] = [4.5, 22]
/** Room for the arrow that tells the order, and for the space beside a value. */
const besideEms = 2.4

/** Ems that a text takes: a character of Chinese writing is a square, most others are about half of one. */
export function emsOf(text: string): number {
  let ems = 0
  for (const character of text) ems += character.codePointAt(0)! >= 0x2e80 ? 1 : 0.58
  return ems
}

/** Widths of columns by what their first rows show, in ems; what is longer is cut in the row and whole in its detail. */
export function columnWidths(
  columns: readonly Pick<Column, 'name'>[],
  rows: readonly (readonly string[])[],
): number[] {
  return columns.map(({ name }, place) => {
    const longest = Math.max(emsOf(name), ...rows.map((cells) => emsOf(cells[place] ?? '')))
    return Math.round(Math.min(mostEms, Math.max(leastEms, longest + besideEms)) * 10) / 10
  })
}
