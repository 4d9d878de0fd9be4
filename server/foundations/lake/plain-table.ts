import { type FileHandle, open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Descriptor } from '@tiaoli/contract/table-schema'
import type { SeenColumn } from './column-watch.ts'
import type { Header } from './headers.ts'
import { maxRowBytes } from './lake.limits.ts'
import type { FileFormat, FoundDescriptor, LeftOutFile, RefusalCause } from './lake.types.ts'
// Not by way of the engine: a thread that reads the second half of a file has no use for it, and it takes long to load.
import { quoteText } from './sql-literals.ts'

/**
 * Whatever the format of a file, it is first brought to plain tables: a text file without quotes, one row a line,
 * cells parted by a character that no cell may hold, the line of the source in front. Nothing in it can be
 * misread, however the engine splits it among its threads, and everything after it is the same for all formats.
 */
export const plain = {
  newLine: 0x0a,
  cellEnd: 0x1f,
  /** Stands for a line break inside a cell. */
  innerBreak: 0x1e,
  /** The whole cell, where the file says that there is no value. */
  noValue: 0x1d,
} as const

/** Control characters that no text needs: NUL and those with a meaning above. A row with one is undecodable. */
export const isForbiddenByte = (byte: number): boolean => byte === 0 || (byte >= 0x1c && byte <= 0x1f)

export type PlainTable = {
  readonly name: string
  readonly headers: readonly Header[]
  readonly rows: number
  /** Rows that were refused already: ragged, undecodable. They are in `refusedPath`, one JSON value a line. */
  readonly malformed: number
  /** Whether any cell has a line break in it. */
  readonly innerBreaks: boolean
  /** Whether any cell has a blank at its beginning or end. */
  readonly outerBlanks: boolean
  /** Whether rows may end early: what is missing has no value. */
  readonly padded: boolean
  /** What was seen of the columns while the rows were read, in their order; absent where nobody looked. */
  readonly seen?: readonly SeenColumn[]
  readonly path: string
  /** Where the rows go on that follow those of `path`; absent where all are there. */
  readonly secondPath?: string
  readonly refusedPath: string
}

/** How a file is to be read, as far as the steward says so. */
export type ReadingOptions = {
  readonly encoding?: string
  readonly delimiter?: string
  /** One sheet only. */
  readonly table?: string
  /** What is said of the tables, in place of what an archive says of itself. */
  readonly descriptor?: Descriptor
}

/** The tables of one file, and how it was read. */
export type PlainFile = {
  readonly format: FileFormat
  /** How it was told to be read. */
  readonly told: ReadingOptions
  readonly encoding?: string
  readonly delimiter?: string
  readonly tables: readonly PlainTable[]
  readonly leftOut?: readonly LeftOutFile[]
  /** What the archive says of its tables. */
  readonly descriptor?: FoundDescriptor
}

/** A row that cannot be taken in whatever the types. */
export type MalformedRow = {
  readonly line: number
  readonly cause: RefusalCause
  /** The row as it stands, cut where it is very long. */
  readonly row: string
}

/**
 * The table as a relation in which some columns have spellings of "no value" of their own, by the name of the cell.
 */
export function plainRelation(
  table: PlainTable,
  nulls: readonly string[],
  own: ReadonlyMap<string, readonly string[]>,
): string {
  if (own.size === 0) return plainTableSql(table, nulls)
  const cells = table.headers.map((_, index) => {
    const cell = cellName(index)
    const spellings = (own.get(cell) ?? nulls).filter((spelling) => spelling !== '').map(quoteText)
    return spellings.length === 0
      ? cell
      : `case when ${cell} not in (${spellings.join(', ')}) then ${cell} end as ${cell}`
  })
  return `(select _line, ${cells.join(', ')} from ${plainTableSql(table, [''])})`
}

/** The table as a relation of SQL: `_line` and texts `c0`, `c1`, …; `nulls` are the texts that stand for no value. */
export function plainTableSql(table: PlainTable, nulls: readonly string[]): string {
  const columns = [
    `'_line': 'BIGINT'`,
    ...table.headers.map((_, index) => `${quoteText(cellName(index))}: 'VARCHAR'`),
  ]
  const spellings = [String.fromCharCode(plain.noValue), ...nulls].map(quoteText).join(', ')
  const files = [table.path, ...(table.secondPath === undefined ? [] : [table.secondPath])].map(quoteText)
  const scan = `read_csv([${files.join(', ')}], auto_detect = false, header = false, delim = chr(${plain.cellEnd}),
    quote = '', escape = '', new_line = '\\n', nullstr = [${spellings}], null_padding = ${table.padded},
    max_line_size = ${4 * maxRowBytes}, buffer_size = ${8 * maxRowBytes}, columns = {${columns.join(', ')}})`
  if (!table.innerBreaks) return `(select * from ${scan})`
  const restored = table.headers.map((_, index) => {
    const cell = cellName(index)
    return `replace(${cell}, chr(${plain.innerBreak}), chr(10)) as ${cell}`
  })
  return `(select _line, ${restored.join(', ')} from ${scan})`
}

/** A name that needs no quotes in SQL. */
export const cellName = (index: number): string => `c${index}`

/** Where the parts of a plain table lie. */
export const plainPaths = (folder: string, name: number | 'second') => ({
  path: join(folder, `table-${name}.txt`),
  refusedPath: join(folder, `refused-${name}.ndjson`),
})

const descriptionName = 'file.json'

/** The tables that an earlier run left in the folder, or null where it left none or none whole. */
export async function findPlainFile(folder: string): Promise<PlainFile | null> {
  const text = await readFile(join(folder, descriptionName), 'utf8').catch(() => null)
  return text === null ? null : (JSON.parse(text) as PlainFile)
}

/** The description is written last and under its name at once: a folder that has one is whole. */
export async function rememberPlainFile(folder: string, file: PlainFile): Promise<void> {
  const path = join(folder, descriptionName)
  await writeFile(`${path}.making`, JSON.stringify(file))
  await rename(`${path}.making`, path)
}

/** Collects the bytes of a file and writes them in large pieces. */
export class PiecewiseFile {
  readonly #file: FileHandle
  #waiting: string[] = []
  #waitingCharacters = 0

  private constructor(file: FileHandle) {
    this.#file = file
  }

  static async create(path: string): Promise<PiecewiseFile> {
    return new PiecewiseFile(await open(path, 'w'))
  }

  async bytes(bytes: Uint8Array): Promise<void> {
    await this.flush()
    await this.#file.writeFile(bytes)
  }

  /** Resolves at once unless a piece is full; await it all the same, or memory grows with the file. */
  text(text: string): Promise<void> | undefined {
    this.#waiting.push(text)
    this.#waitingCharacters += text.length
    return this.#waitingCharacters > 1 << 18 ? this.flush() : undefined
  }

  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return
    const piece = this.#waiting.join('')
    this.#waiting = []
    this.#waitingCharacters = 0
    await this.#file.writeFile(piece)
  }

  async close(): Promise<void> {
    try {
      await this.flush()
    } finally {
      await this.#file.close()
    }
  }
}
