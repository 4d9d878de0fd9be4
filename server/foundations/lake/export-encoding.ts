import iconv from 'iconv-lite'
import type { CsvEncoding } from './lake.types.ts'

const byteOrderMark = '\ufeff'

/** A CSV file, written in UTF-8 with a byte-order mark, spelt in another way: without the mark, or in GB 18030. */
export async function* csvIn(
  encoding: Exclude<CsvEncoding, 'utf-8-bom'>,
  bytes: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<Uint8Array> {
  // The mark is no part of the text for the decoder that is used here: it would come through in the other encoding.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const encoder = iconv.getEncoder(encoding)
  let begun = false
  for await (const piece of bytes) {
    const text = typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true })
    if (text === '') continue
    const own = begun || !text.startsWith(byteOrderMark) ? text : text.slice(1)
    begun = true
    if (own !== '') yield encoder.write(own)
  }
  const rest = encoder.write(decoder.decode())
  const end = encoder.end()
  if (rest.length > 0) yield rest
  if (end !== undefined && end.length > 0) yield end
}
