import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishEntry } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, request } from '../kit/requests.ts'

let city: City
let agency: Caller
let entryId: string
beforeAll(async () => {
  city = await openCity('xiamen')
  agency = await city.signIn('agency')
  city.at('2023-05-08T01:00:00Z')
  entryId = await publishEntry(city, { opening: { type: 'unconditional', conditions: '', basis: null } })
})
afterAll(() => city.close())

const object = (caller: Caller, given: object = {}) => request(city, caller, entryId, given, 'objection')

describe('Article 23: objections to data about oneself', () => {
  it('[XM-23.2-a] takes an objection with its ground from whom the data concern, with a number to follow', async () => {
    const filed = await object(city.citizen, { ground: 'incomplete', statement: '本人登记地址缺门牌号' })
    expect(filed.status).toBe(201)
    expect(filed.body.number).toMatch(/^XM-YY-2023-\d{6}$/)
    expect(filed.body.opening.map(({ value }: { value: unknown }) => value)).toContainEqual(
      expect.objectContaining({ zh: '不完整' }),
    )
    expect((await city.citizen.get(`/api/v1/cases/${filed.body.id}`)).body.state.title.zh).toBe('待受理')
    // Platform and department can both accept it.
    const waiting = filed.body.waitsFor.map(
      ({ organisation }: { organisation: { id: string } }) => organisation.id,
    )
    expect(waiting.toSorted()).toEqual(['agency', 'market'])
    expect(
      (await city.visitor.post('/api/v1/cases', { procedure: 'objection', entryId, content: {} })).status,
    ).toBe(401)
    for (const [part, value] of [
      ['ground', 'disliked'],
      ['own-data', undefined],
    ] as const) {
      const refused = await object(city.citizen, { [part]: value })
      expect(refused.body).toMatchObject({ article: 'XM-23.2-a', errors: [{ path: part }] })
    }
  })

  it('[XM-23.2-b] stays with the unit that accepted it until that unit has told the result', async () => {
    const filed = (await object(city.citizen, { ground: 'inaccurate' })).body
    await act(city, agency, filed, 'accept-at-platform')
    expect((await act(city, city.steward, filed, 'accept-directly')).status).toBe(409)
    await act(city, agency, filed, 'pass-on')
    city.at('2023-06-30T01:00:00Z')
    await city.settle()
    const checked = await act(city, city.steward, filed, 'report-check', { result: 'corrected' })
    expect(checked.body).toMatchObject({ outcome: null, waitsFor: [{ organisation: { id: 'agency' } }] })
    expect((await act(city, city.steward, filed, 'answer')).status).toBe(403)
    const bare = await agency.post(`/api/v1/cases/${filed.id}/acts/answer`, {
      content: { result: 'corrected' },
    })
    expect(bare.body).toMatchObject({ article: 'XM-23.2-b', errors: [{ path: 'explanation' }] })
    const answered = await act(city, agency, filed, 'answer', {
      result: 'corrected',
      explanation: '门牌号已补录',
    })
    expect(answered.body).toMatchObject({
      outcome: 'closed',
      clocks: [{ kind: 'statutory', dueOn: null, overdue: false, startedOn: '2023-05-08' }],
    })
    const told = (await city.citizen.get('/api/v1/notices')).body.items
    expect(told[0].title.zh).toContain(filed.number)
    const seen = (await city.citizen.get(`/api/v1/cases/${filed.id}`)).body
    expect(seen.events.at(-1).content.map(({ value }: { value: unknown }) => value)).toContain('门牌号已补录')
  })
})
