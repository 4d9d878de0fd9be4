import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foundBody } from '../kit/bodies.ts'
import { type City, openCity } from '../kit/city.ts'

let city: City
beforeAll(async () => {
  city = await openCity('beijing')
  city.at('2023-03-01T02:00:00Z')
})
afterAll(() => city.close())

describe('Article 5: the lead authority', () => {
  it('[BJ-5.1-a] refuses the city-wide role to any other department and names its only holder', async () => {
    const admin = await foundBody(
      city,
      { id: 'platform', zh: '示例平台运维单位', kind: 'authority', level: 'city' },
      ['admin'],
    )
    const give = (id: string, roles: string[]) => admin.post(`/api/v1/organisations/${id}/roles`, { roles })
    const refused = await give('health', ['department', 'authority-municipal'])
    expect(refused.status).toBe(403)
    expect(refused.body).toMatchObject({ code: 'refused-by-law', article: 'BJ-5.1-a' })
    expect(refused.body.condition.zh).toContain('市经济和信息化部门')
    const held = (await city.visitor.get('/api/v1/organisations')).body.items.filter(
      ({ roles }: { roles: string[] }) => roles.includes('authority-municipal'),
    )
    expect(held.map(({ id }: { id: string }) => id)).toEqual(['authority'])
    // City-wide rights are its accounts' alone: here, the wording of the commitment.
    const wording = { body: '承诺书' }
    expect((await city.other.post('/api/v1/commitment-text', wording)).status).toBe(403)
    expect((await city.authority.post('/api/v1/commitment-text', wording)).status).toBe(201)
    expect((await give('health', ['department', 'big-data-centre'])).status).toBe(200)
  })
})
