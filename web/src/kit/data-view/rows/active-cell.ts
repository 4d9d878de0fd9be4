export type Cell = { readonly row: number; readonly column: number }

type Size = { readonly rows: number; readonly columns: number; readonly pageRows: number }
type Press = { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean }

/** Where a key leads in a grid, by the pattern for grids of WAI-ARIA; null where it is no key of the grid. */
export function cellAfter(at: Cell, press: Press, { rows, columns, pageRows }: Size): Cell | null {
  const far = press.ctrlKey || press.metaKey
  const to = (row: number, column: number): Cell => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  })
  switch (press.key) {
    case 'ArrowDown':
      return to(far ? rows : at.row + 1, at.column)
    case 'ArrowUp':
      return to(far ? 0 : at.row - 1, at.column)
    case 'ArrowRight':
      return to(at.row, far ? columns : at.column + 1)
    case 'ArrowLeft':
      return to(at.row, far ? 0 : at.column - 1)
    case 'PageDown':
      return to(at.row + pageRows, at.column)
    case 'PageUp':
      return to(at.row - pageRows, at.column)
    case 'Home':
      return to(far ? 0 : at.row, 0)
    case 'End':
      return to(far ? rows : at.row, columns)
    default:
      return null
  }
}
