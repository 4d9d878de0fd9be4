import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CsvCleaner } from './csv-cleaner.ts'
import { readDbfHead, readDbfRecord } from './dbf.ts'
import { decodeArchive } from './decode-archive.ts'
import { findDelimiter, readRows } from './delimiter.ts'
import type { Duck } from './duck.ts'
import { findEncoding, toUtf8 } from './encoding.ts'
import { fileKind } from './file-kind.ts'
import { headerIndex, nameHeaders } from './headers.ts'
import { JsonColumns } from './json-cells.ts'
import { JsonSplitter } from './json-splitter.ts'
import { LakeError } from './lake.errors.ts'
import { readOdsSheets } from './ods-sheets.ts'
import { isForbiddenByte } from './plain-table.ts'
import { dbfOf, zipOf } from './test-files.ts'
import type { CellFormats } from './xlsx-formats.ts'
import { readSheet } from './xlsx-sheet.ts'
import { openZip } from './zip-archive.ts'

/*
 * Ten thousand small files that no program would write. Whatever a reader is given ends in rows, in rows that are
 * refused by line, or in a refusal with a code of the lake; never in another error, and never without an end.
 */

/** What came of it, or the code of the refusal. Any other error is a fault of the reader. */
async function outcome<T>(work: () => Promise<T> | T): Promise<T | string> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LakeError) return error.code
    throw error
  }
}

async function* pieces<T extends Buffer | string>(content: T, size: number): AsyncGenerator<T> {
  for (let at = 0; at < content.length; at += size)
    yield (typeof content === 'string' ? content.slice(at, at + size) : content.subarray(at, at + size)) as T
}

/** Texts of the signs that readers look at, and of some that they do not expect. */
const wordsOf = (...signs: string[]) =>
  fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...signs) },
      { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
    ),
    {
      maxLength: 40,
    },
  )
const sizes = fc.integer({ min: 1, max: 64 })

const textBytes = wordsOf(
  '甲',
  '名称',
  'a',
  '1',
  ',',
  ';',
  '\t',
  '|',
  '"',
  '""',
  '\n',
  '\r\n',
  '\r',
  '\ufeff',
  '\0',
  ' ',
  '\u001f',
).chain((words) => {
  const whole = Buffer.from(words.join(''))
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(whole) },
    { weight: 1, arbitrary: fc.constant(Buffer.from(words.join(''), 'utf16le')) },
    // Bytes of two encodings, and of none.
    {
      weight: 1,
      arbitrary: fc.constant(Buffer.concat([whole, Buffer.from('\n\xca\xfd\xbe\xdd,1\n', 'latin1'), whole])),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 80 }).map((noise) => Buffer.concat([whole, noise])) },
  )
})

async function readText(bytes: Buffer, size: number) {
  if (fileKind(bytes) !== 'csv') return 'other'
  const encoding = await findEncoding(() => pieces(bytes, size))
  const text = await buffer(toUtf8(pieces(bytes, size), encoding))
  const head = text.toString('utf8')
  const delimiter = findDelimiter(head)
  const rows = readRows(head, delimiter, 20)
  if (rows.length === 0) return 'none'
  const header = headerIndex(rows)
  const { length: width } = nameHeaders(rows[header]!)
  const clean = async (pieceSize: number) => {
    const cleaner = new CsvCleaner({ delimiter, width, rowsToSkip: header + 1 })
    const parts: Buffer[] = []
    for await (const piece of pieces(text, pieceSize)) parts.push(Buffer.from(cleaner.push(piece)))
    parts.push(Buffer.from(cleaner.finish()))
    return { output: Buffer.concat(parts).toString(), kept: cleaner.rows, refused: cleaner.takeRefused() }
  }
  const found = await clean(size)
  expect(await clean(text.length + 1)).toEqual(found)
  const lines = found.output.split('\n').slice(0, -1)
  expect(lines).toHaveLength(found.kept)
  let last = 0
  for (const line of lines) {
    const [number, ...cells] = line.split('\u001f')
    expect(cells).toHaveLength(width)
    expect(Number(number)).toBeGreaterThan(last)
    last = Number(number)
    expect([...Buffer.from(cells.join(''))].some((byte) => isForbiddenByte(byte) && byte !== 0x1e)).toBe(
      false,
    )
  }
  return found
}

it('reads 4,000 texts: the same rows however they come in pieces, as wide as their header, in their order', async () => {
  await fc.assert(
    fc.asyncProperty(textBytes, sizes, async (bytes, size) => {
      await outcome(() => readText(bytes, size))
    }),
    { numRuns: 4_000 },
  )
})

const jsonWords = wordsOf(
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"data"',
  '"a"',
  '"b\\""',
  '1',
  '12345678901234567890',
  'null',
  'true',
  '\\',
  '"',
  '\n',
  '"type":"Feature"',
  '"geometry":{"type":"Point","coordinates":[1,2]}',
  '"properties":{"a":1}',
).map((words) => words.join(''))

function readJson(bytes: Buffer, size: number): (string | null)[][] {
  const splitter = new JsonSplitter()
  const columns = new JsonColumns()
  const rows: (string | null)[][] = []
  for (let at = 0; at < bytes.length; at += size)
    for (const element of splitter.push(bytes.subarray(at, at + size))) {
      const cells = element === null ? null : columns.cellsOf(element)
      if (cells !== null) rows.push(cells)
    }
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(columns.keys.length)
  return rows
}

