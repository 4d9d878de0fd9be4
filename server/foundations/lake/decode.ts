import { mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '@tiaoli/kernel/ids'
import { headOfSource, openByteSource } from './byte-source.ts'
import type { DecodeContext } from './decode.types.ts'
import { decodeCsv } from './decode-csv.ts'
import { decodeJson } from './decode-json.ts'
import { decodeParquet } from './decode-parquet.ts'
import { decodeXlsx } from './decode-xlsx.ts'
import type { Duck } from './duck.ts'
import { encodingName, findEncoding } from './encoding.ts'
import { fileKind } from './file-kind.ts'
import { LakeError } from './lake.errors.ts'
import type { StagedFile } from './lake.types.ts'
import {
  findPlainFile,
  type PlainFile,
  type PlainTable,
  type ReadingOptions,
  rememberPlainFile,
} from './plain-table.ts'

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
  const told = { encoding: options.encoding, delimiter: options.delimiter, table: options.table }
  const known = await findDecoded(stagedHome(staged), told)
  if (known !== null) return known
  const folder = join(stagedHome(staged), `${plainPrefix}${newId()}`)
  await mkdir(folder)
  const source = await openByteSource(staged.path)
  try {
    const context = { path: staged.path, fileName: staged.fileName, source, duck, folder, signal, onRead }
    const file = { told, ...(await decodeByKind(context, told)) }
    await rememberPlainFile(folder, file)
    return file
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

const plainPrefix = 'plain-'

/** Tables that were made of the file before and would come out the same now. */
async function findDecoded(home: string, wanted: ReadingOptions): Promise<PlainFile | null> {
  for (const name of await readdir(home)) {
    const file = name.startsWith(plainPrefix) ? await findPlainFile(join(home, name)) : null
    if (file !== null && answers(file, wanted)) return file
  }
  return null
}

/** Pure: naming what was found before asks for nothing new, and the tables of one file do for any one of them. */
function answers(file: PlainFile, wanted: ReadingOptions): boolean {
  const { told } = file
  const same = (told: string | undefined, found: string | undefined, asked: string | undefined) =>
    asked === told || (asked !== undefined && asked === found)
  const hasTable =
    file.format !== 'xlsx' ||
    told.table === wanted.table ||
    file.tables.some(({ name }) => name === wanted.table)
  return (
    hasTable &&
    same(told.encoding, file.encoding, wanted.encoding) &&
    same(told.delimiter, file.delimiter, wanted.delimiter)
  )
}

async function decodeByKind(
  context: DecodeContext,
  options: ReadingOptions,
): Promise<Omit<PlainFile, 'told'>> {
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

/** The folder of a staged file, with all that was derived from it. */
export const stagedHome = (staged: StagedFile): string => dirname(staged.path)
