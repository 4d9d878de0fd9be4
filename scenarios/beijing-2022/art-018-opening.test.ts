import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, commit, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let openId: string
let conditionalId: string
const onConditions = { type: 'conditional', conditions: '用于学术研究，具备数据安全保护能力', basis: null }
beforeAll(async () => {
  city = await openCity('beijing')
  city.at('2023-03-01T02:00:00Z')
  openId = await publishEntry(city, { title: '公交站点位置', opening: unconditional })
  conditionalId = await publishEntry(city, { title: '就诊记录统计', opening: onConditions })
  await bringIn(city, openId, companyFile([syntheticCreditCode(1)]))
  await bringIn(city, conditionalId, companyFile([syntheticCreditCode(2)]))
})
afterAll(() => city.close())

const apply = (content: object = {}) =>
  city.citizen.post('/api/v1/cases', {
    procedure: 'opening-request',
    entryId: conditionalId,
    content: {
      scenario: '毕业论文',
      fields: ['企业名称'],
      qualification: '在校研究生，数据存放于校内专用环境',
      ...content,
    },
  })
const act = (caller: City['user'], caseId: string, key: string, content: object = {}) =>
  caller.post(`/api/v1/cases/${caseId}/acts/${key}`, { content })

describe('Article 18: opening', () => {
  it('[BJ-18.1-b] gives the unconditional at once and shows conditions and form of the conditional', async () => {
    expect((await city.visitor.get(`/api/v1/entries/${openId}/download?format=csv`)).status).toBe(200)
    const refused = await city.visitor.get(`/api/v1/entries/${conditionalId}/rows`)
    expect(refused.status).toBe(403)
    expect(refused.body.article).toBe('BJ-18.1-b')
    const entry = (await city.visitor.get(`/api/v1/entries/${conditionalId}`)).body
    expect(entry.opening.conditions).toBe(onConditions.conditions)
    const plan = (await city.visitor.get(`/api/v1/entries/${conditionalId}/access-plan`)).body
    expect(plan.request).toMatchObject({ procedure: 'opening-request' })
    expect(plan.request.content.map(({ key }: { key: string }) => key)).toContain('qualification')
  })

  it('[BJ-18.1-b] refuses to publish a conditional entry that states no conditions', async () => {
    const { body } = await city.steward.post('/api/v1/entries', {
      title: '无条件说明',
      summary: '示例',
      theme: 'health',
      fields: [{ name: '名称', type: 'text', meaning: '名称', sensitivity: 'public' }],
      updateCycle: 'yearly',
      securityGrade: 'general-1',
      opening: { type: 'conditional', conditions: '', basis: null },
    })
    const answer = await city.steward.post(`/api/v1/entries/${body.id}/acts/publish`)
    expect(answer.status).toBe(422)
    expect(answer.body).toMatchObject({
      article: 'BJ-18.1-b',
      errors: [expect.objectContaining({ path: 'opening.conditions' })],
    })
  })

  it('[BJ-18.1-b] calls an entry outside the list not yet opened, which is no class of the text', async () => {
    const id = await publishEntry(city, { title: '未列入清单', opening: undefined })
    expect((await city.visitor.get(`/api/v1/entries/${id}`)).body.openingType).toBe('none')
    const types = (await city.visitor.get('/api/v1/rulebook')).body.catalogue.openingTypes
    const none = types.find(({ key }: { key: string }) => key === 'none')
    expect(none.term.zh).toBe('尚未开放')
    expect(none.instrument).not.toBeNull()
  })

  it('[BJ-18.1-c] shows the applicant every step and the reason of a refusal, under no deadline', async () => {
    const { body: filed } = await apply()
    expect(filed).toMatchObject({ due: null, state: { key: 'filed' } })
    expect(filed.waitsFor[0].organisation.id).toBe('market')
    expect((await act(city.steward, filed.id, 'refuse')).status).toBe(422)
    expect((await act(city.steward, filed.id, 'refuse', { reasons: '条件不符' })).status).toBe(200)
    const seen = (await city.citizen.get(`/api/v1/cases/${filed.id}`)).body
    expect(seen.outcome).toBe('refused')
    const refusal = seen.events.at(-1)
    expect(refusal.content).toContainEqual(expect.objectContaining({ key: 'reasons', value: '条件不符' }))
    expect(refusal.recordId).not.toBeNull()
  })

  it('[BJ-18.1-c] delivers to the applicant what was agreed, and to nobody else', async () => {
    const { body: filed } = await apply()
    const { body: agreed } = await act(city.steward, filed.id, 'agree')
    await commit(city, city.citizen, conditionalId, agreed.grantId)
    const rows = await city.citizen.get(`/api/v1/entries/${conditionalId}/rows?grant=${agreed.grantId}`)
    expect(rows.status).toBe(200)
    expect(Object.keys(rows.body.rows[0])).toEqual(['企业名称'])
    expect((await city.visitor.get(`/api/v1/entries/${conditionalId}/rows`)).status).toBe(403)
  })
})