it('reads 2,000 broken texts of JSON, and 1,000 whole ones without losing an object', async () => {
  await fc.assert(
    fc.asyncProperty(jsonWords, sizes, async (text, size) => {
      const bytes = Buffer.from(text)
      expect(await outcome(() => readJson(bytes, size))).toEqual(await outcome(() => readJson(bytes, 1_000)))
    }),
    { numRuns: 2_000 },
  )
  const object = fc.dictionary(
    fc.string({ maxLength: 5 }).filter((key) => key !== '__proto__'),
    fc.jsonValue({ maxDepth: 2 }),
    { maxKeys: 4 },
  )
  await fc.assert(
    fc.property(fc.array(object, { maxLength: 5 }), sizes, fc.boolean(), (objects, size, inside) => {
      const text = JSON.stringify(inside ? { total: 1, data: objects } : objects)
      expect(readJson(Buffer.from(text), size)).toHaveLength(objects.length)
    }),
    { numRuns: 1_000 },
  )
})

const xmlWords = wordsOf(
  '<table:table table:name="a">',
  '</table:table>',
  '<table:table-row>',
  '<table:table-row table:number-rows-repeated="99999999999">',
  '</table:table-row>',
  '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="70000">',
  '<table:table-cell>',
  '</table:table-cell>',
  '<text:p>',
  '</text:p>',
  'x',
  '&amp;',
  '&lol;',
  '<![CDATA[x]]>',
  '<office:annotation>',
  '</office:annotation>',
  '<text:s text:c="999999999"/>',
).map((words) => `<a>${words.join('')}</a>`)
const sheetWords = wordsOf(
  '<row r="5">',
  '<row>',
  '</row>',
  '<c r="ZZZZZ9" t="s">',
  '<c r="B2" t="d">',
  '<c>',
  '</c>',
  '<v>',
  '</v>',
  '1',
  '-1',
  '1e999',
  'x',
  '<is>',
  '</is>',
  '<t>',
  '</t>',
  '<rPh>',
  '</rPh>',
).map((words) => `<worksheet>${words.join('')}</worksheet>`)
const formats: CellFormats = { isDate: (style) => style === 1, isOtherBlack: () => false, from1904: false }
const strings = { get: (index: number) => (index === 1 ? 'one' : null), close: () => {} }

it('reads 2,000 sheets of XML in two dialects', async () => {
  const widest = 16_384
  await fc.assert(
    fc.asyncProperty(xmlWords, sizes, async (text, size) => {
      const rows = async (listened: readonly { readonly cells: readonly unknown[] }[]) => {
        for (const { cells } of listened) expect(cells.length).toBeLessThanOrEqual(widest)
      }
      await outcome(() => readOdsSheets(pieces(text, size), { sheet: async () => {}, rows }))
    }),
    { numRuns: 1_000 },
  )
  await fc.assert(
    fc.asyncProperty(sheetWords, sizes, async (text, size) => {
      await outcome(() =>
        readSheet(pieces(text, size), strings, formats, async (rows) => {
          for (const { cells } of rows) expect(cells.length).toBeLessThanOrEqual(widest)
        }),
      )
    }),
    { numRuns: 1_000 },
  )
})

/** Bytes of a file with some of them changed, or cut off. */
const damaged = (whole: Buffer) =>
  fc
    .tuple(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }), fc.nat(whole.length))
    .map(([changes, end]) => {
      const bytes = Buffer.from(whole)
      for (const [at, byte] of changes) bytes[at] = byte
      return changes.length % 3 === 0 ? bytes.subarray(0, end) : bytes
    })

it('reads 600 damaged tables of attributes', async () => {
  const whole = dbfOf(
    [
      ['NAME', 6],
      ['N', 4],
    ],
    [
      [Buffer.from('a'), Buffer.from('1')],
      [Buffer.from('b'), Buffer.from('2')],
    ],
  )
  const decode = (bytes: Buffer) => bytes.toString('latin1')
  await fc.assert(
    fc.asyncProperty(damaged(whole), async (bytes) => {
      await outcome(() => {
        const table = readDbfHead(bytes, decode)
        for (let index = 0; index < table.records; index += 1) readDbfRecord(bytes, table, index, decode)
      })
    }),
    { numRuns: 600 },
  )
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaoli-fuzz-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('opens 400 damaged archives', async () => {
  const whole = await zipOf({ '甲.csv': 'a,b\n1,2\n', 'x/b.csv': 'c\n3\n' })
  const path = join(folder, 'archive.zip')
  // None of these files needs the engine.
  const context = {
    path,
    fileName: 'archive.zip',
    duck: {} as Duck,
    folder,
    signal: undefined,
    onRead: () => {},
  }
  await fc.assert(
    fc.asyncProperty(damaged(whole), async (bytes) => {
      await writeFile(path, bytes)
      await outcome(async () => {
        const zip = await openZip(path)
        try {
          return await decodeArchive(context, zip, {}, async () => ({ tables: [] }))
        } finally {
          zip.close()
          for (const index of zip.names.keys())
            await rm(join(folder, `member-${index}`), { recursive: true, force: true })
        }
      })
    }),
    { numRuns: 400 },
  )
})
