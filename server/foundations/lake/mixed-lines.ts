import { isAscii, isUtf8 } from 'node:buffer'

const lineFeed = 0x0a
/** A line longer than this is not judged by itself. */
const longestJudged = 1 << 16

/** CJK punctuation, kana and the ideographs, which UTF-8 writes with three bytes each. */
const ideograph = /[\u3000-\u9fff]/

/**
 * Pure: whether a line of a file in an older encoding is in UTF-8. Letters of GBK that make two-byte signs of UTF-8 by
 * chance are common, ideographs are not.
 */
export const isLineInUtf8 = (line: Buffer): boolean =>
  line.length <= longestJudged && !isAscii(line) && isUtf8(line) && ideograph.test(line.toString('utf8'))

/** The text in pieces that end with a line; a line without end comes in pieces of what was read. */
export async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const end = data.lastIndexOf(lineFeed) + 1
    const given = end === 0 && data.length > longestJudged ? data.length : end
    if (given > 0) yield data.subarray(0, given)
    rest = data.subarray(given)
  }
  if (rest.length > 0) yield rest
}

/** The lines of a piece, each with its line feed. */
export function* linesOf(piece: Buffer): Generator<Buffer> {
  for (let start = 0; start < piece.length; ) {
    const at = piece.indexOf(lineFeed, start)
    const end = at < 0 ? piece.length : at + 1
    yield piece.subarray(start, end)
    start = end
  }
}

/** Lines of a text that hold more than ASCII: how many are in UTF-8, and how many in something else. */
export async function countLines(chunks: AsyncIterable<Buffer>): Promise<{ utf8: number; other: number }> {
  let utf8 = 0
  let other = 0
  for await (const piece of wholeLines(chunks))
    for (const line of linesOf(piece)) {
      if (isAscii(line)) continue
      if (isLineInUtf8(line)) utf8 += 1
      else other += 1
    }
  return { utf8, other }
}

/** The lines that are not in UTF-8. */
export async function* otherLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of wholeLines(chunks))
    for (const line of linesOf(piece)) if (!isLineInUtf8(line)) yield line
}
