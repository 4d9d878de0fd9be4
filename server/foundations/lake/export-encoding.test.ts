import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvIn } from './export-encoding.ts'

/** The bytes of a text, cut anywhere: also within a character. */
async function* cut(text: string, length: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

async function through(encoding: 'utf-8' | 'gb18030', text: string, length: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of csvIn(encoding, cut(text, length))) pieces.push(piece)
  return Buffer.concat(pieces)
}

it.each(['utf-8', 'gb18030'] as const)(
  'spells any text in %s, without the mark and whole',
  async (encoding) => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 7 }),
        async (text, length) => {
          fc.pre(!text.startsWith('\ufeff'))
          const bytes = await through(encoding, `\ufeff${text}`, length)
          expect(new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)).toBe(text)
        },
      ),
      { numRuns: 200 },
    )
  },
)

it('spells Chinese and what only four bytes hold as the standard has it', async () => {
  expect((await through('gb18030', '\ufeff编号,㐂𠮷\n', 3)).toString('hex')).toBe(
    'b1e0bac52c8139ef319534b2350a',
  )
})
