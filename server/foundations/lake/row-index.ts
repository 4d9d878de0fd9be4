import { closeSync, createReadStream, createWriteStream, openSync, readFileSync, readSync } from 'node:fs'
import { open, rm, writeFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { LRUCache } from 'lru-cache'
import { type Duck, quoteName, quoteText } from './duck.ts'
import { fieldTypes } from './field-types.ts'
import type { FieldType } from './lake.types.ts'

export type IndexedField = { readonly field: string; readonly type: FieldType }
export type KeyValue = string | number | boolean

/** Two files: the rows in the order of their key, one JSON list a line, and where each block of them begins. */
export type RowIndexPaths = { readonly rows: string; readonly blocks: string }

/**
 * A block is read whole for each look-up: large enough that all beginnings fit in little memory (a few MB for five
 * million rows), small enough that reading one costs microseconds.
 */
const blockBytes = 1 << 13

/** Fields in the order of a line: those of the key first. */
export const lineOrder = (fields: readonly IndexedField[], keyFields: readonly string[]): IndexedField[] => [
  ...keyFields.map((key) => fields.find(({ field }) => field === key)!),
  ...fields.filter(({ field }) => !keyFields.includes(field)),
]

export type RowIndexRequest = {
  /** Sorted by the key. */
  readonly parquet: string
  readonly rows: number
  readonly fields: readonly IndexedField[]
  readonly keyFields: readonly string[]
  readonly paths: RowIndexPaths
  readonly signal: AbortSignal
}

/**
 * The engine writes one file in order with one thread; the two halves of a large table, written side by side and then
 * joined, take half the time.
 */
const rowsWorthHalving = 200_000

/** Builds the row index of a Parquet file. Memory: the beginnings of the blocks. */
export async function buildRowIndex(duck: Duck, request: RowIndexRequest): Promise<void> {
  const { rows, paths, keyFields, signal } = request
  if (rows < rowsWorthHalving) await writeLines(duck, request, 'true', paths.rows)
  else {
    const middle = Math.floor(rows / 2)
    const second = `${paths.rows}.second`
    await Promise.all([
      writeLines(duck, request, `file_row_number < ${middle}`, paths.rows),
      writeLines(duck, request, `file_row_number >= ${middle}`, second),
    ])
    await pipeline(createReadStream(second), createWriteStream(paths.rows, { flags: 'a' }), { signal })
    await rm(second)
  }
  await writeFile(paths.blocks, await describeBlocks(paths.rows, keyFields.length))
}

/** Writes the rows that meet the condition, one JSON list a line. */
function writeLines(
  duck: Duck,
  { parquet, fields, keyFields, signal }: RowIndexRequest,
  condition: string,
  path: string,
): Promise<void> {
  // Whole numbers go to JSON as they are; as doubles they would get a fraction.
  const values = lineOrder(fields, keyFields).map(({ field, type }) =>
    type === 'integer' ? quoteName(field) : fieldTypes[type].show(quoteName(field)),
  )
  return duck.connected(signal, (session) =>
    session.run(
      `copy (select json_array(${values.join(', ')})
             from read_parquet(${quoteText(parquet)}, file_row_number = true) where ${condition})
       to ${quoteText(path)} (format csv, header false, delimiter '\\t', quote '', escape '')`,
    ),
  )
}

/** The beginnings of the blocks: `[offset, key]` a line, and the end of the file at last. */
async function describeBlocks(path: string, keyLength: number): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const lines: string[] = []
    const chunk = Buffer.alloc(1 << 20)
    let rest: Buffer = Buffer.alloc(0)
    let offset = 0
    let blockEnd = 0
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length)
      if (bytesRead === 0) break
      const data = Buffer.concat([rest, chunk.subarray(0, bytesRead)])
      let start = 0
      for (;;) {
        if (offset + start < blockEnd) start = lineAfter(data, start, blockEnd - offset)
        const end = offset + start < blockEnd ? -1 : data.indexOf(0x0a, start)
        if (end < 0) break
        const key = (JSON.parse(data.toString('utf8', start, end)) as unknown[]).slice(0, keyLength)
        lines.push(JSON.stringify([offset + start, key]))
        blockEnd = offset + start + blockBytes
        start = end + 1
      }
      rest = data.subarray(start)
      offset += start
    }
    return [...lines, JSON.stringify([size])].join('\n')
  } finally {
    await file.close()
  }
}

/**
 * Where the first line begins that begins at `from` or later; where none does in these bytes, the last line of them.
 * Lines within a block are of no interest, and five million of them would take a second to find.
 */
