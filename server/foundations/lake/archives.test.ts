import { gzipSync } from 'node:zlib'
import * as XLSX from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dbfOf, odsOf, shpOf, zipOf } from './test-files.ts'
import { ingest, loadRequest, mappingOf, stageBytes, temporaryLake } from './test-kit.ts'

let lake: Awaited<ReturnType<typeof temporaryLake>>
beforeAll(async () => {
  lake = await temporaryLake()
})
afterAll(() => lake.remove())

const profileOf = async (content: string | Uint8Array, options = {}) =>
  lake.profile(await stageBytes(lake, content), options)
const refusalOf = async (content: string | Uint8Array) =>
  profileOf(content).then(
    () => 'taken in',
    (error: { code?: string }) => error.code,
  )
/** The rows as they stand in each table of a file. */
const tablesOf = async (content: string | Uint8Array) =>
  Object.fromEntries(
    (await profileOf(content)).tables.map(({ name, columns, sampleRows }) => [
      name,
      [columns.map(({ source }) => source), ...sampleRows],
    ]),
  )

const row = (...cells: string[]) => `<table:table-row>${cells.join('')}</table:table-row>`
const words = (text: string) =>
  `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`
const people = row(words('编号'), words('数'))

describe('refused', () => {
  it.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    [
      'an archive in an archive',
      async () => zipOf({ 'a.zip': await zipOf({ 'a.csv': 'a,b\n1,2\n' }) }),
      'nested-archive',
    ],
    ['gzip in an archive', () => zipOf({ 'a.csv': gzipSync('a,b\n1,2\n') }), 'nested-archive'],
    ['an archive in gzip', async () => gzipSync(await zipOf({ 'a.csv': 'a,b\n' })), 'nested-archive'],
    ['gzip in gzip', () => gzipSync(gzipSync('a,b\n')), 'nested-archive'],
    ['an archive of nothing', () => zipOf({ 'empty/.DS_Store': 'x' }), 'empty-file'],
    [
      'an archive of pictures',
      () => zipOf({ 'a.png': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') }),
      'unsupported-format',
    ],
    [
      'an archive of very many files',
      () => zipOf(Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`${index}.csv`, 'a,b\n']))),
      'too-many-tables',
    ],
    [
      'an archive that grows without end',
      () => zipOf({ 'a.csv': Buffer.alloc(66 << 20, 'a,b\n') }),
      'zip-bomb',
    ],
    [
      'a sheet of one cell that stands for a thousand million',
      () =>
        odsOf({
          a: `<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1000" office:value-type="float" office:value="1"/></table:table-row>`,
        }),
      'zip-bomb',
    ],
    ['a spreadsheet cut off', async () => (await odsOf({ a: people })).subarray(0, -30), 'truncated'],
    ['a spreadsheet without a cell', () => odsOf({ a: row('<table:table-cell/>') }), 'empty-file'],
    [
      'a text document',
      () => {
        const container = XLSX.CFB.utils.cfb_new()
        XLSX.CFB.utils.cfb_add(container, '/WordDocument', Buffer.alloc(5_000))
        return XLSX.CFB.write(container, { type: 'buffer' }) as Buffer
      },
      'unsupported-format',
    ],
    [
      'a workbook with a password',
      () => {
        const container = XLSX.CFB.utils.cfb_new()
        XLSX.CFB.utils.cfb_add(container, '/EncryptedPackage', Buffer.alloc(5_000))
        return XLSX.CFB.write(container, { type: 'buffer' }) as Buffer
      },
      'encrypted',
    ],
    [
      'a shapefile with fewer attributes than shapes',
      () =>
        zipOf({
          'a.shp': shpOf([
            [1, 2],
            [3, 4],
          ]),
          'a.dbf': dbfOf([['NAME', 4]], [[Buffer.from('a')]]),
        }),
      'truncated',
    ],
    ['a shapefile without attributes', () => zipOf({ 'a.shp': shpOf([[1, 2]]) }), 'truncated'],
    [
      'attributes that announce more than there is',
      () => {
        const dbf = dbfOf([['NAME', 4]], [[Buffer.from('a')]])
        dbf.writeUInt32LE(4_000_000_000, 4)
        return zipOf({ 'a.shp': shpOf([[1, 2]]), 'a.dbf': dbf })
      },
      'truncated',
    ],
  ])('%s', async (_, content, code) => {
    expect(await refusalOf(await content())).toBe(code)
  })

  it('an archive with a password', async () => {
    const zip = await zipOf({ 'a.csv': 'a,b\n1,2\n' })
    // The marks of encryption in the local and the central head of its only file.
    for (const signature of ['PK\x03\x04', 'PK\x01\x02']) {
      const at = zip.indexOf(signature, 0, 'latin1')
      zip[at + (signature === 'PK\x03\x04' ? 6 : 8)]! |= 1
    }
    expect(await refusalOf(zip)).toBe('encrypted')
  })
})

