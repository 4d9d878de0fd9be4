import { descriptorSchema } from '@tiaoli/contract/table-schema'
import { maxDescriptorBytes } from './descriptor.ts'
import type { FoundDescriptor, LeftOutFile } from './lake.types.ts'
import type { ZipArchive } from './zip-archive.ts'

/** Names by which a file of an archive says what the others are; a package says more than a schema. */
const descriptorNames = /(?:^|\/)(?:datapackage\.json|table-?schema\.json|schema\.json)$/i

/**
 * What an archive says of its tables, and the files that are left. One that cannot be read is said, and the tables are
 * taken as if it were not there.
 */
export async function findDescriptor(zip: ZipArchive): Promise<{
  readonly found?: FoundDescriptor
  readonly names: readonly string[]
  readonly faults: readonly LeftOutFile[]
}> {
  const isPackage = (name: string) => /datapackage\.json$/i.test(name)
  const [name] = zip.names
    .filter((each) => descriptorNames.test(each) && !/(?:^|\/)__MACOSX\//.test(each))
    .toSorted(
      (left, right) => Number(isPackage(right)) - Number(isPackage(left)) || left.length - right.length,
    )
  // An archive of a single file is that file.
  if (name === undefined || zip.names.length === 1) return { names: zip.names, faults: [] }
  const names = zip.names.filter((each) => each !== name)
  const told = descriptorSchema.safeParse(parsed(await textOf(zip, name)))
  return told.success && isKept(told.data)
    ? { found: { name, told: told.data }, names, faults: [] }
    : { names, faults: [{ name, code: 'bad-descriptor' }] }
}

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
