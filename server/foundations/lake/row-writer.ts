import type { Header } from './headers.ts'
import { LakeError } from './lake.errors.ts'
import { maxColumns, maxRowBytes } from './lake.limits.ts'
import type { RefusalCause } from './lake.types.ts'
import { type MalformedRow, PiecewiseFile, type PlainTable, plain, plainPaths } from './plain-table.ts'

const cellEnd = String.fromCharCode(plain.cellEnd)
const innerBreak = String.fromCharCode(plain.innerBreak)
const noValue = String.fromCharCode(plain.noValue)

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const forbidden = /[\0\x1c-\x1f\ufffd]/
const lineBreak = /\r\n|\r|\n/g

/** Writes rows that were taken apart by a reader of ours (XLSX, JSON) as a plain table. */
export class RowWriter {
  rows = 0
  malformed = 0
  #innerBreaks = false
  #outerBlanks = false
  readonly #output: PiecewiseFile
  readonly #refused: PiecewiseFile
  readonly #paths: { readonly path: string; readonly refusedPath: string }

  private constructor(output: PiecewiseFile, refused: PiecewiseFile, paths: ReturnType<typeof plainPaths>) {
    this.#output = output
    this.#refused = refused
    this.#paths = paths
  }

  static async create(folder: string, index: number): Promise<RowWriter> {
    const paths = plainPaths(folder, index)
    return new RowWriter(
      await PiecewiseFile.create(paths.path),
      await PiecewiseFile.create(paths.refusedPath),
      paths,
    )
  }

  /** Keeps the row, or refuses it where a cell cannot be kept. Await what comes back, where something does. */
  write(line: number, cells: readonly (string | null)[]): Promise<void> | undefined {
    let text = String(line)
    for (const cell of cells) {
      if (cell === null) {
        text += cellEnd + noValue
        continue
      }
      if (forbidden.test(cell)) return this.refuse({ line, cause: 'undecodable', row: shown(cells) })
      if (cell !== cell.trim()) this.#outerBlanks = true
      const broken = cell.search(lineBreak) >= 0
      if (broken) this.#innerBreaks = true
      text += cellEnd + (broken ? cell.replace(lineBreak, innerBreak) : cell)
    }
    if (text.length > maxRowBytes) return this.refuse({ line, cause: 'too-long', row: shown(cells) })
    this.rows += 1
    return this.#output.text(`${text}\n`)
  }

  refuse(row: MalformedRow): Promise<void> | undefined {
    this.malformed += 1
    return this.#refused.text(`${JSON.stringify(row)}\n`)
  }

  refuseCells(line: number, cause: RefusalCause, cells: readonly (string | null)[]) {
    return this.refuse({ line, cause, row: shown(cells) })
  }

  async close(): Promise<void> {
    await this.#output.close()
    await this.#refused.close()
  }

  /** The table as written; call after `close`. */
  table(name: string, headers: readonly Header[], padded: boolean): PlainTable {
    if (headers.length > maxColumns) throw new LakeError('too-many-columns')
    const { rows, malformed } = this
    return {
      name,
      headers,
      rows,
      malformed,
      innerBreaks: this.#innerBreaks,
      outerBlanks: this.#outerBlanks,
      padded,
      ...this.#paths,
    }
  }
}

/** A row for the report, cut where it is very long. */
const shown = (cells: readonly (string | null)[]): string =>
  cells
    .map((cell) => cell?.slice(0, 200) ?? '')
    .join(',')
    .slice(0, 2_000)
