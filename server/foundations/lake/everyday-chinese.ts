/** What decoding a text in one encoding gives, in characters outside ASCII. */
export type EncodingTally = {
  readonly characters: number
  /** Could not be decoded. */
  readonly lost: number
  /** Everyday Chinese characters and their punctuation. */
  readonly everyday: number
}

/** Encodings of Chinese that are older than Unicode, the likelier first. */
export const chineseEncodings = ['gb18030', 'big5'] as const
export type ChineseEncoding = (typeof chineseEncodings)[number]

/** Leads of the two-byte characters that are in everyday use, and of punctuation. */
const everydayLeads: Readonly<Record<ChineseEncoding, readonly (readonly [number, number])[]>> = {
  // Symbols and the 3,755 characters of level 1 of GB 2312, which make up some 99 % of modern Chinese text.
  gb18030: [
    [0xa1, 0xa3],
    [0xb0, 0xd7],
  ],
  // Symbols and the 5,401 characters of level 1 of Big5.
  big5: [
    [0xa1, 0xa3],
    [0xa4, 0xc6],
  ],
}

/** The everyday characters of an encoding. */
export function everydayChinese(encoding: ChineseEncoding): ReadonlySet<string> {
  const decoder = new TextDecoder(encoding)
  const found = new Set<string>()
  for (const [first, last] of everydayLeads[encoding])
    for (let lead = first; lead <= last; lead += 1)
      for (let trail = encoding === 'big5' ? 0x40 : 0xa1; trail <= 0xfe; trail += 1) {
        const character = decoder.decode(Uint8Array.of(lead, trail))
        if (character.length === 1 && character !== '\ufffd') found.add(character)
      }
  return found
}

/** Counts what decoding the text as `encoding` gives; `chunks` are its bytes in their order. */
export async function tally(
  chunks: AsyncIterable<Buffer>,
  encoding: ChineseEncoding | 'utf-8',
): Promise<EncodingTally> {
  const everydayCharacters = everydayChinese(encoding === 'utf-8' ? 'gb18030' : encoding)
  const decoder = new TextDecoder(encoding)
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
