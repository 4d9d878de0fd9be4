import { afterAll, beforeAll, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'
import { expectResultShown, openEntry } from '../kit/results.ts'

let city: City
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-09-12T01:00:00Z')
})
afterAll(() => city.close())

it('[TJ-26.1] Article 26: a product made with open data is listed under them once approved, and their provider sees it', async () => {
  const entryId = await openEntry(city, '公交到站')
  await expectResultShown(city, entryId, { title: '到站提醒', kind: 'product' })
})
