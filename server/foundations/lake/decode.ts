import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type ByteSource, headOfSource, openByteSource } from './byte-source.ts'
import { decodeCsv } from './decode-csv.ts'
import { decodeJson } from './decode-json.ts'
import { decodeParquet } from './decode-parquet.ts'
import { decodeXlsx } from './decode-xlsx.ts'
import type { Duck } from './duck.ts'
import { encodingName, findEncoding } from './encoding.ts'
import { fileKind } from './file-kind.ts'
import { LakeError } from './lake.errors.ts'
import type { StagedFile } from './lake.types.ts'
import { findPlainFile, type PlainFile, type PlainTable, rememberPlainFile } from './plain-table.ts'

/** How a file is to be read, as far as the steward says so. */
export type ReadingOptions = {
  readonly encoding?: string
  readonly delimiter?: string
  /** One sheet only. */
  readonly table?: string
}

export type DecodeContext = {
  readonly path: string
  readonly fileName: string
  readonly source: ByteSource
  readonly duck: Duck
  /** Where the plain tables go. */
  readonly folder: string
  readonly signal: AbortSignal | undefined
  /** Hears which part of the file (0 to 1) was read. */
  readonly onRead: (fraction: number) => void
}

/**
 * Brings a staged file of any format to plain tables. They stay beside the staged file, so that loading what was
 * profiled does not read it again. Throws what is wrong with the file as a whole.
 */
export async function decode(
  duck: Duck,
  staged: StagedFile,
  options: ReadingOptions,
  signal: AbortSignal | undefined,
  onRead: (fraction: number) => void,
): Promise<PlainFile> {
  const folder = join(dirname(staged.path), `plain-${fingerprint(options)}`)
  const known = await findPlainFile(folder)
  if (known !== null) return known
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  const source = await openByteSource(staged.path)
  try {
    const context = { path: staged.path, fileName: staged.fileName, source, duck, folder, signal, onRead }
    const file = await decodeByKind(context, options)
    await rememberPlainFile(folder, file)
    return file
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function decodeByKind(context: DecodeContext, options: ReadingOptions): Promise<PlainFile> {
  const kind = fileKind(await headOfSource(context.source.chunks(context.signal), 4_096))
  if (kind === 'parquet') return { format: 'parquet', tables: [await decodeParquet(context)] }
  if (kind === 'zip') return { format: 'xlsx', tables: await decodeXlsx(context, options.table) }
  const encoding =
    options.encoding === undefined
      ? await findEncoding(() => context.source.chunks(context.signal))
      : encodingName(options.encoding)
  if (kind === 'json') {
    const { table, format } = await decodeJson(context, encoding)
    return { format, encoding, tables: [table] }
  }
  const { table, delimiter } = await decodeCsv(context, encoding, options.delimiter)
  return { format: 'csv', encoding, delimiter, tables: [table] }
}

/** The one table meant: a file with one table has no other, whatever it is called. Throws `sheet-missing`. */
export function chooseTable(file: PlainFile, name: string): PlainTable {
  const table = file.tables.find((candidate) => candidate.name === name)
  if (table !== undefined) return table
  if (file.format === 'xlsx' || file.tables[0] === undefined) throw new LakeError('sheet-missing')
  return file.tables[0]
}

const fingerprint = ({ encoding, delimiter, table }: ReadingOptions): string =>
  createHash('sha256')
    .update(JSON.stringify([encoding, delimiter, table]))
    .digest('hex')
    .slice(0, 12)

/** The folder of a staged file, with all that was derived from it. */
export const stagedHome = (staged: StagedFile): string => dirname(staged.path)
