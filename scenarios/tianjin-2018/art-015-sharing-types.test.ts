import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companyRegister } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'

let city: City
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-03-04T01:00:00Z')
})
afterAll(() => city.close())

describe('Article 15: sharing is the principle', () => {
  it('[TJ-15.1-b] refuses a type that the text does not know and lists the three', async () => {
    const answer = await city.steward.post('/api/v1/entries', {
      ...companyRegister,
      sharing: { type: 'partial', conditions: '', basis: null },
    })
    expect(answer.status).toBe(403)
    expect(answer.body).toMatchObject({ errors: [{ path: 'sharing.type' }] })
    expect(answer.body.condition.zh).toMatch(/无条件共享、有条件共享、不予共享/)
  })

  it('[TJ-15.1-a] starts from unconditional sharing; leaving it demands a basis', async () => {
    const { body } = await city.steward.post('/api/v1/entries', { ...companyRegister, title: '路灯位置' })
    expect(body.sharing.type).toBe('unconditional')
    const rulebook = (await city.visitor.get('/api/v1/rulebook')).body
    const restricted = rulebook.catalogue.sharingTypes.filter(
      (type: { effect: string }) => type.effect !== 'free',
    )
    expect(
      restricted.map((type: { key: string; demandsBasis: unknown }) => [
        type.key,
        type.demandsBasis !== null,
      ]),
    ).toEqual([
      ['conditional', true],
      ['none', true],
    ])
  })

  it('[TJ-10.3-a] returns an entry without its update time limit, naming the item', async () => {
    const { body } = await city.steward.post('/api/v1/entries', { ...companyRegister, updateCycle: null })
    const answer = await city.steward.post(`/api/v1/entries/${body.id}/acts/submit`)
    expect(answer.status).toBe(422)
    expect(answer.body).toMatchObject({ article: 'TJ-10.3-a', errors: [{ path: 'updateCycle' }] })
    expect(answer.body.condition.zh).toContain('更新时限')
  })
})
