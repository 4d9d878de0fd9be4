import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LakeError } from './lake.errors.ts'
import type { ColumnMapping, Filter, Row, RowQuery, SnapshotReader } from './lake.types.ts'
import { ingest, temporaryLake } from './test-kit.ts'

const columns: ColumnMapping[] = [
  { source: 'id', field: 'id', type: 'integer', required: true },
  { source: 'n', field: 'n', type: 'integer', required: false },
  { source: 'x', field: 'x', type: 'decimal', required: false },
  { source: 't', field: 't', type: 'text', required: false },
  { source: 'd', field: 'd', type: 'date', required: false },
  { source: 'b', field: 'b', type: 'boolean', required: false },
  { source: 'at', field: 'at', type: 'instant', required: false },
]
const fields = columns.map(({ field }) => field)

/** Rows with many equal and many missing values; the same each time. */
const source = Array.from({ length: 211 }, (_, id) => ({
  id,
  n: id % 5 === 0 ? null : id % 7,
  x: id % 6 === 0 ? null : (id % 4) - 1.5,
  t: id % 11 === 0 ? null : ['重庆', '成都', "it's", '100%', '_', '重庆市'][id % 6]!,
  d: id % 4 === 0 ? null : `2024-0${1 + (id % 3)}-1${id % 5}`,
  b: id % 3 === 0 ? null : id % 2 === 0,
  at: id % 8 === 0 ? null : new Date(Date.UTC(2026, 0, 1, id % 13)).toISOString(),
}))

let lake: Awaited<ReturnType<typeof temporaryLake>>
let reader: SnapshotReader
let other: SnapshotReader
beforeAll(async () => {
  lake = await temporaryLake()
  const text = [
    fields.join(','),
    ...source.map((row) => fields.map((field) => row[field as 'id'] ?? '').join(',')),
  ]
  const content = text.toReversed().join('\n').split('\n')
  const csv = [content.at(-1), ...content.slice(0, -1)].join('\n')
  reader = (await ingest(lake, csv, { columns, keyFields: ['id'] })).reader
  other = (await ingest(lake, csv, { columns, keyFields: ['id'] })).reader
})
afterAll(() => lake.remove())

async function allPages(query: Omit<RowQuery, 'cursor'>): Promise<Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const page = await reader.page({ ...query, cursor })
    rows.push(...page.rows)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return rows
}

const order = (left: Row[string], right: Row[string]): number =>
  typeof left === 'string' && typeof right === 'string'
    ? Buffer.compare(Buffer.from(left), Buffer.from(right))
    : Number(left) - Number(right)

const sorts = fc.uniqueArray(
  fc.record({ field: fc.constantFrom(...fields.slice(1)), descending: fc.boolean() }),
  {
    maxLength: 3,
    selector: ({ field }) => field,
  },
)

