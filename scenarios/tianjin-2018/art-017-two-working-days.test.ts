import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, fileRequest, lawBasis, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-03-04T01:00:00Z')
  entryId = await publishEntry(city, {})
  await bringIn(city, entryId, companyFile([syntheticCreditCode(1), syntheticCreditCode(2)]))
})
afterAll(() => city.close())

const act = (caller: City['user'], caseId: string, key: string, content: object = {}) =>
  caller.post(`/api/v1/cases/${caseId}/acts/${key}`, { content })
async function filed(at: string) {
  city.at(at)
  const answer = await fileRequest(city.user, entryId)
  expect(answer.status).toBe(201)
  return answer.body
}
const statutory = (view: { clocks: { kind: string; running: boolean }[] }) =>
  view.clocks.filter((clock) => clock.kind === 'statutory') as unknown as Record<string, unknown>[]

async function refusedCase(at: string): Promise<string> {
  const { id } = await filed(at)
  await act(city.steward, id, 'accept')
  const refused = await act(city.steward, id, 'refuse', { reasons: '超出履职需要', basis: lawBasis })
  expect(refused.status).toBe(200)
  return id
}

describe('Article 17: conditionally shared data', () => {
  it('[TJ-17.1] brings the request to the provider at once, and not to the authority', async () => {
    const view = await filed('2019-03-04T01:00:00Z')
    expect(view.waitsFor).toEqual([
      expect.objectContaining({ organisation: expect.objectContaining({ id: 'market' }) }),
    ])
    expect(statutory(view)).toEqual([])
    expect(view.number).toMatch(/^TJ-GX-2019-\d+$/)
    const inbox = (await city.steward.get('/api/v1/cases?box=inbox')).body.items
    expect(inbox.map((each: { id: string }) => each.id)).toContain(view.id)
    expect((await act(city.authority, view.id, 'provide')).status).toBe(403)
  })

  it('[TJ-17.2-b] does not accept a refusal with a reason but no basis', async () => {
    const { id } = await filed('2019-03-04T01:00:00Z')
    await act(city.steward, id, 'accept')
    const answer = await act(city.steward, id, 'refuse', { reasons: '不便提供' })
    expect(answer.status).toBe(422)
    expect(answer.body.article).toBe('TJ-17.2-b')
    const basis = { rank: 'law', instrument: '中华人民共和国个人信息保护法', article: '第十三条' }
    const noReason = await act(city.steward, id, 'refuse', { basis })
    expect([noReason.status, noReason.body.article]).toEqual([422, 'TJ-17.2-b'])
    expect((await city.steward.get(`/api/v1/cases/${id}`)).body.outcome).toBeNull()

    // With both parts it reaches the requester, who reads them.
    expect((await act(city.steward, id, 'refuse', { reasons: '用途不符', basis })).status).toBe(200)
    const read = (await city.user.get(`/api/v1/cases/${id}`)).body
    expect(JSON.stringify(read.events.at(-1))).toContain('用途不符')
    expect(JSON.stringify(read.events.at(-1))).toContain('中华人民共和国个人信息保护法')
  })

  it('[TJ-17.2-a] starts two working days with acceptance, not with receipt, and counts the make-up Sunday', async () => {
    const { id } = await filed('2019-09-23T01:00:00Z')
    city.at('2019-09-27T01:00:00Z')
    const accepted = await act(city.steward, id, 'accept')
    expect(statutory(accepted.body)).toEqual([
      expect.objectContaining({
        startedOn: '2019-09-27',
        dueOn: '2019-09-30',
        workingDays: 2,
        article: expect.stringMatching(/^TJ-17\.2/),
      }),
    ])
  })

  it('[TJ-17.2-a] leaves National Day out', async () => {
    const { id } = await filed('2019-09-29T01:00:00Z')
    city.at('2019-09-30T01:00:00Z')
    const accepted = await act(city.steward, id, 'accept')
    expect(statutory(accepted.body)[0]).toMatchObject({ dueOn: '2019-10-09' })
  })

  it('[TJ-17.2-a] calls the date provisional in a year that is not announced', async () => {
    const { id } = await filed('2049-09-29T01:00:00Z')
    expect(statutory((await act(city.steward, id, 'accept')).body)[0]).toMatchObject({ provisional: true })
  })

  it('[TJ-17.2-a] is overdue after the second working day, and says so to provider and authority', async () => {
    const { id } = await filed('2019-03-04T01:00:00Z')
    await act(city.steward, id, 'accept')
    city.at('2019-03-06T16:00:01Z')
    await city.settle()
    const view = (await city.steward.get(`/api/v1/cases/${id}`)).body
    expect(view.due).toMatchObject({ dueOn: '2019-03-06', overdue: true })
    for (const told of [city.steward, city.authority])
      expect((await told.get('/api/v1/notices')).body.items[0]).toMatchObject({ kind: 'case.overdue' })
    const provided = await act(city.steward, id, 'provide')
    expect(provided.body.outcome).toBe('granted')
    expect(
      (await city.user.get(`/api/v1/entries/${entryId}/rows?grant=${provided.body.grantId}`)).status,
    ).toBe(200)
  })

  it('[TJ-17.2-c] records what both sides agree on after a refusal and provides that under the same request', async () => {
    const id = await refusedCase('2019-03-04T01:00:00Z')
    expect((await act(city.user, id, 'open-negotiation', { message: '可减少信息项' })).status).toBe(200)
    expect(
      (await act(city.user, id, 'propose-terms', { fields: ['企业名称'], terms: '仅需名称' })).status,
    ).toBe(200)
    const agreed = await act(city.steward, id, 'agree-to-proposal')
    expect(agreed.body.outcome).toBe('granted')
    const grant = (await city.user.get(`/api/v1/grants/${agreed.body.grantId}`)).body
    expect(grant.fields).toEqual(['企业名称'])
  })

  it('[TJ-17.2-d] brings only failed negotiation to the municipal authority, whose decision has no statutory clock and binds', async () => {
    const id = await refusedCase('2019-03-04T01:00:00Z')
    expect((await act(city.user, id, 'escalate', { statement: '请予决定' })).status).toBe(409)
    await act(city.user, id, 'open-negotiation', { message: '请再考虑' })
    await act(city.user, id, 'record-failure', { difference: '对用途理解不一' })
    const escalated = await act(city.user, id, 'escalate', { statement: '请予决定' })
    expect(escalated.status).toBe(200)
    expect(statutory(escalated.body).filter((clock) => clock.running)).toEqual([])
    expect((await act(city.steward, id, 'decide-share', { reasons: '符合履职' })).status).toBe(403)
    const bare = await act(city.authority, id, 'decide-share')
    expect(bare.status).toBe(422)
    const decided = await act(city.authority, id, 'decide-share', { reasons: '符合履职需要' })
    expect(decided.body.outcome).toBe('granted')
    expect(
      (await city.user.get(`/api/v1/entries/${entryId}/rows?grant=${decided.body.grantId}`)).status,
    ).toBe(200)
  })

  it('has no act of the other city: no extension, no consultation', async () => {
    const { id } = await filed('2019-03-04T01:00:00Z')
    expect((await act(city.authority, id, 'extend', { reasons: '需要' })).status).toBe(404)
    expect((await act(city.authority, id, 'mark-unsettled', {})).status).toBe(404)
  })
})
