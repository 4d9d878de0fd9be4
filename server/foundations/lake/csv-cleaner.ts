import { isUtf8 } from 'node:buffer'
import { shapeOfByte } from './cell-kinds.ts'
import { ColumnWatch } from './column-watch.ts'
import { hasOuterBlank, isBlankLine, lineEnd, writeNumber } from './csv-bytes.ts'
import { hashBegin, hashWith } from './distinct-count.ts'
import { maxRowBytes } from './lake.limits.ts'
import type { RefusalCause } from './lake.types.ts'
import { isForbiddenByte, type MalformedRow, plain } from './plain-table.ts'

const usualQuote = 0x22
const carriageReturn = 0x0d
const lineFeed = 0x0a
const space = 0x20

/** What a byte may mean in a row; below all of these it is itself, and the meaning is what it adds to the shape of a cell. */
const endOfCell = 1 << 24
const endOfLine = 2 << 24
const special = 3 << 24

const meaningOf = (byte: number, delimiter: number, quote: number): number => {
  if (byte === delimiter) return endOfCell
  if (byte === lineFeed) return endOfLine
  return byte >= space && byte !== quote ? shapeOfByte(byte) : special
}

/** U+FFFD in UTF-8: what a decoder writes where a character was lost. */
const lostCharacter = Buffer.from('\ufffd')

/** Characters of a malformed row that are kept for the report. */
const keptCharacters = 2_000

/** How the rows of a file are written. */
export type CsvForm = {
  readonly delimiter: string
  readonly width: number
  /** Of ASCII; a double one where absent. */
  readonly quote?: string
}

/** The row goes on beyond the bytes at hand. */
const incomplete = -1

/**
 * Turns the UTF-8 bytes of a CSV file (RFC 4180, any line end, any of four delimiters) into the bytes of a plain
 * table. A row that is ragged, too long, undecodable or has a quote out of place is left out and reported with the
 * line it begins on; a quote that is never closed costs its own line only. Memory: two rows and a chunk.
 */
export class CsvCleaner {
  /** Rows that were kept. */
  rows = 0
  malformed = 0
  innerBreaks = false
  outerBlanks = false
  readonly watch: ColumnWatch

  readonly #delimiter: number
  readonly #quote: number
  readonly #meanings: Int32Array
  readonly #width: number
  #rowsToSkip: number
  #line: number
  #data: Buffer = Buffer.alloc(0)
  #out: Buffer = Buffer.allocUnsafe(1 << 20)
  #outEnd = 0
  /** Inside a row that is longer than a row may be; its end is being looked for. */
  #overlong: MalformedRow | null = null
  #refused: MalformedRow[] = []
  // What the scan of one row found; fields rather than a result object, as there are millions of rows.
  #cells = 0
  #firstCell = 0
  #breaks = 0
  #forbidden = false
  #fault: RefusalCause | null = null
  #rowIsOpen = false

  /** `rowsToSkip`: the header and what stands above it. `firstLine`: of what it is given, 1 where absent. */
  constructor(options: CsvForm & { rowsToSkip: number; firstLine?: number }) {
    this.#delimiter = options.delimiter.charCodeAt(0)
    this.#quote = options.quote?.charCodeAt(0) ?? usualQuote
    this.#meanings = Int32Array.from({ length: 256 }, (_, byte) =>
      meaningOf(byte, this.#delimiter, this.#quote),
    )
    this.#width = options.width
    this.watch = new ColumnWatch(options.width)
    this.#rowsToSkip = options.rowsToSkip
    this.#line = options.firstLine ?? 1
  }

  /** Takes the next bytes in and gives the bytes that are ready; they are valid until the next call. */
  push(chunk: Buffer): Buffer {
    this.#data = this.#data.length === 0 ? chunk : Buffer.concat([this.#data, chunk])
    return this.#clean(false)
  }

  /** The rest, after the last chunk. */
  finish(): Buffer {
    return this.#clean(true)
  }

  /** The line that the next row begins on; null amid a row, or above the first one. */
  get nextLine(): number | null {
    return this.#data.length === 0 && this.#overlong === null && this.#rowsToSkip === 0 ? this.#line : null
  }

  /** The rows refused since the last call. */
  takeRefused(): MalformedRow[] {
    const refused = this.#refused
    this.#refused = []
    return refused
  }

