import { text as textOf } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ExportField } from './export-rows.ts'
import type { FieldType, Row, SnapshotReader } from './lake.types.ts'
import { ingest, temporaryLake } from './test-kit.ts'

/** What may stand in a cell of each kind, as a department would write it. */
const cells: Readonly<Partial<Record<FieldType, fc.Arbitrary<string>>>> = {
  text: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '"', ',', '\t', '\r', '\n', '\u0001', "'", '中'),
      maxLength: 6,
    }),
  ),
  integer: fc.maxSafeInteger().map((value) => String(value % 1e15)),
  decimal: fc.oneof(
    fc.integer({ min: -1e9, max: 1e9 }).map((value) => String(value / 100)),
    fc.constantFrom('0', '-0', '1.50', '0.0001', '123456789012345', '-7.25'),
  ),
  boolean: fc.constantFrom('true', 'false'),
  date: fc
    .date({ min: new Date('1850-01-01'), max: new Date('2150-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10)),
  time: fc.constantFrom('08:00', '23:59:59', '12:30:15.25'),
  instant: fc
    .date({ min: new Date('1985-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  phone: fc.constantFrom('13800000000', '+86 13900000000', '023-67000000'),
}
const types = Object.keys(cells) as FieldType[]
const fields: ExportField[] = types.map((type) => ({ field: type, title: type, type }))

let lake: Awaited<ReturnType<typeof temporaryLake>>
beforeAll(async () => {
  lake = await temporaryLake()
})
afterAll(() => lake.remove())

async function readerOver(rows: readonly Record<string, string | null>[]): Promise<SnapshotReader> {
  const columns = types.map((type) => ({ source: type, field: type, type, required: false }))
  const lines = rows.map((row) => JSON.stringify(row)).join('\n')
  return (await ingest(lake, lines, { columns, nulls: [] })).reader
}

it('writes of every value what csvText writes, to the letter', async () => {
  const row = fc.record(
    Object.fromEntries(types.map((type) => [type, fc.option(cells[type]!, { nil: null, freq: 6 })])),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), async (rows) => {
      const reader = await readerOver(rows)
      const query = {
        fields: fields.map(({ field, title }) => ({ field, title })),
        filters: [],
        format: 'csv' as const,
      }
      const written = await textOf((await reader.export(query)).stream)
      // A transformation that changes nothing makes the rows pass through the process.
      const passed = await textOf((await reader.export({ ...query, transform: (each: Row) => each })).stream)
      expect(written).toBe(passed)
    }),
    { numRuns: 12 },
  )
}, 120_000)
