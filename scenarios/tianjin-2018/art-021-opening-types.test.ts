import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, companyRegister, lawBasis, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let requestedId: string
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-03-04T01:00:00Z')
  requestedId = await publishEntry(city, {
    title: '出租汽车行程',
    opening: { type: 'conditional', conditions: '用于研究', basis: null },
  })
  await bringIn(city, requestedId, companyFile([syntheticCreditCode(1)]))
})
afterAll(() => city.close())

const act = (caller: City['user'], caseId: string, key: string, content: object = {}) =>
  caller.post(`/api/v1/cases/${caseId}/acts/${key}`, { content })
async function filed(at: string) {
  city.at(at)
  const answer = await city.citizen.post('/api/v1/cases', {
    procedure: 'opening-request',
    entryId: requestedId,
    content: { scenario: '出行研究', fields: ['企业名称'] },
  })
  expect(answer.status).toBe(201)
  return answer.body
}
const clock = (view: { clocks: { key: string }[] }, key: string) =>
  view.clocks.find((each) => each.key === key) as unknown as Record<string, unknown>

describe('Articles 21 and 22: opening types', () => {
  it('[TJ-21.1] gives every entry one of three opening types, whatever its sharing type', async () => {
    const id = await publishEntry(city, {
      title: '仅限共享',
      sharing: unconditional,
      opening: { type: 'none', conditions: '', basis: null },
    })
    await bringIn(city, id, companyFile([syntheticCreditCode(2)]))
    const entry = (await city.visitor.get(`/api/v1/entries/${id}`)).body
    expect(entry).toMatchObject({ sharingType: 'unconditional', openingType: 'none' })
    expect((await city.visitor.get(`/api/v1/entries/${id}/rows`)).status).toBe(403)
    const plan = (await city.visitor.get(`/api/v1/entries/${id}/access-plan`)).body
    expect(plan).toMatchObject({ now: null, request: null })
    const form = (await city.visitor.get(`/api/v1/entries/${requestedId}/access-plan`)).body
    expect(form.request).toMatchObject({ procedure: 'opening-request', possible: true })
    const unknown = await city.steward.post('/api/v1/entries', {
      ...companyRegister,
      opening: { type: 'partial', conditions: '', basis: null },
    })
    expect(unknown.status).toBe(403)
    expect(unknown.body.condition.zh).toMatch(/无条件开放、有条件开放、不予开放/)
  })

  it('[TJ-22.1-b] lets anyone find, preview, download and query what is opened unconditionally', async () => {
    const id = await publishEntry(city, { title: '公园名录', opening: unconditional })
    await bringIn(city, id, companyFile([syntheticCreditCode(3)]))
    const found = (await city.visitor.get(`/api/v1/entries?q=${encodeURIComponent('公园')}`)).body
    expect(found.items.map((item: { id: string }) => item.id)).toEqual([id])
    for (const address of [
      'rows',
      `rows/${syntheticCreditCode(3)}`,
      'aggregate?group=%E4%BC%81%E4%B8%9A%E5%90%8D%E7%A7%B0',
      'download?format=csv',
    ])
      expect((await city.visitor.get(`/api/v1/entries/${id}/${address}`)).status, address).toBe(200)
  })
})

