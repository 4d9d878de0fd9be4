import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, conditional, lawBasis, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let openId: string
let conditionalId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2022-09-01T01:00:00Z')
  openId = await publishEntry(city, { title: '公交站点', opening: unconditional })
  conditionalId = await publishEntry(city, { title: '停车记录', opening: conditional })
  for (const id of [openId, conditionalId]) await bringIn(city, id, companyFile([syntheticCreditCode(1)]))
})
afterAll(() => city.close())

async function filed(at: string) {
  city.at(at)
  const answer = await city.citizen.post('/api/v1/cases', {
    procedure: 'opening-request',
    entryId: conditionalId,
    content: { scenario: '停车诱导', fields: ['企业名称'] },
  })
  expect(answer.status).toBe(201)
  return answer.body
}
const act = (caller: City['user'], caseId: string, key: string, content: object = {}) =>
  caller.post(`/api/v1/cases/${caseId}/acts/${key}`, { content })
const clock = (view: { clocks: { key: string }[] }, key: string) =>
  view.clocks.find((each) => each.key === key) as unknown as Record<string, unknown>
const seen = async (caseId: string, caller = city.citizen) =>
  (await caller.get(`/api/v1/cases/${caseId}`)).body
const keysOf = (list: { key: string }[]) => list.map(({ key }) => key)
const unsettled = { question: '目录条件未涵盖该用途，请提出意见' }

describe('Article 27: obtaining open data', () => {
  it('[CQ-27.2] gives a visitor without an account the file, with no application at all', async () => {
    for (const format of ['csv', 'xlsx', 'json'])
      expect(
        (await city.visitor.get(`/api/v1/entries/${openId}/download?format=${format}`)).status,
        format,
      ).toBe(200)
    expect((await city.visitor.get(`/api/v1/entries/${openId}/rows`)).body.basis.kind).toBe('open')
    const request = await city.citizen.post('/api/v1/cases', {
      procedure: 'opening-request',
      entryId: openId,
      content: { scenario: '无须申请', fields: ['企业名称'] },
    })
    expect(request.status).toBe(403)
  })

  it('[CQ-27.3] takes a request to the authority, with a number and the reply date five working days on', async () => {
    const view = await filed('2022-09-01T02:00:00Z')
    expect(view.number).toMatch(/^CQ-KF-2022-\d{6}$/)
    expect(clock(view, 'reply')).toMatchObject({ dueOn: '2022-09-08', workingDays: 5 })
    expect(view.waitsFor).toEqual([
      expect.objectContaining({ organisation: expect.objectContaining({ id: 'authority' }) }),
    ])
    const queue = (await city.authority.get('/api/v1/cases?box=inbox')).body.items
    expect(queue.map(({ id }: { id: string }) => id)).toContain(view.id)
    expect((await seen(view.id)).state.key).toBe('received')
    expect((await city.visitor.get(`/api/v1/entries/${conditionalId}/rows`)).status).toBe(403)
  })
})

