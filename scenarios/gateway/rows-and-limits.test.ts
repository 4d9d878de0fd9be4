import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, conditional, publishEntry } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, request } from '../kit/requests.ts'

let city: City
let entryId: string
const names = ['编号', '名称', '行政区划', '登记日期', '金额', '联系人']
const inside = '园区企业'
const outside = '域外企业'

/** 20 rows, every other of them outside what is granted. */
const file = [
  names.join(','),
  ...Array.from({ length: 20 }, (_, at) => {
    const here = at % 2 === 0
    return `N${String(at).padStart(2, '0')},${here ? inside : outside}${at},${here ? '工业园区' : '姑苏区'},2023-01-${String(at + 1).padStart(2, '0')},${at * 10},示例人${at}`
  }),
  '',
].join('\n')

beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2023-03-06T01:00:00Z')
  const field = (name: string, type: string, sensitivity = 'internal') => ({
    name,
    type,
    meaning: name,
    sensitivity,
    key: name === '编号',
  })
  entryId = await publishEntry(city, {
    title: '企业补助情况',
    sharing: conditional,
    fields: [
      field('编号', 'text'),
      field('名称', 'text'),
      field('行政区划', 'text'),
      field('登记日期', 'date'),
      field('金额', 'decimal', 'personal'),
      field('联系人', 'text', 'personal'),
    ],
  })
  await bringIn(city, entryId, file, '补助.csv')
})
afterAll(() => city.close())

const district = { field: '行政区划', operator: 'eq', values: ['工业园区'] }
const conditionsInWords = '行政区划 为 工业园区，且 登记日期 不早于 2023-01-05'
const granted = ['编号', '名称', '金额']
const entryAt = () => `/api/v1/entries/${entryId}`
const get = (caller: Caller, path: string) => caller.get(encodeURI(`${entryAt()}${path}`))

const ask = (applicant: Caller, content: object = {}) =>
  request(city, applicant, entryId, { fields: granted, scenario: '核对补助情况', ...content })

