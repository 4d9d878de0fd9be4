import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companyRegister, publishEntry, unconditional } from '../kit/acts.ts'
import { foundBody } from '../kit/bodies.ts'
import { type City, openCity } from '../kit/city.ts'

let city: City
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2023-03-01T02:00:00Z')
})
afterAll(() => city.close())

describe('Article 22: one catalogue of two parts', () => {
  it('[CQ-22.1-a] finds entries of both parts in one search, each labelled with the part of its body', async () => {
    const utility = await foundBody(
      city,
      {
        id: 'water',
        zh: '示例水务公司',
        kind: 'public-service',
        level: 'city',
        roles: ['public-service-organisation'],
        budgetFunded: false,
      },
      ['steward'],
    )
    const department = await publishEntry(city, { title: '供水水质', sharing: unconditional })
    const service = await publishEntry(city, { title: '供水停水公告', sharing: unconditional }, utility)
    const { items } = (await city.visitor.get(`/api/v1/entries?q=${encodeURIComponent('供水')}`)).body
    const parts = Object.fromEntries(items.map((item: { id: string; part: string }) => [item.id, item.part]))
    expect(parts).toEqual({ [department]: 'government', [service]: 'public-service' })
    const { catalogue } = (await city.visitor.get('/api/v1/rulebook')).body
    expect(catalogue.parts.map(({ term }: { term: { zh: string } }) => term.zh)).toEqual([
      '政务数据目录',
      '公共服务数据目录',
    ])
    for (const [caller, part] of [
      [city.steward, 'public-service'],
      [utility, 'government'],
    ] as const) {
      const misplaced = await caller.post('/api/v1/entries', { ...companyRegister, part })
      expect(misplaced.status).toBe(403)
      expect(misplaced.body).toMatchObject({ article: 'CQ-22.1-a', errors: [{ path: 'part' }] })
    }
    expect((await city.steward.post('/api/v1/entries', { ...companyRegister, part: 'other' })).status).toBe(
      422,
    )
  })
})
