import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Member } from './archive-members.ts'
import type { DecodeContext } from './decode.types.ts'
import { decodeShapefile, type ShapeFiles } from './decode-shapefile.ts'
import { type ResourceReading, resourceFinder } from './descriptor.ts'
import { findDescriptor } from './find-descriptor.ts'
import { LakeError, type LakeErrorCode, throwIfCancelled } from './lake.errors.ts'
import { maxArchiveTables } from './lake.limits.ts'
import type { FoundDescriptor, LeftOutFile } from './lake.types.ts'
import type { PlainTable, ReadingOptions } from './plain-table.ts'
import type { ZipArchive } from './zip-archive.ts'

/** How a file within an archive is brought to tables, once it lies by itself. */
export type DecodeMember = (
  context: DecodeContext,
  resource: ResourceReading | undefined,
) => Promise<{ readonly tables: readonly PlainTable[]; readonly encoding?: string }>

export type DecodedArchive = {
  readonly tables: PlainTable[]
  /** The encoding of its texts, where all have the same. */
  readonly encoding?: string
  readonly leftOut: LeftOutFile[]
  /** What the archive says of its tables. */
  readonly descriptor?: FoundDescriptor
}

/** Faults of one file for which the others of its archive are not given up. */
const faultsOfOne: ReadonlySet<LakeErrorCode> = new Set([
  'unsupported-format',
  'unreadable-encoding',
  'not-a-table',
  'empty-file',
  'too-many-columns',
])

/**
 * Brings every file of an archive to plain tables, each under the name of its file; what is none is left out and said.
 * Throws `nested-archive`, `too-many-tables`, and what is wrong with its only file.
 */
export async function decodeArchive(
  context: DecodeContext,
  zip: ZipArchive,
  options: ReadingOptions,
  decodeMember: DecodeMember,
): Promise<DecodedArchive> {
  const { found, members, faults } = await findDescriptor(zip)
  const resourceOf = resourceFinder(options.descriptor ?? found?.told)
  const tables: PlainTable[] = []
  const encodings = new Set<string>()
  const leftOut: LeftOutFile[] = [...faults]
  // The sender's own word counts before that of the archive.
  if (options.descriptor !== undefined && found !== undefined)
    leftOut.push({ name: found.name, code: 'descriptor-unused' })
  let last: LakeError | undefined
  for (const [index, member] of members.entries()) {
    throwIfCancelled(context.signal)
    const folder = join(context.folder, `member-${index}`)
    await mkdir(folder)
    try {
      const decoded = await decodeOne(
        { ...context, folder, fileName: member.name, onRead: () => {} },
        zip,
        member,
        options.encoding,
        (alone) => decodeMember(alone, resourceOf(member.name, members.length === 1)),
      )
      for (const table of decoded.tables)
        tables.push({ ...table, name: tableName(member.name, table, decoded.tables.length, tables) })
      if (decoded.encoding !== undefined) encodings.add(decoded.encoding)
    } catch (error) {
      if (!(error instanceof LakeError) || !faultsOfOne.has(error.code)) throw error
      leftOut.push({ name: member.name, code: error.code })
      last = error
    }
    context.onRead((index + 1) / members.length)
  }
  if (tables.length > maxArchiveTables) throw new LakeError('too-many-tables')
  if (tables.length === 0) throw last ?? new LakeError('empty-file')
  const [encoding] = encodings
  return {
    tables,
    leftOut,
    ...(found && { descriptor: found }),
    ...(encodings.size === 1 && encoding !== undefined ? { encoding } : {}),
  }
}

async function decodeOne(
  context: DecodeContext,
  zip: ZipArchive,
  { name, parts }: Member,
  told: string | undefined,
  decodeMember: (context: DecodeContext) => ReturnType<DecodeMember>,
): ReturnType<DecodeMember> {
  if (parts === undefined) {
    const path = join(context.folder, 'file')
    await extract(zip, name, path)
    return decodeMember({ ...context, path }).finally(() => rm(path))
  }
  const path = (ending: string) => join(context.folder, `shape.${ending}`)
  for (const ending of ['shp', 'dbf', 'prj', 'cpg'])
    if (parts.has(ending)) await extract(zip, parts.get(ending)!, path(ending))
  if (!parts.has('dbf')) throw new LakeError('truncated')
  const optional = (ending: string) => (parts.has(ending) ? path(ending) : undefined)
  const files: ShapeFiles = {
    shp: path('shp'),
    dbf: path('dbf'),
    prj: optional('prj'),
    cpg: optional('cpg'),
  }
  const { table, encoding } = await decodeShapefile({ ...context, fileName: basename(name) }, files, told)
  return { tables: [table], encoding }
}

async function extract(zip: ZipArchive, name: string, path: string): Promise<void> {
  await pipeline((await zip.bytes(name))!, createWriteStream(path))
}

const longestName = 200

/** Pure: the file, and its sheet where it has several; no two tables of an archive share a name. */
function tableName(file: string, table: PlainTable, ofFile: number, taken: readonly PlainTable[]): string {
  const whole = ofFile > 1 ? `${file} · ${table.name}` : file
  const name = whole.slice(-longestName)
  const isTaken = (candidate: string) => taken.some((other) => other.name === candidate)
  let count = 2
  let free = name
  for (; isTaken(free); count += 1) free = `${name.slice(0, longestName - 6)} (${count})`
  return free
}