function lineAfter(data: Buffer, start: number, from: number): number {
  const end = from <= data.length ? data.indexOf(0x0a, from - 1) : -1
  return (end < 0 ? Math.max(data.lastIndexOf(0x0a), start - 1) : end) + 1
}

/** Looks rows up by key; holds one open file and the beginnings of the blocks. */
export type RowIndex = {
  /** The values of the row in `lineOrder`, or null. */
  find(key: readonly KeyValue[]): KeyValue[] | null
  close(): void
}

type BlockBeginning = readonly [offset: number, key: readonly KeyValue[]]

/** Beginnings of blocks held ready for comparison, of all that lie in memory as text. */
const heldBeginnings = 4_096

/** Blocks that were read last, of all indexes: what is asked for again costs no call of the system. */
export type BlockCache = LRUCache<string, Buffer>

const cachedBytes = 32 * 2 ** 20

export const createBlockCache = (): BlockCache =>
  new LRUCache({ maxSize: cachedBytes, sizeCalculation: (block) => block.length })

/** `name` tells the index from the others whose blocks are in the cache; the content under a name never changes. */
export function openRowIndex(paths: RowIndexPaths, name: string, cache: BlockCache): RowIndex {
  const blocks = readFileSync(paths.blocks)
  const starts = lineStarts(blocks)
  const count = starts.length - 1
  const file = openSync(paths.rows, 'r')
  const known = new Map<number, BlockBeginning>()
  const beginning = (index: number): BlockBeginning => {
    const held = known.get(index)
    if (held !== undefined) return held
    const read = JSON.parse(blocks.toString('utf8', starts[index], starts[index + 1])) as BlockBeginning
    // A binary search always asks for the same few first: as long as there is room, they stay.
    if (known.size < heldBeginnings) known.set(index, read)
    return read
  }
  const blockAt = (index: number): Buffer => {
    const place = `${name}/${index}`
    const held = cache.get(place)
    if (held !== undefined) return held
    const from = beginning(index)[0]
    const block = Buffer.allocUnsafeSlow(beginning(index + 1)[0] - from)
    readSync(file, block, 0, block.length, from)
    cache.set(place, block)
    return block
  }
  return {
    find: (key) => {
      const index = lastNotAfter(count, (candidate) => compareKeys(beginning(candidate)[1], key))
      return index < 0 ? null : rowWith(blockAt(index), key)
    },
    close: () => closeSync(file),
  }
}

function lineStarts(text: Buffer): Uint32Array {
  const starts = [0]
  for (let end = text.indexOf(0x0a); end >= 0; end = text.indexOf(0x0a, end + 1)) starts.push(end + 1)
  return Uint32Array.from(starts)
}

/** The last of `count` sorted places whose comparison with what is sought is not positive, or -1. */
function lastNotAfter(count: number, compare: (index: number) => number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(middle) <= 0) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Pure: the order in which the engine sorts keys: numbers by size, false before true, texts by their UTF-8 bytes. */
export function compareKeys(left: readonly KeyValue[], right: readonly KeyValue[]): number {
  for (let index = 0; index < left.length; index++) {
    const value = left[index]!
    const other = right[index]!
    if (value === other) continue
    if (typeof value === 'string' && typeof other === 'string') return compareTexts(value, other)
    return Number(value) - Number(other)
  }
  return 0
}

/** By UTF-8 bytes, that is by code points. */
function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    const [unit, other] = [left.charCodeAt(at), right.charCodeAt(at)]
    if (unit === other) continue
    // A surrogate stands for a code point above all that one unit can hold.
    return isSurrogate(unit) === isSurrogate(other) ? unit - other : isSurrogate(unit) ? 1 : -1
  }
  return left.length - right.length
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff

function rowWith(block: Buffer, key: readonly KeyValue[]): KeyValue[] | null {
  const prefix = Buffer.from(linePrefix(key))
  let at = block.indexOf(prefix)
  // The bytes can also stand inside a cell, but never at the start of a line: a line break in a text is escaped.
  while (at > 0 && block[at - 1] !== 0x0a) at = block.indexOf(prefix, at + 1)
  if (at < 0) return null
  const line = block.toString('utf8', at, block.indexOf(0x0a, at))
  const row = JSON.parse(line) as KeyValue[]
  return compareKeys(row.slice(0, key.length), key) === 0 ? row : null
}

/** The beginning of the line of a row, spelt as the engine spells JSON: control characters in capital hex. */
function linePrefix(key: readonly KeyValue[]): string {
  const list = JSON.stringify(key).slice(0, -1)
  return list.replace(/\\(?:u[0-9a-f]{4}|.)/g, (sequence) =>
    sequence[1] === 'u' ? `\\u${sequence.slice(2).toUpperCase()}` : sequence,
  )
}
