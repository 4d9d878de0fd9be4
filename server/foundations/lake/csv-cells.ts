import { bitOf, carriesForm, digestOf, type Sign } from './row-marks.ts'

/** Characters that make a spreadsheet run a text as a formula (OWASP, CSV injection). */
const startsFormula = /^[=+\-@\t\r]/

/** A text as a cell: led by an apostrophe where a spreadsheet would run it, quoted where it has to be. */
function textCell(value: string): string {
  const safe = startsFormula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** RFC 4180 leaves it open whether a text is quoted that need not be: a cell under a sign is, or is not. */
function signedCell(value: string, sign: Sign): string {
  const cell = textCell(value)
  return carriesForm(cell) && bitOf(digestOf(cell), sign) ? `"${cell}"` : cell
}

/** One line of CSV (RFC 4180). Numbers stay numbers, so a negative one is no formula; null is an empty cell. */
export function csvRow(cells: readonly Cell[], sign?: Sign): string {
  let row = ''
  for (const [index, cell] of cells.entries()) {
    if (index > 0) row += ','
    if (typeof cell !== 'string') row += String(cell ?? '')
    else row += sign === undefined ? textCell(cell) : signedCell(cell, sign)
  }
  return `${row}\r\n`
}

type Cell = string | number | boolean | null | undefined
