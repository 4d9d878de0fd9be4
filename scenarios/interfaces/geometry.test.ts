import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { OgcApiEndpoint } from '@camptocamp/ogc-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whyNoGdal } from '../../tools/gdal.ts'
import { bringIn, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const run = promisify(execFile)

let city: City
let base: string
/** Roads, pipes and stations: 60 lines, a park, a point, and one without a place. */
let network: string
/** Places by their degrees alone. */
let stations: string
let companies: string
let batch: Awaited<ReturnType<typeof bringIn>>
beforeAll(async () => {
  // Clients of the standard follow the links, so the city has to bear its own address.
  const port = await freePort()
  base = `http://127.0.0.1:${port}`
  city = await openCity('chongqing', { environment: { TIAOLI_PUBLIC_URL: base }, limitFactor: 10 })
  city.at('2023-03-01T02:00:00Z')
  const open = {
    sharing: unconditional,
    opening: unconditional,
    securityGrade: 'general-1',
    theme: 'transport',
  }
  const field = (name: string, type: string, more: object = {}) => ({
    name,
    type,
    meaning: '',
    sensitivity: 'public',
    ...more,
  })
  network = await publishEntry(city, {
    ...open,
    title: '公共设施线位',
    fields: [
      field('编号', 'text', { key: true, required: true }),
      field('名称', 'text'),
      field('范围', 'geometry', { meaning: 'CGCS2000' }),
      field('联系电话', 'phone', { sensitivity: 'personal' }),
    ],
  })
  stations = await publishEntry(city, {
    ...open,
    title: '监测站点',
    fields: [
      field('站点', 'text', { key: true, required: true }),
      field('经度', 'longitude'),
      field('纬度', 'latitude'),
    ],
  })
  companies = await publishEntry(city, open)
  batch = await bringIn(city, network, lines.join('\n'), '线位.csv')
  await bringIn(city, stations, '站点,经度,纬度\nA,106.5,29.5\nB,106.6,29.6\nC,,\n', '站点.csv')
  await bringIn(city, companies, companyFile([1, 2].map(syntheticCreditCode)))
  await city.house.app.listen({ port, host: '127.0.0.1' })
})
afterAll(() => city.close())

/** Line `n` runs from 106 + n/100 to the same a thousandth further east, at 29.5 to 29.6 degrees. */
const lines = [
  '编号,名称,范围,联系电话',
  ...Array.from({ length: 60 }, (_, n) => {
    const [from, to] = [106 + n / 100, 106.001 + n / 100].map((degrees) => degrees.toFixed(3))
    return `L${String(n).padStart(2, '0')},示例线路${n},"LINESTRING (${from} 29.5, ${to} 29.6)",13900000${String(n).padStart(3, '0')}`
  }),
  'P1,示例公园,"POLYGON ((107 30, 107.1 30, 107.1 30.1, 107 30.1, 107 30))",13900000901',
  'S1,示例站,"{""type"":""Point"",""coordinates"":[107.05,30.05]}",13900000902',
  'X1,示例未定位,,13900000903',
  'bad,示例未闭合,"POLYGON ((107 30, 107.1 30, 107.1 30.1, 107 30.1))",13900000904',
  '',
]

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

const rowsOf = (query: string, id = network) => city.visitor.get(`/api/v1/entries/${id}/rows?${query}`)
const where = (condition: string) => `where=${encodeURIComponent(condition)}`

describe('a geometry as a field', () => {
  it('is refused in forms that it cannot be had in, and says what is wrong with a cell', async () => {
    for (const condition of [
      '范围:eq:POINT (1 2)',
      '范围:within:1|2|3|x',
      '名称:within:1|2|3|4',
      '范围:contains:1',
    ])
      expect([condition, (await rowsOf(where(condition))).body.code]).toEqual([condition, 'bad-filter'])
    for (const path of [
      'download?format=geojson',
      `download?format=geojson&fields=${encodeURIComponent('编号')}`,
    ]) {
      const id = path.includes('fields') ? network : companies
      const refused = await city.visitor.get(`/api/v1/entries/${id}/${path}`)
      expect([refused.status, refused.body.code]).toEqual([400, 'bad-filter'])
      expect(refused.body.condition.zh).toContain('几何图形')
    }
    const background = await city.user.post(`/api/v1/entries/${companies}/exports`, { format: 'geojson' })
    expect([background.status, background.body.code]).toEqual([400, 'bad-filter'])
    const { refusals } = batch
    expect(refusals).toHaveLength(1)
    expect(refusals[0]).toMatchObject({ line: 65, column: '范围', cause: 'open-ring' })
  })

  it('is found by the box that it meets, and leaves with its rows in one spelling', async () => {
    const met = await rowsOf(
      `${where('范围:within:106.0005|29.5|106.01|29.55')}&fields=${encodeURIComponent('编号,范围')}`,
    )
    expect(met.body.rows).toEqual([
      { 编号: 'L00', 范围: '{"type":"LineString","coordinates":[[106,29.5],[106.001,29.6]]}' },
      { 编号: 'L01', 范围: '{"type":"LineString","coordinates":[[106.01,29.5],[106.011,29.6]]}' },
    ])
    expect((await rowsOf(`${where('经度,纬度:within:106.5|29|106.55|30')}`, stations)).body.total).toBe(1)
  })

  it('leaves as GeoJSON: what may be seen, a feature a row, whole or chosen, now or in the background', async () => {
    const file = await city.visitor.get(
      `/api/v1/entries/${network}/download?format=geojson&${where('范围:within:107.02|30.02|107.03|30.03')}`,
    )
    expect(file.headers['content-type']).toBe('application/geo+json')
    expect(JSON.parse(file.text)).toEqual({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          id: 'P1',
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [107, 30],
                [107.1, 30],
                [107.1, 30.1],
                [107, 30.1],
                [107, 30],
              ],
            ],
          },
          properties: { 编号: 'P1', 名称: '示例公园' },
        },
      ],
    })
    const points = await city.visitor.get(`/api/v1/entries/${stations}/download?format=geojson`)
    expect(JSON.parse(points.text).features.map(({ geometry }: { geometry: unknown }) => geometry)).toEqual([
      { type: 'Point', coordinates: [106.5, 29.5] },
      { type: 'Point', coordinates: [106.6, 29.6] },
      null,
    ])
    const asked = await city.user.post(`/api/v1/entries/${network}/exports`, { format: 'geojson' })
    expect(asked.status).toBe(202)
    await city.settle()
    const made = await city.user.get(`/api/v1/exports/${asked.body.id}/file`)
    expect(JSON.parse(made.text).features).toHaveLength(63)
    const described = await city.visitor.get(`/dataset/${network}/datapackage.json`)
    expect(described.body.resources[0].schema.fields[2]).toMatchObject({ name: '范围', type: 'geojson' })
  })
})

