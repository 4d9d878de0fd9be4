import { afterAll, beforeAll, expect, it } from 'vitest'
import { publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { draftEntry, obligatory, publishSpecification } from '../kit/compiling.ts'

let city: City
beforeAll(async () => {
  city = await openCity('beijing')
  city.at('2023-03-01T02:00:00Z')
})
afterAll(() => city.close())

it('[BJ-16.1-b] lays the specification down with the departments concerned and checks every entry by it', async () => {
  const items = [obligatory('summary', '摘要')]
  const alone = await city.authority.post('/api/v1/specifications', { title: '编制规范', items })
  expect([alone.status, alone.body.article]).toEqual([403, 'BJ-16.1-b'])
  expect(alone.body.errors).toMatchObject([{ path: 'cosigners' }])
  const foreign = await city.steward.post('/api/v1/specifications', {
    title: '编制规范',
    items,
    cosigners: ['civil'],
  })
  expect([foreign.status, foreign.body.code]).toEqual([403, 'not-allowed'])

  const first = await publishSpecification(city, items, { cosigners: ['civil', 'health'] })
  expect(first).toMatchObject({ version: 1, cosigners: [{ id: 'civil' }, { id: 'health' }] })
  const older = await publishEntry(city, { title: '第一版条目', updateCycle: null })
  await publishSpecification(city, [...items, obligatory('updateCycle', '更新频率')], {
    cosigners: ['civil'],
  })

  const id = await draftEntry(city.other, { updateCycle: null })
  const refused = await city.other.post(`/api/v1/entries/${id}/acts/publish`)
  expect(refused.status).toBe(422)
  expect(refused.body).toMatchObject({ article: 'BJ-16.1-b', errors: [{ path: 'updateCycle' }] })
  expect(refused.body.condition.zh).toMatch(/更新频率.*第 2 版/)
  const behind = (await city.authority.get('/api/v1/specifications/behind')).body.items
  expect(behind).toMatchObject([{ entryId: older, met: 1, inForce: 2, faults: [{ path: 'updateCycle' }] }])
  // Brought up to the version in force, it is listed no more.
  const { version } = (await city.steward.get(`/api/v1/entries/${older}`)).body
  await city.steward.patch(`/api/v1/entries/${older}`, { updateCycle: 'yearly', version })
  const updated = await city.steward.post(`/api/v1/entries/${older}/acts/publish-change`, {
    content: { note: '补充更新频率' },
  })
  expect(updated.status, updated.text).toBe(200)
  expect((await city.authority.get('/api/v1/specifications/behind')).body.items).toEqual([])
  const versions = (await city.visitor.get('/api/v1/specifications')).body.items
  expect(versions.map((each: { version: number; inForce: boolean }) => [each.version, each.inForce])).toEqual(
    [
      [2, true],
      [1, false],
    ],
  )
})
