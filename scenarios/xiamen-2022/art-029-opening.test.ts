import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry, requestFields } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let agency: Caller
let entryId: string
beforeAll(async () => {
  city = await openCity('xiamen')
  agency = await city.signIn('agency')
  city.at('2023-05-08T01:00:00Z')
  entryId = await publishEntry(city, {
    title: '公交刷卡记录（已匿名）',
    opening: { type: 'conditional', conditions: '', basis: null },
  })
  await bringIn(city, entryId, companyFile([syntheticCreditCode(1)]))
})
afterAll(() => city.close())

const apply = (caller: Caller, content: object = {}) =>
  request(city, caller, entryId, { fields: requestFields, ...content }, 'opening-request')

describe('Article 29: opening on application', () => {
  it('[XM-29.3-a] lets persons and companies apply, and brings it to agency, authority and provider', async () => {
    for (const caller of [city.citizen, await city.signIn('company')]) {
      const applied = await apply(caller)
      expect(applied.status).toBe(201)
      expect(applied.body.number).toMatch(/^XM-KF-2023-\d{6}$/)
      expect((await caller.get(`/api/v1/cases/${applied.body.id}`)).body.state.key).toBe('received')
      const queue = (await agency.get('/api/v1/cases?box=inbox')).body.items
      expect(queue.map(({ id }: { id: string }) => id)).toContain(applied.body.id)
      for (const other of [city.authority, city.steward])
        expect((await other.get(`/api/v1/cases/${applied.body.id}`)).status).toBe(200)
    }
    expect(
      (await city.visitor.post('/api/v1/cases', { procedure: 'opening-request', entryId, content: {} }))
        .status,
    ).toBe(401)
    expect((await apply(city.citizen, { fields: [] })).status).toBe(422)
  })

  it('[XM-29.3-b] is decided by the authority once both reviews are on record, with no due date', async () => {
    const applied = (await apply(city.citizen)).body
    await act(city, agency, applied, 'forward')
    const view = { position: 'against', opinion: '仍可能识别到个人' }
    await act(city, city.steward, applied, 'give-position', view)
    city.at('2023-06-19T01:00:00Z')
    await city.settle()
    const waiting = (await city.citizen.get(`/api/v1/cases/${applied.id}`)).body
    expect(waiting).toMatchObject({
      state: { key: 'reviewing', title: { zh: '审核中' } },
      clocks: [{ kind: 'waiting', startedOn: '2023-05-08', dueOn: null, overdue: false }],
    })
    for (const key of ['open', 'not-open']) {
      const early = await act(city, city.authority, applied, key)
      expect(early.status).toBe(409)
      expect(early.body.article).toBe('XM-29.3-b')
      expect((await act(city, city.steward, applied, key)).status).toBe(403)
    }
    await act(city, city.authority, applied, 'review', { ...view, position: 'in-favour-on-conditions' })
    const opened = await act(city, city.authority, applied, 'open', { fields: ['企业名称'] })
    expect(opened.body.outcome).toBe('granted')
    const seen = (await city.citizen.get(`/api/v1/cases/${applied.id}`)).body
    const reviewers = seen.events
      .filter(({ act }: { act: string }) => act === 'give-position' || act === 'review')
      .map(({ actor }: { actor: { organisation: { id: string } } }) => actor.organisation.id)
    expect(reviewers).toEqual(['market', 'authority'])
    expect(seen.events.at(-1).at).toBe('2023-06-19T01:00:00.000Z')
    const rows = (await city.citizen.get(`/api/v1/entries/${entryId}/rows`)).body.rows
    expect(Object.keys(rows[0])).toEqual(['企业名称'])
  })

  it('[XM-29.3-b] can end in not opening, and demands no reasons for it', async () => {
    const applied = (await apply(city.citizen)).body
    await act(city, agency, applied, 'forward')
    await act(city, city.steward, applied, 'give-position')
    await act(city, city.authority, applied, 'review')
    const refused = await city.authority.post(`/api/v1/cases/${applied.id}/acts/not-open`)
    expect(refused.body).toMatchObject({ outcome: 'refused', state: { title: { zh: '确定不开放' } } })
  })
})
