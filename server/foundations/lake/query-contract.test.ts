import { basename } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ColumnMapping, Filter, Lake, Row, RowQuery, SnapshotReader } from './lake.types.ts'
import { ingest, temporaryLake } from './test-kit.ts'
import { createTrinoClient } from './trino-client.ts'

/** A Trino that `npm run test:engine` has started over a folder; without it DuckDB alone is held to the contract. */
const trino = { url: process.env.TEST_TRINO_URL ?? '', folder: process.env.TEST_TRINO_FOLDER ?? '' }
const server = {
  url: trino.url || 'http://127.0.0.1:1',
  catalog: 'tiaoli',
  schema: 'lake',
  answerSeconds: 300,
}

const names = [
  'id',
  'n',
  '注册资本（万元）',
  'a?"b',
  'Day',
  'clock',
  'at',
  'PM2.5',
  'b',
  'code',
  'shape',
] as const
type Name = (typeof names)[number]
const types = [
  'integer',
  'integer',
  'decimal',
  'text',
  'date',
  'time',
  'instant',
  'decimal',
  'boolean',
  'division-code',
  'geometry',
] as const
const columns: ColumnMapping[] = names.map((field, at) => ({
  source: field,
  field,
  type: types[at]!,
  required: field === 'id',
}))

// 、 and the emoji stand in one order by their UTF-8 bytes and in the other by UTF-16.
const texts = [
  '重庆',
  '成都',
  "it's",
  '100%',
  '_',
  'a\\b',
  '🏙️',
  '﹫x',
  'Z',
  'z',
  '重庆市',
  "' or 1=1 --",
  'line\nbreak',
  '"?"',
]
const days = ['0800-01-02', '1899-12-31', '1986-05-04', '2024-02-29', '2026-11-22', '9999-12-31']
const clocks = ['00:00:00', '09:30:00', '09:30:00.5', '23:59:59.999999', '12:00:00.000001']
const moments = [
  '1986-05-03T15:59:59.000Z',
  '1986-05-04T15:30:00.000Z',
  '2025-12-31T16:00:00.000Z',
  '2026-01-01T00:00:00.250Z',
]
const numbers = [0, -1.5, 0.1, 1e-7, 123456789.123456, 1e21, -0.1, 3]
const every = <T>(list: readonly T[], id: number, hole: number): T | null =>
  id % hole === 0 ? null : list[id % list.length]!

const source = Array.from({ length: 240 }, (_, id) => ({
  id,
  n: every([1, 2, 999_999_999_999_999, -7], id, 5),
  '注册资本（万元）': every(numbers, id, 7),
  'a?"b': every(texts, id, 11),
  Day: every(days, id, 4),
  clock: every(clocks, id, 6),
  at: every(moments, id, 9),
  'PM2.5': id / 8,
  b: id % 3 === 0 ? null : id % 2 === 0,
  code: every(['500000', '500103', '510100'], id, 10),
  shape: id % 12 === 0 ? null : `{"type":"Point","coordinates":[${106 + (id % 8) / 4},29.5]}`,
}))
type Source = (typeof source)[number]

const cell = (value: Row[string]): string =>
  value === null || value === undefined ? '' : `"${String(value).replaceAll('"', '""')}"`
const csvOf = (rows: readonly Source[]): string =>
  [names.map(cell).join(','), ...rows.map((row) => names.map((name) => cell(row[name])).join(','))].join('\n')

const order = (left: Row[string], right: Row[string]): number =>
  typeof left === 'string' && typeof right === 'string'
    ? Buffer.compare(Buffer.from(left), Buffer.from(right))
    : Number(left) - Number(right)

/** Makes an engine look at all rows, which it is asked for nothing else. */
const all: Filter = { field: 'id', operator: 'notnull', values: [] }

