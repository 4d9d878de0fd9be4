import { SaxesParser } from 'saxes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evilTitle, leaked, openPublicCity, type PublicCity } from './public-city.ts'
import { readRdf, statements, violations } from './rdf.ts'

let city: PublicCity
beforeAll(async () => {
  city = await openPublicCity()
})
afterAll(() => city.close())

const dcat = 'http://www.w3.org/ns/dcat#'
const get = (path: string, accept?: string) =>
  city.visitor.get(path, accept === undefined ? undefined : { accept })
const quadsOf = async (path: string, accept?: string) => {
  const answer = await get(path, accept)
  expect(answer.status, answer.text).toBe(200)
  expect(answer.text).not.toContain(leaked)
  return readRdf(String(answer.headers['content-type']), answer.text)
}

/** The elements of an XML answer with their own text, read by a parser that takes nothing malformed. */
async function xml(path: string): Promise<{ name: string; text: string }[]> {
  const { status, text } = await get(path)
  expect(status).toBe(200)
  const elements: { name: string; text: string }[] = []
  const open: { name: string; text: string }[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => {
    const element = { name, text: '' }
    elements.push(element)
    open.push(element)
  })
  parser.on('text', (part) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += part
  })
  parser.on('closetag', () => void open.pop())
  parser.write(text).close()
  return elements
}

