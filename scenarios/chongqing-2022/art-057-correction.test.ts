import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conditional, publishEntry } from '../kit/acts.ts'
import { agreedRequest, offerAgreement, signAgreement } from '../kit/agreements.ts'
import { type District, foundDistrict } from '../kit/bodies.ts'
import { callerOf } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'

let city: City
let agreementId: string
let yuzhong: District
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2026-03-02T01:00:00Z')
  yuzhong = await foundDistrict(city, 'yuzhong', '渝中区', '500103')
  const entryId = await publishEntry(city, { title: '停车记录', opening: conditional }, yuzhong.bureaus[0])
  const caseId = await agreedRequest(city, entryId, city.citizen)
  await offerAgreement(city, caseId, { 'feedback-rhythm': 'once' })
  agreementId = (await signAgreement(city.citizen, caseId)).id
})
afterAll(() => city.close())

const order = (change: object = {}, caller = city.authority) =>
  caller.post(`/api/v1/agreements/${agreementId}/acts/order-correction`, {
    content: {
      ground: 'no-feedback',
      facts: '约定日期已过，未收到反馈',
      'correct-by': '2026-07-20',
      ...change,
    },
  })
const act = (caller: City['citizen'], caseId: string, key: string, content: object = {}) =>
  caller.post(`/api/v1/cases/${caseId}/acts/${key}`, { content })

describe('Article 57: breach of the agreement', () => {
  it('[CQ-29.3-b] [CQ-57.1-a] an order opens from missed feedback, on two grounds only, and by the municipal authority alone', async () => {
    const early = await order()
    expect(early.body).toMatchObject({ status: 422, article: 'CQ-57.1-a', errors: [{ path: 'ground' }] })
    city.at('2026-07-01T01:00:00Z')
    await city.settle()
    await noticeOf(city.citizen, '逾期未报')

    expect((await order({ ground: 'leak' })).body).toMatchObject({ status: 422, article: 'CQ-57.1-a' })
    expect((await order({ 'correct-by': undefined })).status).toBe(422)
    expect((await order({ 'correct-by': '2026-07-01' })).body.errors).toEqual([
      expect.objectContaining({ path: 'correct-by' }),
    ])
    // The authority of the provider's own district sees the agreement and does not give the order.
    const district = await order({}, yuzhong.authority)
    expect(district.body).toMatchObject({ status: 403, article: 'CQ-57.1-a' })
    expect((await order({}, yuzhong.bureaus[0])).status).toBe(403)
    // Nor does a member of the municipal authority who does not decide for it.
    const clerk = { username: 'clerk', password: cityPassword }
    await city.house.identity.createUser({
      ...clerk,
      name: '示例工作人员',
      organisationId: 'authority',
      powers: ['requester'],
    })
    expect((await order({}, await callerOf(city.house, clerk))).status).toBe(403)
    expect((await city.authority.get('/api/v1/cases?box=all&procedure=correction-order')).body.items).toEqual(
      [],
    )

    const given = await order()
    expect(given.status, given.text).toBe(201)
    const seen = (await city.citizen.get(`/api/v1/cases/${given.body.caseId}`)).body
    expect(seen.state.title.zh).toBe('限期改正中')
    expect(seen.opening).toContainEqual(expect.objectContaining({ key: 'correct-by', value: '2026-07-20' }))
    expect((await city.citizen.get('/api/v1/cases?box=inbox')).body.items[0].id).toBe(given.body.caseId)
    // The user replies; the authority verifies and closes.
    expect(
      (await act(city.citizen, given.body.caseId, 'report', { correction: '已补报，见附件' })).status,
    ).toBe(200)
    const closed = await act(city.authority, given.body.caseId, 'accept')
    expect(closed.body).toMatchObject({ outcome: 'closed', state: { key: 'corrected' } })
  })

  it('[CQ-57.1-b] a fine opens only once the day of the order has passed, and only within its two bounds', async () => {
    const { caseId } = (await order()).body
    const fine = (amount: string) => act(city.authority, caseId, 'fine', { amount, reasons: '逾期未改正' })
    const early = await fine('20000')
    expect(early.body).toMatchObject({ status: 409, article: 'CQ-57.1-b' })
    city.at('2026-07-20T15:59:00Z')
    expect((await fine('20000')).status).toBe(409)
    city.at('2026-07-20T16:00:00Z')
    for (const amount of ['120000', '9999', '100001', '一万', '1e4', '20000.5']) {
      const refused = await fine(amount)
      expect(refused.body, amount).toMatchObject({
        status: 422,
        article: 'CQ-57.1-b',
        errors: [{ path: 'amount' }],
      })
      expect(refused.body.condition.zh).toMatch(/10000.*100000/)
    }
    expect((await fine('10000')).body.state.key).toBe('fined')
  })

  it('[CQ-57.1-b] grave consequences on record open the fine before that day', async () => {
    city.at('2026-07-02T01:00:00Z')
    const { caseId } = (await order({ ground: 'beyond-scope', facts: '用于广告推送' })).body
    const fine = () => act(city.authority, caseId, 'fine', { amount: '100000', reasons: '造成严重后果' })
    expect((await fine()).status).toBe(409)
    expect((await act(city.authority, caseId, 'record-grave', { consequences: ' ' })).status).toBe(422)
    await act(city.authority, caseId, 'record-grave', { consequences: '大量个人信息被用于诈骗' })
    expect((await fine()).body.state.key).toBe('fined')
  })
})
