import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CsvCleaner } from './csv-cleaner.ts'
import { maxRowBytes } from './lake.limits.ts'

/** Cleans a text given in pieces of `size` bytes; a line break in a cell is shown as ⏎, the end of a cell as |. */
function clean(text: string | Buffer, options: { width: number; size?: number; rowsToSkip?: number }) {
  const { width, size = 1 << 16, rowsToSkip = 0 } = options
  const bytes = Buffer.from(text)
  const cleaner = new CsvCleaner({ delimiter: ',', width, rowsToSkip })
  let output = ''
  for (let at = 0; at < bytes.length; at += size)
    output += cleaner.push(bytes.subarray(at, at + size)).toString()
  output += cleaner.finish().toString()
  const shown = output.replaceAll('\x1f', '|').replaceAll('\x1e', '⏎')
  const rows = shown.split('\n').slice(0, -1)
  const refused = cleaner.takeRefused().map(({ line, cause }) => `${line} ${cause}`)
  return { rows, refused, kept: cleaner.rows, malformed: cleaner.malformed }
}

describe('cleaning CSV', () => {
  it('numbers rows by the line they begin on', () => {
    const { rows, refused } = clean('a,b\r\n"x\r\ny","q ""z"""\nragged\n\n1,2', { width: 2, rowsToSkip: 1 })
    expect(rows).toEqual(['2|x⏎y|q "z"', '6|1|2'])
    expect(refused).toEqual(['4 too-few-cells'])
  })

  it('takes all three line ends, and quotes inside a bare cell as they are', () => {
    expect(clean('1,2\r3,5" pipe\n4,"x" \r\n', { width: 2 }).rows).toEqual(['1|1|2', '2|3|5" pipe', '3|4|x'])
  })

  it('lets a quote that is never closed cost its own line only', () => {
    const { rows, refused } = clean('1,"never closed\n2,b\n3,c\n', { width: 2 })
    expect(rows).toEqual(['2|2|b', '3|3|c'])
    expect(refused).toEqual(['1 unclosed-quote'])
  })

  it.each([1, 2, 7, 1_000])(
    'refuses what was lost in lines of carriage returns too, in pieces of %i',
    (size) => {
      const lost = Buffer.from('1,a\r2,\ufffd\r3,c\r4,d')
      const { rows, refused } = clean(lost, { width: 2, size })
      expect(rows).toEqual(['1|1|a', '3|3|c', '4|4|d'])
      expect(refused).toEqual(['2 undecodable'])
    },
  )

  it('refuses rows with bytes that are no text', () => {
    const { rows, refused } = clean(Buffer.from('a,\xe9\nb,\0\nc,d\n', 'latin1'), { width: 2 })
    expect(rows).toEqual(['3|c|d'])
    expect(refused).toEqual(['1 undecodable', '2 undecodable'])
  })

  it('notices blanks around cells, in any script, and no others', () => {
    const hasBlanks = (cell: string) => {
      const cleaner = new CsvCleaner({ delimiter: ',', width: 2, rowsToSkip: 0 })
      cleaner.push(Buffer.from(`1,${cell}\n"${cell}",2`))
      cleaner.finish()
      return cleaner.outerBlanks
    }
    for (const cell of [' a', 'a ', '\ta', '\u3000重庆', '重庆\u3000', 'a\u00a0', '\u2003a'])
      expect(hasBlanks(cell)).toBe(true)
    for (const cell of ['a b', '重庆', '一', '、', '。', '\u4000', '\u0080', 'é', ''])
      expect(hasBlanks(cell)).toBe(false)
  })

  it('refuses a row that is too long, quoted or not, and goes on behind it', () => {
    const long = 'x'.repeat(3 * maxRowBytes)
    for (const cell of [long, `"${long}"`]) {
      const { rows, refused } = clean(`1,a\n2,${cell}\n3,c\n`, { width: 2 })
      expect(rows).toEqual(['1|1|a', '3|3|c'])
      expect(refused).toEqual(['2 too-long'])
    }
  })

  it('reads back what was written, however the bytes are cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '中', '"', ',', '\n', ' ', '1'), maxLength: 6 })
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 })
    const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, size) => {
        const text = rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
        const result = clean(text, { width: 3, size })
        const cells = result.rows.map((row) => row.replaceAll('⏎', '\n').split('|').slice(1))
        expect(cells).toEqual(rows)
        expect(result.refused).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same however the bytes are cut, also for text that is no CSV', () => {
    const noise = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' '), maxLength: 40 })
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 5 }), (text, size) => {
        expect(clean(text, { width: 2, size })).toEqual(clean(text, { width: 2 }))
      }),
      { numRuns: 500 },
    )
  })
})
