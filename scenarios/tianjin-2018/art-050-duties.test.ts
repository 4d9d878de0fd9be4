import { setDutyTarget } from '@tiaoli/contract/duties'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const instrument = { zh: '示例职责管理办法第五条', en: 'Demo rules on duties, article 5' }

describe('Duties of organisations under the promotion of big data', () => {
  let city: City
  beforeAll(async () => {
    city = await openCity('tianjin')
    city.at('2023-03-01T02:00:00Z')
    await city.house.identity.createOrganisation({
      id: 'beichen',
      name: { zh: '示例北辰区人民政府', en: 'Demo Beichen District' },
      kind: 'department',
      level: 'district',
      creditCode: syntheticCreditCode(40),
      roles: ['department'],
      budgetFunded: true,
    })
  })
  afterAll(() => city.close())
  const path = (id: string, rest = '') => `/api/v1/duties/${id}${rest}`

  it('[TJ-41.1] has one item for each government, and is open for the district that has no talent plan', async () => {
    await city.authority.post(path('TJ-41.1', '/owners'), { organisationIds: ['beichen', 'civil'] })
    const note = encodeURIComponent('人才规划')
    const filed = await city.user.upload(
      path('TJ-41.1', `/evidence?filename=plan.pdf&note=${note}`),
      '%PDF plan',
    )
    expect(filed.status).toBe(201)
    const { body } = await city.authority.get(path('TJ-41.1'))
    expect(
      body.owners.map(({ organisation, state }: { organisation: { id: string }; state: string }) => [
        organisation.id,
        state,
      ]),
    ).toEqual([
      ['beichen', 'open'],
      ['civil', 'on-file'],
    ])
    expect(body.state).toBe('open')
  })

  it('[TJ-43.1] shows a measure that the text leaves to the department as optional, and never as late', async () => {
    await city.authority.post(path('TJ-43.1', '/owners'), { organisationIds: ['civil'] })
    const dated = await city.authority.post(path('TJ-43.1', '/target'), {
      firstDueOn: '2023-12-31',
      everyMonths: 12,
      instrument,
    })
    expect(expectProblem(dated, setDutyTarget)).toBe('refused-by-law')
    city.at('2029-03-01T02:00:00Z')
    const { body } = await city.authority.get('/api/v1/duties?box=all&limit=200')
    expect(body.items.find(({ id }: { id: string }) => id === 'TJ-43.1')).toMatchObject({
      modality: 'may',
      state: 'open',
      target: null,
    })
    const free = body.items.filter(({ modality }: { modality: string }) => modality !== 'order')
    expect(free.length).toBeGreaterThan(5)
    expect(free.every(({ state }: { state: string }) => state === 'open' || state === 'on-file')).toBe(true)
  })

  it('[TJ-50.1-a] shows the authority every organisation that has no protection rules on file', async () => {
    const note = encodeURIComponent('安全防护管理制度')
    await city.steward.upload(path('TJ-50.1-a', `/evidence?filename=rules.docx&note=${note}`), 'rules')
    const { body } = await city.authority.get(path('TJ-50.1-a'))
    const states = new Map(
      body.owners.map((owner: { organisation: { id: string }; state: string }) => [
        owner.organisation.id,
        owner.state,
      ]),
    )
    expect(states.get('market')).toBe('on-file')
    for (const id of ['civil', 'health', 'beichen']) expect(states.get(id)).toBe('open')
  })
})
