import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bringIn,
  closed,
  companyFile,
  fileRequest,
  lawBasis,
  publishEntry,
  requestFields,
} from '../kit/acts.ts'
import { foundDistrict } from '../kit/bodies.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
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
    const foreign = await act(city.authority, view.id, 'provide')
    expect([foreign.status, foreign.body.article]).toEqual([403, 'TJ-17.2-a'])
  })

  it('[TJ-17.1] takes no request on data that are not shared, and offers none', async () => {
    const kept = await publishEntry(city, { title: '不予共享的登记', sharing: closed })
    expect((await city.user.get(`/api/v1/entries/${kept}/access-plan`)).body.request).toBeNull()
    const refused = await fileRequest(city.user, kept)
    expect(refused.body).toMatchObject({ status: 403, code: 'refused-by-law', article: 'TJ-15.1-b' })
    expect(refused.body.condition.zh).toContain('不予共享')
    const box = (await city.steward.get('/api/v1/cases?box=all&procedure=sharing-request')).body.items
    expect(box.filter((each: { entry: { id: string } | null }) => each.entry?.id === kept)).toEqual([])
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
        article: 'TJ-17.2-a',
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
    for (const told of [city.steward, city.authority]) await noticeOf(told, 'case.overdue')
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

  /** A request that was refused, negotiated in vain and brought before the municipal authority. */
  async function escalatedCase(parties = { applicant: city.user, provider: city.steward, entryId }) {
    const { applicant, provider } = parties
    city.at('2019-03-04T01:00:00Z')
    const { id } = (await fileRequest(applicant, parties.entryId)).body
    await act(provider, id, 'accept')
    await act(provider, id, 'refuse', { reasons: '超出履职需要', basis: lawBasis })
    const early = await act(applicant, id, 'escalate', { statement: '请予决定' })
    expect([early.status, early.body.article]).toEqual([409, 'TJ-17.2-d'])
    await act(applicant, id, 'open-negotiation', { message: '请再考虑' })
    await act(provider, id, 'record-failure', { difference: '对用途理解不一' })
    const escalated = await act(applicant, id, 'escalate', { statement: '请予决定' })
    expect(escalated.status, escalated.text).toBe(200)
    expect(escalated.body.waitsFor).toMatchObject([{ organisation: { id: 'authority' } }])
    expect(statutory(escalated.body).filter((clock) => clock.running)).toEqual([])
    return escalated.body
  }
  const decisionRead = async (caller: City['user'], id: string) => {
    const { events } = (await caller.get(`/api/v1/cases/${id}`)).body
    return events.find(({ act: key }: { act: string }) => key.startsWith('decide-'))
  }

  it('[TJ-17.2-d] the decision to share opens the provider’s task again with the decision attached, and binds it', async () => {
    const { id } = await escalatedCase()
    const usurped = await act(city.steward, id, 'decide-share', { reasons: '符合履职' })
    expect([usurped.status, usurped.body.article]).toEqual([403, 'TJ-17.2-d'])
    const bare = await act(city.authority, id, 'decide-share')
    expect([bare.status, bare.body.errors[0].path]).toEqual([422, 'reasons'])
    const decided = await act(city.authority, id, 'decide-share', { reasons: '符合履职需要' })
    expect(decided.body).toMatchObject({
      outcome: null,
      state: { key: 'decided' },
      waitsFor: [{ organisation: { id: 'market' } }],
      due: null,
    })
    const inbox = (await city.steward.get('/api/v1/cases?box=inbox')).body.items
    expect(inbox.map((each: { id: string }) => each.id)).toContain(id)
    for (const party of [city.steward, city.user])
      expect(await decisionRead(party, id)).toMatchObject({
        act: 'decide-share',
        article: 'TJ-17.2-d',
        actor: { organisation: { id: 'authority' } },
        content: [expect.objectContaining({ value: '符合履职需要' })],
      })
    const again = await act(city.steward, id, 'refuse', { reasons: '仍不同意', basis: lawBasis })
    expect([again.status, again.body.code]).toEqual([409, 'act-not-available'])
    const provided = await act(city.steward, id, 'carry-out')
    expect(provided.body.outcome).toBe('granted')
    const { grantId } = provided.body
    expect((await city.user.get(`/api/v1/grants/${grantId}`)).body.fields).toEqual(requestFields)
    expect((await city.user.get(`/api/v1/entries/${entryId}/rows?grant=${grantId}`)).status).toBe(200)
  })

  it('[TJ-17.2-d] shares in part what was decided and no more, and not at all where that was decided', async () => {
    const part = await escalatedCase()
    const unnamed = await act(city.authority, part.id, 'decide-share-in-part', { reasons: '部分必需' })
    expect([unnamed.status, unnamed.body.errors[0].path]).toEqual([422, 'fields'])
    const decision = { reasons: '部分必需', fields: ['企业名称'] }
    expect((await act(city.authority, part.id, 'decide-share-in-part', decision)).status).toBe(200)
    const done = await act(city.steward, part.id, 'carry-out-in-part')
    expect((await city.user.get(`/api/v1/grants/${done.body.grantId}`)).body.fields).toEqual(['企业名称'])

    const against = await escalatedCase()
    const refused = await act(city.authority, against.id, 'decide-not-share', { reasons: '不属于履职需要' })
    expect(refused.body).toMatchObject({ outcome: 'refused', grantId: null })
    for (const party of [city.steward, city.user])
      expect(await decisionRead(party, against.id)).toMatchObject({
        act: 'decide-not-share',
        content: [expect.objectContaining({ value: '不属于履职需要' })],
      })
    const late = await act(city.steward, against.id, 'carry-out')
    expect([late.status, late.body.article]).toEqual([409, 'TJ-17.2-d'])
  })

  it('[TJ-17.2-d] a difference between bureaus of a district comes to the municipal authority too', async () => {
    const hebei = await foundDistrict(city, 'hebei', '河北区', '120105')
    const [provider, applicant] = hebei.bureaus
    const own = await publishEntry(city, { title: '河北区参保登记' }, provider)
    const { id } = await escalatedCase({ applicant, provider, entryId: own })
    // Its own authority watches and decides nothing.
    expect((await hebei.authority.get(`/api/v1/cases/${id}`)).status).toBe(200)
    const watched = await act(hebei.authority, id, 'decide-share', { reasons: '应当共享' })
    expect([watched.status, watched.body.article]).toEqual([403, 'TJ-17.2-d'])
    expect((await act(city.other, id, 'decide-share', { reasons: '应当共享' })).status).toBe(404)
    expect((await act(city.authority, id, 'decide-share', { reasons: '应当共享' })).status).toBe(200)
    const reopened = (await provider.get(`/api/v1/cases/${id}`)).body
    expect(reopened).toMatchObject({
      waitsForMe: true,
      waitsFor: [{ organisation: { id: 'hebei_first' } }],
    })
    expect((await act(provider, id, 'carry-out')).body.outcome).toBe('granted')
  })

  it('has no act of the other city: no extension, no consultation', async () => {
    const { id } = await filed('2019-03-04T01:00:00Z')
    expect((await act(city.authority, id, 'extend', { reasons: '需要' })).status).toBe(404)
    expect((await act(city.authority, id, 'mark-unsettled', {})).status).toBe(404)
  })
})
