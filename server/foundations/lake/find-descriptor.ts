import { type Descriptor, descriptorSchema } from '@tiaoli/contract/table-schema'
import { maxDescriptorBytes, type ResourceReading, resourceOf } from './descriptor.ts'
import { LakeError } from './lake.errors.ts'
import { maxArchiveTables } from './lake.limits.ts'
import type { FoundDescriptor, LeftOutFile } from './lake.types.ts'
import type { ZipArchive } from './zip-archive.ts'

const packageName = /(?:^|\/)datapackage\.json$/i
const schemaName = /(?:^|\/)(?:table-?)?schema\.json$/i
/** `stations.schema.json` or `stations.csv.schema.json` beside `stations.csv`: of that file alone. */
const ownSchemaName = /^(.*[^/])\.(?:table-?)?schema\.json$/i

/** Whether a file of an archive says, by its name, what others beside it are. */
function isDescriptor(name: string, names: readonly string[]): boolean {
  if (/(?:^|\/)__MACOSX\//.test(name)) return false
  if (packageName.test(name) || schemaName.test(name)) return true
  return ownSchemaName.test(name) && names.some((file) => file !== name && isOwnOf(name, file))
}

const isOwnOf = (name: string, file: string): boolean => {
  const of = ownSchemaName.exec(name)?.[1]?.toLowerCase()
  return of !== undefined && (of === file.toLowerCase() || of === file.replace(/\.[^./]*$/, '').toLowerCase())
}

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1)

/**
 * What an archive says of its tables, and the files that are left. What cannot be read is said, and the tables are
 * taken as if it were not there; so is what speaks of no file, or of one of which another says more. Throws
 * `too-many-tables`.
 */
export async function findDescriptor(zip: ZipArchive): Promise<{
  readonly found?: FoundDescriptor
  readonly names: readonly string[]
  readonly faults: readonly LeftOutFile[]
}> {
  // An archive of a single file is that file.
  const said = zip.names.length === 1 ? [] : zip.names.filter((name) => isDescriptor(name, zip.names))
  const names = zip.names.filter((name) => !said.includes(name))
  if (said.length > maxArchiveTables) throw new LakeError('too-many-tables')
  const read: FoundDescriptor[] = []
  const faults: LeftOutFile[] = []
  for (const name of said) {
    const told = descriptorSchema.safeParse(parsed(await textOf(zip, name)))
    if (told.success && isKept(told.data)) read.push({ name, told: told.data })
    else faults.push({ name, code: 'bad-descriptor' })
  }
  const { found, unused } = meant(read, names)
  return {
    ...(found && { found }),
    names,
    faults: [...faults, ...unused.map(({ name }) => ({ name, code: 'descriptor-unused' as const }))],
  }
}

/**
 * Pure: which of several descriptors speaks of which file. A package that names it comes first, then a schema of its
 * own name, then the schema of the nearest folder above it. One that is alone speaks of all.
 */
export function meant(
  read: readonly FoundDescriptor[],
  names: readonly string[],
): { readonly found?: FoundDescriptor; readonly unused: readonly FoundDescriptor[] } {
  const [alone, ...others] = read
  if (alone === undefined) return { unused: [] }
  if (others.length === 0 && !ownSchemaName.test(alone.name)) return { found: alone, unused: [] }
  const nearest = read.toSorted(
    (left, right) =>
      folderOf(right.name).length - folderOf(left.name).length || (left.name < right.name ? -1 : 1),
  )
  const used = new Set<FoundDescriptor>()
  const resources = names.map((file) => {
    const [by, reading] = readingOf(file, nearest) ?? []
    if (by !== undefined) used.add(by)
    return { ...reading, path: file }
  })
  const unused = read.filter((each) => !used.has(each))
  if (used.size === 0) return { unused }
  return { found: { name: [...used].map(({ name }) => name).join(', '), told: { resources } }, unused }
}

function readingOf(
  file: string,
  nearest: readonly FoundDescriptor[],
): readonly [FoundDescriptor, ResourceReading] | undefined {
  const readings = nearest.flatMap((each) => {
    const folder = folderOf(each.name)
    const isOwn = ownSchemaName.test(each.name)
    if (isOwn ? !isOwnOf(each.name, file) : !file.startsWith(folder)) return []
    const reading = resourceOf(each.told, file.slice(folder.length), false)
    return reading === undefined ? [] : [{ each, reading, rank: isPackage(each.told) ? 0 : isOwn ? 1 : 2 }]
  })
  const [first] = readings.toSorted((left, right) => left.rank - right.rank)
  return first && [first.each, first.reading]
}

const isPackage = ({ resources }: Descriptor): boolean => resources !== undefined

/** What no store of ours keeps, U+0000 and lone surrogates, stands in JSON as an escape. */
const isKept = (told: unknown): boolean =>
  !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/.test(JSON.stringify(told))

/** The text of a small file; null of one that is too large to be a descriptor. */
async function textOf(zip: ZipArchive, name: string): Promise<string | null> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of (await zip.bytes(name))!) {
    length += chunk.length
    if (length > maxDescriptorBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\ufeff/, '')
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
