import { afterAll, beforeAll, expect, it } from 'vitest'
import { fileRequest, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2018-12-03T01:00:00Z')
  entryId = await publishEntry(city, {})
})
afterAll(() => city.close())

it('[TJ-57.1] gives a request accepted before the regulation took effect no statutory date, and one accepted after it does', async () => {
  const accepted = async (at: string) => {
    city.at(at)
    const { body: filed } = await fileRequest(city.user, entryId)
    const { body } = await city.steward.post(`/api/v1/cases/${filed.id}/acts/accept`)
    return body.clocks.filter(({ kind }: { kind: string }) => kind === 'statutory')
  }
  expect(await accepted('2018-12-28T02:00:00Z')).toMatchObject([{ dueOn: null, workingDays: null }])
  expect(await accepted('2019-01-02T02:00:00Z')).toMatchObject([{ dueOn: '2019-01-04', workingDays: 2 }])
  expect((await city.visitor.get('/api/v1/rulebook')).body.inForceOn).toBe('2019-01-01')
})
