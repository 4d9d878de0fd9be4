import { type Descriptor, descriptorSchema } from '@tiaoli/contract/table-schema'
import { type Member, membersOf } from './archive-members.ts'
import { maxDescriptorBytes, maxDescriptorsBytes, type ResourceReading, resourcesOf } from './descriptor.ts'
import { LakeError } from './lake.errors.ts'
import { maxArchiveTables } from './lake.limits.ts'
import type { FoundDescriptor, LeftOutFile } from './lake.types.ts'
import type { ZipArchive } from './zip-archive.ts'

const packageName = /(?:^|\/)datapackage\.json$/i
const schemaName = /(?:^|\/)(?:table-?)?schema\.json$/i
/** `stations.schema.json` or `stations.csv.schema.json` beside `stations.csv`: of that file alone. */
const ownSchemaName = /^(.*[^/])\.(?:table-?)?schema\.json$/i

/** Files of an archive that say, by their names, what others beside them are. */
function descriptorNames(names: readonly string[]): ReadonlySet<string> {
  const known = new Set(names.flatMap(spellingsOf))
  const isOwn = (name: string): boolean => {
    const of = ownedBy(name)
    return of !== undefined && known.has(of)
  }
  return new Set(
    names
      .filter((name) => !/(?:^|\/)__MACOSX\//.test(name))
      .filter((name) => packageName.test(name) || schemaName.test(name) || isOwn(name)),
  )
}

/** The file that a schema is of alone, with or without its ending; it is always shorter than that of the schema. */
const ownedBy = (name: string): string | undefined => ownSchemaName.exec(name)?.[1]?.toLowerCase()

/** How a schema of its own may name a file. */
const spellingsOf = (file: string): string[] => [
  file.toLowerCase(),
  file.replace(/\.[^./]*$/, '').toLowerCase(),
]

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1)

/**
 * What an archive says of its tables, and the files that are left. What cannot be read is said, and the tables are
 * taken as if it were not there; so is what speaks of no file, or of one of which another says more. Throws
 * `too-many-tables` before anything is unpacked.
 */
export async function findDescriptor(zip: Pick<ZipArchive, 'names' | 'bytes'>): Promise<{
  readonly found?: FoundDescriptor
  readonly members: readonly Member[]
  readonly faults: readonly LeftOutFile[]
}> {
  // An archive of a single file is that file.
  const said = zip.names.length === 1 ? new Set<string>() : descriptorNames(zip.names)
  const members = membersOf(zip.names.filter((name) => !said.has(name)))
  if (said.size > maxArchiveTables || members.length > maxArchiveTables)
    throw new LakeError('too-many-tables')
  const read: FoundDescriptor[] = []
  const faults: LeftOutFile[] = []
  let bytesLeft = maxDescriptorsBytes
  for (const name of said) {
    const bytes = await bytesOf(zip, name, Math.min(bytesLeft, maxDescriptorBytes))
    bytesLeft -= bytes?.length ?? 0
    const told = descriptorSchema.safeParse(parsed(bytes))
    if (told.success && isKept(told.data)) read.push({ name, told: told.data })
    else faults.push({ name, code: 'bad-descriptor' })
  }
  const { found, unused } = meant(
    read,
    members.map(({ name }) => name),
  )
  return {
    ...(found && { found }),
    members,
    faults: [...faults, ...unused.map(({ name }) => ({ name, code: 'descriptor-unused' as const }))],
  }
}

/**
 * Pure: which of several descriptors speaks of which file. A package with its path comes first, then a schema of its
 * own name, then the schema of the nearest folder above it, then a package that knows the file by less than its path.
 * One that is alone speaks of all. Every resource is gone through once, however many files there are.
 */
export function meant(
  read: readonly FoundDescriptor[],
  names: readonly string[],
): { readonly found?: FoundDescriptor; readonly unused: readonly FoundDescriptor[] } {
  const [alone, ...others] = read
  if (alone === undefined) return { unused: [] }
  if (others.length === 0 && !ownSchemaName.test(alone.name)) return { found: alone, unused: [] }
  const nearest = read
    .toSorted(
      (left, right) =>
        folderOf(right.name).length - folderOf(left.name).length || (left.name < right.name ? -1 : 1),
    )
    .map(speakerOf)
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

/** A descriptor made ready to be asked of many files. */
const speakerOf = (each: FoundDescriptor) => ({
  each,
  folder: folderOf(each.name),
  owned: ownedBy(each.name),
  isPackage: isPackage(each.told),
  ...resourcesOf(each.told),
})

function readingOf(
  file: string,
  nearest: readonly ReturnType<typeof speakerOf>[],
): readonly [FoundDescriptor, ResourceReading] | undefined {
  const spellings = spellingsOf(file)
  const readings = nearest.flatMap(({ each, folder, owned, isPackage, byPath, byName }) => {
    if (owned === undefined ? !file.startsWith(folder) : !spellings.includes(owned)) return []
    const inFolder = file.slice(folder.length)
    const exact = byPath(inFolder)
    const reading = exact ?? byName(inFolder)
    if (reading === undefined) return []
    const ofPackage = exact === undefined ? 3 : 0
    return [{ each, reading, rank: isPackage ? ofPackage : owned === undefined ? 2 : 1 }]
  })
  const [first] = readings.toSorted((left, right) => left.rank - right.rank)
  return first && [first.each, first.reading]
}

const isPackage = ({ resources }: Descriptor): boolean => resources !== undefined

/** What no store of ours keeps, U+0000 and lone surrogates, stands in JSON as an escape. */
const isKept = (told: unknown): boolean =>
  !/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/.test(JSON.stringify(told))

/** What is in a small file; null of one that is larger. */
async function bytesOf(zip: Pick<ZipArchive, 'bytes'>, name: string, most: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of (await zip.bytes(name))!) {
    length += chunk.length
    if (length > most) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parsed(bytes: Buffer | null): unknown {
  try {
    return bytes === null ? null : JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
