import { afterAll, beforeAll, expect, it } from 'vitest'
import { fileRequest, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2022-06-01T01:00:00Z')
  entryId = await publishEntry(city, {})
})
afterAll(() => city.close())

it('[CQ-60.1] starts no clock for a request of the day before the regulation is in force, and one for the next day’s', async () => {
  const replyTo = async (at: string) => {
    city.at(at)
    const { body } = await fileRequest(city.user, entryId)
    return body.clocks.find(({ key }: { key: string }) => key === 'reply')
  }
  expect(await replyTo('2022-06-30T02:00:00Z')).toMatchObject({ dueOn: null, workingDays: null })
  expect(await replyTo('2022-07-01T02:00:00Z')).toMatchObject({ dueOn: '2022-07-08', workingDays: 5 })
  city.at('2022-07-31T02:00:00Z')
  await city.settle()
  const { body } = await city.authority.get('/api/v1/cases?box=inbox')
  const late = body.items.filter(({ due }: { due: { overdue: boolean } | null }) => due?.overdue)
  expect(late).toHaveLength(1)
  expect((await city.visitor.get('/api/v1/rulebook')).body.inForceOn).toBe('2022-07-01')
})