  #clean(last: boolean): Buffer {
    const data = this.#data
    const suspect = this.#isSuspect(data, last)
    // Each row can grow by its line number only; this is room for all of them at once.
    const room = data.length + 24 + countAtMost(data.length)
    if (this.#out.length < room) this.#out = Buffer.allocUnsafe(room)
    this.#outEnd = 0
    let start = 0
    while (start < data.length) {
      if (this.#overlong !== null) {
        start = this.#skipOverlong(data, start)
        continue
      }
      const rowOut = this.#outEnd
      const whole = this.#copyRow(data, start, suspect)
      if (whole !== incomplete) {
        start = whole
        continue
      }
      const end = this.#scanRow(data, start, last)
      if (end === incomplete) {
        this.#outEnd = rowOut
        break
      }
      this.#settle(data, start, end, rowOut, suspect)
      start = end
    }
    if (last && this.#overlong !== null) this.#refuse(this.#overlong)
    this.#data = data.subarray(start)
    return this.#out.subarray(0, this.#outEnd)
  }

  /** Whether a row may hold what is not UTF-8; then each row is looked at by itself. */
  #isSuspect(data: Buffer, last: boolean): boolean {
    const lastEnd = Math.max(data.lastIndexOf(lineFeed), data.lastIndexOf(carriageReturn))
    const whole = last ? data : data.subarray(0, lastEnd + 1)
    return !isUtf8(whole) || whole.includes(lostCharacter)
  }

