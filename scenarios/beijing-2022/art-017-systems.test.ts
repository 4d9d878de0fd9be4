import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { openSource, reachableHere, type Source } from '../kit/source.ts'
import { expectToldAsLocal } from '../kit/tasks.ts'

describe('Article 17: public data and business systems are interconnected', () => {
  let city: City
  let good: Source
  let failing: Source
  beforeAll(async () => {
    good = await openSource()
    failing = await openSource()
    city = await openCity('beijing', { reachable: reachableHere })
    city.at('2023-03-01T02:00:00Z')
  })
  afterAll(async () => {
    await city.close()
    await good.close()
    await failing.close()
  })

  it('[BJ-17.1-b] lists a system without interface as unconnected, and as connected once its interface passes a call', async () => {
    const system = (
      await city.steward.post('/api/v1/source-systems', {
        name: '住房补贴系统',
        url: null,
        limitSeconds: null,
      })
    ).body
    const unconnected = async () =>
      (await city.authority.get('/api/v1/source-systems?state=not-connected')).body.items.map(
        ({ name }: { name: string }) => name,
      )
    expect(await unconnected()).toEqual(['住房补贴系统'])
    await city.steward.patch(`/api/v1/source-systems/${system.id}`, { url: good.url })
    await city.steward.post(`/api/v1/source-systems/${system.id}/checks`)
    expect(await unconnected()).toEqual([])

    // It is linked to the entry it produces; the text of this city leaves no data at their source.
    const entry = await publishEntry(city, { title: '住房补贴发放信息' })
    const link = `/api/v1/source-systems/${system.id}/entries`
    const linked = await city.steward.post(link, { entryId: entry, atSource: false })
    expect(linked.body.entries).toMatchObject([
      { entryId: entry, title: '住房补贴发放信息', atSource: false },
    ])
    expect((await city.steward.post(link, { entryId: entry, atSource: true })).status).toBe(409)
  })

  it('[BJ-17.2-d] shows the centre which sources are good and which failed, with time and cause', async () => {
    const centre = await city.signIn('centre')
    const system = (
      await city.user.post('/api/v1/source-systems', {
        name: '婚姻登记系统',
        url: failing.url,
        limitSeconds: null,
      })
    ).body
    await city.settle()
    failing.state = null
    city.at('2023-03-01T18:00:00Z')
    await city.settle()
    const { items, counts } = (await centre.get('/api/v1/source-systems')).body
    expect(counts).toMatchObject({ connected: 1, broken: 1 })
    expect(items.find(({ id }: { id: string }) => id === system.id)).toMatchObject({
      state: 'broken',
      failure: 'unreachable',
      checkedAt: '2023-03-01T18:00:00.000Z',
      okAt: '2023-03-01T02:00:00.000Z',
    })
    // Beside them each entry with its provider and its last delivery.
    const tasks = (await centre.get('/api/v1/aggregation/tasks')).body.items
    expect(tasks).toMatchObject([
      { title: '住房补贴发放信息', organisation: { id: 'market' }, loadedAt: null },
    ])
  })

  it('[BJ-17.1-b] calls the update limit of a system what it is: its owner’s own and not statutory', async () => {
    city.at('2023-03-02T03:00:00Z')
    good.state = { changedAt: '2023-03-02T02:59:00Z' }
    const { id } = (
      await city.other.post('/api/v1/source-systems', {
        name: '健康档案系统',
        url: good.url,
        limitSeconds: 3600,
      })
    ).body
    await city.settle()
    const shown = async () => (await city.other.get(`/api/v1/source-systems/${id}`)).body
    expect(await shown()).toMatchObject({ state: 'connected', stale: false, limitKind: 'local' })
    city.at('2023-03-02T05:00:00Z')
    await city.settle()
    expect(await shown()).toMatchObject({ stale: true })
    for (const told of [city.other, city.authority]) await expectToldAsLocal(told, 'system.stale')
  })
})
