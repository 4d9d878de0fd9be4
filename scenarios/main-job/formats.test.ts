import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { hasSharedData, sharedFile } from '../kit/shared-data.ts'

let city: City
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2026-09-28T01:00:00Z')
})
afterAll(() => city.close())

const divisionFields = [
  { name: 'code', type: 'text', sensitivity: 'public', key: true, required: true },
  { name: 'name', type: 'text', sensitivity: 'public' },
  { name: 'cityCode', type: 'text', sensitivity: 'public' },
  { name: 'provinceCode', type: 'text', sensitivity: 'public' },
]
const publishDivisions = (title: string) =>
  publishEntry(city, { title, fields: divisionFields, sharing: unconditional, opening: unconditional })

const rows = [
  ['010203', '甲县', '0102', '01'],
  ['110101', '东城区', '1101', '11'],
]
const header = ['code', 'name', 'cityCode', 'provinceCode']
const delimited = (mark: string) => [header, ...rows].map((row) => row.join(mark)).join('\r\n')
const objects = rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])))

const files: [string, string, Buffer][] = [
  ['CSV in UTF-8', 'a.csv', Buffer.from(delimited(','))],
  ['CSV in UTF-8 with BOM', 'a.csv', Buffer.from(`\uFEFF${delimited(',')}`)],
  ['semicolons', 'a.csv', Buffer.from(delimited(';'))],
  ['tabs', 'a.tsv', Buffer.from(delimited('\t'))],
  ['JSON', 'a.json', Buffer.from(JSON.stringify(objects))],
  ['NDJSON', 'a.ndjson', Buffer.from(objects.map((each) => JSON.stringify(each)).join('\n'))],
]

describe('files as they come', () => {
  it.each(files)('takes %s and keeps codes as text', async (title, name, bytes) => {
    const entryId = await publishDivisions(title)
    expect(await bringIn(city, entryId, bytes, name)).toMatchObject({
      state: 'live',
      rows: 2,
      refusedRows: 0,
    })
    const row = await city.visitor.get(`/api/v1/entries/${entryId}/rows/010203`)
    expect(row.body.row).toEqual(objects[0])
  })

  it('takes back the XLSX that it gave out', async () => {
    const from = await publishDivisions('来源')
    await bringIn(city, from, files[0]![2], 'a.csv')
    const response = await city.house.app.inject({ url: `/api/v1/entries/${from}/download?format=xlsx` })
    const to = await publishDivisions('去向')
    expect(await bringIn(city, to, response.rawPayload, 'a.xlsx')).toMatchObject({
      state: 'live',
      rows: 2,
      refusedRows: 0,
    })
    expect((await city.visitor.get(`/api/v1/entries/${to}/rows/010203`)).body.row).toEqual(objects[0])
  })

  it('shows the inferred schema with samples and waits to be accepted', async () => {
    const entryId = await publishDivisions('先看后收')
    const sent = await city.steward.upload(
      `/api/v1/entries/${entryId}/batches?filename=a.csv`,
      `${delimited(',')}\r\n120101,和平区,1201,12,多出一格`,
    )
    await city.settle()
    const batch = (await city.steward.get(`/api/v1/batches/${sent.body.id}`)).body
    expect(batch).toMatchObject({
      state: 'awaiting-acceptance',
      encoding: 'utf-8',
      delimiter: ',',
      acts: ['accept', 'cancel'],
    })
    expect(batch.tables[0]).toMatchObject({ malformedRows: 1, missingFields: [] })
    expect(batch.tables[0].columns[0]).toMatchObject({ source: 'code', type: 'text', field: 'code' })
    expect(batch.tables[0].sampleRows[0]).toEqual(rows[0])
    expect((await city.visitor.get(`/api/v1/entries/${entryId}/rows`)).body.code).toBe('no-snapshot')

    const wrong = await city.steward.post(`/api/v1/batches/${batch.id}/acts/accept`, {
      columns: [{ source: 'code', field: '没有的信息项' }],
    })
    expect(wrong.status).toBe(422)
    await city.steward.post(`/api/v1/batches/${batch.id}/acts/accept`, {
      columns: [
        { source: 'code', field: 'code' },
        { source: 'name', field: 'name' },
      ],
    })
    await city.settle()
    expect((await city.steward.get(`/api/v1/batches/${batch.id}`)).body).toMatchObject({
      state: 'live',
      rows: 2,
      refusedRows: 1,
    })
    expect((await city.steward.post(`/api/v1/batches/${batch.id}/acts/accept`)).status).toBe(409)
  })

  it('leaves nothing of a cancelled batch', async () => {
    const entryId = await publishDivisions('取消')
    const sent = await city.steward.upload(
      `/api/v1/entries/${entryId}/batches?filename=a.csv`,
      delimited(','),
    )
    await city.settle()
    expect((await city.steward.post(`/api/v1/batches/${sent.body.id}/acts/cancel`)).body.state).toBe(
      'cancelled',
    )
    await city.settle()
    expect((await city.steward.get(`/api/v1/entries/${entryId}/snapshots`)).body.items).toEqual([])
  })
})

describe.skipIf(!hasSharedData)('real files', () => {
  it('gives the same rows from the GB18030 file as from the UTF-8 file', async () => {
    const answers = await Promise.all(
      ['divisions-areas.csv', 'divisions-areas-gb18030.csv'].map(async (name) => {
        const entryId = await publishDivisions(name)
        return { entryId, batch: await bringIn(city, entryId, sharedFile(name), name) }
      }),
    )
    expect(answers.map(({ batch }) => [batch.state, batch.rows, batch.encoding])).toEqual([
      ['live', 2978, 'utf-8'],
      ['live', 2978, 'gb18030'],
    ])
    const [utf8, gb] = await Promise.all(
      answers.map(({ entryId }) => city.visitor.get(`/api/v1/entries/${entryId}/download?format=ndjson`)),
    )
    expect(gb!.text).toBe(utf8!.text)
  })

  it('takes hourly air quality with NA as no value', async () => {
    const names = [
      'No',
      'year',
      'month',
      'day',
      'hour',
      'PM2.5',
      'PM10',
      'SO2',
      'NO2',
      'CO',
      'O3',
      'TEMP',
      'PRES',
      'DEWP',
      'RAIN',
      'wd',
      'WSPM',
      'station',
    ]
    const fields = names.map((name) => ({
      name,
      type: ['wd', 'station'].includes(name)
        ? 'text'
        : ['No', 'year', 'month', 'day', 'hour'].includes(name)
          ? 'integer'
          : 'decimal',
      sensitivity: 'public',
      key: name === 'No',
      required: name === 'No',
    }))
    const entryId = await publishEntry(city, {
      title: '空气质量',
      theme: 'environment',
      fields,
      sharing: unconditional,
      opening: unconditional,
    })
    const batch = await bringIn(city, entryId, sharedFile('air-quality-beijing-dongsi.csv'), 'air.csv')
    expect(batch.failure).toBeNull()
    expect(batch).toMatchObject({ state: 'live', rows: 35064, refusedRows: 0 })
    const years = (
      await city.visitor.get(`/api/v1/entries/${entryId}/aggregate?group=year&measure=count,avg:PM2.5`)
    ).body.rows
    expect(years.map((row: { year: number }) => row.year).sort()).toEqual([2013, 2014, 2015, 2016, 2017])
    expect(years.reduce((sum: number, row: { count: number }) => sum + row.count, 0)).toBe(35064)
  })
})
