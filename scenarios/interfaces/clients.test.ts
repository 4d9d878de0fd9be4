import { OgcApiEndpoint } from '@camptocamp/ogc-client'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ckanClient } from './ckan-client.ts'
import { evilTitle, leaked, openPublicCity, type PublicCity, parkingRows } from './public-city.ts'

let city: PublicCity
let address: string
beforeAll(async () => {
  city = await openPublicCity({ limitFactor: 10 })
  address = await city.house.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => city.close())

const accesses = async (): Promise<number> => {
  const { records } = await city.house.ledger.find({ entryId: city.parking, limit: 200 })
  return records.filter(({ kind }) => kind.startsWith('access.')).length
}

describe('CKAN', () => {
  const ckan = (name: string, query: Record<string, string> = {}) =>
    city.visitor.get(`/api/3/action/${name}?${new URLSearchParams(query)}`)
  const failure = async (name: string, query: Record<string, string> = {}) => {
    const { status, body } = await ckan(name, query)
    expect(body.success).toBe(false)
    expect(body.help).toBe(`https://data.city.invalid/api/3/action/help_show?name=${name}`)
    return [status, body.error.__type]
  }

  it('says no in the words of CKAN', async () => {
    expect(await failure('package_show', { id: city.draft })).toEqual([404, 'Not Found Error'])
    expect(await failure('package_show', { id: 'none' })).toEqual([404, 'Not Found Error'])
    expect((await ckan('package_show')).body.error).toEqual({
      __type: 'Validation Error',
      id: ['Missing value'],
    })
    expect(await failure('package_search', { fq: 'password:x' })).toEqual([400, 'Search Query Error'])
    expect(await failure('package_search', { sort: 'password desc' })).toEqual([400, 'Search Query Error'])
    expect(await failure('package_search', { rows: '-1' })).toEqual([409, 'Validation Error'])
    const facets = JSON.stringify(Array.from({ length: 5_000 }, (_, n) => `f${n}`))
    const million = await city.visitor.post('/api/3/action/package_search', { 'facet.field': facets })
    expect([million.status, million.body.error.__type]).toEqual([409, 'Validation Error'])
    expect(await failure('datastore_search', { resource_id: `${city.draft}.csv` })).toEqual([
      404,
      'Not Found Error',
    ])
    for (const name of ['package_create', 'constructor', '__proto__']) {
      const unknown = await ckan(name)
      expect([unknown.status, unknown.body]).toEqual([400, `Bad request - Action name not known: ${name}`])
    }
    const broken = await city.visitor.send('POST', '/api/3/action/package_show', '{"id":', {
      'content-type': 'application/json',
    })
    expect([broken.status, broken.body]).toEqual([400, 'Bad request - JSON Error: Error decoding JSON data'])
    const refused = await ckan('datastore_search', { resource_id: `${city.onRequest}.csv` })
    expect([refused.status, refused.body.error.__type, refused.body.error.article]).toEqual([
      403,
      'Authorization Error',
      'CQ-27.3',
    ])
    expect(refused.text).not.toContain(leaked)
    const hidden = await ckan('datastore_search', { resource_id: city.parking, fields: '联系电话' })
    expect([hidden.status, hidden.body.error.__type]).toEqual([403, 'Authorization Error'])
  })

  it('searches by words, conditions, facets and order, and ends in an empty page', async () => {
    const search = async (query: Record<string, string>) => (await ckan('package_search', query)).body.result
    const ids = async (query: Record<string, string>) =>
      (await search(query)).results.map(({ id }: { id: string }) => id)
    expect(await ids({ q: '停车场' })).toEqual([city.parking])
    expect(await ids({ fq: 'groups:(transport OR credit)', sort: 'id asc' })).toEqual([
      city.parking,
      city.shut,
    ])
    expect(await ids({ q: '*:*', fq: '+organization:civil' })).toEqual([city.shut])
    expect(await ids({ fq: 'res_format:CSV', sort: 'id asc', rows: '1', start: '1' })).toEqual([city.evil])
    expect((await search({ q: '*:*', start: '4', rows: '100' })).results).toEqual([])
    const { count, facets, search_facets } = await search({
      rows: '0',
      'facet.field': '["organization","tags","nothing"]',
    })
    expect(count).toBe(4)
    expect(facets.organization).toEqual({ market: 3, civil: 1 })
    expect(facets.nothing).toEqual({})
    expect(search_facets.organization.items[0]).toEqual({
      name: 'market',
      display_name: '示例市场监督管理局',
      count: 3,
    })
  })

  it('shows datasets with what strict harvesters demand, and files of what is open alone', async () => {
    const { result } = (await ckan('package_show', { id: city.parking })).body
    expect(result).toMatchObject({
      id: city.parking,
      type: 'dataset',
      state: 'active',
      private: false,
      title: '公共停车场信息',
      organization: { id: 'market', name: 'market' },
      num_resources: 6,
    })
    expect(Object.keys(result.resources[0])).toEqual(
      expect.arrayContaining([
        'id',
        'position',
        'name',
        'description',
        'format',
        'mimetype',
        'size',
        'hash',
        'url',
      ]),
    )
    expect((await ckan('resource_show', { id: result.resources[0].id })).body.result).toEqual(
      result.resources[0],
    )
    expect((await ckan('package_show', { id: city.onRequest })).body.result.resources).toEqual([])
    expect((await ckan('package_show', { id: city.evil })).body.result.title).toBe(evilTitle)
    for (const [name, query, expected] of [
      ['organization_list', {}, ['civil', 'market']],
      ['tag_list', { query: '停' }, ['停车']],
      ['site_read', {}, true],
    ] as const)
      expect((await ckan(name, query)).body.result).toEqual(expected)
    expect((await ckan('organization_show', { id: 'market' })).body.result.package_count).toBe(3)
    expect((await ckan('group_show', { id: 'transport' })).body.result.title).toBe('交通出行')
    expect((await city.visitor.get('/api/3')).body).toEqual({ version: 3 })
    expect((await city.visitor.get('/api/util/status')).body.site_url).toBe('https://data.city.invalid')
    const form = await city.visitor.send('POST', '/api/action/package_show', `id=${city.parking}`, {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(form.body.result.id).toBe(city.parking)
  })

  it('gives rows by offset from a client of theirs, each row once, each read recorded', async () => {
    const client = ckanClient(address)
    const before = await accesses()
    const seen = new Set<string>()
    for (let offset = 0; offset < parkingRows; offset += 1_200) {
      const { result } = await client('datastore_search', { resource_id: city.parking, offset, limit: 1_200 })
      expect(result.total).toBe(parkingRows)
      for (const record of result.records) {
        expect(record).not.toHaveProperty('联系电话')
        seen.add(record['编号'])
      }
    }
    expect(seen.size).toBe(parkingRows)
    expect(await accesses()).toBeGreaterThan(before + 2)
    const far = await ckan('datastore_search', {
      resource_id: city.parking,
      offset: '2400',
      limit: '2',
      sort: '编号 desc',
    })
    expect(
      far.body.result.records.map((record: Record<string, unknown>) => [record._id, record['编号']]),
    ).toEqual([
      [2401, 'P00099'],
      [2402, 'P00098'],
    ])
    const filtered = await client('datastore_search', {
      resource_id: city.parking,
      filters: { 编号: ['P00001', 'P00002'] },
    })
    expect(filtered.result.records.map((record: Record<string, unknown>) => record['名称'])).toEqual([
      '示例停车场1',
      '示例停车场2',
    ])
  })
})

describe('OGC API – Features', () => {
  const items = (query: string, id = city.parking) =>
    city.visitor.get(`/ogc/collections/${id}/items?${query}`)

  it('has no collection of what is not open or has no place, and refuses malformed questions', async () => {
    for (const id of [city.draft, city.onRequest, city.evil, 'none'])
      expect((await items('', id)).status).toBe(404)
    for (const query of [
      'bbox=1,2,3',
      'bbox=a,b,c,d',
      'bbox=107,29,106,30',
      'datetime=yesterday',
      'limit=0',
      'f=html',
      'nothing=1',
    ])
      expect([query, (await items(query)).status]).toEqual([query, 400])
    expect((await items(`${encodeURIComponent('联系电话')}=1`)).status).toBe(400)
    expect((await items('cursor=x')).body.code).toBe('bad-cursor')
    expect((await city.visitor.get(`/ogc/collections/${city.parking}/items/P99999`)).status).toBe(404)
  })

  it('is read by a client of the standard', async () => {
    const served = await fetch(`${address}/ogc`)
    expect(served.headers.get('access-control-allow-origin')).toBe('*')
    // The public name leads to the server here, as its proxy would have it.
    const direct = globalThis.fetch
    vi.stubGlobal('fetch', (input: string | URL, init?: RequestInit) =>
      direct(String(input).replace('https://data.city.invalid', address), init),
    )
    const endpoint = new OgcApiEndpoint(`${address}/ogc`)
    expect((await endpoint.info).title).toBe('重庆市公共数据资源目录')
    expect(await endpoint.featureCollections).toEqual([city.parking])
    const features = await endpoint.getCollectionItems(city.parking, 3)
    expect(features.map(({ id }) => id)).toEqual(['P00000', 'P00001', 'P00002'])
    expect(features[1]!.geometry).toEqual({ type: 'Point', coordinates: [106.4001, 29.5001] })
    expect(features[1]!.properties).not.toHaveProperty('联系电话')
    vi.unstubAllGlobals()
  })

  it('filters by box, time and property, and is read to its end by its links', async () => {
    const box = await items('bbox=106.4,29.5,106.4010,29.6&limit=100')
    expect([box.body.numberMatched, box.body.numberReturned]).toEqual([11, 11])
    const spring = await items(
      'datetime=2022-02-01/2022-02-28T00:00:00Z&bbox=106.4,29.5,106.4017,29.6&limit=100',
    )
    expect(spring.body.features.map(({ id }: { id: string }) => id)).toEqual(['P00001', 'P00010'])
    expect(
      (await items(`${encodeURIComponent('名称')}=${encodeURIComponent('示例停车场5')}`)).body.features[0].id,
    ).toBe('P00005')
    const seen: string[] = []
    let path: string | undefined = `/ogc/collections/${city.parking}/items?limit=1000`
    while (path !== undefined) {
      const { body } = await city.visitor.get(path)
      seen.push(...body.features.map(({ id }: { id: string }) => id))
      const next = body.links.find(({ rel }: { rel: string }) => rel === 'next')
      path = next && new URL(next.href).pathname + new URL(next.href).search
    }
    expect([seen.length, new Set(seen).size]).toEqual([parkingRows, parkingRows])
    const last = await city.visitor.get(`/ogc/collections/${city.parking}/items/P02499`)
    expect([last.body.geometry, last.body.properties['名称']]).toEqual([null, '示例停车场2499'])
    expect(last.headers['tiaoli-record']).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('an assistant', () => {
  it('finds, looks, asks for rows and sums, and is told why not', async () => {
    const client = new Client({ name: 'scenario', version: '1' })
    await client.connect(new StreamableHTTPClientTransport(new URL(`${address}/mcp`)) as never)
    const call = async (name: string, args: object) => {
      const { content, isError } = await client.callTool({ name, arguments: { ...args } })
      const [{ text }] = content as [{ text: string }]
      return {
        isError: isError === true,
        text,
        said: isError === true && !text.startsWith('{') ? {} : JSON.parse(text),
      }
    }
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([
      'search_catalogue',
      'show_entry',
      'query_rows',
      'aggregate_rows',
    ])
    const found = await call('search_catalogue', { query: '停车场' })
    expect(found.said.entries.map(({ id }: { id: string }) => id)).toEqual([city.parking])
    const shown = await call('show_entry', { id: city.parking })
    expect(
      shown.said.fields
        .filter(({ open }: { open: boolean }) => !open)
        .map(({ name }: { name: string }) => name),
    ).toEqual(['联系电话'])

    const before = await accesses()
    const rows = await call('query_rows', {
      id: city.parking,
      filters: [{ field: '编号', operator: 'eq', values: ['P00007'] }],
    })
    expect(rows.said.rows[0]['名称']).toBe('示例停车场7')
    expect(rows.text).not.toContain('13900000')
    const sums = await call('aggregate_rows', {
      id: city.parking,
      groupBy: [{ field: '启用日期', grain: 'month' }],
    })
    expect(sums.said.rows).toHaveLength(9)
    expect(await accesses()).toBe(before + 2)

    const refused = await call('query_rows', { id: city.onRequest })
    expect([refused.isError, refused.said.article]).toEqual([true, 'CQ-27.3'])
    expect((await call('query_rows', { id: city.parking, fields: ['联系电话'] })).isError).toBe(true)
    expect((await call('show_entry', { id: city.draft })).said.problem).toBe('not-found')
    expect((await call('query_rows', { id: city.parking, limit: 100_000 })).isError).toBe(true)
    await client.close()
    expect((await city.visitor.get('/mcp')).status).toBe(405)
    const accept = 'application/json, text/event-stream'
    const malformed = await city.visitor.send('POST', '/mcp', {}, { accept })
    expect([malformed.status, malformed.body.jsonrpc]).toEqual([400, '2.0'])
  })
})
