import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'
import { expectKeptFromCatalogue, expectOtherPurposeRefused, grantHeld } from '../kit/received-data.ts'

let city: City
let held: { entryId: string; grantId: string }
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2024-03-04T01:00:00Z')
  held = await grantHeld(city)
})
afterAll(() => city.close())

describe('Article 13.4: shared data serve the receiving institution alone', () => {
  it('[SZ-13.4-b] the grant cannot be used from another organisation, nor for another purpose', async () => {
    const { entryId, grantId } = held
    const foreign = await city.other.get(`/api/v1/entries/${entryId}/rows?grant=${grantId}`)
    expect(foreign.body).toMatchObject({ status: 403, article: 'SZ-13.4-b' })
    expect((await city.other.post('/api/v1/api-keys', { name: '外包系统', grantId })).status).toBe(404)
    await expectOtherPurposeRefused(city, entryId, grantId, 'SZ-13.4-b')
  })

  it('[SZ-13.4-b] what was received cannot be listed in the receiver’s own catalogue', () =>
    expectKeptFromCatalogue(city, held.entryId, 'SZ-13.4-b'))
})
