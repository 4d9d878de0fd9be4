import {
  mostRowConditions,
  type RowCondition,
  type RowFilter,
  rowOperatorsOf,
  rowsInWords,
  rowValuesOf,
} from '@tiaoli/kernel/row-filters'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnMapping, SnapshotReader } from './lake.types.ts'
import { isRowCondition, rowMatcherOf } from './row-match.ts'
import { ingest, temporaryLake } from './test-kit.ts'

const types = {
  id: 'integer',
  n: 'integer',
  x: 'decimal',
  t: 'text',
  c: 'division-code',
  d: 'date',
  o: 'time',
  b: 'boolean',
  at: 'instant',
} as const
const columns = Object.entries(types).map(
  ([field, type]): ColumnMapping => ({ source: field, field, type, required: field === 'id' }),
)
/** Values of which some stand in the rows, and some only beside them. */
const values = {
  id: ['0', '7', '+7', '40', '999'],
  n: ['0', '-3', '3', '+3', '15'],
  x: ['-1.5', '0', '1e0', '0.10', '2.25', '1e30'],
  t: ['福田区', '福田', '南山区', "it's", '100%', '_', '𠮷', '龍', '福田区 '],
  c: ['440304', '4403', '440305'],
  d: ['2024-01-31', '2024-02-01', '1999-12-31', '2030-01-01'],
  o: ['09:30', '09:30:00', '09:30:00.5', '09:30:00.50', '23:59:59'],
  b: ['true', 'false'],
  at: ['2026-01-01', '2026-01-01T00:00:00.123Z', '2026-01-01T00:00:00.124Z', '2026-01-01T08:00:00+08:00'],
} satisfies Record<keyof typeof types, string[]>
const kept = {
  n: ['0', '-3', '3', '15', ''],
  x: ['-1.5', '0', '1', '0.1', '2.25', ''],
  t: ['福田区', '福田', '南山区', "it's", '100%', '_', '𠮷', '龍', ''],
  c: ['440304', '4403', '440305', ''],
  d: ['2024-01-31', '2024-02-01', '1999-12-31', ''],
  o: ['09:30:00', '09:30:00.5', '23:59:59', ''],
  b: ['true', 'false', ''],
  // Kept to the microsecond and shown to the millisecond.
  at: ['2026-01-01T00:00:00.123456Z', '2026-01-01T00:00:00.123Z', '2026-01-01T00:00:00.124Z', ''],
}
const source = Array.from({ length: 97 }, (_, id) => ({
  id: String(id),
  ...Object.fromEntries(
    Object.entries(kept).map(([field, list], at) => [field, list[(id * (at + 3) + at) % list.length]!]),
  ),
})) as Record<string, string>[]

let lake: Awaited<ReturnType<typeof temporaryLake>>
let reader: SnapshotReader
beforeAll(async () => {
  lake = await temporaryLake()
  const fields = columns.map(({ field }) => field)
  const lines = source.map((row) => fields.map((field) => row[field]).join(','))
  reader = (await ingest(lake, [fields.join(','), ...lines].join('\n'), { columns, keyFields: ['id'] }))
    .reader
})
afterAll(() => lake.remove())

const conditions: fc.Arbitrary<RowCondition> = fc
  .constantFrom(...(Object.keys(types) as (keyof typeof types)[]))
  .chain((field) => {
    const type = types[field]
    return fc.constantFrom(...rowOperatorsOf(type)).chain((operator) => {
      const [least, most] = rowValuesOf(operator)
      return fc
        .array(fc.constantFrom(...values[field]), { minLength: least, maxLength: Math.min(most, 4) })
        .map((chosen) => ({ field, type, operator, values: chosen }))
    })
  })
const filters: fc.Arbitrary<RowFilter> = fc.array(conditions, { maxLength: 3 })

describe('the rows that a filter covers', () => {
  it('are the same whether the engine is asked or each row is looked at', async () => {
    const names = columns.map(({ field }) => field)
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        expect(filter.every(isRowCondition)).toBe(true)
        const { rows } = await reader.page({ fields: names, filters: filter, sort: [], limit: 100 })
        const matches = rowMatcherOf(filter)
        const found = source.map(({ id }) => reader.rowByKey([id!], names)!).filter(matches)
        expect(found).toEqual(rows)
      }),
      { numRuns: 120 },
    )
  })

  it('are none where a value is not of its type, but for those that ask whether there is any', () => {
    const odd = [
      ['integer', 'n', '3', 'drei'],
      ['date', 'd', '2024-01-31', '31.1.2024'],
      ['time', 'o', '09:30', 'halb zehn'],
      ['instant', 'at', '2026-01-01', 'gestern'],
      ['boolean', 'b', 'true', 'ja'],
    ] as const
    for (const [type, field, value, stands] of odd)
      for (const operator of rowOperatorsOf(type)) {
        const [least] = rowValuesOf(operator)
        const filter = [{ field, type, operator, values: Array(least).fill(value) }]
        expect([type, operator, rowMatcherOf(filter)({ [field]: stands })]).toEqual([
          type,
          operator,
          operator === 'notnull',
        ])
      }
  })

  it('are not told by an operator, a number of values or a value that does not fit', () => {
    const wrong: readonly RowCondition[] = [
      { field: 't', type: 'text', operator: 'lt', values: ['a'] },
      { field: 'at', type: 'instant', operator: 'lte', values: ['2026-01-01'] },
      { field: 'n', type: 'integer', operator: 'eq', values: [] },
      { field: 'n', type: 'integer', operator: 'between', values: ['1'] },
      { field: 'n', type: 'integer', operator: 'eq', values: ['1.5'] },
      { field: 'd', type: 'date', operator: 'gte', values: ['2024-02-30'] },
      { field: 't', type: 'text', operator: 'isnull', values: ['a'] },
      { field: 't', type: 'constructor', operator: 'eq', values: ['a'] },
      { field: 't', type: 'text', operator: 'in', values: Array(51).fill('a') },
    ]
    expect(wrong.filter(isRowCondition)).toEqual([])
    expect(mostRowConditions).toBe(8)
  })
})

it('says in words which rows', () => {
  expect(
    rowsInWords([
      { field: '行政区划', type: 'text', operator: 'eq', values: ['福田区'] },
      { field: '登记日期', type: 'date', operator: 'gte', values: ['2024-01-01'] },
    ]),
  ).toEqual({
    zh: '行政区划 为 福田区，且 登记日期 不早于 2024-01-01',
    en: '行政区划 is 福田区, and 登记日期 is not before 2024-01-01',
  })
})