describe('a grant of some rows', () => {
  it('is refused a filter that names no field, or asks it what it cannot answer', async () => {
    for (const rows of [
      [{ ...district, field: '户籍' }],
      [{ ...district, operator: 'like' }],
      [{ ...district, operator: 'gt' }],
      [{ ...district, values: [] }],
      [{ ...district, values: [' '] }],
      [{ ...district, values: ['字'.repeat(201)] }],
      [{ field: '登记日期', operator: 'gte', values: ['去年'] }],
      [{ field: '金额', operator: 'between', values: ['1'] }],
      Array(9).fill(district),
      district,
      '行政区划',
      [null],
    ]) {
      const filed = await ask(city.user, { rows })
      expect([JSON.stringify(rows).slice(0, 60), filed.status]).toEqual([
        JSON.stringify(rows).slice(0, 60),
        422,
      ])
      expect(filed.body.errors[0].path).toBe('rows')
    }
  })

  it('gives the rows that its decision settles, as they were asked for or closer, by every way out', async () => {
    const filed = await ask(city.user, { rows: [district] })
    expect(filed.status).toBe(201)
    expect(JSON.stringify(filed.body.opening)).toContain('行政区划 为 工业园区')
    // What nobody could tell of a row is settled by no officer either, and the case stands as it stood.
    for (const strange of [
      { ...district, field: '户籍' },
      { ...district, operator: 'gt' },
    ]) {
      const settled = await act(city, city.steward, filed.body, 'provide', { rows: [strange] })
      expect([settled.status, settled.body.code, settled.body.errors[0].path]).toEqual([
        422,
        'content-incomplete',
        'rows',
      ])
    }
    const rows = [district, { field: '登记日期', operator: 'gte', values: ['2023-01-05'] }]
    const decided = await act(city, city.steward, filed.body, 'provide', { rows })
    expect(decided.status).toBe(200)
    expect(JSON.stringify(decided.body.events)).toContain(
      '行政区划 为 工业园区，且 登记日期 不早于 2023-01-05',
    )

    const page = await get(city.user, '/rows?limit=50')
    expect(page.body.total).toBe(8)
    expect(page.body.rows.map((row: Record<string, unknown>) => row.编号)).toEqual([
      'N04',
      'N06',
      'N08',
      'N10',
      'N12',
      'N14',
      'N16',
      'N18',
    ])
    const paged: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await get(city.user, `/rows?limit=3&sort=-编号${cursor && `&cursor=${cursor}`}`)
      paged.push(...body.rows.map((row: Record<string, string>) => row.编号!))
      if (body.nextCursor === null) break
      cursor = body.nextCursor
    }
    expect(paged).toEqual(['N18', 'N16', 'N14', 'N12', 'N10', 'N08', 'N06', 'N04'])
    expect((await get(city.user, '/rows?where=编号:eq:N05')).body).toMatchObject({ rows: [], total: 0 })
    expect((await get(city.user, `/rows?where=名称:contains:${outside}`)).body.total).toBe(0)

    expect((await get(city.user, '/rows/N06')).body.row).toEqual({
      编号: 'N06',
      名称: `${inside}6`,
      金额: 60,
    })
    // A row outside and one that there is not are told apart by nothing.
    const [hidden, missing] = [await get(city.user, '/rows/N05'), await get(city.user, '/rows/N99')]
    const plain = ({ status, body }: typeof hidden) => ({ status, ...body, instance: '', recordId: '' })
    expect(plain(hidden)).toEqual(plain(missing))
    expect(hidden.status).toBe(404)
    const { body: receipt } = await city.user.get(`/api/v1/records/${hidden.body.recordId}/receipt`)
    expect(JSON.parse(receipt.record)).toMatchObject({
      kind: 'access.rows',
      payload: { act: 'row', rows: 0 },
    })

    const count = await get(city.user, '/aggregate?group=编号&measure=count')
    expect(count.body.rows.map((row: Record<string, unknown>) => row.编号).sort()).toEqual(paged.toSorted())
    const sum = await get(city.user, '/aggregate?group=&measure=count,sum:金额')
    expect(sum.body.rows).toEqual([{ count: 8, sum_金额: 880 }])
    for (const format of ['csv', 'json', 'ndjson']) {
      const { text } = await get(city.user, `/download?format=${format}`)
      expect(text.match(new RegExp(inside, 'g'))).toHaveLength(8)
      expect(text).not.toContain(outside)
    }
    const made = await city.user.post(`${entryAt()}/exports`, { format: 'csv' })
    await city.settle()
    const collected = await city.user.get(`/api/v1/exports/${made.body.id}/file`)
    expect(collected.text).toContain(inside)
    expect(collected.text).not.toContain(outside)
    // Whoever provides them has them all.
    expect((await get(city.steward, '/rows')).body.total).toBe(20)
  })

  it('tells rows by fields that are not given, and gives no way to ask for these', async () => {
    const { body } = await get(city.user, '/rows')
    expect(body.columns.map(({ name }: { name: string }) => name)).toEqual(granted)
    for (const path of [
      '/rows?fields=行政区划',
      '/rows?where=行政区划:eq:姑苏区',
      '/rows?sort=登记日期',
      '/aggregate?group=行政区划',
      '/rows/N06?fields=登记日期',
      '/download?where=登记日期:lt:2023-01-05',
    ]) {
      const { status, body: refusal } = await get(city.user, path)
      expect([path, status, refusal.article]).toEqual([path, 403, 'SZ-13.4-b'])
    }
  })

  it('says which rows on the grant, the page of the entry, and in the explanation of each access', async () => {
    const [grant] = (await city.user.get('/api/v1/grants')).body.items
    const conditions = [
      { ...district, type: 'text' },
      { field: '登记日期', type: 'date', operator: 'gte', values: ['2023-01-05'] },
    ]
    expect(grant.rows).toEqual(conditions)
    const plan = (await city.user.get(`${entryAt()}/access-plan`)).body
    expect(plan.now).toMatchObject({ basis: 'granted', rows: conditions, watermark: ['file', 'forms'] })

    for (const [path, rows, watermark] of [
      ['/rows?limit=2', '行政区划 为 工业园区，且 登记日期 不早于 2023-01-05', []],
      ['/rows/N06', '按主键的一行，限于 行政区划 为 工业园区，且 登记日期 不早于 2023-01-05', []],
    ] as const) {
      const { recordId } = (await get(city.user, path)).body
      const { decision } = (await city.user.get(`/api/v1/records/${recordId}/explanation`)).body
      expect(decision).toMatchObject({ granted: true, agrees: true, plan: { watermark } })
      expect(decision.plan.rows.zh).toBe(rows)
      const step = decision.steps.find(
        ({ condition }: { condition: string }) => condition === 'rows-determinable',
      )
      expect(step).toMatchObject({ met: true, article: null, facts: [{ value: { zh: conditionsInWords } }] })
    }
  })

  it('tells an outsider who names a field of what is open, and of no grant', async () => {
    const open = await publishEntry(city, {
      title: '开放的名录',
      opening: { type: 'unconditional', conditions: '', basis: null },
    })
    await bringIn(city, open, '统一社会信用代码,企业名称\n', '空.csv')
    for (const name of ['法定代表人', '没有的信息项']) {
      const { status, body } = await city.visitor.get(
        encodeURI(`/api/v1/entries/${open}/rows?fields=企业名称,${name}`),
      )
      expect([status, body.code]).toEqual([403, 'refused-by-law'])
      expect(body.condition.zh).toBe(`下列信息项没有开放：${name}。`)
      expect(body.condition.zh + body.remedy.zh).not.toContain('许可')
    }
  })
})

