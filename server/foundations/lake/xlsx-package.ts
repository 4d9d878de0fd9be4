import { stat } from 'node:fs/promises'
import { posix } from 'node:path'
import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { LakeError } from './lake.errors.ts'
import { unpacksTooFar } from './lake.limits.ts'
import { type CellFormats, readCellFormats } from './xlsx-formats.ts'
import { readXml } from './xml-reader.ts'

/** Parts of an XLSX file (ECMA-376): a ZIP whose entries are read one at a time. */
export type XlsxPackage = {
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  readonly formats: CellFormats
  /** The unpacked text of a part, or null where there is no such part. Throws `zip-bomb`, `truncated`. */
  text(part: string): Promise<AsyncIterable<string> | null>
  close(): void
}

export const sharedStringsPart = 'xl/sharedStrings.xml'

/** Throws `truncated` for a file cut off, `unsupported-format` for a ZIP that is no workbook. */
export async function openXlsx(path: string): Promise<XlsxPackage> {
  const { size } = await stat(path)
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((cause) => {
    throw new LakeError('truncated', { cause })
  })
  try {
    const entries = await entriesOf(zip)
    // What the directory itself says is enough to stop here; one that says less than it holds is found out below.
    const announced = [...entries.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0)
    if (unpacksTooFar(size, announced)) throw new LakeError('zip-bomb')
    const budget = { unpacked: 0, packed: size }
    const text = async (part: string) => {
      const entry = entries.get(part)
      return entry === undefined ? null : unpack(await zip.openReadStreamPromise(entry), budget)
    }
    const workbook = await text('xl/workbook.xml')
    if (workbook === null) throw new LakeError('unsupported-format')
    const { sheets, from1904 } = await readWorkbook(workbook, await text('xl/_rels/workbook.xml.rels'))
    const formats = await readCellFormats(await text('xl/styles.xml'), from1904)
    return { sheets, formats, text, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName, entry)
      if (entries.size > 10_000) throw new LakeError('zip-bomb')
    }
  } catch (error) {
    throw error instanceof LakeError ? error : new LakeError('truncated', { cause: error })
  }
  return entries
}

async function* unpack(
  stream: Readable,
  budget: { unpacked: number; readonly packed: number },
): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      budget.unpacked += chunk.length
      if (unpacksTooFar(budget.packed, budget.unpacked)) throw new LakeError('zip-bomb')
      yield decoder.decode(chunk, { stream: true })
    }
  } catch (error) {
    throw error instanceof LakeError ? error : new LakeError('truncated', { cause: error })
  } finally {
    stream.destroy()
  }
}

async function readWorkbook(workbook: AsyncIterable<string>, relations: AsyncIterable<string> | null) {
  const parts = new Map<string, string>()
  if (relations !== null)
    await readXml(relations, {
      open: (name, { Id, Target }) => {
        if (name === 'Relationship' && Id && Target) parts.set(Id, posix.resolve('/xl', Target).slice(1))
      },
    })
  const sheets: { name: string; part: string }[] = []
  let from1904 = false
  await readXml(workbook, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      const part = parts.get(attributes['r:id'] ?? '')
      if (name === 'sheet' && part !== undefined && attributes.name !== undefined)
        sheets.push({ name: attributes.name, part })
    },
  })
  return { sheets, from1904 }
}
