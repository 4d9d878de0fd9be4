import { type Header, headerIndex, nameHeaders } from './headers.ts'
import type { RowWriter } from './row-writer.ts'

/** A row of a sheet by its number, from 1; what is missing at its end is empty. */
export type SheetCells = { readonly line: number; readonly cells: readonly (string | null)[] }

/** Rows that are looked at together to find the header. */
const firstRows = 20

/** Finds the header among the first rows of a sheet and brings the rest to its width. */
export class SheetAssembly {
  headers: Header[] | null = null
  #waiting: SheetCells[] = []
  readonly #writer: RowWriter

  constructor(writer: RowWriter) {
    this.#writer = writer
  }

  async add(rows: readonly SheetCells[]): Promise<void> {
    for (const row of rows) {
      if (row.cells.every(isEmpty)) continue
      if (this.headers !== null) await this.#write(row, this.headers.length)
      else {
        this.#waiting.push(row)
        if (this.#waiting.length >= firstRows) await this.end()
      }
    }
  }

  /** Settles the header with what there is. */
  async end(): Promise<void> {
    if (this.headers !== null || this.#waiting.length === 0) return
    const header = headerIndex(this.#waiting.map(({ cells }) => cells))
    const cells = this.#waiting[header]!.cells
    this.headers = nameHeaders(cells.slice(0, cells.findLastIndex((cell) => !isEmpty(cell)) + 1))
    for (const row of this.#waiting.slice(header + 1)) await this.#write(row, this.headers.length)
    this.#waiting = []
  }

  #write({ line, cells }: SheetCells, width: number): Promise<void> | undefined {
    if (cells.slice(width).some((cell) => !isEmpty(cell)))
      return this.#writer.refuseCells(line, 'too-many-cells', cells)
    // A sheet stores no empty cells, so a row that ends early is whole.
    return this.#writer.write(
      line,
      Array.from({ length: width }, (_, index) => cells[index] ?? null),
    )
  }
}

const isEmpty = (cell: string | null | undefined): boolean =>
  cell === null || cell === undefined || cell.trim() === ''
