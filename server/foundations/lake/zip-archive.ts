import { isUtf8 } from 'node:buffer'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { LakeError } from './lake.errors.ts'
import { maxArchiveEntries, unpacksTooFar } from './lake.limits.ts'

/** A ZIP whose entries are read one at a time; together they may unpack to what `unpacksTooFar` allows. */
export type ZipArchive = {
  /** The files in it, by their names as they were meant; folders are left out. */
  readonly names: readonly string[]
  /** The unpacked bytes of a file, or null where there is none of that name. Throws `zip-bomb`, `truncated`, `encrypted`. */
  bytes(name: string): Promise<AsyncIterable<Buffer> | null>
  /** The same as a text in UTF-8. */
  text(name: string): Promise<AsyncIterable<string> | null>
  close(): void
}

/** Throws `truncated` for a file that is cut off or no ZIP, `zip-bomb` for one that announces too much. */
export async function openZip(path: string): Promise<ZipArchive> {
  const { size } = await stat(path)
  // Names are read here: the library takes those without a mark of UTF-8 for code page 437.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false }
  const zip = await openPromise(path, options).catch((cause) => {
    throw new LakeError('truncated', { cause })
  })
  try {
    const entries = await entriesOf(zip)
    // What the directory itself says is enough to stop here; one that says less than it holds is found out below.
    const announced = [...entries.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0)
    if (unpacksTooFar(size, announced)) throw new LakeError('zip-bomb')
    const budget = { unpacked: 0, packed: size }
    const bytes = async (name: string) => {
      const entry = entries.get(name)
      return entry === undefined ? null : unpack(await openEntry(zip, entry), budget)
    }
    return {
      names: [...entries.keys()],
      bytes,
      text: async (name) => {
        const found = await bytes(name)
        return found === null ? null : decoded(found)
      },
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry)
      if (!name.endsWith('/')) entries.set(name, entry)
      if (entries.size > maxArchiveEntries) throw new LakeError('zip-bomb')
    }
  } catch (error) {
    throw error instanceof LakeError ? error : new LakeError('truncated', { cause: error })
  }
  return entries
}

/** Programs on Chinese systems write names in GBK without saying so. */
function nameOf({ fileNameRaw }: Entry): string {
  const label = isUtf8(fileNameRaw) ? 'utf-8' : 'gb18030'
  return new TextDecoder(label).decode(fileNameRaw).replaceAll('\\', '/')
}

async function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  if (entry.isEncrypted()) throw new LakeError('encrypted')
  return zip.openReadStreamPromise(entry).catch((cause) => {
    throw new LakeError('truncated', { cause })
  })
}

async function* unpack(
  stream: Readable,
  budget: { unpacked: number; readonly packed: number },
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      budget.unpacked += chunk.length
      if (unpacksTooFar(budget.packed, budget.unpacked)) throw new LakeError('zip-bomb')
      yield chunk
    }
  } catch (error) {
    throw error instanceof LakeError ? error : new LakeError('truncated', { cause: error })
  } finally {
    stream.destroy()
  }
}

async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
}
