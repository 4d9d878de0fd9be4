import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'
import { expectResultShown, openEntry } from '../kit/results.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2024-03-04T01:00:00Z')
  entryId = await openEntry(city, '公交运行')
})
afterAll(() => city.close())

describe('Article 30.2: what is made of public data', () => {
  it('[SZ-30.2] an application that somebody registers with its data stands on the page of the data', async () => {
    await expectResultShown(city, entryId, { title: '公交晚点查询', kind: 'application' })
    const { items } = (await city.visitor.get(`/api/v1/results?entry=${entryId}`)).body
    expect(items[0]).toMatchObject({
      title: '公交晚点查询',
      kind: { key: 'application' },
      sources: [{ id: entryId }],
    })
    const other = await openEntry(city, '地铁运行')
    expect((await city.visitor.get(`/api/v1/results?entry=${other}`)).body.items).toEqual([])
  })

  it('[SZ-30.2] names the data that it uses, which everybody can see', async () => {
    const made = { title: '无来源', kind: 'application', naming: '自行整理' }
    const unsourced = await city.citizen.post('/api/v1/results', { ...made, entryIds: [] })
    // The article encourages and demands no source: that is the platform's.
    expect([unsourced.status, unsourced.body.article]).toEqual([422, undefined])
    const { body: draft } = await city.steward.post('/api/v1/entries', { title: '草稿' })
    const hidden = await city.citizen.post('/api/v1/results', { ...made, entryIds: [draft.id] })
    expect(hidden.status).toBe(404)
    expect((await city.visitor.post('/api/v1/results', { ...made, entryIds: [entryId] })).status).toBe(401)
  })
})
