import { creditCodeAlphabet, creditCodeCheck, isCreditCode } from '@tiaoli/kernel/identifiers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCreditCodeAt } from './credit-code-columns.ts'
import { CsvCleaner } from './csv-cleaner.ts'
import { stageBytes, temporaryLake } from './test-kit.ts'

const code = '91500000MA0000001B'
const other = '91500000MA00000081'

/** The columns of which nothing but codes was seen, whatever the pieces. */
function codeColumns(text: string, width: number, size: number) {
  const bytes = Buffer.from(text)
  const cleaner = new CsvCleaner({ delimiter: ',', width, rowsToSkip: 1 })
  for (let at = 0; at < bytes.length; at += size) cleaner.push(bytes.subarray(at, at + size))
  cleaner.finish()
  return [...cleaner.creditCodes.columns]
}

describe('credit codes seen while a file is read', () => {
  it('are judged as in the kernel', () => {
    const signs = fc.constantFrom(...creditCodeAlphabet, 'I', 'O', 'S', 'V', 'Z', 'a', ' ', '中')
    const near = fc
      .tuple(
        fc.array(fc.constantFrom(...creditCodeAlphabet), { minLength: 11, maxLength: 11 }),
        fc.nat(999_999),
      )
      .map(([letters, place]) => {
        const [first, second, ...rest] = letters
        const first17 = `${first}${second}${String(place).padStart(6, '0')}${rest.join('')}`
        return `${first17}${creditCodeCheck(first17)}`
      })
    const changed = fc
      .tuple(near, fc.nat(17), signs)
      .map(([text, place, sign]) => `${text.slice(0, place)}${sign}${text.slice(place + 1)}`)
    const cells = fc.sample(fc.oneof(near, changed, fc.string({ unit: signs, maxLength: 20 })), {
      numRuns: 5_000,
      seed: 7,
    })
    const judged = cells.map((cell) => {
      const bytes = Buffer.from(`<${cell}>`)
      return isCreditCodeAt(bytes, 1, bytes.length - 1)
    })
    expect(judged).toEqual(cells.map(isCreditCode))
    expect(judged.filter(Boolean).length).toBeGreaterThan(1_000)
  })

  it.each([3, 50, 1 << 16])('make a column known by all of its cells, in pieces of %i', (size) => {
    const text = [
      'a,b,c,d',
      `${code},${code},,x`,
      `"${other}","${other}",${code},y`,
      `${other},${code.toLowerCase()},,`,
    ]
    expect(codeColumns(text.join('\r\n'), 4, size)).toEqual([0, 2])
  })

  it('are not asked of rows that are refused', () => {
    expect(codeColumns(`a,b\n${code},1\nragged\n${code},2\n`, 2, 64)).toEqual([0])
    expect(codeColumns(`a,b\n${code},1\n"${code} ",2\n`, 2, 64)).toEqual([])
  })
  it('leave an empty cell a misfit where the steward says that it is a value', async () => {
    const lake = await temporaryLake()
    try {
      const staged = await stageBytes(lake, `a,b\n${code},1\n,2\n${other},3\n`)
      const declared = { a: 'credit-code' } as const
      const misfits = async (nulls: string[]) =>
        (await lake.profile(staged, { declared, nulls })).tables[0]!.columns[0]!.misfits
      expect(await misfits(['-'])).toBe(1)
      expect(await misfits(['', '-'])).toBe(0)
    } finally {
      await lake.remove()
    }
  })
})
