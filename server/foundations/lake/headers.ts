import { LakeError } from './lake.errors.ts'
import { maxColumns } from './lake.limits.ts'

/** A column of the file by the name it has inside the lake; `renamedFrom` where the header could not be kept. */
export type Header = { readonly source: string; readonly renamedFrom?: string }

/**
 * Names for the cells of a header row: trimmed; an empty one becomes `column_3` by its place, a double one gets
 * `_2`, `_3` … Throws `too-many-columns`, and `not-a-table` for a row without any name.
 */
export function nameHeaders(cells: readonly (string | null)[]): Header[] {
  if (cells.length > maxColumns) throw new LakeError('too-many-columns')
  const names = cells.map((cell) => cell?.trim() ?? '')
  if (names.every((name) => name === '')) throw new LakeError('not-a-table')
  const taken = new Set<string>()
  return names.map((name, index) => {
    if (name !== '' && !taken.has(name)) {
      taken.add(name)
      return { source: name }
    }
    const source = freeName(name, index, (candidate) => taken.has(candidate) || names.includes(candidate))
    taken.add(source)
    return { source, renamedFrom: name }
  })
}

function freeName(name: string, index: number, taken: (candidate: string) => boolean): string {
  const base = name === '' ? `column_${index + 1}` : name
  if (!taken(base)) return base
  let count = 2
  while (taken(`${base}_${count}`)) count += 1
  return `${base}_${count}`
}

/**
 * Which of the first rows is the header: the first, except that lines with a single filled cell above a wider
 * table are its title.
 */
export function headerIndex(rows: readonly (readonly (string | null)[])[]): number {
  const filled = rows.map((cells) => cells.filter((cell) => cell !== null && cell.trim() !== '').length)
  if (Math.max(0, ...rows.map((cells) => cells.length)) < 2) return 0
  const first = filled.findIndex((count) => count > 1)
  return Math.max(first, 0)
}
