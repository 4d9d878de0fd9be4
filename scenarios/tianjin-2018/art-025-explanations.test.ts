import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closed, publishEntry, unconditional } from '../kit/acts.ts'
import { foundBody } from '../kit/bodies.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { openEntry } from '../kit/results.ts'

let city: City
let ecology: Caller
let river: string
const words = {
  meaning: '各监测断面每日水质类别，按国家标准评价。',
  source: '自动监测站上传的观测值。',
  limits: '未经年度复核，不作为执法依据。',
  contact: '示例生态环境局监测处',
}
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-09-12T01:00:00Z')
  ecology = await foundBody(
    city,
    { id: 'ecology', zh: '示例生态环境局', kind: 'department', level: 'city' },
    ['steward'],
  )
  river = await publishEntry(
    city,
    { title: '河流水质', sharing: unconditional, opening: unconditional },
    ecology,
  )
  await publishEntry(city, { title: '内部巡查', sharing: unconditional, opening: closed }, ecology)
})
afterAll(() => city.close())

describe('Article 25: who opens data explains them', () => {
  const path = () => `/api/v1/entries/${river}/explanation`
  const lacking = async (caller: Caller) => {
    const { items, article, total } = (await caller.get('/api/v1/unexplained-entries')).body
    expect(article).toBe('TJ-25.1-a')
    expect(total).toBe(items.length)
    return items.map(({ title }: { title: string }) => title)
  }

  it('[TJ-25.1-a] lists an opened entry without an explanation to the unit that opened it and to the authority, and to no other', async () => {
    expect(await lacking(ecology)).toEqual(['河流水质'])
    expect(await lacking(city.authority)).toEqual(['河流水质'])
    expect(await lacking(city.steward)).toEqual([])
    expect((await city.visitor.get('/api/v1/unexplained-entries')).status).toBe(401)
    const shown = await city.visitor.get(path())
    expect(shown.body).toMatchObject({ term: { zh: '数据解读' }, explanation: null, mayExplain: false })
    expect((await ecology.get(path())).body.mayExplain).toBe(true)
  })

  it('[TJ-25.1-a] is written by the opening unit alone, whole, and stands on the public page of the entry', async () => {
    for (const caller of [city.steward, city.authority, city.citizen]) {
      const refused = await caller.post(path(), words)
      expect([refused.status, refused.body.code, refused.body.article]).toEqual([
        403,
        'not-allowed',
        'TJ-25.1-a',
      ])
    }
    expect((await ecology.post(path(), { ...words, limits: ' ' })).status).toBe(422)
    expect(await lacking(ecology)).toEqual(['河流水质'])

    expect((await ecology.post(path(), words)).status).toBe(200)
    const { explanation } = (await city.visitor.get(path())).body
    expect(explanation).toMatchObject({
      ...words,
      organisation: { id: 'ecology' },
      at: '2019-09-12T01:00:00.000Z',
    })
    expect(await lacking(ecology)).toEqual([])
    const receipt = await ecology.get(`/api/v1/records/${explanation.recordId}/receipt`)
    expect(JSON.parse(receipt.body.record)).toMatchObject({ kind: 'entry.explained', article: 'TJ-25.1-a' })

    const kept = (await ecology.get('/api/v1/entries?organisation=ecology&limit=10')).body.items.find(
      ({ title }: { title: string }) => title === '内部巡查',
    )
    const closedOne = await ecology.post(`/api/v1/entries/${kept.id}/explanation`, words)
    expect([closedOne.status, closedOne.body.article]).toEqual([409, 'TJ-25.1-a'])
  })
})

describe('Article 28: government data for the business of institutions and operators', () => {
  it('[TJ-28.1-c] lets an operator take open data as an organisation and register its use, which the page of the data counts', async () => {
    const register = await openEntry(city, '企业登记信息')
    const operator = await city.signIn('company')
    // As an organisation, with a key of its own.
    const key = (await operator.post('/api/v1/api-keys', { name: '商户核验' })).body
    expect((await city.visitor.withKey(key.key).get(`/api/v1/entries/${register}/rows`)).status).toBe(200)

    const uses = async () => (await city.visitor.get(`/api/v1/results?entry=${register}`)).body
    expect(await uses()).toMatchObject({ items: [], total: 0 })
    const { citation } = (await city.visitor.get(`/api/v1/entries/${register}`)).body
    const use = { title: '平台商户资质核验', kind: 'product', naming: citation.zh, entryIds: [register] }
    expect((await city.visitor.post('/api/v1/results', use)).status).toBe(401)
    const registered = await operator.post('/api/v1/results', use)
    expect(registered.status, registered.text).toBe(201)
    // Until somebody has looked at it, it is counted nowhere.
    expect((await uses()).total).toBe(0)
    const check = `/api/v1/results/${registered.body.id}/acts/check`
    expect((await city.authority.post(check, { show: true })).status).toBe(200)
    expect(await uses()).toMatchObject({
      items: [{ title: '平台商户资质核验', by: { name: '示例数字科技有限公司' } }],
      total: 1,
    })
  })
})
