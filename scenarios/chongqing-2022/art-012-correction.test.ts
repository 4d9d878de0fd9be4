import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2023-03-01T02:00:00Z')
  entryId = await publishEntry(city, { title: '医疗保险参保信息' })
})
afterAll(() => city.close())

const wanted = {
  ground: 'inaccurate',
  fields: ['法定代表人'],
  statement: '本人出生年份登记为一九七〇，应为一九七一',
  proof: '身份证复印件',
  'own-data': true,
}
const file = (caller: City['user'], content: object = {}) =>
  caller.post('/api/v1/cases', { procedure: 'correction', entryId, content: { ...wanted, ...content } })
const act = (caller: City['user'], caseId: string, key: string, content: object = {}) =>
  caller.post(`/api/v1/cases/${caseId}/acts/${key}`, { content })

describe('Article 12: requests for correction', () => {
  it('[CQ-12.2-a] brings a request to the holding body, not to the authority, with a number to follow', async () => {
    const filed = await file(city.citizen)
    expect(filed.status).toBe(201)
    expect(filed.body.number).toMatch(/^CQ-JH-2023-\d{6}$/)
    expect(filed.body.waitsFor).toEqual([
      expect.objectContaining({ organisation: expect.objectContaining({ id: 'market' }) }),
    ])
    const inbox = async (caller: City['user']) =>
      (await caller.get('/api/v1/cases?box=inbox')).body.items.map(({ id }: { id: string }) => id)
    expect(await inbox(city.steward)).toContain(filed.body.id)
    expect(await inbox(city.authority)).not.toContain(filed.body.id)
    const foreign = await act(city.authority, filed.body.id, 'correct', { reply: '已更正' })
    expect([foreign.status, foreign.body.article]).toEqual([403, 'CQ-12.2-b'])
    expect((await city.citizen.get(`/api/v1/cases/${filed.body.id}`)).body.state.key).toBe('received')
    // Only whom the data concern, on one of the two grounds, and signed in.
    expect((await file(city.citizen, { 'own-data': undefined })).body).toMatchObject({
      status: 422,
      article: 'CQ-12.2-a',
      errors: [{ path: 'own-data' }],
    })
    expect((await file(city.citizen, { ground: 'disliked' })).status).toBe(422)
    expect((await file(city.visitor)).status).toBe(401)
  })

  it('[CQ-12.2-b] shows the age of an open request and no statutory date, and ends with a reply only', async () => {
    const { body: filed } = await file(city.citizen, { ground: 'incomplete' })
    city.at('2023-03-21T02:00:00Z')
    await city.settle()
    const listed = (await city.authority.get('/api/v1/cases?box=all&procedure=correction&open=true')).body
      .items
    const old = listed.find(({ id }: { id: string }) => id === filed.id)
    expect(old).toMatchObject({ openedAt: '2023-03-01T02:00:00.000Z', due: null })
    const seen = (await city.authority.get(`/api/v1/cases/${filed.id}`)).body
    expect(seen.clocks).toEqual([
      expect.objectContaining({
        article: 'CQ-12.2-b',
        startedOn: '2023-03-01',
        workingDays: null,
        dueOn: null,
        overdue: false,
      }),
    ])
    for (const key of ['correct', 'keep']) {
      const silent = await act(city.steward, filed.id, key)
      expect(silent.status).toBe(422)
      expect(silent.body).toMatchObject({ article: 'CQ-12.2-b', errors: [{ path: 'reply' }] })
    }
    const answered = await act(city.steward, filed.id, 'keep', { reply: '经核查与原始材料一致' })
    expect(answered.body.outcome).toBe('refused')
    const told = (await city.citizen.get(`/api/v1/cases/${filed.id}`)).body
    expect(told.events.at(-1).content).toContainEqual(
      expect.objectContaining({ key: 'reply', value: '经核查与原始材料一致' }),
    )
    expect((await noticeOf(city.citizen, filed.number)).link).toBe(`/desk/cases/${filed.id}`)
  })
})
