import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExportFormat, SnapshotReader } from './lake.types.ts'
import { hasSharedData, ingest, loadRequest, sharedData, stageBytes, temporaryLake } from './test-kit.ts'
import { tooLongForCell } from './xlsx-write.ts'

let lake: Awaited<ReturnType<typeof temporaryLake>>
beforeAll(async () => {
  lake = await temporaryLake()
})
afterAll(() => lake.remove())

const allRows = async (reader: SnapshotReader) => {
  const fields = reader.manifest.fields.map(({ field }) => field)
  return (await reader.page({ fields, filters: [], sort: [], limit: 10_000 })).rows
}

const table = [
  ['代码', '名称', '金额', '日期', '备注'],
  ['0012', '重庆市', '-1.50', '2024-01-05', '=1+1'],
  ['0013', '成都, "市"', '20000', '2024-02-29', ''],
  ['0014', '渝中区\n解放碑', '', '2024-12-31', 'NA'],
]
const expected = [
  { 代码: '0012', 名称: '重庆市', 金额: -1.5, 日期: '2024-01-05', 备注: '=1+1' },
  { 代码: '0013', 名称: '成都, "市"', 金额: 20000, 日期: '2024-02-29', 备注: null },
  { 代码: '0014', 名称: '渝中区\n解放碑', 金额: null, 日期: '2024-12-31', 备注: null },
]
const csv = (delimiter: string) =>
  table.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n')

describe('text files', () => {
  const encodings: Record<string, (value: string) => Buffer> = {
    'utf-8': (value) => Buffer.from(value),
    'utf-8 with mark': (value) => Buffer.from(`\ufeff${value}`),
    'utf-16le': (value) => Buffer.from(`\ufeff${value}`, 'utf16le'),
    'utf-8 in gzip': (value) => gzipSync(value),
  }
  for (const [name, encode] of Object.entries(encodings))
    it.each([',', ';', '\t', '|'])(`reads ${name} parted by %j`, async (delimiter) => {
      const { reader, profile } = await ingest(lake, encode(csv(delimiter)))
      expect(profile.delimiter).toBe(delimiter)
      expect(await allRows(reader)).toEqual(expected)
    })

  it('reads JSON lists, lists inside an object, and one object a line alike', async () => {
    const objects = table
      .slice(1)
      .map((cells) => Object.fromEntries(cells.map((cell, index) => [table[0]![index]!, cell])))
    const texts = [
      JSON.stringify(objects),
      JSON.stringify({ code: 0, meta: { data: [1] }, data: objects }),
      `{"total": 3, "rows": ${JSON.stringify(objects, null, 2)}}`,
      objects.map((value) => JSON.stringify(value)).join('\n'),
    ]
    for (const content of texts) expect(await allRows((await ingest(lake, content)).reader)).toEqual(expected)
  })

  it('keeps numbers of JSON that a double cannot hold, and finds columns that come late', async () => {
    const { reader } = await ingest(lake, '[{"id":500000190001010012345},{"id":"2","late":true}]')
    expect(await allRows(reader)).toEqual([
      { id: '500000190001010012345', late: null },
      { id: '2', late: true },
    ])
  })

  it('takes a header without rows as a table of none', async () => {
    const { reader, sealed } = await ingest(lake, 'a,b\n')
    expect(sealed.rows).toBe(0)
    expect(await reader.page({ fields: ['a'], filters: [], sort: [], limit: 10 })).toEqual({
      rows: [],
      nextCursor: null,
      total: 0,
    })
  })
})

