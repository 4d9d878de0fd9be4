/** Characters that make a spreadsheet run a text as a formula (OWASP, CSV injection). */
const startsFormula = /^[=+\-@\t\r]/

/** A text as a cell: led by an apostrophe where a spreadsheet would run it, quoted where it has to be. */
function textCell(value: string): string {
  const safe = startsFormula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line of CSV (RFC 4180). Numbers stay numbers, so a negative one is no formula; null is an empty cell. */
export function csvRow(cells: readonly (string | number | boolean | null | undefined)[]): string {
  return `${cells.map((cell) => (typeof cell === 'string' ? textCell(cell) : String(cell ?? ''))).join(',')}\r\n`
}
