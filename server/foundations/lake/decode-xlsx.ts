import { join } from 'node:path'
import type { DecodeContext } from './decode.types.ts'
import { type Header, headerIndex, nameHeaders } from './headers.ts'
import { LakeError, throwIfCancelled } from './lake.errors.ts'
import type { PlainTable } from './plain-table.ts'
import { RowWriter } from './row-writer.ts'
import { openXlsx, sharedStringsPart, type XlsxPackage } from './xlsx-package.ts'
import { readSharedStrings, type SharedStrings } from './xlsx-shared-strings.ts'
import { readSheet, type SheetRow } from './xlsx-sheet.ts'

/** Brings the sheets of a workbook (or the one that is named) to plain tables; sheets without a cell are left out. */
export async function decodeXlsx(context: DecodeContext, only: string | undefined): Promise<PlainTable[]> {
  const workbook = await openXlsx(context.path)
  try {
    const wanted = workbook.sheets.filter(({ name }) => only === undefined || name === only)
    if (wanted.length === 0) throw new LakeError('sheet-missing')
    const strings = await readSharedStrings(
      await workbook.text(sharedStringsPart),
      join(context.folder, 'strings.txt'),
    )
    try {
      const tables: PlainTable[] = []
      for (const [index, sheet] of wanted.entries()) {
        throwIfCancelled(context.signal)
        const table = await decodeSheet(context, workbook, strings, sheet, tables.length)
        if (table !== null) tables.push(table)
        context.onRead((index + 1) / wanted.length)
      }
      if (tables.length === 0) throw new LakeError('empty-file')
      return tables
    } finally {
      strings.close()
    }
  } finally {
    workbook.close()
  }
}

async function decodeSheet(
  context: DecodeContext,
  workbook: XlsxPackage,
  strings: SharedStrings,
  sheet: { readonly name: string; readonly part: string },
  index: number,
): Promise<PlainTable | null> {
  const chunks = await workbook.text(sheet.part)
  if (chunks === null) throw new LakeError('truncated')
  const writer = await RowWriter.create(context.folder, index)
  const assembly = new SheetAssembly(writer)
  try {
    await readSheet(chunks, strings, workbook.formats, (rows) => {
      throwIfCancelled(context.signal)
      return assembly.add(rows)
    })
    await assembly.end()
  } finally {
    await writer.close()
  }
  return assembly.headers === null ? null : writer.table(sheet.name, assembly.headers, false)
}

/** Rows that are looked at together to find the header. */
const firstRows = 20

/** Finds the header among the first rows of a sheet and brings the rest to its width. */
class SheetAssembly {
  headers: Header[] | null = null
  #waiting: SheetRow[] = []
  readonly #writer: RowWriter

  constructor(writer: RowWriter) {
    this.#writer = writer
  }

  async add(rows: readonly SheetRow[]): Promise<void> {
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

  #write({ line, cells }: SheetRow, width: number): Promise<void> | undefined {
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
