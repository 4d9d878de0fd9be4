import { isUtf8 } from 'node:buffer'
import {
  type ChineseEncoding,
  chineseEncodings,
  type EncodingTally,
  everydayChinese,
  tally,
} from './everyday-chinese.ts'
import { LakeError } from './lake.errors.ts'
import { countLines, isLineInUtf8, linesOf, otherLines, wholeLines } from './mixed-lines.ts'

/**
 * Finds the encoding of a text by looking at all of it: a byte-order mark settles it, and zeros that stand at every
 * other place tell UTF-16; what is valid UTF-8 is UTF-8; else the characters of its other lines decide. `chunks` gives
 * the bytes from the start each time. Throws `unreadable-encoding`.
 */
export async function findEncoding(chunks: () => AsyncIterable<Buffer>): Promise<string> {
  const wide = await wideEncodingOf(chunks())
  if (wide !== null) return wide
  if (await isAllUtf8(chunks())) return 'utf-8'
  const lines = await countLines(chunks())
  if (lines.utf8 > lines.other) return 'utf-8'
  const tallies: Partial<Record<ChineseEncoding, EncodingTally>> = {}
  for (const encoding of chineseEncodings) {
    const found = await tally(otherLines(chunks()), encoding)
    tallies[encoding] = found
    // Nearly all of it in everyday use: nothing else can fit better.
    if (shareOf(found) > certainShare) break
  }
  return decideEncoding(tallies, await tally(chunks(), 'utf-8'))
}

/** Names of places and people need more than the everyday characters, but never mostly. */
const plausibleShare = 0.7
const certainShare = 0.95

/** A text with a few damaged characters is still what it mostly is. */
const tolerableLostShare = 0.05

const isTolerable = ({ lost, characters }: EncodingTally): boolean => lost <= characters * tolerableLostShare

/** How much of what an encoding gives is everyday Chinese: its plausibility, from 0 to 1. */
const shareOf = (found: EncodingTally): number =>
  !isTolerable(found) || found.characters === 0 ? 0 : found.everyday / found.characters

/**
 * Pure: of the older encodings the one that gives most everyday Chinese, as far as that is plausible, else UTF-8 with a
 * few damaged places. Throws `unreadable-encoding`.
 */
export function decideEncoding(
  tallies: Readonly<Partial<Record<ChineseEncoding, EncodingTally>>>,
  utf8: EncodingTally,
): string {
  let best: { readonly encoding: string; readonly share: number } | undefined
  for (const encoding of chineseEncodings) {
    const share = tallies[encoding] === undefined ? 0 : shareOf(tallies[encoding])
    if (share >= plausibleShare && share > (best?.share ?? 0)) best = { encoding, share }
  }
  if (best !== undefined) return best.encoding
  if (isTolerable(utf8)) return 'utf-8'
  throw new LakeError('unreadable-encoding')
}

/** The text in UTF-8 without a byte-order mark; what cannot be decoded becomes U+FFFD, except in UTF-8 itself. */
export async function* toUtf8(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') {
    yield* withoutMark(chunks)
    return
  }
  const decoder = decoderFor(encoding)
  if (isChinese(encoding)) {
    yield* byLines(chunks, decoder)
    return
  }
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}

const isChinese = (encoding: string): boolean => (chineseEncodings as readonly string[]).includes(encoding)

/** A line that is in UTF-8 all the same would become other characters without a trace: it is marked as undecodable. */
async function* byLines(chunks: AsyncIterable<Buffer>, decoder: TextDecoder): AsyncGenerator<Buffer> {
  for await (const piece of wholeLines(chunks)) {
    let start = 0
    let at = 0
    for (const line of linesOf(piece)) {
      if (isLineInUtf8(line)) {
        yield Buffer.from(decoder.decode(piece.subarray(start, at), { stream: true }))
        yield Buffer.from(`\ufffd${line.toString('utf8')}`)
        start = at + line.length
      }
      at += line.length
    }
    yield Buffer.from(decoder.decode(piece.subarray(start), { stream: true }))
  }
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

/** Bytes by whose zeros wide characters are known. */
const wideHeadBytes = 4_096

async function wideEncodingOf(chunks: AsyncIterable<Buffer>): Promise<string | null> {
  for await (const chunk of chunks) {
    if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) return 'utf-8'
    return wideEncoding(chunk.subarray(0, wideHeadBytes))
  }
  return null
}

/** This share of what the beginning of a text gives has to be what texts are made of. */
const plausibleWideShare = 0.9

/**
 * Pure: whether a text that begins so is in UTF-16, by its mark or by its zeros: they stand at every other place, and
 * leave a text that can be read.
 */
export function wideEncoding(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  let even = 0
  let odd = 0
  for (const [index, byte] of head.entries()) {
    if (byte !== 0) continue
    if (index % 2 === 0) even += 1
    else odd += 1
  }
  if (even + odd < 2 || Math.min(even, odd) > 0) return null
  const encoding = odd > 0 ? 'utf-16le' : 'utf-16be'
  const text = new TextDecoder(encoding).decode(head.subarray(0, head.length - (head.length % 2)))
  const everyday = everydayChinese('gb18030')
  const plausible = [...text].filter((sign) => /[\t\r\n -~]/.test(sign) || everyday.has(sign)).length
  return plausible >= [...text].length * plausibleWideShare ? encoding : null
}

async function isAllUtf8(chunks: AsyncIterable<Buffer>): Promise<boolean> {
  try {
    for await (const _ of requiringUtf8(chunks));
    return true
  } catch (error) {
    if (error instanceof NotUtf8) return false
    throw error
  }
}

/** The bytes are not UTF-8, as whoever reads them takes them to be. */
export class NotUtf8 extends Error {}

/** The same bytes; throws `NotUtf8` at the first ones that are not. */
export async function* requiringUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const whole = wholeCharacters(bytes)
    if (!isUtf8(bytes.subarray(0, whole))) throw new NotUtf8()
    rest = Buffer.from(bytes.subarray(whole))
    yield chunk
  }
  if (rest.length > 0) throw new NotUtf8()
}

/**
 * Whether a text that begins so is UTF-8 as far as can be seen, and no encoding of wide characters: worth reading as
 * such until it is shown not to be, which saves reading all of it once more.
 */
export function beginsAsUtf8(head: Buffer): boolean {
  return (
    wideEncoding(head.subarray(0, wideHeadBytes)) === null && isUtf8(head.subarray(0, wholeCharacters(head)))
  )
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

async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first = true
  for await (const chunk of chunks) {
    const marked = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf
    first = false
    yield marked ? chunk.subarray(3) : chunk
  }
}