describe('DCAT', () => {
  it('has nothing of what is not published, and no page past the end', async () => {
    const { text } = await get('/catalog.ttl')
    expect(text).not.toContain(city.draft)
    expect(text).not.toContain('未发布的条目')
    for (const path of [`/dataset/${city.draft}`, `/dataset/${city.draft}.ttl`, '/catalog.ttl?page=2'])
      expect([(await get(path)).status, (await get(path)).body.code]).toEqual([404, 'not-found'])
    for (const path of ['/catalog.csv', `/dataset/${city.parking}.html`, '/dataset/none.ttl'])
      expect((await get(path)).status).toBe(404)
  })

  it('refuses absurd questions with what is wrong with them', async () => {
    for (const query of [
      'page=0',
      'page=-1',
      'page=9999999',
      'page=x',
      'modified_since=yesterday',
      'whole=maybe',
    ])
      expect([query, (await get(`/catalog.ttl?${query}`)).status]).toEqual([query, 400])
    const refused = await get('/catalog.ttl?fq=password:x')
    expect([refused.status, refused.body.code]).toEqual([400, 'bad-request'])
    expect(refused.body.condition.zh).toContain('undefined field password')
    expect(refused.body.article).toBeUndefined()
  })

  it('says the same in every form, and nothing that the official shapes of DCAT-AP object to', async () => {
    const turtle = await quadsOf('/catalog.ttl?whole=1')
    expect(await violations(turtle)).toEqual([])
    for (const form of ['n3', 'rdf', 'xml', 'jsonld'])
      expect(statements(await quadsOf(`/catalog.${form}?whole=1`))).toEqual(statements(turtle))
    const paged = await quadsOf('/catalog.ttl')
    expect(await violations(paged)).toEqual([])
    const hydra = paged.filter(({ predicate }) => predicate.value.startsWith('http://www.w3.org/ns/hydra/'))
    expect(hydra.map(({ predicate, object }) => [predicate.value.split('#')[1], object.value])).toEqual([
      ['totalItems', '4'],
      ['itemsPerPage', '100'],
      ...['firstPage', 'first', 'lastPage', 'last'].map((name) => [
        name,
        'https://data.city.invalid/catalog.ttl?page=1',
      ]),
    ])
    const entry = await quadsOf(`/dataset/${city.parking}.jsonld`)
    expect(await violations(entry)).toEqual([])
    expect(statements(turtle)).toEqual(expect.arrayContaining(statements(entry)))
  })

  it('offers files of what is open alone, and says how open the rest is', async () => {
    const quads = await quadsOf('/catalog.ttl')
    const files = quads.filter(({ predicate }) => predicate.value === `${dcat}downloadURL`)
    expect(new Set(files.map(({ subject }) => subject.value.split(/[/#]/)[4]))).toEqual(
      new Set([city.parking, city.evil]),
    )
    const rights = (id: string) =>
      quads
        .find(
          ({ subject, predicate }) => subject.value.endsWith(id) && predicate.value.endsWith('accessRights'),
        )!
        .object.value.split('/')
        .at(-1)
    expect([city.parking, city.onRequest, city.shut].map(rights)).toEqual([
      'PUBLIC',
      'RESTRICTED',
      'NON_PUBLIC',
    ])
    const csv = files.find(({ object }) => object.value.includes(`${city.parking}/download?format=csv`))!
    const file = await get(new URL(csv.object.value).pathname + new URL(csv.object.value).search)
    expect(file.status).toBe(200)
    expect(file.text).toContain('示例停车场7')
    expect(file.text).not.toContain('139000')
  })

  it('answers in the form that is asked for, and with the page to readers', async () => {
    for (const [accept, type] of [
      ['text/turtle', 'text/turtle; charset=utf-8'],
      ['application/rdf+xml;q=0.5, application/ld+json', 'application/ld+json; charset=utf-8'],
      ['*/*', 'text/turtle; charset=utf-8'],
      ['text/*;q=0.1, application/rdf+xml', 'application/rdf+xml; charset=utf-8'],
      [';;;,///, q=', 'text/turtle; charset=utf-8'],
    ] as const) {
      const answer = await get(`/dataset/${city.parking}`, accept)
      expect([accept, answer.status, answer.headers['content-type']]).toEqual([accept, 200, type])
      expect(answer.headers.vary).toBe('accept')
    }
    const page = await get(`/dataset/${city.parking}`, 'text/html,application/xhtml+xml,*/*;q=0.8')
    expect([page.status, page.headers.location]).toEqual([303, `/entries/${city.parking}`])
    const picture = await get('/catalog', 'image/png')
    expect([picture.status, picture.body.code]).toEqual([406, 'not-acceptable'])
  })

  it('gives what has changed since, and what a query finds', async () => {
    const listed = async (query: string) =>
      (await quadsOf(`/catalog.ttl?${query}`))
        .filter(({ predicate }) => predicate.value === `${dcat}dataset`)
        .map(({ object }) => object.value.split('/').at(-1))
    expect(await listed('modified_since=2023-03-02')).toEqual([])
    expect((await listed('modified_since=2023-03-01T00:00:00Z')).length).toBe(4)
    expect(await listed('fq=groups:transport')).toEqual([city.parking])
    expect(await listed(`q=${encodeURIComponent('停车场')}`)).toEqual([city.parking])
    expect(await listed(`q=${encodeURIComponent('停车场')}&fq=organization:civil`)).toEqual([])
  })
})

describe('Frictionless', () => {
  it('describes what is open, field by field, and refuses the rest with the article', async () => {
    const { status, body } = await get(`/dataset/${city.parking}/datapackage.json`)
    expect([status, body.name, body.title, body.profile]).toEqual([
      200,
      city.parking,
      '公共停车场信息',
      'data-package',
    ])
    const [resource, ...others] = body.resources
    expect([resource.profile, resource.encoding, resource.mediatype]).toEqual([
      'tabular-data-resource',
      'utf-8',
      'text/csv',
    ])
    expect(others.map(({ format, mediatype }: Record<string, string>) => [format, mediatype])).toEqual([
      ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      ['json', 'application/json'],
      ['ndjson', 'application/x-ndjson'],
      ['geojson', 'application/geo+json'],
      ['parquet', 'application/vnd.apache.parquet'],
    ])
    // Each file is made for whoever asks: its length and digest are not known, those of the snapshot are.
    const [live] = (await get(`/api/v1/entries/${city.parking}/snapshots`)).body.items
    expect(body.snapshot).toEqual({ id: live.id, number: 1, rows: live.rows, sha256: live.sha256 })
    for (const each of body.resources) expect(each).not.toHaveProperty('hash')
    expect(body.licenses).toEqual([
      {
        title: expect.stringContaining('数据来源'),
        path: expect.stringContaining(`/entries/${city.parking}`),
      },
    ])
    expect(
      resource.schema.fields.map((field: { name: string; type: string }) => [field.name, field.type]),
    ).toEqual([
      ['编号', 'string'],
      ['名称', 'string'],
      ['泊位数', 'integer'],
      ['启用日期', 'date'],
      ['经度', 'number'],
      ['纬度', 'number'],
    ])
    expect(resource.schema.primaryKey).toEqual(['编号'])
    const { pathname, search } = new URL(resource.path)
    const [head] = (await get(pathname + search)).text.replace('\ufeff', '').split('\r\n')
    expect(head).toBe('编号,名称,泊位数,启用日期,经度,纬度')
    const refused = await get(`/dataset/${city.onRequest}/datapackage.json`)
    expect([refused.status, refused.body.code, refused.body.article]).toEqual([
      403,
      'refused-by-law',
      'CQ-27.3',
    ])
    expect((await get(`/dataset/${city.draft}/datapackage.json`)).status).toBe(404)
  })
})

describe('what search engines and readers of feeds are given', () => {
  const dataOf = (html: string) =>
    JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)![1]!)
  const occurrences = (text: string, part: string) => text.split(part).length - 1

  it('an entry: its own head, in either language, as schema.org has it', async () => {
    const page = await get(`/entries/${city.parking}`)
    expect(page.status).toBe(200)
    expect(page.text).toContain('<title>公共停车场信息 · 条理</title>')
    expect(page.text).toContain(
      `<link rel="canonical" href="https://data.city.invalid/entries/${city.parking}"/>`,
    )
    expect(page.text).toContain('<html lang="zh-CN"')
    expect(dataOf(page.text)).toMatchObject({
      '@type': 'Dataset',
      name: '公共停车场信息',
      identifier: 'CQ-000001',
      isAccessibleForFree: true,
      creator: { name: '示例市场监督管理局' },
    })
    expect(dataOf(page.text).variableMeasured.map(({ name }: { name: string }) => name)).not.toContain(
      '联系电话',
    )
    expect(dataOf(page.text).distribution).toHaveLength(6)
    const english = await get(`/entries/${city.parking}?lang=en`)
    expect(english.text).toContain('<html lang="en"')
    expect(english.text).toContain(`href="https://data.city.invalid/entries/${city.parking}?lang=en"/>`)
    expect(dataOf((await get(`/entries/${city.onRequest}`)).text).distribution).toEqual([])
  })

  it('a title that is a script stays a title, wherever it is written', async () => {
    const page = await get(`/entries/${city.evil}`)
    expect(page.text).not.toContain('<script>alert')
    expect(occurrences(page.text, '<script')).toBe(occurrences((await get('/law')).text, '<script') + 1)
    expect(dataOf(page.text).name).toBe(evilTitle)
    const found = await get(`/search?q=${encodeURIComponent(`${evilTitle}$&$'`)}`)
    expect(found.text).not.toContain('<script>alert')
    expect(found.text).toContain('<meta name="robots" content="noindex, follow"/>')
    for (const path of ['/feeds/entries.atom', '/feeds/entries.rss', '/catalog.rdf'])
      expect((await get(path)).text).not.toContain('<script>')
    const titles = (await xml('/feeds/entries.rss')).filter(({ name }) => name === 'title')
    expect(titles.map(({ text }) => text)).toContain(evilTitle)
  })

  it('what is not for everybody is missing, drafts as much as what never was', async () => {
    const none = await get('/entries/01900000-0000-7000-8000-000000000000')
    const draft = await get(`/entries/${city.draft}`)
    expect([none.status, draft.status]).toEqual([404, 404])
    expect(draft.text).toBe(none.text)
    expect((await get('/entries/%00')).status).toBe(404)
    expect((await get('/law')).status).toBe(200)
  })

  it('the site maps have every published entry once, and no other', async () => {
    const maps = (await xml('/sitemap.xml')).filter(({ name }) => name === 'loc').map(({ text }) => text)
    expect(maps).toEqual([0, 1].map((number) => `https://data.city.invalid/sitemaps/${number}.xml`))
    const entries = (await xml('/sitemaps/1.xml'))
      .filter(({ name }) => name === 'loc')
      .map(({ text }) => text)
    expect(new Set(entries)).toEqual(
      new Set(
        [city.parking, city.evil, city.onRequest, city.shut].map(
          (id) => `https://data.city.invalid/entries/${id}`,
        ),
      ),
    )
    expect(entries).toHaveLength(4)
    for (const path of ['/sitemaps/2.xml', '/sitemaps/-1.xml', '/sitemaps/x.xml', '/sitemaps/100001.xml'])
      expect((await get(path)).status).toBe(404)
    expect((await get('/robots.txt')).text).toContain('Sitemap: https://data.city.invalid/sitemap.xml')
  })

  it('feeds follow an organisation or a theme, the newest first', async () => {
    const titles = async (query: string) =>
      (await xml(`/feeds/entries.atom?${query}`))
        .filter(({ name }) => name === 'title')
        .map(({ text }) => text)
    expect(await titles('theme=credit')).toEqual(['重庆市公共数据资源目录 · 信用服务', '企业处罚线索'])
    expect(await titles('organisation=civil&lang=en')).toEqual([
      'Chongqing: public data resource catalogue · civil',
      '企业处罚线索',
    ])
    expect(await titles('theme=none')).toEqual(['重庆市公共数据资源目录 · none'])
    expect((await get('/feeds/entries.atom?organisation=none')).status).toBe(404)
    expect((await get('/feeds/entries.json')).status).toBe(404)
  })
})
