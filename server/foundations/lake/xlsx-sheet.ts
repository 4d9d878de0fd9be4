import { type CellFormats, dateText } from './xlsx-formats.ts'
import type { SharedStrings } from './xlsx-shared-strings.ts'
import { readXml } from './xml-reader.ts'

export type SheetRow = {
  readonly line: number
  readonly cells: readonly (string | null)[]
  /** Columns whose cell is written in the other black. */
  readonly otherBlack: readonly number[]
  /** Columns whose cell is reckoned by a formula. */
  readonly formulas: readonly number[]
}

/**
 * Reads the rows of a sheet as texts: a formula by its last computed value, a date in the ISO spelling, an error as
 * it is shown (`#N/A`). `take` is given the rows of each piece of the sheet.
 */
export async function readSheet(
  chunks: AsyncIterable<string>,
  strings: SharedStrings,
  formats: CellFormats,
  take: (rows: readonly SheetRow[]) => Promise<void>,
): Promise<void> {
  let rows: SheetRow[] = []
  let line = 0
  let cells: (string | null)[] = []
  let otherBlack: number[] = []
  let formulas: number[] = []
  let column = -1
  let kind = 'n'
  let style = 0
  let text: string | null = null
  let inValue = false
  let inPhonetic = false
  await readXml(chunks, {
    open: (name, attributes) => {
      if (name === 'row') {
        line = Number(attributes.r ?? line + 1)
        cells = []
        otherBlack = []
        formulas = []
        column = -1
      } else if (name === 'c') {
        column = columnOf(attributes.r) ?? column + 1
        kind = attributes.t ?? 'n'
        style = Number(attributes.s ?? 0)
        text = null
      } else if (name === 'f') formulas.push(column)
      else if (name === 'v' || name === 't') inValue = true
      else if (name === 'rPh') inPhonetic = true
    },
    text: (part) => {
      if (inValue && !inPhonetic) text = (text ?? '') + part
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'c' && text !== null) {
        while (cells.length < column) cells.push(null)
        cells[column] = cellText(kind, text, formats.isDate(style), formats.from1904, strings)
        if (formats.isOtherBlack(style)) otherBlack.push(column)
      } else if (name === 'row') rows.push({ line, cells, otherBlack, formulas })
    },
    pause: () => {
      const ready = rows
      rows = []
      return take(ready)
    },
  })
  await take(rows)
}

/** Columns of a sheet as the format allows them. */
const maxSheetColumns = 16_384

/** Pure: the column of a reference such as `AB12`, from 0; undefined where there is none. */
export function columnOf(reference: string | undefined): number | undefined {
  const letters = reference === undefined ? null : /^[A-Z]{1,3}/.exec(reference)
  if (letters === null) return undefined
  let column = 0
  for (const letter of letters[0]) column = column * 26 + letter.charCodeAt(0) - 64
  return Math.min(column, maxSheetColumns) - 1
}

function cellText(
  kind: string,
  text: string,
  isDate: boolean,
  from1904: boolean,
  strings: SharedStrings,
): string | null {
  if (kind === 's') return strings.get(Number(text))
  if (kind === 'b') return text === '1' ? 'true' : 'false'
  if (kind !== 'n') return text
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) return text
  if (isDate) return dateText(value, from1904) ?? text
  return numberText(value)
}

/** Pure: sheets hold the nearest double with seventeen digits; the shortest text of it is the number people typed. */
export const numberText = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value)
