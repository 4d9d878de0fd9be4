import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import {
  expectKeptFromCatalogue,
  expectOtherPurposeRefused,
  expectTraced,
  grantHeld,
} from '../kit/received-data.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let held: { entryId: string; grantId: string }
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-09-12T01:00:00Z')
  held = await grantHeld(city)
})
afterAll(() => city.close())

describe('Article 18: data are for the receiving department’s own duties alone', () => {
  it('[TJ-18.1-a] a call for another purpose than the stated duty is refused and recorded, and an alert reaches provider and authority', () =>
    expectOtherPurposeRefused(city, held.entryId, held.grantId, 'TJ-18.1-a'))

  it('[TJ-18.1-a] freely shared data are taken once the duty is declared, without approval, and the use bears it', async () => {
    const free = await publishEntry(city, { title: '路灯', sharing: unconditional })
    await bringIn(city, free, companyFile([syntheticCreditCode(1)]))
    const silent = await city.user.get(`/api/v1/entries/${free}/rows`)
    expect(silent.body).toMatchObject({ status: 403, article: 'TJ-18.1-a' })
    const stated = await city.user.get(
      `/api/v1/entries/${free}/rows?scenario=${encodeURIComponent('夜间照明巡查')}`,
    )
    expect(stated.status).toBe(200)
    const receipt = await city.user.get(`/api/v1/records/${stated.body.recordId}/receipt`)
    expect(JSON.parse(receipt.body.record).payload.scenario).toBe('夜间照明巡查')
  })

  it('[TJ-18.1-b] what was received cannot be listed by the receiver; the refusal names the origin', () =>
    expectKeptFromCatalogue(city, held.entryId, 'TJ-18.1-b'))

  it('[TJ-18.1-b] deliveries carry a mark that leads to the receiving unit', () =>
    expectTraced(city, held.entryId, 'civil'))
})
