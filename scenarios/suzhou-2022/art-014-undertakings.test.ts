import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry, requestFields } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, openingContent } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const requirements = '仅用于研究和公益，成果注明来源'
let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2023-05-08T01:00:00Z')
  entryId = await publishEntry(city, {
    title: '门诊量统计',
    opening: { type: 'conditional', conditions: requirements, basis: null },
  })
  await bringIn(city, entryId, companyFile([syntheticCreditCode(1)]))
})
afterAll(() => city.close())

const apply = (caller: City['citizen'], change: object = {}) =>
  caller.post('/api/v1/cases', {
    procedure: 'opening-request',
    entryId,
    content: { ...openingContent(city, 'opening-request', { fields: requestFields }), ...change },
  })

describe('Article 14: applying for conditionally open data', () => {
  it('[SZ-14.4-a] takes an application with a scenario and three undertakings, each of its own', async () => {
    const company = await city.signIn('company')
    const silent = await apply(company, { scenario: ' ' })
    expect(silent.body).toMatchObject({ article: 'SZ-14.4-a', errors: [{ path: 'scenario' }] })
    for (const part of ['undertaking-genuine', 'undertaking-compliant', 'undertaking-safe']) {
      const unticked = await apply(company, { [part]: false })
      expect(unticked.status).toBe(422)
      expect(unticked.body).toMatchObject({ article: 'SZ-14.4-a', errors: [{ path: part }] })
    }
    for (const caller of [company, city.citizen]) {
      const filed = await apply(caller, { scenario: '就诊高峰预测' })
      expect(filed.status).toBe(201)
      expect(filed.body).toMatchObject({
        decider: { id: 'market' },
        waitsFor: [{ organisation: { id: 'market' } }],
        clocks: [{ kind: 'waiting', startedOn: '2023-05-08', dueOn: null, workingDays: null, running: true }],
      })
      expect((await caller.get(`/api/v1/cases/${filed.body.id}`)).body.state.title.zh).toBe('待答复')
      const answered = await act(city, city.steward, filed.body, 'provide')
      expect(answered.body.outcome).toBe('granted')
    }
  })
})