describe.each([
  { engine: 'DuckDB', there: true },
  { engine: 'Trino', there: trino.url !== '' },
])('the query contract, by $engine', ({ engine, there }) => {
  describe.skipIf(!there)('over snapshots of one part and of several', () => {
    let lake: Lake & { folder: string; remove(): Promise<void> }
    let reader: SnapshotReader
    let changed: SnapshotReader
    let bare: readonly [SnapshotReader, SnapshotReader]
    /** What the rows are after some were changed and some taken away. */
    const after = source
      .filter(({ id }) => id % 60 !== 7)
      .map((row) => (row.id % 50 === 3 ? { ...row, n: 5, 'a?"b': '改' } : row))

    beforeAll(async () => {
      if (engine === 'DuckDB') lake = await temporaryLake()
      else {
        lake = await temporaryLake((folder) => {
          const location = `local:///${basename(folder)}/snapshots`
          return { engine: { ...server, location, leastRows: 0 } }
        }, trino.folder)
      }
      const first = await ingest(lake, csvOf(source.toReversed()), {
        columns,
        keyFields: ['id'],
        nulls: [''],
      })
      reader = first.reader
      const gone = source.filter(({ id }) => id % 60 === 7)
      const deleted = await ingest(lake, csvOf(gone), {
        columns,
        keyFields: ['id'],
        nulls: [''],
        onto: { snapshotId: first.sealed.snapshotId, mode: 'delete' },
      })
      const upserted = after.filter(({ id }) => id % 50 === 3)
      changed = (
        await ingest(lake, csvOf(upserted), {
          columns,
          keyFields: ['id'],
          nulls: [''],
          onto: { snapshotId: deleted.sealed.snapshotId, mode: 'upsert' },
        })
      ).reader
      const withoutKey = async (rows: readonly Source[]) =>
        (await ingest(lake, csvOf(rows), { columns, nulls: [''] })).reader
      bare = [await withoutKey(source), await withoutKey([...source.slice(5), source[9]!])]
    })
    afterAll(() => lake?.remove())

    const rowsOf = async (from: SnapshotReader, query: Omit<RowQuery, 'cursor'>): Promise<Row[]> => {
      const rows: Row[] = []
      let cursor: string | undefined
      do {
        const page = await from.page({ ...query, ...(cursor && { cursor }) })
        rows.push(...page.rows)
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      return rows
    }

    it('gives every value as it leaves the lake, in the order of the rows', async () => {
      const query = { fields: names, filters: [all], sort: [], limit: 100 }
      expect(await rowsOf(reader, query)).toEqual(source)
      const byId = await rowsOf(changed, { ...query, sort: [{ field: 'id', descending: false }] })
      expect(byId).toEqual(after)
      expect((await changed.page({ ...query, limit: 1 })).total).toBe(after.length)
    })

    it.each<Name>(['n', '注册资本（万元）', 'a?"b', 'Day', 'clock', 'at', 'b', 'code'])(
      'sorts by %s, values that are absent last, and pages through',
      async (field) => {
        for (const descending of [false, true]) {
          const sorted = source.toSorted((left, right) => {
            const [a, b] = [left[field] as Row[string], right[field] as Row[string]]
            if (a === b) return left.id - right.id
            if (a === null) return 1
            if (b === null) return -1
            return (descending ? -1 : 1) * order(a!, b!)
          })
          const query = { fields: ['id'], filters: [all], sort: [{ field, descending }], limit: 90 }
          expect((await rowsOf(reader, query)).map(({ id }) => id)).toEqual(sorted.map(({ id }) => id))
        }
      },
    )

    const [text, money] = ['a?"b', '注册资本（万元）'] as const
    it.each<[string, Filter[], (row: Source) => boolean]>([
      [
        'eq of a text',
        [{ field: text, operator: 'eq', values: ["' or 1=1 --"] }],
        (row) => row[text] === "' or 1=1 --",
      ],
      [
        'in of texts',
        [{ field: text, operator: 'in', values: texts.slice(5, 9) }],
        (row) => texts.slice(5, 9).includes(row[text]!),
      ],
      [
        'order of texts',
        [{ field: text, operator: 'gte', values: ['﹫'] }],
        (row) => row[text] !== null && order(row[text], '﹫') >= 0,
      ],
      [
        'prefix',
        [{ field: text, operator: 'prefix', values: ['重庆'] }],
        (row) => row[text]?.startsWith('重庆') ?? false,
      ],
      [
        'prefix of a wildcard',
        [{ field: text, operator: 'prefix', values: ['_'] }],
        (row) => row[text] === '_',
      ],
      [
        'contains a wildcard',
        [{ field: text, operator: 'contains', values: ['%'] }],
        (row) => row[text] === '100%',
      ],
      [
        'contains a line break',
        [{ field: text, operator: 'contains', values: ['e\nb'] }],
        (row) => row[text] === 'line\nbreak',
      ],
      [
        'contains nothing',
        [{ field: text, operator: 'contains', values: [''] }],
        (row) => row[text] !== null,
      ],
      [
        'large whole numbers',
        [{ field: 'n', operator: 'eq', values: ['999999999999999'] }],
        (row) => row.n === 999_999_999_999_999,
      ],
      [
        'ne, which absent values do not meet',
        [{ field: 'n', operator: 'ne', values: ['1'] }],
        (row) => row.n !== null && row.n !== 1,
      ],
      [
        'a decimal fraction',
        [{ field: money, operator: 'eq', values: ['0.1'] }],
        (row) => row[money] === 0.1,
      ],
      ['a great number', [{ field: money, operator: 'lt', values: ['+1e99'] }], (row) => row[money] !== null],
      [
        'between dates',
        [{ field: 'Day', operator: 'between', values: ['1899-12-31', '2024-02-29'] }],
        (row) => row.Day !== null && row.Day >= '1899-12-31' && row.Day <= '2024-02-29',
      ],
      [
        'a time of day',
        [{ field: 'clock', operator: 'eq', values: ['09:30'] }],
        (row) => row.clock === '09:30:00',
      ],
      [
        'after a time with a fraction',
        [{ field: 'clock', operator: 'gt', values: ['09:30:00.25'] }],
        (row) => row.clock !== null && row.clock > '09:30:00.25',
      ],
      [
        'a moment with an offset',
        [{ field: 'at', operator: 'eq', values: ['2026-01-01T00:00:00+08:00'] }],
        (row) => row.at === '2025-12-31T16:00:00.000Z',
      ],
      [
        'from a civil day on',
        [{ field: 'at', operator: 'gte', values: ['2026-01-01'] }],
        (row) => row.at !== null && row.at >= '2025-12-31T16:00:00.000Z',
      ],
      ['a boolean', [{ field: 'b', operator: 'eq', values: ['true'] }], (row) => row.b === true],
      ['absent values', [{ field: 'b', operator: 'isnull', values: [] }], (row) => row.b === null],
      [
        'a box',
        [{ field: 'shape', operator: 'within', values: ['106.5', '29', '107', '30'] }],
        ({ id, shape }) => shape !== null && id % 8 >= 2 && id % 8 <= 4,
      ],
      [
        'several at once',
        [
          { field: 'n', operator: 'gt', values: ['0'] },
          { field: 'code', operator: 'prefix', values: ['5001'] },
        ],
        (row) => (row.n ?? 0) > 0 && row.code === '500103',
      ],
    ])('chooses and counts by %s', async (_, filters, meets) => {
      const page = await reader.page({ fields: ['id'], filters, sort: [], limit: 1_000 })
      const expected = source.filter(meets).map(({ id }) => ({ id }))
      expect(page).toEqual({ rows: expected, nextCursor: null, total: expected.length })
    })

    it('refuses the same before anything is asked, and a cursor of another query', async () => {
      const page = (query: Partial<RowQuery>) =>
        reader.page({ fields: ['id'], filters: [all], sort: [], limit: 5, ...query })
      await expect(page({ filters: [{ field: 'n', operator: 'eq', values: ['1;'] }] })).rejects.toMatchObject(
        { code: 'bad-filter' },
      )
      await expect(page({ filters: [{ field: '_n', operator: 'eq', values: ['1'] }] })).rejects.toMatchObject(
        { code: 'unknown-field' },
      )
      await expect(page({ fields: ['_n'] })).rejects.toMatchObject({ code: 'unknown-field' })
      const { nextCursor } = await page({})
      await expect(
        page({ cursor: nextCursor!, sort: [{ field: 'n', descending: true }] }),
      ).rejects.toMatchObject({ code: 'bad-cursor' })
    })

    it('groups, counts and sums, also without groups and by bins, months and values that are absent', async () => {
      const ask = { groupBy: [], measures: [{ operation: 'count' as const }], filters: [], limit: 100 }
      // Exact until the end: as fractions they would lose their last digits.
      const sum = Number(source.reduce((total, { n }) => total + BigInt(n ?? 0), 0n))
      const withN = source.filter(({ n }) => n !== null)
      expect(
        await reader.aggregate({
          ...ask,
          measures: [
            { operation: 'count' },
            { operation: 'count', field: 'n' },
            { operation: 'sum', field: 'n' },
            { operation: 'avg', field: 'n', as: 'mean' },
            { operation: 'min', field: 'clock' },
            { operation: 'max', field: 'at' },
            { operation: 'max', field: text, as: 'last' },
            { operation: 'min', field: money },
          ],
        }),
      ).toEqual([
        {
          count: source.length,
          count_n: withN.length,
          sum_n: sum,
          mean: sum / withN.length,
          min_clock: '00:00:00',
          max_at: '2026-01-01T00:00:00.250Z',
          last: '🏙️',
          [`min_${money}`]: -1.5,
        },
      ])
      const counted = (keyOf: (row: Source) => Row[string]) => {
        const counts = new Map<Row[string], number>()
        for (const row of source) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1)
        const known = [...counts].filter(([key]) => key !== null).toSorted(([a], [b]) => order(a!, b!))
        return [...known, ...[...counts].filter(([key]) => key === null)]
      }
      const groups = async (field: Name, more: object = {}) =>
        (await reader.aggregate({ ...ask, groupBy: [{ field, ...more }] })).map((row) => [
          row[field],
          row.count,
        ])
      expect(await groups(text)).toEqual(counted((row) => row[text]))
      expect(await groups('n')).toEqual(counted((row) => row.n))
      expect(await groups('clock')).toEqual(counted((row) => row.clock))
      expect(await groups('b')).toEqual([
        [false, counted((row) => row.b)[0]![1]],
        [true, counted((row) => row.b)[1]![1]],
        [null, 80],
      ])
      expect(await groups('PM2.5', { grain: 'bin', binWidth: 2.5 })).toEqual(
        counted((row) => Math.floor(row['PM2.5'] / 2.5) * 2.5),
      )
      expect(await groups('PM2.5', { grain: 'bin' })).toEqual(
        counted((row) => Math.floor(row['PM2.5'] / 2) * 2),
      )
      expect(await groups('at', { grain: 'day' })).toEqual(
        // Summer time began on 4 May 1986 in China: the second of them is past midnight by it.
        counted(
          (row) =>
            row.at &&
            {
              '1986-05-03': '1986-05-03',
              '1986-05-04': '1986-05-05',
              '2025-12-31': '2026-01-01',
              '2026-01-01': '2026-01-01',
            }[row.at.slice(0, 10)]!,
        ),
      )
      const recent = { filters: [{ field: 'Day', operator: 'gte' as const, values: ['1900-01-01'] }] }
      const months = await reader.aggregate({
        ...ask,
        ...recent,
        groupBy: [{ field: 'Day', grain: 'month' }],
      })
      expect(months.map(({ Day }) => Day)).toEqual(['1986-05', '2024-02', '2026-11', '9999-12'])
    })

    it('writes the same file', async () => {
      const fields = names.map((field) => ({ field, title: field }))
      const download = await changed.export({ fields, filters: [all], format: 'ndjson' })
      let written = ''
      for await (const piece of download.stream) written += String(piece)
      const rows = written
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Source)
      expect(rows.toSorted((left, right) => left.id - right.id)).toEqual(after)
    })

    it('tells how two snapshots differ, by key and by whole rows', async () => {
      const ids = ({ rows }: Awaited<ReturnType<Lake['diff']>>, kind: string) =>
        rows.flatMap((row) => (row.kind === kind ? [(row.after ?? row.before)!.id] : []))
      const query = { fields: ['id', 'n', text], compared: names, filters: [all], limit: 100 }
      const byKey = await lake.diff(reader.manifest.snapshotId, changed.manifest.snapshotId, query)
      expect({ ...byKey, rows: undefined }).toEqual({
        rows: undefined,
        nextCursor: null,
        added: 0,
        changed: 5,
        removed: 4,
      })
      expect(ids(byKey, 'changed').toSorted((a, b) => Number(a) - Number(b))).toEqual([3, 53, 103, 153, 203])
      expect(ids(byKey, 'removed')).toEqual([7, 67, 127, 187])
      expect(byKey.rows.find(({ after: now }) => now?.id === 53)).toEqual({
        kind: 'changed',
        before: { id: 53, n: source[53]!.n, [text]: source[53]![text] },
        after: { id: 53, n: 5, [text]: '改' },
      })
      const [earlier, later] = bare
      const whole = await lake.diff(earlier.manifest.snapshotId, later.manifest.snapshotId, query)
      expect(ids(whole, 'removed')).toEqual([0, 1, 2, 3, 4])
      expect(ids(whole, 'added')).toEqual([9])
      expect(whole.changed).toBe(0)
    })

    it.runIf(engine === 'Trino')('was answered by the engine, which forgets what is destroyed', async () => {
      const client = createTrinoClient(server)
      const { snapshotId } = reader.manifest
      const count = async (sql: string, value: string) => Number((await client.rows(sql, [value]))[0]!.n)
      const asked = `select cast(count(*) as double) as n from system.runtime.queries where source = 'tiaoli' and query like ?`
      expect(await count(asked, `select%${snapshotId}_rows%`)).toBeGreaterThan(5)
      const tables = `select cast(count(*) as double) as n from tiaoli.information_schema.tables where table_name like ?`
      expect(await count(tables, `${snapshotId}%`)).toBe(1)
      await lake.removeSnapshot(snapshotId)
      expect(await count(tables, `${snapshotId}%`)).toBe(0)
    })

    it.runIf(engine === 'Trino')('takes any text as the text it is', async () => {
      const client = createTrinoClient(server)
      const any = fc.sample(fc.string({ unit: 'binary', maxLength: 30 }), { numRuns: 300, seed: 11 })
      const listed = any.map((_, at) => `? as t${at}`).join(', ')
      const [row] = await client.rows(`select ${listed}`, any)
      expect(any.map((_, at) => row![`t${at}`])).toEqual(any.map((text) => text.toWellFormed()))
    })
  })
})
