import { creditCodeAlphabet, creditCodeCheck, isCreditCode } from '@tiaoli/kernel/identifiers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CellKind, kindBits, kindsIn, kindsOfCell, shapeOfByte } from './cell-kinds.ts'
import { joinedWatches, seenColumns } from './column-watch.ts'
import { CsvCleaner } from './csv-cleaner.ts'
import { stageBytes, temporaryLake } from './test-kit.ts'

const code = '91500000MA0000001B'
const other = '91500000MA00000081'

function watchOf(text: string, width: number, size = 1 << 16) {
  const bytes = Buffer.from(text)
  const cleaner = new CsvCleaner({ delimiter: ',', width, rowsToSkip: 1 })
  for (let at = 0; at < bytes.length; at += size) cleaner.push(bytes.subarray(at, at + size))
  cleaner.finish()
  return cleaner.watch.watched
}

/** What was seen of the columns, whatever the pieces. */
const seen = (text: string, width: number, size?: number) => seenColumns(watchOf(text, width, size))

function kindsOf(cell: string): CellKind[] {
  const bytes = Buffer.from(`<${cell}>`)
  const inner = bytes.subarray(1, -1)
  const shape = inner.reduce((sum, byte) => sum + shapeOfByte(byte), 0)
  const all = Object.values(kindBits).reduce((sum, bit) => sum | bit, 0)
  return kindsIn(kindsOfCell(shape, bytes, 1, bytes.length - 1, all))
}

