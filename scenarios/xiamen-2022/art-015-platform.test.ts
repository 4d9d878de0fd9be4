import { newId } from '@tiaoli/kernel/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bringIn,
  companyFile,
  companyRegister,
  conditional,
  publishEntry,
  requestFields,
} from '../kit/acts.ts'
import { foundBody } from '../kit/bodies.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, grantOf, request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const unlisted = { type: '', conditions: '', basis: null }
const needed = { fields: requestFields }

let city: City
beforeAll(async () => {
  city = await openCity('xiamen')
  city.at('2023-05-08T01:00:00Z')
})
afterAll(() => city.close())

describe('Articles 5 and 16: what only the authority does', () => {
  it('[XM-5.1] [XM-16.2-c] publishes by the authority alone; whoever else tries is refused, on record', async () => {
    const { body: entry } = await city.steward.post('/api/v1/entries', {
      ...companyRegister,
      sharing: conditional,
      opening: unlisted,
    })
    await city.steward.post(`/api/v1/entries/${entry.id}/acts/submit`)
    const own = await city.steward.post(`/api/v1/entries/${entry.id}/acts/publish`)
    expect(own.status).toBe(403)
    expect(own.body).toMatchObject({ code: 'not-allowed', article: 'XM-16.2-c' })
    const [attempt] = (await city.steward.get(`/api/v1/records?entry=${entry.id}&kind=case.refused`)).body
      .items
    expect(attempt).toMatchObject({ article: 'XM-16.2-c', actor: { organisation: { id: 'market' } } })
    // Until then the provider and the authority alone know of it.
    for (const caller of [city.user, city.visitor])
      expect((await caller.get(`/api/v1/entries/${entry.id}`)).status).toBe(404)
    expect((await city.authority.get(`/api/v1/entries/${entry.id}`)).status).toBe(200)
    expect((await city.authority.post(`/api/v1/entries/${entry.id}/acts/publish`)).status).toBe(200)
    const shown = await city.visitor.get(`/api/v1/entries/${entry.id}`)
    expect(shown.body).toMatchObject({ status: 'published', publishedAt: '2023-05-08T01:00:00.000Z' })
  })

  it('[XM-5.1] gives the part of the municipal authority to no second body', async () => {
    const admin = await foundBody(
      city,
      { id: 'platform', zh: '示例平台运维单位', kind: 'authority', level: 'city' },
      ['admin'],
    )
    const give = (roles: string[]) => admin.post('/api/v1/organisations/health/roles', { roles })
    const refused = await give(['department', 'authority-municipal'])
    expect([refused.status, refused.body.code, refused.body.article]).toEqual([
      403,
      'refused-by-law',
      'XM-5.1',
    ])
    expect(refused.body.condition.zh).toContain('市大数据主管部门')
    expect((await give(['department', 'cyberspace'])).status).toBe(200)
    expect((await give(['department'])).status).toBe(200)
  })

  it('[XM-5.1] has one municipal authority, which sees every catalogue and every request', async () => {
    const { items } = (await city.visitor.get('/api/v1/organisations')).body
    const holders = items.filter(({ roles }: { roles: string[] }) => roles.includes('authority-municipal'))
    expect(holders.map(({ id }: { id: string }) => id)).toEqual(['authority'])
    const entryId = await publishEntry(city, { opening: unlisted })
    const { body: filed } = await request(city, city.other, entryId, needed)
    const all = (await city.authority.get('/api/v1/cases?box=all')).body.items
    expect(all.map(({ id }: { id: string }) => id)).toContain(filed.id)
    expect(
      (await city.user.get('/api/v1/cases?box=all')).body.items.map((one: { id: string }) => one.id),
    ).not.toContain(filed.id)
  })
})

describe('Article 15: one platform, run by the agency', () => {
  it('[XM-15.1-a] serves bodies of the city and of its districts for aggregation, sharing and opening', async () => {
    const district = await city.signIn('district')
    const theirs = await publishEntry(
      city,
      { title: '湖里区停车场', opening: { type: 'unconditional', conditions: '', basis: null } },
      district,
    )
    const ours = await publishEntry(city, { opening: unlisted })
    const codes = [1, 2].map(syntheticCreditCode)
    await bringIn(city, theirs, companyFile(codes), '停车场.csv', district)
    await bringIn(city, ours, companyFile(codes))
    // Each finds the other's entry, and gets its data through the same platform.
    for (const [caller, entry] of [
      [district, ours],
      [city.steward, theirs],
    ] as const) {
      const found = (await caller.get(`/api/v1/entries?limit=100`)).body.items
      expect(found.map(({ id }: { id: string }) => id)).toContain(entry)
    }
    const found = await grantOf(city, district, await request(city, district, ours, needed))
    expect(
      (await district.get(`/api/v1/entries/${ours}/rows?grant=${found.grantId}`)).body.rows,
    ).toHaveLength(2)
    expect((await city.visitor.get(`/api/v1/entries/${theirs}/rows`)).body.rows).toHaveLength(2)
    const { city: name, catalogue } = (await city.visitor.get('/api/v1/rulebook')).body
    expect([name.zh, catalogue.name.zh]).toEqual(['厦门市', '公共数据资源目录'])
  })

  it('[XM-15.1-b] records by which document, and when, the municipal government designated the agency', async () => {
    const government = await city.signIn('government')
    const content = {
      document: '示例政函〔2023〕1号',
      agency: 'agency',
      'effective-on': '2023-03-01',
    }
    const open = (caller: typeof government, given: object) =>
      caller.post('/api/v1/cases', { procedure: 'agency-designation', content: given })
    expect((await open(city.authority, content)).body).toMatchObject({
      code: 'refused-by-law',
      article: 'XM-15.1-b',
    })
    const undated = await open(government, { ...content, 'effective-on': undefined })
    expect(undated.body).toMatchObject({ article: 'XM-15.1-b', errors: [{ path: 'effective-on' }] })
    expect((await open(government, { ...content, agency: newId() })).status).toBe(422)
    const designated = await open(government, content)
    expect(designated.body).toMatchObject({
      entry: null,
      subject: { zh: content.document },
      waitsFor: [{ organisation: { id: 'agency' } }],
    })
    const agency = await city.signIn('agency')
    expect((await act(city, agency, designated.body, 'take-up')).body.outcome).toBe('closed')
    const seen = (await city.authority.get(`/api/v1/cases/${designated.body.id}`)).body
    const [opening] = seen.events
    expect(opening.content.map(({ value }: { value: unknown }) => value)).toEqual([
      content.document,
      expect.objectContaining({ zh: '示例公共数据资源管理中心' }),
      '2023-03-01',
    ])
    expect(opening.recordId).not.toBeNull()
  })
})
