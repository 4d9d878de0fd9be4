import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { newId } from '@tiaoli/kernel/ids'
import { headOfSource, openByteSource } from './byte-source.ts'
import type { DecodeContext, TextContext } from './decode.types.ts'
import { decodeArchive } from './decode-archive.ts'
import { decodeCsv } from './decode-csv.ts'
import { decodeJson } from './decode-json.ts'
import { decodeOds, isOds } from './decode-ods.ts'
import { decodeParquet } from './decode-parquet.ts'
import { decodeXls } from './decode-xls.ts'
import { decodeXlsx } from './decode-xlsx.ts'
import { type ResourceReading, resourceOf } from './descriptor.ts'
import type { Duck } from './duck.ts'
import { beginsAsUtf8, encodingName, findEncoding, NotUtf8 } from './encoding.ts'
import { fileKind } from './file-kind.ts'
import { LakeError } from './lake.errors.ts'
import type { FileFormat, StagedFile } from './lake.types.ts'
import {
  findPlainFile,
  type PlainFile,
  type PlainTable,
  type ReadingOptions,
  rememberPlainFile,
} from './plain-table.ts'
import { workbookPart } from './xlsx-package.ts'
import { openZip } from './zip-archive.ts'

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
  const told = {
    encoding: options.encoding,
    delimiter: options.delimiter,
    table: options.table,
    descriptor: options.descriptor,
  }
  const known = await findDecoded(stagedHome(staged), told)
  if (known !== null) return known
  const folder = join(stagedHome(staged), `${plainPrefix}${newId()}`)
  await mkdir(folder)
  try {
    const context = { path: staged.path, fileName: staged.fileName, duck, folder, signal, onRead }
    const resource = resourceOf(options.descriptor, staged.fileName, true)
    const file = { told, ...(await decodeFile(context, { ...told, resource }, 0)) }
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
    !formatsOfMany.has(file.format) ||
    told.table === wanted.table ||
    file.tables.some(({ name }) => name === wanted.table)
  return (
    hasTable &&
    JSON.stringify(told.descriptor) === JSON.stringify(wanted.descriptor) &&
    same(told.encoding, file.encoding, wanted.encoding) &&
    same(told.delimiter, file.delimiter, wanted.delimiter)
  )
}

/** How one file is to be read, with what is said of it. */
type FileReading = ReadingOptions & { readonly resource?: ResourceReading | undefined }

/**
 * `layers`: how many archives the file was taken out of. It may lie in one, packed as ZIP or GZ; what lies deeper is
 * refused as `nested-archive`, or a few bytes could unpack without end.
 */
async function decodeFile(
  context: DecodeContext,
  options: FileReading,
  layers: number,
): Promise<Omit<PlainFile, 'told'>> {
  const source = await openByteSource(context.path)
  const inner = layers + (source.packed ? 1 : 0)
  if (inner > 1) throw new LakeError('nested-archive')
  const kind = fileKind(await headOfSource(source.chunks(context.signal), 4_096))
  if (kind === 'gzip') throw new LakeError('nested-archive')
  if (source.packed && ['parquet', 'zip', 'container'].includes(kind)) {
    // These are read at many places, not from the start to the end.
    const path = join(context.folder, 'unpacked')
    await pipeline(source.chunks(context.signal), createWriteStream(path))
    return decodeFile({ ...context, path }, options, inner).finally(() => rm(path))
  }
  if (kind === 'parquet') return { format: 'parquet', tables: [await decodeParquet(context)] }
  if (kind === 'container') return { format: 'xls', tables: await decodeXls(context, options.table) }
  if (kind === 'zip') return decodeZip(context, options, inner)
  const text = { ...context, source }
  const told =
    options.encoding === undefined ? toldEncoding(options.resource) : encodingName(options.encoding)
  if (kind === 'json') {
    const encoding = told ?? (await findEncoding(() => source.chunks(context.signal)))
    const { table, format } = await decodeJson(text, encoding)
    return { format, encoding, tables: [table] }
  }
  const { encoding, table, delimiter } = await decodeCsvIn(told, text, options)
  return { format: 'csv', encoding, delimiter, tables: [table] }
}

/** How much of a text is looked at before it is read as UTF-8. */
const seenBytes = 1 << 20

/**
 * Reads a CSV file in the encoding told, or in the one that is found. Most files are UTF-8, and looking at all of one to
 * know it takes as long as a quarter of reading it: what begins so is read so, until it is shown to be something else.
 */
async function decodeCsvIn(told: string | undefined, context: TextContext, options: FileReading) {
  const { source, signal } = context
  const read = async (encoding: string, isAssumed = false, onRead = context.onRead) => ({
    encoding,
    ...(await decodeCsv({ ...context, onRead }, encoding, options.delimiter, options.resource, {
      isAssumed,
    })),
  })
  if (told !== undefined) return read(told)
  let seen = 0
  if (beginsAsUtf8(await headOfSource(source.chunks(signal), seenBytes)))
    try {
      return await read('utf-8', true, (fraction) => {
        seen = fraction
        context.onRead(fraction)
      })
    } catch (error) {
      if (!(error instanceof NotUtf8)) throw error
    }
  const encoding = await findEncoding(() => source.chunks(signal))
  return read(encoding, false, (fraction) => context.onRead(Math.max(seen, fraction)))
}

/** The encoding that a descriptor names. UTF-8, which it means by default, is tried first in any case. */
function toldEncoding(resource: ResourceReading | undefined): string | undefined {
  if (resource?.encoding === undefined) return undefined
  try {
    const name = encodingName(resource.encoding)
    return name === 'utf-8' ? undefined : name
  } catch (error) {
    if (error instanceof LakeError) return undefined
    throw error
  }
}

/** A workbook of either kind is a ZIP too; what is none is an archive of files. */
async function decodeZip(
  context: DecodeContext,
  options: FileReading,
  layers: number,
): Promise<Omit<PlainFile, 'told'>> {
  const zip = await openZip(context.path)
  try {
    if (zip.names.includes(workbookPart))
      return { format: 'xlsx', tables: await decodeXlsx(context, zip, options.table) }
    if (await isOds(zip)) return { format: 'ods', tables: await decodeOds(context, zip, options.table) }
    if (layers > 0) throw new LakeError('nested-archive')
    const { table: _, ...reading } = options
    const archive = await decodeArchive(context, zip, options, (member, resource) =>
      decodeFile(member, { ...reading, resource }, 1),
    )
    return { format: 'zip', ...archive }
  } finally {
    zip.close()
  }
}

/** Formats of files that may have many tables, each chosen by its name. */
const formatsOfMany: ReadonlySet<FileFormat> = new Set(['xlsx', 'xls', 'ods', 'zip'])

/** The one table meant: a file with one table has no other, whatever it is called. Throws `sheet-missing`. */
export function chooseTable(file: PlainFile, name: string): PlainTable {
  const table = file.tables.find((candidate) => candidate.name === name)
  if (table !== undefined) return table
  if (formatsOfMany.has(file.format) || file.tables[0] === undefined) throw new LakeError('sheet-missing')
  return file.tables[0]
}

/** The folder of a staged file, with all that was derived from it. */
export const stagedHome = (staged: StagedFile): string => dirname(staged.path)
