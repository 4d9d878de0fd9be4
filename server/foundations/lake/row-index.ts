import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { type Duck, quoteName, quoteText } from './duck.ts'
import { fieldTypes } from './field-types.ts'
import { compareKeys, type KeyValue, lastNotAfter } from './key-order.ts'
import type { FieldType } from './lake.types.ts'

export type IndexedField = { readonly field: string; readonly type: FieldType }

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
  readonly fields: readonly IndexedField[]
  readonly keyFields: readonly string[]
  readonly paths: RowIndexPaths
  readonly signal: AbortSignal
}

/**
 * Builds the row index of a Parquet file; the engine writes its lines in order with all of its threads. Memory: the
 * beginnings of the blocks.
 */
export async function buildRowIndex(duck: Duck, request: RowIndexRequest): Promise<void> {
  const { paths, keyFields } = request
  await writeLines(duck, request)
  await writeFile(paths.blocks, await describeBlocks(paths.rows, keyFields.length))
}

/** Writes the rows, one JSON list a line. */
function writeLines(
  duck: Duck,
  { parquet, fields, keyFields, paths, signal }: RowIndexRequest,
): Promise<void> {
  // Whole numbers go to JSON as they are; as doubles they would get a fraction.
  const values = lineOrder(fields, keyFields).map(({ field, type }) =>
    type === 'integer' ? quoteName(field) : fieldTypes[type].show(quoteName(field)),
  )
  return duck.connected(signal, (session) =>
    session.run(
      `copy (select json_array(${values.join(', ')}) from read_parquet(${quoteText(parquet)}))
       to ${quoteText(paths.rows)} (format csv, header false, delimiter '\\t', quote '', escape '')`,
    ),
  )
}

/** Read at once where a block begins: most lines are shorter. */
const windowBytes = 1 << 10

/** Bytes read between which others have their turn, however long the lines are: a few milliseconds. */
const bytesAtATime = 1 << 21

/**
 * The beginnings of the blocks: `[offset, key]` a line, and the end of the file at last. Only the line is read that a
 * block begins with; what lies between is of no interest.
 */
export async function describeBlocks(path: string, keyLength: number): Promise<string> {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const lines: string[] = []
    let at = 0
    let unyielded = 0
    const lineAt = (from: number): Buffer => {
      const { line, read } = readLine(file, from)
      unyielded += read
      return line
    }
    while (at < size) {
      const line = lineAt(at)
      lines.push(JSON.stringify([at, (JSON.parse(line.toString()) as unknown[]).slice(0, keyLength)]))
      // The first line that begins a block further on, or later.
      const inside = at + blockBytes - 1
      at = inside < at + line.length ? at + line.length + 1 : inside + lineAt(inside).length + 1
      if (unyielded < bytesAtATime) continue
      unyielded = 0
      await setImmediate()
    }
    return [...lines, JSON.stringify([size])].join('\n')
  } finally {
    closeSync(file)
  }
}

/** The bytes from `from` to the end of the line, without its break, and how many were read. Every line has one. */
function readLine(file: number, from: number): { readonly line: Buffer; readonly read: number } {
  for (let length = windowBytes, read = 0; ; length *= 4) {
    const window = passing(length)
    const got = readSync(file, window, 0, length, from)
    read += got
    const end = window.subarray(0, got).indexOf(0x0a)
    if (end >= 0 || got < length) return { line: window.subarray(0, end < 0 ? got : end), read }
  }
}

/** Looks rows up by key; holds one open file and the beginnings of the blocks. */
export type RowIndex = {
  /** The values of the row in `lineOrder`, or null. */
  find(key: readonly KeyValue[]): KeyValue[] | null
  close(): void
}

type BlockBeginning = readonly [offset: number, key: readonly KeyValue[]]

/** Beginnings of blocks held ready for comparison, at even distances, of all that lie in memory as text. */
const heldBeginnings = 8_192

/** Blocks that were read last, of all indexes: what is asked for again costs no call of the system. */
export type BlockCache = LRUCache<string, Buffer>

const cachedBytes = 32 * 2 ** 20

export const createBlockCache = (): BlockCache =>
  new LRUCache({ maxSize: cachedBytes, sizeCalculation: (block) => block.length })

/** Blocks of an index that were asked for once and are kept when they are asked for again: of keys spread wide none is. */
const rememberedBlocks = 4_096

/** `name` tells the index from the others whose blocks are in the cache; the content under a name never changes. */
export function openRowIndex(
  paths: RowIndexPaths,
  name: string,
  cache: BlockCache,
  beginningsHeld = heldBeginnings,
): RowIndex {
  const blocks = readFileSync(paths.blocks)
  const starts = lineStarts(blocks)
  const count = starts.length - 1
  const file = openSync(paths.rows, 'r')
  const step = Math.max(1, Math.ceil(count / beginningsHeld))
  const known: (BlockBeginning | undefined)[] = Array(Math.ceil(count / step)).fill(undefined)
  const readBeginning = (index: number): BlockBeginning =>
    JSON.parse(blocks.toString('utf8', starts[index], starts[index + 1])) as BlockBeginning
  const beginning = (index: number): BlockBeginning => {
    if (index % step !== 0 || index === count) return readBeginning(index)
    const held = known[index / step] ?? readBeginning(index)
    known[index / step] = held
    return held
  }
  const seen = new Set<number>()
  const blockAt = (index: number): Buffer => {
    const place = `${name}/${index}`
    const held = cache.get(place)
    if (held !== undefined) return held
    const from = beginning(index)[0]
    const length = beginning(index + 1)[0] - from
    const again = seen.delete(index)
    // What may never be asked for again is read into one piece of memory that serves the next look-up too.
    const block = again ? Buffer.allocUnsafeSlow(length) : passing(length)
    readSync(file, block, 0, length, from)
    if (again) cache.set(place, block)
    else seen.add(index)
    if (seen.size > rememberedBlocks) seen.delete(seen.values().next().value!)
    return block
  }
  return {
    find: (key) => {
      const compare = (index: number): number => compareKeys(beginning(index)[1], key)
      // Among those held first, then within the few blocks up to the next of them.
      const near = lastNotAfter(0, known.length, (candidate) => compare(candidate * step))
      if (near < 0) return null
      const first = near * step
      const index = step === 1 ? first : lastNotAfter(first + 1, Math.min(first + step, count), compare)
      return rowWith(blockAt(index), key)
    },
    close: () => closeSync(file),
  }
}

function lineStarts(text: Buffer): Uint32Array {
  const starts = [0]
  for (let end = text.indexOf(0x0a); end >= 0; end = text.indexOf(0x0a, end + 1)) starts.push(end + 1)
  return Uint32Array.from(starts)
}

let passed = Buffer.alloc(2 * blockBytes)

/** Bytes that hold until the next call: a row that has been taken out of them is a copy. */
function passing(length: number): Buffer {
  if (passed.length < length) passed = Buffer.alloc(length)
  return passed.subarray(0, length)
}

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
  if (!list.includes('\\')) return list
  return list.replace(/\\(?:u[0-9a-f]{4}|.)/g, (sequence) =>
    sequence[1] === 'u' ? `\\u${sequence.slice(2).toUpperCase()}` : sequence,
  )
}
