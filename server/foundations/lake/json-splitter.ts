import { maxRowBytes } from './lake.limits.ts'

const quote = 0x22
const backslash = 0x5c
const openBracket = 0x5b
const openBrace = 0x7b
const closeBracket = 0x5d
const closeBrace = 0x7d
const colon = 0x3a
const comma = 0x2c

/** Keys under which interfaces hand out a list of rows. */
export const listKeys: readonly string[] = ['data', 'rows', 'records', 'items', 'features']

/** One element of the list as it stands in the file; null where it is longer than a row may be. */
export type JsonElement = string | null

/**
 * Cuts a JSON list, or the list inside an object such as `{"data": [...]}`, into its elements without reading them,
 * so that a file of one endless line needs no more memory than one element.
 */
export class JsonSplitter {
  /** Whether the list was found, and whether it was closed. */
  found = false
  closed = false
  #depth = 0
  #inString = false
  #escaped = false
  /** Depth at which elements lie, once the list is found. */
  #listDepth = 0
  #parts: Buffer[] = []
  #partBytes = 0
  #tooLong = false
  #hasContent = false
  /** The last text inside the outer object, and whether a colon followed it. */
  #keyBytes: number[] = []
  #key: string | null = null

  /** Gives the elements that ended in this chunk. */
  push(chunk: Buffer): JsonElement[] {
    const elements: JsonElement[] = []
    let from = this.found ? 0 : -1
    for (let at = 0; at < chunk.length && !this.closed; at += 1) {
      const byte = chunk[at]!
      if (!this.found) {
        if (this.#lookForList(byte)) from = at + 1
        continue
      }
      if (this.#inString) {
        this.#followString(byte)
        continue
      }
      if (byte === quote) this.#inString = true
      const outside = this.#depth === this.#listDepth
      if (outside && (byte === comma || byte === closeBracket)) {
        this.#keep(chunk.subarray(from, at))
        if (byte === comma || this.#hasContent) elements.push(this.#takeElement())
        from = at + 1
        if (byte === closeBracket) this.closed = true
        continue
      }
      if (byte > 0x20) this.#hasContent = true
      if (byte === openBrace || byte === openBracket) this.#depth += 1
      else if (byte === closeBrace || byte === closeBracket) this.#depth -= 1
    }
    if (this.found && !this.closed) this.#keep(chunk.subarray(from))
    return elements
  }

  #lookForList(byte: number): boolean {
    if (this.#inString) {
      if (this.#depth === 1 && (byte !== quote || this.#escaped)) this.#keyBytes.push(byte)
      this.#followString(byte)
      return false
    }
    if (
      byte === openBracket &&
      (this.#depth === 0 || (this.#depth === 1 && listKeys.includes(this.#key ?? '')))
    ) {
      this.found = true
      this.#depth += 1
      this.#listDepth = this.#depth
      return true
    }
    if (byte === quote) {
      this.#inString = true
      this.#keyBytes = []
    } else if (byte === openBrace || byte === openBracket) this.#depth += 1
    else if (byte === closeBrace || byte === closeBracket) this.#depth -= 1
    else if (byte === colon && this.#depth === 1) this.#key = Buffer.from(this.#keyBytes).toString('utf8')
    else if (byte === comma && this.#depth === 1) this.#key = null
    return false
  }

  #followString(byte: number): void {
    if (this.#escaped) this.#escaped = false
    else if (byte === backslash) this.#escaped = true
    else if (byte === quote) this.#inString = false
  }

  #keep(part: Buffer): void {
    this.#partBytes += part.length
    if (this.#partBytes > maxRowBytes) {
      this.#tooLong = true
      this.#parts = []
    } else if (part.length > 0) this.#parts.push(part)
  }

  #takeElement(): JsonElement {
    const element = this.#tooLong ? null : Buffer.concat(this.#parts).toString('utf8')
    this.#parts = []
    this.#partBytes = 0
    this.#tooLong = false
    this.#hasContent = false
    return element
  }
}