describe('OGC API – Features over geometries', () => {
  it('is read by a client of the standard, page by page, by box and one by one', async () => {
    const endpoint = new OgcApiEndpoint(`${base}/ogc`)
    expect((await endpoint.featureCollections).toSorted()).toEqual([network, stations].toSorted())
    const items = await endpoint.getCollectionItems(network, 100)
    expect(items).toHaveLength(63)
    expect(items.find(({ id }) => id === 'X1')!.geometry).toBeNull()
    const boxed = await city.visitor.get(`/ogc/collections/${network}/items?bbox=107.04,30.04,107.06,30.06`)
    expect(boxed.body.features.map(({ id }: { id: string }) => id)).toEqual(['P1', 'S1'])
    const one = await city.visitor.get(`/ogc/collections/${network}/items/S1`)
    expect(one.body).toMatchObject({
      id: 'S1',
      geometry: { type: 'Point', coordinates: [107.05, 30.05] },
      properties: { 名称: '示例站' },
    })
    expect(one.body.properties).not.toHaveProperty('联系电话')
    const first = await city.visitor.get('/ogc/collections?limit=1')
    expect(first.body.collections).toHaveLength(1)
    const next = first.body.links.find(({ rel }: { rel: string }) => rel === 'next')
    const second = await city.visitor.get(next.href.replace(base, ''))
    expect(second.body.collections).toHaveLength(1)
    expect(second.body.links.map(({ rel }: { rel: string }) => rel)).not.toContain('next')
  })

  const absent = whyNoGdal()
  it.skipIf(absent !== undefined)(`is read by GDAL${absent ? ` (${absent})` : ''}`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tiaoli-gdal-'))
    try {
      const told = await run('ogrinfo', ['-ro', '-so', `OAPIF:${base}/ogc`, network])
      expect(told.stdout).toContain('Feature Count: 63')
      const file = join(folder, 'all.geojson')
      // Pages of 25 make GDAL follow the links.
      await run('ogr2ogr', ['-oo', 'PAGE_SIZE=25', '-f', 'GeoJSON', file, `OAPIF:${base}/ogc`, network])
      const all = await run('ogrinfo', ['-ro', '-al', '-geom=SUMMARY', file])
      expect(all.stdout).toContain('Feature Count: 63')
      expect(all.stdout).toContain('Extent: (106.000000, 29.500000) - (107.100000, 30.100000)')
      const spat = ['-spat', '107.04', '30.04', '107.06', '30.06']
      const boxed = await run('ogrinfo', ['-ro', '-al', '-geom=NO', ...spat, `OAPIF:${base}/ogc`, network])
      expect([...boxed.stdout.matchAll(/编号 \(String\) = (\S+)/g)].map(([, id]) => id)).toEqual(['P1', 'S1'])
      // What is handed out as a file is read by it as well, and comes back as it went.
      const download = `/vsicurl_streaming/${base}/api/v1/entries/${network}/download?format=geojson`
      expect((await run('ogrinfo', ['-ro', '-so', '-al', download])).stdout).toContain('Feature Count: 63')
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
