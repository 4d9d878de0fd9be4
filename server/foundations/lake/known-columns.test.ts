import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultNulls } from './index.ts'
import type { FieldStatistics } from './lake.types.ts'
import { loadRequest, stageBytes, temporaryLake } from './test-kit.ts'

let lake: Awaited<ReturnType<typeof temporaryLake>>
beforeAll(async () => {
  lake = await temporaryLake()
})
afterAll(() => lake.remove())

const codes = ['91500000MA0000001B', '91500000MA00000081', '']
const header = 'code,loose_code,division_code,phone,day,amount,text,spaced'
/** Spellings of one value that are different cells, cells without a value, and texts that look like neither. */
const row = (at: number, spaced: string) =>
  [
    codes[at % 3],
    at % 2 === 0 ? codes[0] : codes[0]!.toLowerCase(),
    ['500101', '500103', 'NA'][at % 3],
    ['13800138000', '+86 13800138000'][at % 2],
    ['2026-01-05', '2026/1/5', '2026年1月5日'][at % 3],
    ['1', '1.0', '1.00', '2e0'][at % 4],
    ['a', 'A', ' a', 'NULL', `line ${at % 7}`][at % 5],
    spaced,
  ].join(',')
const table = (rows: number, spaced: (at: number) => string) =>
  [header, ...Array.from({ length: rows }, (_, at) => row(at, spaced(at)))].join('\n')

/** All of it but how many different values there are, which is told roughly, and by each of the two in its own way. */
function expectSame(known: readonly FieldStatistics[], counted: readonly FieldStatistics[]): void {
  const exact = (fields: readonly FieldStatistics[]) => fields.map(({ distinctAbout: _, ...rest }) => rest)
  expect(exact(known)).toEqual(exact(counted))
  for (const [at, { distinctAbout }] of known.entries())
    expect(Math.abs(distinctAbout - counted[at]!.distinctAbout)).toBeLessThanOrEqual(
      Math.max(2, distinctAbout * 0.2),
    )
}

it.each<[string, string, number]>([
  ['plain cells', table(400, (at) => `text ${at % 9}`).replaceAll(', a,', ',a,'), 0],
  ['blanks around cells', table(400, (at) => ` ${at % 9} `), 0],
  ['rows that are refused', `${table(400, (at) => `text ${at}`)}\nnone,,,,never,,last,only here`, 1],
])('what was counted before a load is what is counted after it: %s', async (_, content, refused) => {
  const told = {
    ...loadRequest(await stageBytes(lake, content), await lake.profile(await stageBytes(lake, content))),
  }
  const counted = await lake.load(told)
  // The same bytes under a name of their own: of them nothing is known.
  const profiled = await stageBytes(lake, content)
  await lake.profile(profiled, { nulls: defaultNulls })
  const known = await lake.load({ ...told, staged: profiled })
  expectSame(known.fields, counted.fields)
  expect([known.rows, known.refusedRows, counted.refusedRows]).toEqual([400, refused, refused])
  const columns = told.columns.map((column) => ({ ...column, type: 'text' as const }))
  const asTexts = await lake.load({ ...told, staged: profiled, columns })
  const textsCounted = await lake.load({ ...told, columns })
  expectSame(asTexts.fields, textsCounted.fields)
  expect(asTexts.fields.find(({ field }) => field === 'amount')).toMatchObject({ distinctAbout: 4 })
})
