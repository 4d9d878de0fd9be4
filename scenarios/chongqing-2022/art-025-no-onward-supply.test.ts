import { afterAll, beforeAll, describe, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'
import { expectKeptFromCatalogue, expectTraced, grantHeld } from '../kit/received-data.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2026-03-02T01:00:00Z')
  ;({ entryId } = await grantHeld(city))
})
afterAll(() => city.close())

describe('Article 25: shared data go to no third party', () => {
  it('[CQ-25.3-c] what was received cannot be catalogued, opened or brought in by the receiver', () =>
    expectKeptFromCatalogue(city, entryId, 'CQ-25.3-c'))

  it('[CQ-25.3-c] every file that is handed over bears a mark by which its receiver is found', () =>
    expectTraced(city, entryId, 'civil'))
})