describe('Article 23: conditionally open data', () => {
  it('[TJ-23.1] takes the request to the provider, with a number, state and history for the applicant', async () => {
    const view = await filed('2019-03-04T01:00:00Z')
    expect(view.number).toMatch(/^TJ-KF-2019-\d{6}$/)
    expect(view.waitsFor[0].organisation.id).toBe('market')
    const inbox = (await city.steward.get('/api/v1/cases?box=inbox')).body.items
    expect(inbox.map(({ id }: { id: string }) => id)).toContain(view.id)
    await act(city.steward, view.id, 'accept')
    const followed = (await city.citizen.get(`/api/v1/cases/${view.id}`)).body
    expect(followed.state.key).toBe('accepted')
    expect(followed.events.map((event: { act: string }) => event.act)).toEqual(['file', 'accept'])
    const foreign = await act(city.authority, view.id, 'provide')
    expect([foreign.status, foreign.body.article]).toEqual([403, 'TJ-23.2-b'])
  })

  it('[TJ-23.2-b] is due two working days after acceptance, Mid-Autumn left out, and delivered to that applicant only', async () => {
    const { id } = await filed('2019-09-11T01:00:00Z')
    city.at('2019-09-12T01:00:00Z')
    const accepted = await act(city.steward, id, 'accept')
    expect(clock(accepted.body, 'reply')).toMatchObject({
      dueOn: '2019-09-17',
      kind: 'statutory',
      article: 'TJ-23.2-b',
    })
    city.at('2019-09-17T16:00:01Z')
    await city.settle()
    expect((await city.citizen.get(`/api/v1/cases/${id}`)).body.due).toMatchObject({ overdue: true })
    const { body } = await act(city.steward, id, 'provide')
    const rows = `/api/v1/entries/${requestedId}/rows?grant=${body.grantId}`
    expect((await city.citizen.get(rows)).status).toBe(200)
    for (const stranger of [city.visitor, city.other])
      expect((await stranger.get(`/api/v1/entries/${requestedId}/rows`)).status).toBe(403)
    expect((await city.other.get(rows)).status).toBe(403)
  })

  it('[TJ-23.2-c] does not send a refusal that lacks reason or basis, shows both, and counts it for its provider', async () => {
    const refusals = async (provider = 'market', caller = city.authority): Promise<number> => {
      const asked = 'procedure=opening-request&from=2019-01-01&until=2019-12-31'
      const answer = await caller.get(`/api/v1/figures?${asked}&organisation=${provider}`)
      expect(answer.status).toBe(200)
      return answer.body.total.refused
    }
    const before = await refusals()
    const { id } = await filed('2019-03-04T01:00:00Z')
    await act(city.steward, id, 'accept')
    for (const content of [{ reasons: '涉及隐私' }, { basis: lawBasis }]) {
      const answer = await act(city.steward, id, 'refuse', content)
      expect(answer.status).toBe(422)
      expect(answer.body.article).toBe('TJ-23.2-c')
    }
    await act(city.steward, id, 'refuse', { reasons: '涉及隐私', basis: lawBasis })
    const told = (await city.citizen.get(`/api/v1/cases/${id}`)).body
    expect(told.outcome).toBe('refused')
    expect(told.events.at(-1).content.map(({ key }: { key: string }) => key)).toEqual(['reasons', 'basis'])
    expect(await refusals()).toBe(before + 1)
    expect(await refusals('market', city.steward)).toBe(before + 1)
    expect(await refusals('health')).toBe(0)
  })

  it('[TJ-23.2-a] measures the time to acceptance without a statutory number, and warns by a local target that says so', async () => {
    const { id } = await filed('2019-03-04T01:00:00Z')
    const waiting = (await city.citizen.get(`/api/v1/cases/${id}`)).body
    expect(clock(waiting, 'acceptance')).toMatchObject({
      startedOn: '2019-03-04',
      workingDays: null,
      dueOn: null,
      article: 'TJ-23.2-a',
    })
    const target = (caller: City['user'], clockKey: string, workingDays: number | null) =>
      caller.post(`/api/v1/clock-targets/opening-request/${clockKey}`, {
        workingDays,
        instrument: { zh: '示例市政务数据开放工作规程第四条', en: 'Demo rules on opening, article 4' },
      })
    expect((await target(city.steward, 'acceptance', 1)).status).toBe(403)
    // What the text has a number for is not the city's to set.
    expect((await target(city.authority, 'reply', 5)).body).toMatchObject({
      status: 403,
      article: 'TJ-23.2-b',
    })
    expect((await target(city.authority, 'acceptance', 1)).status).toBe(200)
    const listed = (await city.visitor.get('/api/v1/clock-targets')).body.items
    expect(listed.find((each: { workingDays: number | null }) => each.workingDays !== null)).toMatchObject({
      clock: { key: 'acceptance' },
      instrument: { zh: expect.stringContaining('规程') },
    })

    const { id: later } = await filed('2019-03-06T01:00:00Z')
    const view = (await city.citizen.get(`/api/v1/cases/${later}`)).body
    expect(clock(view, 'acceptance')).toMatchObject({
      kind: 'local',
      workingDays: 1,
      dueOn: '2019-03-07',
      article: null,
      instrument: { zh: '示例市政务数据开放工作规程第四条' },
    })
    city.at('2019-03-07T16:00:01Z')
    await city.settle()
    for (const told of [city.steward, city.authority]) {
      const notice = await noticeOf(told, 'case.overdue')
      expect(notice).toMatchObject({ link: `/desk/cases/${later}` })
      expect(notice.title.zh).toContain('非法定')
      expect(notice.body.zh).toContain('条例没有规定期限')
    }
    // The request that began before keeps what held then.
    expect((await city.citizen.get(`/api/v1/cases/${id}`)).body.due).toBeNull()
    const console = (await city.authority.get('/api/v1/cases?box=all&open=true')).body.items
    expect(console.map((item: { id: string }) => item.id)).toEqual(expect.arrayContaining([id, later]))
    await target(city.authority, 'acceptance', null)
  })
})