describe('a grant with limits', () => {
  it('is refused numbers that are none', async () => {
    const filed = await ask(city.other)
    for (const limits of [
      { rowsPerDay: 0 },
      { rowsPerDay: 1.5 },
      { rowsPerHour: 5 },
      { rowsPerDay: '5' },
      [5],
      5,
    ]) {
      const decided = await act(city, city.steward, filed.body, 'provide', { limits })
      expect([limits, decided.status, decided.body.errors?.[0].path]).toEqual([limits, 422, 'limits'])
    }
    const limits = { rowsPerRequest: 8, rowsPerDay: 20, requestsPerMinute: 4 }
    const decided = await act(city, city.steward, filed.body, 'provide', { limits })
    expect(decided.status).toBe(200)
    expect(JSON.stringify(decided.body.events)).toContain(
      '每次请求不超过 8 行，每日不超过 20 行，每分钟不超过 4 次请求',
    )
    const [grant] = (await city.other.get('/api/v1/grants')).body.items
    expect(grant).toMatchObject({ limits, takenToday: { rows: 0, requests: 0 } })
  })

  it('gives at most so many rows at once, and no file that is larger', async () => {
    const page = await get(city.other, '/rows?limit=50')
    expect(page.body.rows).toHaveLength(8)
    expect(page.body.nextCursor).not.toBeNull()
    expect(page.headers['ratelimit-policy']).toContain('"grant-requests";q=4;w=60, "grant-rows";q=20;w=86400')
    expect(page.headers.ratelimit).toMatch(/"grant-requests";r=3;t=\d+, "grant-rows";r=12;t=\d+/)
    const { status, body } = await get(city.other, '/download')
    expect([status, body.code, body.article]).toEqual([403, 'refused-by-platform', undefined])
    expect(body.condition.zh).toBe('使用许可每次请求不超过 8 行，本次需要 20 行（许可条件，非法定）。')
  })

  it('turns away whoever has used up a minute or a day, says what is left, and goes on when it has passed', async () => {
    // What was refused took nothing.
    expect((await get(city.other, '/rows/N01')).headers.ratelimit).toMatch(
      /"grant-requests";r=2;t=\d+, "grant-rows";r=11;/,
    )
    expect((await get(city.other, '/rows/N99')).status).toBe(404)
    const [grant] = (await city.other.get('/api/v1/grants')).body.items
    expect(grant.takenToday).toEqual({ rows: 9, requests: 3 })
    expect((await get(city.other, '/aggregate?group=&measure=count')).status).toBe(200)
    const tired = await get(city.other, '/rows?limit=1')
    expect([tired.status, tired.body.code, tired.body.article]).toEqual([429, 'too-many-requests', undefined])
    expect(tired.body.condition.zh).toContain('每分钟 4 次请求')
    expect(Number(tired.headers['retry-after'])).toBe(60)
    const { decision } = (await city.other.get(`/api/v1/records/${tired.body.recordId}/explanation`)).body
    expect(decision).toMatchObject({ granted: false, agrees: true })
    expect(decision.steps.find(({ met }: { met: boolean }) => !met)).toMatchObject({
      condition: 'within-limits',
      article: null,
    })

    city.at('2023-03-06T01:01:00Z')
    // Of the 20 of the day 8, 1 and the one line of the aggregate are gone.
    expect((await get(city.other, '/rows?limit=50')).body.rows).toHaveLength(8)
    const rest = await get(city.other, '/download?where=编号:in:N00|N01|N02')
    expect(rest.status).toBe(429)
    expect(rest.body.condition.zh).toContain('今日尚可取用 2 行，本次需要 3 行')
    expect((await get(city.other, '/rows?limit=50')).body.rows).toHaveLength(2)
    const spent = await get(city.other, '/rows?limit=1')
    expect([spent.status, Number(spent.headers['retry-after'])]).toEqual([429, (14 * 60 + 59) * 60])
    expect(spent.body.condition.zh).toContain('今日尚可取用 0 行')

    // The day is China's.
    city.at('2023-03-06T16:00:00Z')
    expect((await get(city.other, '/rows?limit=1')).status).toBe(200)
  })

  it('counts calls that come together one after the other', async () => {
    city.at('2023-03-07T16:00:00Z')
    const answers = await Promise.all(Array.from({ length: 12 }, () => get(city.other, '/rows?limit=8')))
    expect(answers.filter(({ status }) => status === 200).flatMap(({ body }) => body.rows)).toHaveLength(20)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(9)
  })
})
