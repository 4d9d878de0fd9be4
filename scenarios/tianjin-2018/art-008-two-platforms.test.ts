import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { foundBody } from '../kit/bodies.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let sharedId: string
let openId: string
let conditionalId: string
const notOpened = { type: 'none', conditions: '', basis: null }
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-03-04T01:00:00Z')
  sharedId = await publishEntry(city, { title: '内部名录', sharing: unconditional, opening: notOpened })
  openId = await publishEntry(city, { title: '空气质量', sharing: unconditional, opening: unconditional })
  conditionalId = await publishEntry(city, {
    title: '客流',
    sharing: unconditional,
    opening: { type: 'conditional', conditions: '用于研究', basis: null },
  })
  await bringIn(city, openId, companyFile([syntheticCreditCode(1)]))
})
afterAll(() => city.close())

const idsOf = (answer: { body: { items: { id: string }[] } }) => answer.body.items.map(({ id }) => id).sort()
const enter = (caller: City['user'], system: string, query = '') =>
  caller.get(`/api/v1/systems/${system}/entries${query}`)

describe('Article 8: the sharing platform and the open platform', () => {
  it('[TJ-8.2-b] refuses a citizen the sharing platform and shows a department its catalogue', async () => {
    for (const outsider of [city.citizen, city.visitor]) {
      const refused = await enter(outsider, 'sharing')
      expect(refused.status).toBe(403)
      expect(refused.body).toMatchObject({ article: 'TJ-8.2-b' })
      expect(refused.body.remedy.zh).toContain('开放平台')
    }
    expect(idsOf(await enter(city.user, 'sharing'))).toEqual([sharedId, openId, conditionalId].sort())
    expect(idsOf(await enter(city.citizen, 'opening'))).toEqual([openId, conditionalId].sort())
  })

  it('[TJ-8.2-b] keeps record of availability and of maintenance, which the authority alone announces', async () => {
    const start = Date.parse('2019-03-04T01:00:00Z')
    await city.house.start()
    for (const minutes of [5, 10]) {
      city.at(new Date(start + minutes * 60_000).toISOString())
      await city.settle()
    }
    const maintenance = {
      from: '2019-03-04T01:15:00.000Z',
      until: '2019-03-04T01:25:00.000Z',
      note: '更换证书',
    }
    const announce = (caller: City['user'], change: object = {}) =>
      caller.post('/api/v1/systems/opening/maintenance', { ...maintenance, ...change })
    const refused = await announce(city.steward)
    expect(refused.status).toBe(403)
    expect(refused.body.condition.zh).toContain('市互联网信息主管部门')
    expect((await announce(city.authority, { until: maintenance.from })).status).toBe(422)
    expect((await announce(city.authority)).status).toBe(201)
    // Beats at 0, 5 and 10 minutes, none at 15 and 20 (announced), none at 25 and 30: five were due, three were heard.
    city.at(new Date(start + 30 * 60_000).toISOString())
    const { items } = (await city.visitor.get('/api/v1/systems')).body
    const [sharing, opening] = items
    expect(opening).toMatchObject({
      key: 'opening',
      admitted: true,
      runBy: { id: 'authority' },
      availability: { share: 0.6, since: '2019-03-04T01:00:00.000Z' },
      maintenance: [{ ...maintenance, by: { id: 'authority' } }],
    })
    expect(sharing).toMatchObject({ admitted: false, maintenance: [] })
    expect(sharing.availability.share).toBeCloseTo(3 / 7)
  })
})

describe('Article 20.1: opening by the catalogue, on the authority’s own motion', () => {
  it('[TJ-20.1-a] puts confirmed entries on the open platform, and counts one without data as a gap', async () => {
    const listed = await enter(city.visitor, 'opening')
    expect(idsOf(listed)).toContain(openId)
    expect(listed.body.withoutData).toBeNull()
    expect((await city.visitor.get(`/api/v1/entries/${openId}/rows`)).status).toBe(200)
    const plan = (await city.visitor.get(`/api/v1/entries/${conditionalId}/access-plan`)).body
    expect(plan.request).toMatchObject({ procedure: 'opening-request' })
    expect((await enter(city.visitor, 'opening', '?withoutData=true')).status).toBe(403)
    const gap = await enter(city.authority, 'opening', '?withoutData=true')
    expect(gap.body.withoutData).toBe(1)
    expect(idsOf(gap)).toEqual([conditionalId])
    await bringIn(city, conditionalId, companyFile([syntheticCreditCode(2)]))
    expect((await enter(city.authority, 'opening')).body.withoutData).toBe(0)
  })
})

describe('Article 4: the internet information authority does the work', () => {
  it('[TJ-4.3-a] refuses anybody else the confirmation of a catalogue and names who is competent', async () => {
    const { body } = await city.other.post('/api/v1/entries', {
      title: '公交站',
      summary: '',
      theme: 'transport',
      fields: [{ name: '站名', type: 'text', meaning: '站名', sensitivity: 'public' }],
      updateCycle: 'monthly',
      format: 'CSV',
      sharingMode: '接口',
      openingMode: '下载',
      useRequirements: '按需',
      sharing: unconditional,
      opening: notOpened,
    })
    expect((await city.other.post(`/api/v1/entries/${body.id}/acts/submit`)).status).toBe(200)
    const refused = await city.other.post(`/api/v1/entries/${body.id}/acts/confirm`)
    expect(refused.status).toBe(403)
    expect(JSON.stringify(refused.body)).toContain('市互联网信息主管部门')
    expect((await city.authority.post(`/api/v1/entries/${body.id}/acts/confirm`)).status).toBe(200)
  })

  it('[TJ-4.3-a] gives the municipal role to no other body', async () => {
    const admin = await foundBody(
      city,
      { id: 'cityadmin', zh: '示例系统管理单位', kind: 'authority', level: 'city' },
      ['admin'],
    )
    const give = (id: string, roles: string[]) => admin.post(`/api/v1/organisations/${id}/roles`, { roles })
    for (const id of ['market', 'cityadmin']) {
      const refused = await give(id, ['authority-municipal'])
      expect(refused.status).toBe(403)
      expect(refused.body).toMatchObject({ article: 'TJ-4.3-a' })
      expect(refused.body.condition.zh).toContain('市互联网信息主管部门')
    }
    expect((await give('cityadmin', ['authority-district'])).status).toBe(200)
    expect((await give('cityadmin', ['king'])).status).toBe(422)
    expect((await city.steward.post('/api/v1/organisations/market/roles', { roles: [] })).status).toBe(403)
  })
})
