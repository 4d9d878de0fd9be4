import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishEntry, unconditional } from '../kit/acts.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'

let city: City
let sharedId: string
let openId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2023-03-01T02:00:00Z')
  sharedId = await publishEntry(city, { title: '内部名录', sharing: unconditional })
  openId = await publishEntry(city, { title: '公交站点', sharing: unconditional, opening: unconditional })
})
afterAll(() => city.close())

describe('Article 21: one platform with a sharing and an opening system', () => {
  it('[CQ-21.1] answers aggregation, sharing and opening under the one sign-in of the authority’s administrator', async () => {
    await city.house.identity.createUser({
      username: 'platformadmin',
      name: '示例平台管理员',
      password: cityPassword,
      organisationId: 'authority',
      powers: ['admin', 'officer'],
    })
    const admin = await city.signIn('platformadmin')
    expect((await admin.get('/api/v1/session')).body.user.organisation.id).toBe('authority')
    for (const address of [
      `/api/v1/entries/${openId}/snapshots`,
      '/api/v1/systems/sharing/entries',
      '/api/v1/systems/opening/entries',
      '/api/v1/aggregation/tasks',
    ])
      expect((await admin.get(address)).status, address).toBe(200)
    const tasks = (await admin.get('/api/v1/aggregation/tasks')).body.items
    expect(tasks.map((task: { entryId: string }) => task.entryId)).toContain(openId)
    expect((await city.visitor.get('/api/v1/aggregation/tasks')).status).toBe(401)
    const { items } = (await admin.get('/api/v1/systems')).body
    for (const system of items) {
      expect(system).toMatchObject({ runBy: { id: 'authority' }, canMaintain: true })
      const kept = await admin.post(`/api/v1/systems/${system.key}/maintenance`, {
        from: '2023-03-02T16:00:00Z',
        until: '2023-03-02T18:00:00Z',
        note: '例行维护',
      })
      expect(kept.status).toBe(201)
    }
    expect(
      (await city.steward.get('/api/v1/systems')).body.items.map(
        ({ canMaintain }: { canMaintain: boolean }) => canMaintain,
      ),
    ).toEqual([false, false])
  })

  it('[CQ-21.2-c] shows the citizen the opening system and the officer the sharing system, over one catalogue', async () => {
    const entries = async (caller: City['user'], system: string) => {
      const answer = await caller.get(`/api/v1/systems/${system}/entries`)
      return answer.status === 200
        ? answer.body.items.map(({ id }: { id: string }) => id).sort()
        : answer.body.article
    }
    expect(await entries(city.citizen, 'opening')).toEqual([openId])
    expect(await entries(city.citizen, 'sharing')).toBe('CQ-21.2-c')
    expect(await entries(city.user, 'sharing')).toEqual([sharedId, openId].sort())
    const admitted = async (caller: City['user']) =>
      (await caller.get('/api/v1/systems')).body.items.map((each: { admitted: boolean }) => each.admitted)
    expect(await admitted(city.citizen)).toEqual([false, true])
    expect(await admitted(city.user)).toEqual([true, true])
    const number = (await city.citizen.get(`/api/v1/entries/${openId}`)).body.number
    expect((await city.user.get(`/api/v1/entries/${openId}`)).body.number).toBe(number)
  })
})