  /** Decides on a row that was scanned: its bytes stay in the output, or the output goes back to `rowOut`. */
  #settle(data: Buffer, start: number, end: number, rowOut: number, suspect: boolean): void {
    const line = this.#line
    this.#line += 1 + this.#breaks
    const blank = this.#fault === null && this.#cells === 1 && isBlankLine(data, start, end)
    if (blank || this.#rowsToSkip > 0) {
      if (!blank) this.#rowsToSkip -= 1
      this.#outEnd = rowOut
      return
    }
    const cause = this.#fault ?? this.#causeOf(data.subarray(start, end), suspect)
    if (cause === null) {
      this.rows += 1
      if (this.#breaks > 0) this.innerBreaks = true
      this.watch.look(this.#out, this.#firstCell)
      return
    }
    this.#outEnd = rowOut
    const refused = { line, cause, row: textOf(data.subarray(start, end)) }
    if (this.#rowIsOpen) this.#overlong = refused
    else this.#refuse(refused)
  }

  #causeOf(row: Buffer, suspect: boolean): RefusalCause | null {
    if (this.#forbidden) return 'undecodable'
    if (suspect && (!isUtf8(row) || row.includes(lostCharacter))) return 'undecodable'
    if (this.#cells < this.#width) return 'too-few-cells'
    if (this.#cells > this.#width) return 'too-many-cells'
    return null
  }

  #refuse(row: MalformedRow): void {
    this.malformed += 1
    this.#overlong = null
    this.#refused.push(row)
  }

  #skipOverlong(data: Buffer, start: number): number {
    const end = lineEnd(data, start)
    if (end < 0) return data.length
    this.#refuse(this.#overlong!)
    return end
  }

  /**
   * Nearly all rows are as wide as they should be, without a quote or any other byte that needs thought. Such a row is
   * copied in one piece, which takes a third of the time of doing it byte by byte. Gives the place after it, or
   * `incomplete` where the row is not of this kind or not all here.
   */
  #copyRow(data: Buffer, start: number, suspect: boolean): number {
    if (suspect || this.#rowsToSkip > 0) return incomplete
    const meanings = this.#meanings
    const { ends: cellEnds, shapes, hashes } = this.watch
    const width = this.#width
    const length = data.length
    let cells = 0
    let shape = 0
    let hash = hashBegin
    let at = start
    for (; ; at += 1) {
      if (at === length) return incomplete
      const byte = data[at]!
      const meaning = meanings[byte]!
      if (meaning < endOfCell) {
        shape = (shape + meaning) | 0
        hash = hashWith(hash, byte)
        continue
      }
      if (meaning === special || cells === width) return incomplete
      cellEnds[cells] = at
      shapes[cells] = shape
      hashes[cells] = hash
      cells += 1
      shape = 0
      hash = hashBegin
      if (meaning === endOfLine) break
    }
    // A line of one column may be blank, and then it is no row.
    if (cells !== width || width === 1 || at + 1 - start > maxRowBytes) return incomplete
    this.watch.see(data, start)
    const out = this.#out
    let to = writeNumber(out, this.#outEnd, this.#line)
    out[to++] = plain.cellEnd
    data.copy(out, to, start, at + 1)
    const shift = to - start
    for (let cell = 0, from = to; cell < width; cell += 1) {
      const end = cellEnds[cell]! + shift
      if (!this.outerBlanks && hasOuterBlank(out, from, end)) this.outerBlanks = true
      out[end] = plain.cellEnd
      from = end + 1
    }
    out[at + shift] = plain.newLine
    this.#outEnd = at + shift + 1
    this.#line += 1
    this.rows += 1
    return at + 1
  }

  /**
   * Copies one row to the output and finds the place after it, or `incomplete`. A row with a quote out of place ends
   * with its first line, so that the lines after it are rows of their own again.
   */
  #scanRow(data: Buffer, start: number, last: boolean): number {
    const out = this.#out
    const delimiter = this.#delimiter
    const quote = this.#quote
    const meanings = this.#meanings
    let to = writeNumber(out, this.#outEnd, this.#line)
    out[to++] = plain.cellEnd
    let cellStart = true
    let cellFrom = to
    this.#firstCell = to
    let quoted = false
    this.#cells = 1
    this.#breaks = 0
    this.#forbidden = false
    this.#fault = null
    this.#rowIsOpen = false
    for (let at = start; at < data.length; at += 1) {
      const byte = data[at]!
      // Nearly all bytes are of this kind, so they are dealt with first and alone.
      if (meanings[byte]! < endOfCell) {
        out[to++] = byte
        cellStart = false
        continue
      }
      // A quote and a carriage return mean one thing or another by what follows them.
      if (at + 1 === data.length && !last && (byte === carriageReturn || (quoted && byte === quote)))
        return this.#beyond(data, start, quoted)
      if (quoted) {
        if (byte === quote && data[at + 1] === quote) {
          out[to++] = quote
          at += 1
        } else if (byte === quote) {
          quoted = false
          while (data[at + 1] === space) at += 1
          if (at + 1 < data.length && !this.#endsCell(data[at + 1]!))
            return this.#brokenQuote(data, start, last)
        } else if (byte === lineFeed || byte === carriageReturn) {
          if (byte === carriageReturn && data[at + 1] === lineFeed) at += 1
          out[to++] = plain.innerBreak
          this.#breaks += 1
        } else {
          if (isForbiddenByte(byte)) this.#forbidden = true
          out[to++] = byte
        }
      } else if (byte === delimiter) {
        if (hasOuterBlank(out, cellFrom, to)) this.outerBlanks = true
        // What lies beyond the width makes a row that is refused; nothing is kept there.
        this.watch.ends[this.#cells - 1] = to
        out[to++] = plain.cellEnd
        cellFrom = to
        this.#cells += 1
        cellStart = true
      } else if (byte === lineFeed || byte === carriageReturn) {
        if (hasOuterBlank(out, cellFrom, to)) this.outerBlanks = true
        return this.#endRow(start, byte === carriageReturn && data[at + 1] === lineFeed ? at + 2 : at + 1, to)
      } else if (byte === quote && cellStart) {
        quoted = true
        cellStart = false
      } else {
        if (isForbiddenByte(byte)) this.#forbidden = true
        out[to++] = byte
        cellStart = false
      }
    }
    if (!last) return this.#beyond(data, start, quoted)
    if (hasOuterBlank(out, cellFrom, to)) this.outerBlanks = true
    return quoted ? this.#brokenQuote(data, start, last) : this.#endRow(start, data.length, to)
  }

  #endsCell(byte: number): boolean {
    return byte === this.#delimiter || byte === lineFeed || byte === carriageReturn
  }

  #endRow(start: number, end: number, to: number): number {
    this.watch.ends[this.#cells - 1] = to
    this.#out[to] = plain.newLine
    this.#outEnd = to + 1
    if (end - start > maxRowBytes) this.#fault = 'too-long'
    return end
  }

  /** The row waits for the next chunk, unless it is too long already. */
  #beyond(data: Buffer, start: number, quoted: boolean): number {
    if (data.length - start <= maxRowBytes) return incomplete
    if (quoted && lineEnd(data, start) >= 0) return this.#brokenQuote(data, start, false)
    this.#fault = 'too-long'
    this.#rowIsOpen = true
    return data.length
  }

  /** The first line of the row is refused by itself, once all of it is here. */
  #brokenQuote(data: Buffer, start: number, last: boolean): number {
    const end = lineEnd(data, start)
    const whole = last || (end >= 0 && !(end === data.length && data[end - 1] === carriageReturn))
    if (!whole && data.length - start <= maxRowBytes) return incomplete
    this.#fault = 'unclosed-quote'
    this.#breaks = 0
    this.#rowIsOpen = !whole
    return whole && end >= 0 ? end : data.length
  }
}

/** Room for line numbers: a row has two bytes at least, and a number has sixteen digits at most. */
const countAtMost = (bytes: number): number => Math.ceil(bytes / 2) * 18

const textOf = (bytes: Buffer): string =>
  bytes
    .subarray(0, keptCharacters)
    .toString('utf8')
    .replace(/[\r\n]+$/, '')
