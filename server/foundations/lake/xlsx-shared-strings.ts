import { closeSync, openSync, readSync } from 'node:fs'
import { PiecewiseFile } from './plain-table.ts'
import { readXml } from './xml-reader.ts'

/** The texts that cells of a workbook refer to by number. */
export type SharedStrings = { get(index: number): string | null; close(): void }

/** Texts kept in memory after they were asked for. */
const keptTexts = 20_000

/**
 * Puts the shared texts of a workbook into a file at `path` and reads them back by number: there can be as many of
 * them as there are cells, so only their places (eight bytes each) stay in memory.
 */
export async function readSharedStrings(
  chunks: AsyncIterable<string> | null,
  path: string,
): Promise<SharedStrings> {
  const output = await PiecewiseFile.create(path)
  const ends: number[] = []
  let end = 0
  let current = ''
  let inText = false
  let inPhonetic = false
  if (chunks !== null)
    await readXml(chunks, {
      open: (name) => {
        if (name === 'si') current = ''
        else if (name === 't') inText = true
        else if (name === 'rPh') inPhonetic = true
      },
      text: (text) => {
        if (inText && !inPhonetic) current += text
      },
      close: (name) => {
        if (name === 't') inText = false
        else if (name === 'rPh') inPhonetic = false
        else if (name === 'si') {
          end += Buffer.byteLength(current)
          ends.push(end)
          void output.text(current)
        }
      },
      pause: () => output.flush(),
    }).finally(() => output.close())
  else await output.close()
  return readBack(path, ends)
}

function readBack(path: string, ends: readonly number[]): SharedStrings {
  const file = openSync(path, 'r')
  const kept = new Map<number, string>()
  const read = (index: number): string | null => {
    const end = ends[index]
    if (end === undefined) return null
    const start = index === 0 ? 0 : ends[index - 1]!
    const bytes = Buffer.alloc(end - start)
    readSync(file, bytes, 0, bytes.length, start)
    return bytes.toString('utf8')
  }
  return {
    get: (index) => {
      const known = kept.get(index)
      if (known !== undefined) return known
      const text = read(index)
      if (text === null) return null
      if (kept.size >= keptTexts) kept.clear()
      kept.set(index, text)
      return text
    },
    close: () => closeSync(file),
  }
}