describe('pages', () => {
  it('give each row once and in order, whatever they are sorted by and however long they are', async () => {
    await fc.assert(
      fc.asyncProperty(sorts, fc.integer({ min: 1, max: 100 }), async (sort, limit) => {
        const rows = await allPages({ fields, filters: [], sort, limit: Math.max(limit, 20) })
        const expected = source.toSorted((left, right) => {
          for (const { field, descending } of sort) {
            const [a, b] = [left[field as 'id'] as Row[string], right[field as 'id'] as Row[string]]
            if (a === b) continue
            if (a === null) return 1
            if (b === null) return -1
            return descending ? -order(a!, b!) : order(a!, b!)
          }
          return left.id - right.id
        })
        expect(rows).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })

  it('lose no row between moments that differ by less than is shown', async () => {
    const csv = ['at', ...[5, 1, 4, 2, 3].map((micro) => `2026-01-01 00:00:00.00000${micro}`)].join('\n')
    const { reader: fine } = await ingest(lake, csv)
    const sort = [{ field: 'at', descending: false }]
    const seen: number[] = []
    let cursor: string | undefined
    for (let count = 0; count < 5; count += 1) {
      const page = await fine.page({ fields: ['at'], filters: [], sort, limit: 1, cursor })
      seen.push(page.rows.length)
      cursor = page.nextCursor ?? undefined
    }
    expect(seen).toEqual([1, 1, 1, 1, 1])
    expect(cursor).toBeUndefined()
  })

  it('refuse a cursor of another snapshot, filter or order, and one that is garbled', async () => {
    const query = { fields, filters: [], sort: [{ field: 'n', descending: false }], limit: 5 }
    const cursor = (await reader.page(query)).nextCursor!
    const refused = { code: 'bad-cursor' }
    await expect(other.page({ ...query, cursor })).rejects.toMatchObject(refused)
    await expect(reader.page({ ...query, sort: [], cursor })).rejects.toMatchObject(refused)
    const filters: Filter[] = [{ field: 'n', operator: 'notnull', values: [] }]
    await expect(reader.page({ ...query, filters, cursor })).rejects.toMatchObject(refused)
    await expect(reader.page({ ...query, cursor: `${cursor.slice(0, -2)}!!` })).rejects.toMatchObject(refused)
  })
})

const holds = (
  value: Row[string],
  { operator, values }: Filter,
  typed: (text: string) => Row[string],
): boolean => {
  if (operator === 'isnull') return value === null
  if (value === null || value === undefined) return false
  const compare = (index: number) => order(value, typed(values[index]!))
  switch (operator) {
    case 'notnull':
      return true
    case 'eq':
      return compare(0) === 0
    case 'ne':
      return compare(0) !== 0
    case 'lt':
      return compare(0) < 0
    case 'lte':
      return compare(0) <= 0
    case 'gt':
      return compare(0) > 0
    case 'gte':
      return compare(0) >= 0
    case 'between':
      return compare(0) >= 0 && compare(1) <= 0
    case 'in':
      return values.some((_, index) => compare(index) === 0)
    case 'prefix':
      return String(value).startsWith(values[0]!)
    case 'within':
      throw new Error('no column here has a geometry')
    case 'contains':
      return String(value).includes(values[0]!)
  }
}

const number = (text: string) => Number(text)
const same = (text: string) => text
const texts = fc.constantFrom('重庆', '重', "it's", '%', '_', '', "' or 1=1 --")
const comparison = fc.constantFrom('eq', 'ne', 'lt', 'lte', 'gt', 'gte' as const)
const filterOf = (field: string, value: fc.Arbitrary<string>, operators = comparison) =>
  fc.oneof(
    fc.record({ field: fc.constant(field), operator: operators, values: fc.tuple(value) }),
    fc.record({
      field: fc.constant(field),
      operator: fc.constant('between' as const),
      values: fc.tuple(value, value),
    }),
    fc.record({
      field: fc.constant(field),
      operator: fc.constant('in' as const),
      values: fc.array(value, { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      field: fc.constant(field),
      operator: fc.constantFrom('isnull', 'notnull' as const),
      values: fc.constant([]),
    }),
  )
const filters = fc.array(
  fc.oneof(
    filterOf('n', fc.integer({ min: -1, max: 8 }).map(String)),
    filterOf('x', fc.constantFrom('-1.5', '0', '0.5', '1e0')),
    filterOf('t', texts),
    filterOf('d', fc.constantFrom('2024-01-12', '2024-02-11', '2024-03-01')),
    filterOf('at', fc.constantFrom('2026-01-01T05:00:00.000Z', '2026-01-01T13:00:00+08:00')),
    fc.record({
      field: fc.constant('t'),
      operator: fc.constantFrom('prefix', 'contains' as const),
      values: fc.tuple(texts),
    }),
  ),
  { maxLength: 3 },
)

describe('filters', () => {
  it('choose the rows that a plain reading of them chooses, and count them', async () => {
    const typed: Record<string, (text: string) => Row[string]> = {
      n: number,
      x: number,
      t: same,
      d: same,
      at: (text) => new Date(text).toISOString(),
    }
    await fc.assert(
      fc.asyncProperty(filters, async (asked) => {
        const expected = source.filter((row) =>
          asked.every((filter) =>
            holds(row[filter.field as 'id'] as Row[string], filter, typed[filter.field]!),
          ),
        )
        const page = await reader.page({ fields: ['id'], filters: asked, sort: [], limit: 1_000 })
        expect(page.rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
        expect(page.total).toBe(expected.length)
      }),
      { numRuns: 120 },
    )
  })

  it.each<[string, Filter, string]>([
    ['a field that is not there', { field: 'nope', operator: 'eq', values: ['1'] }, 'unknown-field'],
    ['the row number', { field: '_row', operator: 'eq', values: ['1'] }, 'unknown-field'],
    ['text for a number', { field: 'n', operator: 'eq', values: ['1; drop'] }, 'bad-filter'],
    ['a date that is none', { field: 'd', operator: 'lt', values: ['2024-02-30'] }, 'bad-filter'],
    ['a part of a number', { field: 'n', operator: 'contains', values: ['1'] }, 'bad-filter'],
    ['too few values', { field: 'n', operator: 'between', values: ['1'] }, 'bad-filter'],
    ['too many values', { field: 'n', operator: 'eq', values: ['1', '2'] }, 'bad-filter'],
    ['order of booleans', { field: 'b', operator: 'lt', values: ['true'] }, 'bad-filter'],
    ['an unknown operator', { field: 'n', operator: 'like' as 'eq', values: ['1'] }, 'bad-filter'],
    [
      'an operator of every object',
      { field: 'n', operator: 'constructor' as 'eq', values: ['1'] },
      'bad-filter',
    ],
  ])('refuse %s with the name of the field', async (_, filter, code) => {
    const page = reader.page({ fields: ['id'], filters: [filter], sort: [], limit: 10 })
    await expect(page).rejects.toMatchObject({ code, field: filter.field })
    await expect(page).rejects.toBeInstanceOf(LakeError)
  })
})

describe('look-ups by key', () => {
  it('find each row, and none that is not there', () => {
    for (const row of source) expect(reader.rowByKey([String(row.id)], fields)).toEqual(row)
    for (const key of ['-1', '211', '999999']) expect(reader.rowByKey([key], ['id'])).toBeNull()
    expect(() => reader.rowByKey(['x'], ['id'])).toThrow('bad-filter')
    expect(() => reader.rowByKey(['1', '2'], ['id'])).toThrow('bad-query')
  })

  it('find texts of any characters among many blocks', async () => {
    const key = fc.string({
      unit: fc.oneof(
        fc.constantFrom('"', '\\', '\t', '\n', 'u', '0', '1', 'f', '\x1b', '\x7f'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      ),
      minLength: 1,
      maxLength: 9,
    })
    // Rows with these are refused, or have their line ends made one.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
    const usable = key.filter((value) => !/[\0\x1c-\x1f\r\ufffd]/.test(value))
    const keys = [...new Set(fc.sample(usable, { numRuns: 3_000, seed: 7 }))]
    const csv = ['k,v', ...keys.map((value, index) => `"${value.replaceAll('"', '""')}",${index}`)].join('\n')
    const found = await ingest(lake, csv, {
      keyFields: ['k'],
      nulls: [],
      columns: [
        { source: 'k', field: 'k', type: 'text', required: true },
        { source: 'v', field: 'v', type: 'integer', required: true },
      ],
    })
    expect(found.sealed.rows).toBe(keys.length)
    for (const [index, value] of keys.entries())
      expect(found.reader.rowByKey([value], ['k', 'v'])).toEqual({ k: value, v: index })
  })
})

describe('aggregates', () => {
  it('count and sum by groups', async () => {
    const rows = await reader.aggregate({
      groupBy: [{ field: 'd', grain: 'month' }],
      measures: [{ operation: 'count' }, { operation: 'sum', field: 'n', as: 'total' }],
      filters: [{ field: 'd', operator: 'notnull', values: [] }],
      limit: 10,
    })
    const months = ['2024-01', '2024-02', '2024-03']
    expect(rows).toEqual(
      months.map((month) => {
        const inMonth = source.filter(({ d }) => d?.startsWith(month))
        return { d: month, count: inMonth.length, total: inMonth.reduce((sum, { n }) => sum + (n ?? 0), 0) }
      }),
    )
  })

  it('refuse what has no sense', async () => {
    const ask = (query: object) =>
      reader.aggregate({ groupBy: [], measures: [{ operation: 'count' }], filters: [], limit: 10, ...query })
    await expect(ask({ measures: [{ operation: 'sum', field: 't' }] })).rejects.toMatchObject({
      code: 'bad-query',
    })
    await expect(ask({ groupBy: [{ field: 't', grain: 'month' }] })).rejects.toMatchObject({
      code: 'bad-query',
    })
    await expect(ask({ groupBy: [{ field: 'nope' }] })).rejects.toMatchObject({ code: 'unknown-field' })
  })
})
