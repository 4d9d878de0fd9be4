import { createHash } from 'node:crypto'
import type { ExportFormat } from './lake.types.ts'

/*
 * The mark of a whole file, in one place that says nothing of the data. JSON: white space between values, before the
 * first line break. XLSX: the comment of the archive. Parquet: key-value metadata of the file. CSV has no such place:
 * it is known by its rows (`row-marks.ts`), as the rows of the other formats are too.
 */

/** Bits of a mark, and of those before marks had their present length; with 8 more to tell a mark from chance. */
const markLengths = [96, 48]
const checkBits = 8
const zipComment = 'tiaoli-mark:'
export const parquetKey = 'tiaoli_mark'

const checkOf = (mark: string): number => createHash('sha256').update(`mark ${mark}`).digest()[0]!

function bitsOf(mark: string): readonly boolean[] {
  const bits = [...mark].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
  return [...bits, ...checkOf(mark).toString(2).padStart(checkBits, '0')].map((bit) => bit === '1')
}

function markIn(space: string): string | undefined {
  const text = [...space].map((character) => (character === '\t' ? '1' : '0')).join('')
  const markBits = text.length - checkBits
  const mark = (text.slice(0, markBits).match(/.{4}/g) ?? [])
    .map((four) => Number.parseInt(four, 2).toString(16))
    .join('')
  return Number.parseInt(text.slice(markBits), 2) === checkOf(mark) ? mark : undefined
}

/** The file with the mark in it. CSV and Parquet are marked where they are written. */
export function marked(
  format: ExportFormat,
  stream: AsyncIterable<Uint8Array>,
  mark: string,
): AsyncIterable<Uint8Array> {
  switch (format) {
    case 'json':
    case 'ndjson':
    case 'geojson':
      return markedJson(stream, bitsOf(mark))
    case 'xlsx':
      return markedZip(stream, `${zipComment}${mark}`)
    case 'csv':
    case 'parquet':
      return stream
  }
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
  const named = new RegExp(`(?:${zipComment}|${parquetKey}[^0-9a-f]{0,8})([0-9a-f]{24}|[0-9a-f]{12})`).exec(
    tail,
  )
  if (named) return named[1]
  return markInSpace(beginning.toString('utf8'))
}

function markInSpace(text: string): string | undefined {
  for (const bits of markLengths) {
    const run = new RegExp(`[ \\t]{${bits + checkBits}}(?=\\r?\\n)`).exec(text)?.[0]
    const mark = run && markIn(run)
    if (mark) return mark
  }
  return undefined
}
