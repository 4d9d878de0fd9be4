import { createHash } from 'node:crypto'
import type { ExportFormat } from './lake.types.ts'

/*
 * A mark in a file says to whom it was handed over, and changes no value in it.
 *
 * CSV: whether a cell is quoted that need not be (RFC 4180 leaves that open). JSON: white space between values, before
 * the first line break. XLSX: the comment of the archive. Parquet: key-value metadata of the file.
 *
 * A mark outlives copying, renaming, packing and cutting off the end; in CSV also the loss of rows, as long as some
 * dozens of cells stand in their order. It does not outlive saving the file anew by another program, changing its
 * format, or typing it in again. A CSV with too few cells has none: such a file is known by its digest alone.
 */

/** Twelve hex digits: 48 bits, with 8 more to tell a mark from chance. */
const markBits = 48
const checkBits = 8
const allBits = markBits + checkBits
const zipComment = 'tiaoli-mark:'
export const parquetKey = 'tiaoli_mark'

const checkOf = (mark: string): number => createHash('sha256').update(`mark ${mark}`).digest()[0]!

function bitsOf(mark: string): readonly boolean[] {
  const bits = [...mark].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
  return [...bits, ...checkOf(mark).toString(2).padStart(checkBits, '0')].map((bit) => bit === '1')
}

function markIn(bits: readonly boolean[]): string | undefined {
  const text = bits.map((bit) => (bit ? '1' : '0')).join('')
  const mark = (text.slice(0, markBits).match(/.{4}/g) ?? [])
    .map((four) => Number.parseInt(four, 2).toString(16))
    .join('')
  return Number.parseInt(text.slice(markBits), 2) === checkOf(mark) ? mark : undefined
}

/** The file with the mark in it. Parquet is marked where it is written. */
export function marked(
  format: ExportFormat,
  stream: AsyncIterable<Uint8Array>,
  mark: string,
): AsyncIterable<Uint8Array> {
  switch (format) {
    case 'csv':
      return markedCsv(stream, bitsOf(mark))
    case 'json':
    case 'ndjson':
      return markedJson(stream, bitsOf(mark))
    case 'xlsx':
      return markedZip(stream, `${zipComment}${mark}`)
    case 'parquet':
      return stream
  }
}

/** The beginning of a file carries the mark, again and again; the rest passes as it is. */
const markedBeginning = 64 * 1024

async function* markedCsv(
  stream: AsyncIterable<Uint8Array>,
  bits: readonly boolean[],
): AsyncGenerator<Uint8Array> {
  let held: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of stream) {
    if (held === undefined) {
      yield chunk
      continue
    }
    held = Buffer.concat([held, chunk])
    if (held.length < markedBeginning) continue
    const cut = lastRecordEnd(held.subarray(0, markedBeginning))
    yield Buffer.from(requoted(held.subarray(0, cut).toString('utf8'), bits))
    yield held.subarray(cut)
    held = undefined
  }
  if (held !== undefined) yield Buffer.from(requoted(held.toString('utf8'), bits))
}

/** Where the last whole record ends: a line break with an even number of quotes before it. */
function lastRecordEnd(bytes: Buffer): number {
  let end = 0
  let quoted = false
  for (const [at, byte] of bytes.entries()) {
    if (byte === 0x22) quoted = !quoted
    else if (byte === 0x0a && !quoted) end = at + 1
  }
  return end
}

type Cell = { readonly start: number; readonly end: number; readonly value: string; readonly quoted: boolean }

/** Cells after the first record that can carry a bit: text that needs no quotes. A number in quotes might be read as text. */
function* carriersIn(csv: string): Generator<Cell> {
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\n|$)/g
  let record = 0
  for (let found = cell.exec(csv); found !== null && found[0] !== ''; found = cell.exec(csv)) {
    const [, raw, separator] = found as unknown as [string, string, string]
    const quoted = raw.startsWith('"') && raw.length > 1
    const value = quoted ? raw.slice(1, -1).replaceAll('""', '"') : raw
    if (record > 0 && value !== '' && !/[",\r\n]/.test(value) && !/^[-+]?[\d.]+$/.test(value))
      yield { start: found.index, end: found.index + raw.length, value, quoted }
    if (separator !== ',') record += 1
  }
}

function requoted(csv: string, bits: readonly boolean[]): string {
  let written = ''
  let from = 0
  let carrier = 0
  for (const { start, end, value } of carriersIn(csv)) {
    if (bits[carrier % allBits]) {
      written += `${csv.slice(from, start)}"${value}"`
      from = end
    }
    carrier += 1
  }
  return written + csv.slice(from)
}

async function* markedJson(
  stream: AsyncIterable<Uint8Array>,
  bits: readonly boolean[],
): AsyncGenerator<Uint8Array> {
  const space = Buffer.from(bits.map((bit) => (bit ? '\t' : ' ')).join(''))
  let done = false
  for await (const chunk of stream) {
    const at = done ? -1 : chunk.indexOf(0x0a)
    if (at < 0) {
      yield chunk
      continue
    }
    done = true
    yield Buffer.concat([chunk.subarray(0, at), space, chunk.subarray(at)])
  }
}

/** The record that ends an archive (APPNOTE 4.3.16) is 22 bytes long and closes with the length of its comment. */
const endRecordBytes = 22

async function* markedZip(stream: AsyncIterable<Uint8Array>, comment: string): AsyncGenerator<Uint8Array> {
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of stream) {
    const all = Buffer.concat([held, chunk])
    const whole = Math.max(0, all.length - endRecordBytes)
    yield all.subarray(0, whole)
    held = all.subarray(whole)
  }
  const last = Buffer.from(held)
  if (last.length === endRecordBytes && last.readUInt32LE(0) === 0x06054b50 && last.readUInt16LE(20) === 0) {
    last.writeUInt16LE(comment.length, 20)
    yield Buffer.concat([last, Buffer.from(comment, 'latin1')])
  } else yield last
}

/** The mark of a file, from its beginning and its end; undefined where it has none that can be read. */
export function readMark(beginning: Buffer, end: Buffer): string | undefined {
  const tail = end.toString('latin1')
  const named = new RegExp(`(?:${zipComment}|${parquetKey}[^0-9a-f]{0,8})([0-9a-f]{12})`).exec(tail)
  if (named) return named[1]
  const text = beginning.toString('utf8')
  return markInSpace(text) ?? markInQuotes(text)
}

function markInSpace(text: string): string | undefined {
  const run = new RegExp(`[ \\t]{${allBits}}(?=\\r?\\n)`).exec(text)?.[0]
  return run && markIn([...run].map((character) => character === '\t'))
}

/** Rows may be missing at the top, so the mark may begin at any cell. */
function markInQuotes(text: string): string | undefined {
  const bits: boolean[] = []
  for (const { quoted } of carriersIn(text)) if (bits.push(quoted) >= 50 * allBits) break
  if (!bits.includes(true)) return undefined
  for (let start = 0; start + allBits <= bits.length && start < 20 * allBits; start++) {
    const mark = markIn(bits.slice(start, start + allBits))
    if (mark !== undefined && repeats(bits, start)) return mark
  }
  return undefined
}

/** Chance passes the check once in 256 times; a mark stands a second time where there are cells for it. */
function repeats(bits: readonly boolean[], start: number): boolean {
  const again = bits.slice(start + allBits, start + 2 * allBits)
  return again.every((bit, index) => bit === bits[start + index])
}