describe('Article 28: reply to an opening request', () => {
  it('[CQ-28.1-a] leaves National Day out and counts the make-up days, shown to applicant and authority', async () => {
    const { id } = await filed('2022-09-29T02:00:00Z')
    for (const caller of [city.citizen, city.authority])
      expect(clock(await seen(id, caller), 'reply')).toMatchObject({
        dueOn: '2022-10-11',
        kind: 'statutory',
        article: 'CQ-28.1-a',
      })
    city.at('2022-10-11T16:00:01Z')
    await city.settle()
    expect((await seen(id)).due).toMatchObject({ overdue: true })
  })

  it('[CQ-28.1-c] does not send a refusal that lacks reasons or basis, and shows both to the applicant', async () => {
    const { id } = await filed('2022-09-01T02:00:00Z')
    for (const content of [{}, { reasons: '涉及个人行踪' }, { basis: lawBasis }]) {
      const answer = await act(city.authority, id, 'refuse', content)
      expect(answer.status).toBe(422)
      expect(answer.body.article).toBe('CQ-28.1-c')
    }
    expect((await seen(id)).outcome).toBeNull()
    await act(city.authority, id, 'refuse', { reasons: '涉及个人行踪', basis: lawBasis })
    const told = await seen(id)
    expect(told.outcome).toBe('refused')
    expect(keysOf(told.events.at(-1).content)).toEqual(['reasons', 'basis'])
  })

  it('[CQ-28.2-a] extends once, only what the catalogue does not settle, and before the first date passes', async () => {
    const settled = await filed('2022-09-01T02:00:00Z')
    const refused = await act(city.authority, settled.id, 'extend', { reasons: '需要核实' })
    expect(refused.status).toBe(409)
    expect(refused.body.article).toBe('CQ-28.2-a')

    const { id } = await filed('2022-09-01T02:00:00Z')
    await act(city.authority, id, 'mark-unsettled', unsettled)
    const extended = await act(city.authority, id, 'extend', { reasons: '需征求意见' })
    // 8 September was the first date; 12 September was the Mid-Autumn holiday.
    expect(clock(extended.body, 'reply')).toMatchObject({ dueOn: '2022-09-16', extended: true })
    const shown = (await seen(id)).events.find((event: { act: string }) => event.act === 'extend')
    expect(shown.content).toContainEqual(expect.objectContaining({ value: '需征求意见' }))
    expect((await act(city.authority, id, 'extend', { reasons: '再次' })).status).toBe(409)

    const late = await filed('2022-09-01T02:00:00Z')
    await act(city.authority, late.id, 'mark-unsettled', unsettled)
    city.at('2022-09-09T02:00:00Z')
    expect((await act(city.authority, late.id, 'extend', { reasons: '已过期' })).status).toBe(409)
  })

  it('[CQ-28.2-b] asks the provider at once, without an extension, and shows its opinion to who decides', async () => {
    const { id } = await filed('2022-09-01T02:00:00Z')
    const marked = await act(city.authority, id, 'mark-unsettled', unsettled)
    expect(clock(marked.body, 'reply')).toMatchObject({ dueOn: '2022-09-08', extended: false })
    const queue = (await city.steward.get('/api/v1/cases?box=inbox')).body.items
    expect(queue.map((item: { id: string }) => item.id)).toContain(id)
    const opinion = { position: 'in-favour-on-conditions', opinion: '车牌号脱敏后可以开放' }
    await act(city.steward, id, 'answer-consultation', opinion)
    const decider = await seen(id, city.authority)
    expect(decider.events.at(-1).content).toContainEqual(
      expect.objectContaining({ key: 'opinion', value: opinion.opinion }),
    )
    expect(keysOf(decider.acts)).toContain('agree')
    // The opinion is advice: the provider itself decides nothing.
    expect((await act(city.steward, id, 'agree')).status).toBe(403)
    const adopted = await act(city.authority, id, 'agree', { conditions: '车牌号脱敏' })
    expect(adopted.status).toBe(200)
  })

  it('[CQ-28.2-c] gives the provider three working days; a decision without its opinion goes through and says so', async () => {
    const { id } = await filed('2022-09-01T02:00:00Z')
    const marked = await act(city.authority, id, 'mark-unsettled', unsettled)
    expect(clock(marked.body, 'consultation')).toMatchObject({
      dueOn: '2022-09-06',
      workingDays: 3,
      article: 'CQ-28.2-c',
    })
    city.at('2022-09-06T16:00:01Z')
    await city.settle()
    expect(clock(await seen(id, city.steward), 'consultation')).toMatchObject({ overdue: true })
    await noticeOf(city.steward, 'case.overdue')
    const decided = await act(city.authority, id, 'agree')
    expect(decided.status).toBe(200)
    const history = (await seen(id)).events.map((event: { act: string }) => event.act)
    expect(history).toEqual(['file', 'mark-unsettled', 'overdue', 'agree'])
  })
})

describe('Article 27: free of charge, and alike for all', () => {
  it('[CQ-27.1-a] refuses a price on an entry, takes no fee with a request, and lays the same conditions on everyone', async () => {
    const priced = await city.steward.patch(`/api/v1/entries/${openId}`, {
      price: 5,
      version: (await city.steward.get(`/api/v1/entries/${openId}`)).body.version,
    })
    expect(priced.status).toBe(403)
    expect(priced.body).toMatchObject({ article: 'CQ-27.1-a', errors: [{ path: 'price' }] })
    expect((await city.visitor.get(`/api/v1/entries/${openId}/download?format=csv`)).status).toBe(200)
    const paid = await city.citizen.post('/api/v1/cases', {
      procedure: 'opening-request',
      entryId: conditionalId,
      content: { scenario: '停车诱导', fields: ['企业名称'], fee: 5 },
    })
    expect(paid.status).toBe(422)
    const plans = await Promise.all(
      [city.visitor, city.citizen].map((caller) =>
        caller.get(`/api/v1/entries/${conditionalId}/access-plan`),
      ),
    )
    const [visitor, citizen] = plans.map(({ body }) => body.request.content)
    expect(visitor).toEqual(citizen)
  })
})
