/** Delimiters that are tried, the most usual first. */
export const delimiters = [',', '\t', ';', '|'] as const

/**
 * Pure: the delimiter that cuts most of the first rows into the same number of cells; comma where none does. Of two
 * that fit as well, the one with more cells.
 */
export function findDelimiter(head: string): string {
  const scored = delimiters.map((delimiter) => ({
    delimiter,
    score: scoreOf(readRows(head, delimiter, 100)),
  }))
  const best = scored.reduce((left, right) => (right.score > left.score ? right : left))
  return best.score > 0 ? best.delimiter : ','
}

function scoreOf(rows: readonly (readonly string[])[]): number {
  const widths = new Map<number, number>()
  for (const cells of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1)
  let score = 0
  for (const [width, count] of widths)
    if (width > 1) score = Math.max(score, count / rows.length + Math.min(width, 1_000) / 10_000)
  return score
}

/** The first rows of a CSV text that is at hand, at most `limit`; blank lines are left out. A last row may be cut. */
export function readRows(head: string, delimiter: string, limit: number, quote = '"'): string[][] {
  const rows: string[][] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let cellStart = true
  const endRow = () => {
    cells.push(cell)
    if (cells.length > 1 || cell.trim() !== '') rows.push(cells)
    cells = []
    cell = ''
    cellStart = true
  }
  for (let at = 0; at < head.length && rows.length < limit; at += 1) {
    const character = head[at]!
    if (quoted) {
      if (character !== quote) cell += character
      else if (head[at + 1] === quote) {
        cell += quote
        at += 1
      } else quoted = false
    } else if (character === quote && cellStart) {
      quoted = true
      cellStart = false
    } else if (character === delimiter) {
      cells.push(cell)
      cell = ''
      cellStart = true
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && head[at + 1] === '\n') at += 1
      endRow()
    } else {
      cell += character
      cellStart = false
    }
  }
  if (rows.length < limit && (cell !== '' || cells.length > 0)) endRow()
  return rows
}
