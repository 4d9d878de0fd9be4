import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bringIn,
  companyFile,
  companyRegister,
  conditional,
  publishEntry,
  unconditional,
} from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let universal: string
beforeAll(async () => {
  city = await openCity('xiamen')
  city.at('2024-03-04T01:00:00Z')
  universal = await publishEntry(city, {
    title: '景区开放时间',
    sharing: unconditional,
    opening: unconditional,
  })
  await bringIn(city, universal, companyFile([1, 2].map(syntheticCreditCode)))
})
afterAll(() => city.close())

/** An item of which nothing is of the class that everyone may have. */
const ofPersons = companyRegister.fields.map((field) => ({ ...field, sensitivity: 'personal' }))
const draft = (opening: object) =>
  city.steward.post('/api/v1/entries', { ...companyRegister, sharing: unconditional, opening })

describe('Article 28.1: opening is free of charge', () => {
  it('[XM-28.1-b] no opened item can carry a price, in either type', async () => {
    for (const opening of [unconditional, conditional]) {
      const priced = await city.steward.post('/api/v1/entries', {
        ...companyRegister,
        title: '历史降雨',
        sharing: unconditional,
        opening,
        price: 10,
      })
      expect(priced.body).toMatchObject({ status: 403, article: 'XM-28.1-b', errors: [{ path: 'price' }] })
    }
    const seen = (await city.steward.get(`/api/v1/entries/${universal}`)).body
    const later = await city.steward.patch(`/api/v1/entries/${universal}`, {
      price: 10,
      version: seen.version,
    })
    expect(later.body).toMatchObject({ status: 403, article: 'XM-28.1-b' })
  })
})

describe('Article 28.1: opening by class and grade', () => {
  it('[XM-28.1-a] lets grade and class of the data limit the opening type, and says that the limit is not statutory', async () => {
    const submitted = async (change: object) => {
      const made = await city.steward.post('/api/v1/entries', {
        ...companyRegister,
        title: '分级开放的条目',
        sharing: unconditional,
        ...change,
      })
      return city.steward.post(`/api/v1/entries/${made.body.id}/acts/submit`)
    }
    for (const [change, path] of [
      [{ opening: unconditional, securityGrade: 'general-4' }, 'securityGrade'],
      [{ opening: conditional, securityGrade: 'important' }, 'securityGrade'],
      [{ opening: unconditional, securityGrade: null }, 'securityGrade'],
      [{ opening: unconditional, fields: ofPersons }, 'fields'],
    ] as const) {
      const refused = await submitted(change)
      expect([path, refused.status, refused.body.article]).toEqual([path, 422, 'XM-28.1-a'])
      expect(refused.body.errors.map((error: { path: string }) => error.path)).toEqual([path])
      expect(refused.body.errors[0].message.zh).toContain('非法定')
    }
    for (const change of [
      { opening: unconditional, securityGrade: 'general-3' },
      { opening: conditional, securityGrade: 'general-4' },
      { opening: conditional, fields: ofPersons },
      { opening: { type: '', conditions: '', basis: null }, securityGrade: 'core' },
    ])
      expect((await submitted(change)).status).toBe(200)
  })
})

describe('Article 29: two opening types', () => {
  it('[XM-29.1] are the only two; an item that is not on the list has no type of its own', async () => {
    const { openingTypes } = (await city.visitor.get('/api/v1/rulebook')).body.catalogue
    expect(openingTypes.map((type: { term: { zh: string } }) => type.term.zh)).toEqual([
      '普遍开放',
      '依申请开放',
    ])
    const third = await draft({ type: 'none', conditions: '', basis: null })
    expect([third.status, third.body.article]).toEqual([403, 'XM-29.1'])
    expect(third.body.condition.zh).toContain('普遍开放、依申请开放')

    const unlisted = await publishEntry(city, {
      title: '尚未开放',
      sharing: unconditional,
      opening: { type: '', conditions: '', basis: null },
    })
    await bringIn(city, unlisted, companyFile([syntheticCreditCode(1)]))
    expect((await city.visitor.get(`/api/v1/entries/${unlisted}/download`)).status).toBe(403)
    expect((await city.citizen.get(`/api/v1/entries/${unlisted}/access-plan`)).body.request).toBeNull()
    const listed = await city.steward.post('/api/v1/opening-lists', {
      list: 'opening-list',
      lines: [{ entryId: unlisted }],
    })
    expect(listed.body).toMatchObject({ status: 403, article: 'XM-28.2-a' })
  })

  it('[XM-29.2] universally opened data are taken in one anonymous request, with no login, form or terms between', async () => {
    const file = await city.visitor.get(`/api/v1/entries/${universal}/download?format=csv`)
    expect(file.status).toBe(200)
    expect(file.text).toContain('示例企业1')
    expect((await city.visitor.get(`/api/v1/entries/${universal}/rows`)).body.rows).toHaveLength(2)
    const asked = await publishEntry(city, {
      title: '公交刷卡',
      sharing: unconditional,
      opening: conditional,
    })
    await bringIn(city, asked, companyFile([syntheticCreditCode(1)]))
    expect((await city.visitor.get(`/api/v1/entries/${asked}/download`)).status).toBe(403)
  })
})