it('takes every table of an archive as a candidate, says what is none, and loads the one that is chosen', async () => {
  const zip = await zipOf({
    '数据/一.csv': '代码,名称\n001,甲\n',
    '数据/二.json': '[{"a":1}]',
    '说明.pdf': '%PDF-1.7',
    '__MACOSX/._一.csv': 'x',
    '表.ods': await odsOf({ 甲: people + row(words('01'), words('2')), 乙: row(words('c'), words('d')) }),
  })
  const staged = await stageBytes(lake, zip)
  const profile = await lake.profile(staged)
  expect(profile.format).toBe('zip')
  expect(profile.tables.map(({ name }) => name)).toEqual([
    '数据/一.csv',
    '数据/二.json',
    '表.ods · 甲',
    '表.ods · 乙',
  ])
  expect(profile.leftOut).toEqual([{ name: '说明.pdf', code: 'unsupported-format' }])
  const request = { table: '表.ods · 甲', columns: mappingOf(profile, 2) }
  const sealed = await lake.load(loadRequest(staged, profile, request))
  const reader = await lake.reader(sealed.snapshotId)
  const page = await reader.page({ fields: ['编号', '数'], filters: [], sort: [], limit: 9 })
  expect(page.rows).toEqual([{ 编号: '01', 数: 2 }])
  await expect(lake.load(loadRequest(staged, profile, { table: 'x' }))).rejects.toMatchObject({
    code: 'sheet-missing',
  })
})

it('reads names that were written in GBK without saying so', async () => {
  const zip = await zipOf({ 'aaaa.csv': 'a,b\n1,2\n' })
  const name = Buffer.from([0xca, 0xfd, 0xbe, 0xdd]) // 数据
  for (let at = zip.indexOf('aaaa'); at >= 0; at = zip.indexOf('aaaa')) name.copy(zip, at)
  // yazl marks all names as UTF-8; the program that wrote these did not.
  for (const [signature, place] of [
    ['PK\x03\x04', 7],
    ['PK\x01\x02', 9],
  ] as const)
    zip[zip.indexOf(signature, 0, 'latin1') + place] = 0
  expect(Object.keys(await tablesOf(zip))).toEqual(['数据.csv'])
})

it('reads a spreadsheet of OpenDocument: values, repeats, comments, gaps and a million empty rows', async () => {
  const rows = [
    row(
      '<table:table-cell office:value-type="string" table:number-columns-spanned="3"><text:p>题目</text:p></table:table-cell>',
    ),
    row(...['代码', '日期', '时刻', '是否', '文字'].map(words)),
    row(
      '<table:table-cell office:value-type="float" office:value="12"><text:p>12.00</text:p></table:table-cell>',
      '<table:table-cell office:value-type="date" office:date-value="2026-10-14"><text:p>14/10</text:p></table:table-cell>',
      '<table:table-cell office:value-type="time" office:time-value="PT09H30M00S"><text:p>9:30</text:p></table:table-cell>',
      '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>',
      '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell>',
    ),
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
    `<table:table-row table:number-rows-repeated="2"><table:table-cell/>${words('x')}</table:table-row>`,
  ]
  expect(await tablesOf(await odsOf({ 表: rows.join('') }))).toEqual({
    表: [
      ['代码', '日期', '时刻', '是否', '文字'],
      ['12', '2026-10-14', '09:30:00', 'true', 'a  b\nc'],
      [null, 'x', null, null, null],
      [null, 'x', null, null, null],
    ],
  })
})