describe('exports', () => {
  it.each<ExportFormat>(['csv', 'xlsx', 'json', 'ndjson', 'parquet'])(
    'come back the same from %s',
    async (format) => {
      const { reader } = await ingest(lake, csv(','))
      const fields = table[0]!.map((field) => ({ field, title: field }))
      const { stream, fileExtension } = await reader.export({ fields, filters: [], format })
      expect(fileExtension).toBe(format)
      const again = await ingest(lake, await buffer(stream))
      // The apostrophe that keeps a spreadsheet from running the cell stays in CSV.
      const safe = expected.map((row) =>
        format === 'csv' && row.备注 !== null ? { ...row, 备注: `'${row.备注}` } : row,
      )
      expect(await allRows(again.reader)).toEqual(safe)
    },
  )

  it('hold chosen fields and filtered rows only, changed on their way', async () => {
    const { reader } = await ingest(lake, csv(','))
    for (const format of ['ndjson', 'parquet'] as const) {
      const { stream } = await reader.export({
        fields: [
          { field: '名称', title: 'x' },
          { field: '日期', title: 'y' },
        ],
        filters: [{ field: '金额', operator: 'gt', values: ['0'] }],
        format,
        transform: (row) => ({ ...row, 名称: '***', 日期: 'hidden' }),
      })
      const again = await ingest(lake, await buffer(stream))
      const masked = { 名称: '***', 日期: format === 'parquet' ? null : 'hidden' }
      expect(await allRows(again.reader)).toEqual([masked])
    }
  })

  it('say in a sheet that a cell was too long for it, rather than give a part of it', async () => {
    const texts = ['长'.repeat(32_767), '长'.repeat(32_768)]
    const { reader } = await ingest(lake, `a,b\n1,${texts[0]}\n2,${texts[1]}\n`)
    const fields = ['a', 'b'].map((field) => ({ field, title: field }))
    const { stream } = await reader.export({ fields, filters: [], format: 'xlsx' })
    const again = await ingest(lake, await buffer(stream))
    expect((await allRows(again.reader)).map(({ b }) => b)).toEqual([texts[0], tooLongForCell])
  })

  it('write moments in the civil time of China for people, and as moments for machines', async () => {
    const { reader } = await ingest(lake, 'at\n2026-10-14 09:30:00\n2026-10-14T01:30:00Z\n')
    const query = { fields: [{ field: 'at', title: '时间' }], filters: [] }
    const sheet = (await buffer((await reader.export({ ...query, format: 'csv' })).stream)).toString()
    expect(sheet).toBe('\ufeff时间\r\n2026-10-14 09:30:00\r\n2026-10-14 09:30:00\r\n')
    expect(await allRows(reader)).toEqual([
      { at: '2026-10-14T01:30:00.000Z' },
      { at: '2026-10-14T01:30:00.000Z' },
    ])
  })
})

describe.skipIf(!hasSharedData)('real files', () => {
  const real = (name: string) => readFileSync(join(sharedData, name))

  it('gives equal rows for the same table in UTF-8 and GB18030', async () => {
    const utf8 = await ingest(lake, real('divisions-areas.csv'), { keyFields: ['code'] })
    const gb = await ingest(lake, real('divisions-areas-gb18030.csv'), { keyFields: ['code'] })
    expect(utf8.profile.encoding).toBe('utf-8')
    expect(gb.profile.encoding).toBe('gb18030')
    expect(gb.sealed.rows).toBe(2_978)
    expect(await allRows(gb.reader)).toEqual(await allRows(utf8.reader))
    expect(gb.reader.rowByKey(['500103'], ['name'])).toEqual({ name: '渝中区' })
  })

  it('reads measurements with NA for no value, and refuses the cells that are not as nearly all others', async () => {
    const staged = await stageBytes(lake, real('air-quality-beijing-dongsi.csv'))
    const profile = await lake.profile(staged)
    const types = Object.fromEntries(profile.tables[0]!.columns.map(({ source, type }) => [source, type]))
    expect(types).toMatchObject({ year: 'integer', TEMP: 'decimal', wd: 'text', station: 'text' })
    const declared = Object.fromEntries(
      Object.keys(types).map(
        (name) => [name, ['wd', 'station'].includes(name) ? 'text' : 'decimal'] as const,
      ),
    )
    const told = await lake.profile(staged, { declared })
    expect(told.tables[0]!.columns.every(({ misfits }) => misfits === 0)).toBe(true)
    const sealed = await lake.load(loadRequest(staged, told))
    expect([sealed.rows, sealed.refusedRows]).toEqual([35_064, 0])
  })

  it('takes codes of streets as text', async () => {
    const { profile, sealed } = await ingest(lake, real('divisions-streets.csv'), { keyFields: ['code'] })
    expect(profile.tables[0]!.columns[0]!.type).toBe('division-code')
    expect([sealed.rows, sealed.refusedRows]).toEqual([41_352, 0])
  })
})