describe('the kinds of a cell, by its bytes', () => {
  it.each([
    ['0', ['integer', 'decimal']],
    ['-0', ['decimal']],
    ['-5', ['integer', 'decimal']],
    ['999999999999999', ['integer', 'decimal']],
    ['9999999999999999', []],
    ['007', []],
    ['50', ['integer', 'decimal', 'division-code']],
    ['1.5', ['decimal']],
    ['-0.25', ['decimal']],
    ['0.12345678901234567', ['decimal']],
    ['0.123456789012345678', []],
    ['.5', []],
    ['5.', []],
    ['00.5', []],
    ['1.2.3', []],
    ['-', []],
    ['1-2', []],
    ['1e5', []],
    ['2024-02-29', ['date']],
    ['2023-02-29', []],
    ['1900-02-29', []],
    ['2023-04-31', []],
    ['2023-13-01', []],
    ['2023-00-10', []],
    ['0000-01-01', []],
    ['-023-01-01', []],
    ['2023-1-011', []],
    ['500101', ['integer', 'decimal', 'division-code']],
    ['500101001', ['integer', 'decimal', 'division-code']],
    ['00', []],
    ['990101', ['integer', 'decimal']],
    [code, ['credit-code']],
    [code.toLowerCase(), []],
    ['１', []],
  ] as [string, CellKind[]][])('%s: %j', (cell, kinds) => {
    expect(kindsOf(cell)).toEqual(kinds)
  })

  it('are judged of credit codes as in the kernel', () => {
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
    const judged = cells.map((cell) => kindsOf(cell).includes('credit-code'))
    expect(judged).toEqual(cells.map(isCreditCode))
    expect(judged.filter(Boolean).length).toBeGreaterThan(1_000)
  })

  it('are never said of a cell that the engine takes for something else', async () => {
    const nearly = fc.string({
      unit: fc.constantFrom(...'0123456789', '.', '-', '1', '2', '0', '5', ' ', '+', 'e'),
      minLength: 1,
      maxLength: 20,
    })
    const day = fc
      .tuple(
        fc.integer({ min: 0, max: 2_100 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
      )
      .map((parts) => parts.map((part, at) => String(part).padStart(at === 0 ? 4 : 2, '0')).join('-'))
    const cells = fc
      .sample(fc.oneof(nearly, day, fc.integer().map(String), fc.double({ noNaN: true }).map(String)), {
        numRuns: 6_000,
        seed: 11,
      })
      .map((cell) => cell.replaceAll('\n', ' '))
    const lake = await temporaryLake()
    try {
      for (const kind of ['integer', 'decimal', 'date', 'division-code'] as const) {
        const said = cells.filter((cell) => kindsOf(cell).includes(kind))
        expect(said.length).toBeGreaterThan(100)
        // In a file of JSON, whose bytes nobody watches, the engine judges them.
        const staged = await stageBytes(
          lake,
          said.map((cell) => JSON.stringify({ cell })).join('\n'),
          'a.ndjson',
        )
        const { tables } = await lake.profile(staged, { declared: { cell: kind } })
        expect(tables[0]!.columns[0]).toMatchObject({ type: kind, misfits: 0, nulls: 0 })
      }
    } finally {
      await lake.remove()
    }
  })
})

describe('columns seen while a file is read', () => {
  it.each([3, 50, 1 << 16])('are of the kinds that all of their cells are of, in pieces of %i', (size) => {
    const text = [
      'a,b,c,d,e',
      `${code},${code},,x,2026-01-31`,
      `"${other}","${other}",${code},12,"2026-02-01"`,
      `${other},${code.toLowerCase()},NA,3.5,`,
    ]
    expect(seen(text.join('\r\n'), 5, size)).toEqual([
      { values: 3, distinctAbout: 2, kinds: ['credit-code'] },
      { values: 3, distinctAbout: 3, kinds: [] },
      { values: 1, distinctAbout: 1, kinds: ['credit-code'] },
      { values: 3, distinctAbout: 3, kinds: [] },
      { values: 2, distinctAbout: 2, kinds: ['date'] },
    ])
  })

  it('have no values in rows that are refused', () => {
    expect(seen(`a,b\n${code},1\nragged\n${code},2\n`, 2)[0]).toEqual({
      values: 2,
      distinctAbout: 1,
      kinds: ['credit-code'],
    })
    expect(seen(`a,b\n${code},1\n"${code} ",2\n`, 2)[0]!.kinds).toEqual([])
  })

  it('are the same whether read as a whole or in two parts', () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `${(index * 7) % 20_000},${index % 9}.50`)
    const head = 'a,b\n'
    const whole = watchOf(`${head}${rows.join('\n')}\n`, 2)
    const parts = [rows.slice(0, 13_000), rows.slice(13_000)].map((part) =>
      watchOf(`${head}${part.join('\n')}\n`, 2),
    )
    expect(seenColumns(joinedWatches(parts[0]!, parts[1]!))).toEqual(seenColumns(whole))
    const [first, second] = seenColumns(whole)
    expect(Math.abs(first!.distinctAbout / 20_000 - 1)).toBeLessThan(0.05)
    expect(second).toEqual({ values: 30_000, distinctAbout: 9, kinds: ['decimal'] })
  })

  it('tell the same of a file as the engine does of its rows in JSON', async () => {
    const cells = {
      number: fc.constantFrom('1', '-2', '30', '4.5', '0'),
      year: fc.constantFrom('2024', '2025', 'NA', ''),
      day: fc.constantFrom('2024-02-29', '2025-01-01', '2025/1/1', ''),
      区划: fc.constantFrom('500101', '50', '500230', 'null'),
      编号: fc.constantFrom('500101', '007', '12'),
      name: fc.constantFrom('恒远', ' 嘉信', '12', '', 'N/A'),
      flag: fc.constantFrom('0', '1'),
    }
    const tables = fc.sample(fc.array(fc.record(cells), { minLength: 1, maxLength: 40 }), {
      numRuns: 12,
      seed: 3,
    })
    const lake = await temporaryLake()
    const told = async (bytes: string, name: string) => {
      const { tables } = await lake.profile(await stageBytes(lake, bytes, name), {})
      return tables[0]!.columns.map(({ source, type, nulls, misfits }) => ({ source, type, nulls, misfits }))
    }
    try {
      for (const rows of tables) {
        const lines = rows.map((row) => Object.values(row).join(','))
        const csv = `${Object.keys(cells).join(',')}\n${lines.join('\n')}\n`
        const json = rows.map((row) => JSON.stringify(row)).join('\n')
        expect(await told(csv, 'a.csv'), csv).toEqual(await told(json, 'a.ndjson'))
      }
    } finally {
      await lake.remove()
    }
  })

  it('are not gone by where the steward says that something else stands for no value', async () => {
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
