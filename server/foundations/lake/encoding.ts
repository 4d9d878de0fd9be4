import { isUtf8 } from 'node:buffer'
import { LakeError } from './lake.errors.ts'

/**
 * Finds the encoding of a text by looking at all of it: a byte-order mark settles it; what is valid UTF-8 is UTF-8;
 * else the characters decide. `chunks` gives the bytes from the start each time. Throws `unreadable-encoding`.
 */
export async function findEncoding(chunks: () => AsyncIterable<Buffer>): Promise<string> {
  const marked = await byteOrderMark(chunks())
  if (marked !== null) return marked
  if (await isAllUtf8(chunks())) return 'utf-8'
  return decideEncoding(await tally(chunks(), 'gb18030'), await tally(chunks(), 'utf-8'))
}

/** What decoding a text in one encoding gives, in characters outside ASCII. */
export type EncodingTally = {
  readonly characters: number
  /** Could not be decoded. */
  readonly lost: number
  /** Everyday Chinese characters and their punctuation. */
  readonly everyday: number
}

/** Names of places and people need more than the everyday characters, but never mostly. */
const plausibleEverydayShare = 0.7

/** A text with a few damaged characters is still what it mostly is. */
const tolerableLostShare = 0.05

/** Pure: GB18030 where it gives everyday Chinese, else UTF-8 with a few damaged places, else refused. */
export function decideEncoding(gb18030: EncodingTally, utf8: EncodingTally): string {
  const tolerable = (found: EncodingTally) => found.lost <= found.characters * tolerableLostShare
  if (tolerable(gb18030) && gb18030.everyday >= gb18030.characters * plausibleEverydayShare) return 'gb18030'
  if (tolerable(utf8)) return 'utf-8'
  throw new LakeError('unreadable-encoding')
}

/** The text in UTF-8 without a byte-order mark; what cannot be decoded becomes U+FFFD, except in UTF-8 itself. */
export async function* toUtf8(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') {
    yield* withoutMark(chunks)
    return
  }
  const decoder = decoderFor(encoding)
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}

/** The usual name of an encoding label (`GBK` is read as `gb18030`, which contains it). Throws `unreadable-encoding`. */
export function encodingName(label: string): string {
  const { encoding } = decoderFor(label)
  return encoding === 'gbk' ? 'gb18030' : encoding
}

function decoderFor(label: string): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch (cause) {
    throw new LakeError('unreadable-encoding', { cause })
  }
}

async function byteOrderMark(chunks: AsyncIterable<Buffer>): Promise<string | null> {
  for await (const chunk of chunks) {
    if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) return 'utf-8'
    if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
    return chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : null
  }
  return null
}

async function isAllUtf8(chunks: AsyncIterable<Buffer>): Promise<boolean> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const whole = wholeCharacters(bytes)
    if (!isUtf8(bytes.subarray(0, whole))) return false
    rest = bytes.subarray(whole)
  }
  return rest.length === 0
}

/** Length without the character that the bytes may end in the middle of (UTF-8: four bytes at most). */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return bytes.length
    if (byte < 0xc0) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return needed > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

async function tally(chunks: AsyncIterable<Buffer>, encoding: string): Promise<EncodingTally> {
  const everydayCharacters = everydayChinese()
  const decoder = decoderFor(encoding)
  let characters = 0
  let lost = 0
  let everyday = 0
  for await (const chunk of chunks) {
    for (const [character] of decoder.decode(chunk, { stream: true }).matchAll(/[^\0-\x7f]/gu)) {
      characters += 1
      if (character === '\ufffd') lost += 1
      else if (everydayCharacters.has(character)) everyday += 1
    }
  }
  return { characters, lost, everyday }
}

/** Symbols and the 3,755 characters of level 1 of GB 2312, which make up some 99 % of modern Chinese text. */
function everydayChinese(): Set<string> {
  const decoder = new TextDecoder('gb18030')
  const found = new Set<string>()
  for (let lead = 0xa1; lead <= 0xd7; lead += 1) {
    if (lead > 0xa3 && lead < 0xb0) continue
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) found.add(decoder.decode(Uint8Array.of(lead, trail)))
  }
  return found
}

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true
  for await (const chunk of chunks) {
    const marked = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf
    first = false
    yield marked ? chunk.subarray(3) : chunk
  }
}