it.each(['biff8', 'biff5'] as const)('reads an old workbook (%s), every sheet a table', async (bookType) => {
  const book = XLSX.utils.book_new()
  const sheet = XLSX.utils.aoa_to_sheet(
    [
      ['code', 'day', 'yes', 'n'],
      ['001', new Date(Date.UTC(2026, 9, 14)), true, 0.1 + 0.2],
      ['002', null, false, 1500],
    ],
    { UTC: true } as XLSX.AOA2SheetOpts,
  )
  XLSX.utils.book_append_sheet(book, sheet, 'one')
  XLSX.utils.book_append_sheet(
    book,
    XLSX.utils.aoa_to_sheet([
      ['x', 'y'],
      [1, 2],
    ]),
    'two',
  )
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([]), 'none')
  const file = XLSX.write(book, { type: 'buffer', bookType, cellDates: true }) as Buffer
  expect(await tablesOf(file)).toEqual({
    one: [
      ['code', 'day', 'yes', 'n'],
      ['001', '2026-10-14', 'true', '0.30000000000000004'],
      ['002', null, 'false', '1500'],
    ],
    two: [
      ['x', 'y'],
      ['1', '2'],
    ],
  })
  expect(await refusalOf(file.subarray(0, 1_500))).toBe('truncated')
  expect((await profileOf(gzipSync(file))).format).toBe('xls')
})

describe('places', () => {
  const feature = (properties: object | null, geometry: object | null, id?: number) => ({
    type: 'Feature',
    ...(id === undefined ? {} : { id }),
    properties,
    geometry,
  })
  it('reads GeoJSON: properties and geometry as columns, a point by its degrees too', async () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    }
    const features = [
      feature({ 名称: '甲' }, { type: 'Point', coordinates: [106.5, 29.5] }, 7),
      feature({ 名称: '乙' }, line),
      feature(null, null),
    ]
    const { reader, profile } = await ingest(lake, JSON.stringify({ type: 'FeatureCollection', features }))
    expect(profile.format).toBe('geojson')
    const types = Object.fromEntries(profile.tables[0]!.columns.map(({ source, type }) => [source, type]))
    expect(types).toMatchObject({ longitude: 'longitude', latitude: 'latitude', geometry: 'geometry' })
    const fields = ['id', '名称', 'longitude', 'latitude', 'geometry']
    const { rows } = await reader.page({ fields, filters: [], sort: [], limit: 9 })
    expect(rows).toEqual([
      {
        id: '7',
        名称: '甲',
        longitude: 106.5,
        latitude: 29.5,
        geometry: '{"type":"Point","coordinates":[106.5,29.5]}',
      },
      { id: null, 名称: '乙', longitude: null, latitude: null, geometry: JSON.stringify(line) },
      { id: null, 名称: null, longitude: null, latitude: null, geometry: null },
    ])
    const lines = features.map((each) => JSON.stringify(each)).join('\n')
    expect((await profileOf(lines)).format).toBe('geojson')
  })

  it.each([
    ['says nothing of its encoding', {}],
    ['names it in a file beside it', { 'city/区.cpg': '936' }],
  ])('reads a shapefile with attributes in GBK that %s', async (_, more) => {
    const ming = Buffer.from([0xc3, 0xfb, 0xb3, 0xc6]) // 名称
    const yuzhong = Buffer.from([0xd3, 0xe5, 0xd6, 0xd0, 0xc7, 0xf8]) // 渝中区
    const dbf = dbfOf(
      [
        ['名称', 12],
        ['CODE', 6],
      ],
      [
        [yuzhong, Buffer.from('050103')],
        [yuzhong, Buffer.from('')],
      ],
      (name) => (name === '名称' ? ming : Buffer.from(name)),
    )
    const zip = await zipOf({
      'city/区.SHP': shpOf([[106.57, 29.55], null]),
      'city/区.dbf': dbf,
      'city/区.shx': 'x',
      ...more,
    })
    expect(await tablesOf(zip)).toEqual({
      'city/区.SHP': [
        ['名称', 'CODE', 'geometry', 'longitude', 'latitude'],
        ['渝中区', '050103', '{"type":"Point","coordinates":[106.57,29.55]}', '106.57', '29.55'],
        ['渝中区', null, null, null, null],
      ],
    })
  })
})
