import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, conditional, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let parking: string
let parks: string
const typed = (opening: object) => ({ sharing: unconditional, opening })
beforeAll(async () => {
  city = await openCity('xiamen')
  city.at('2024-03-04T01:00:00Z')
  parking = await publishEntry(city, { title: '停车场', ...typed(unconditional) })
  parks = await publishEntry(city, { title: '公园', ...typed(unconditional) })
  await bringIn(city, parking, companyFile([syntheticCreditCode(1)]))
})
afterAll(() => city.close())

const publish = (entryIds: string[], reasons: object = {}, caller = city.steward) =>
  caller.post('/api/v1/opening-lists', {
    list: 'opening-list',
    lines: entryIds.map((entryId) => ({ entryId })),
    reasons,
  })

describe('Article 28.2: the opening list', () => {
  it('[XM-28.2-a] is built from the own published items with type, format and rhythm; those of others cannot be chosen', async () => {
    const foreign = await publishEntry(city, { title: '户籍登记', ...typed(conditional) }, city.other)
    const draft = (await city.steward.get('/api/v1/opening-list-draft?list=opening-list')).body
    const offered = draft.candidates.map((each: { entryId: string }) => each.entryId)
    expect(offered).toEqual([parking, parks])
    const refused = await publish([parking, foreign])
    expect(refused.body).toMatchObject({ status: 403, article: 'XM-28.2-a' })
    expect(refused.body.condition.zh).toContain('户籍登记')
    expect((await city.visitor.get('/api/v1/opening-lists')).body.items).toEqual([])

    const published = await publish([parking, parks])
    expect(published.status, published.text).toBe(201)
    expect(published.body.items[0]).toMatchObject({
      title: '停车场',
      type: { term: { zh: '普遍开放' } },
      format: 'CSV',
      updateCycle: 'monthly',
    })
  })

  it('[XM-28.2-b] is public with its versions; each change shows date and reason, and those who use the data are told', async () => {
    const key = (await city.citizen.post('/api/v1/api-keys', { name: '停车应用' })).body
    expect((await city.visitor.withKey(key.key).get(`/api/v1/entries/${parking}/rows`)).status).toBe(200)

    const seen = (await city.steward.get(`/api/v1/entries/${parking}`)).body
    await city.steward.patch(`/api/v1/entries/${parking}`, { opening: conditional, version: seen.version })
    await republish(parking)
    const silent = await publish([parking])
    expect(silent.body).toMatchObject({ status: 422, article: 'XM-28.2-b' })
    expect(silent.body.errors).toHaveLength(2)
    city.at('2024-05-06T01:00:00Z')
    const reasons = { [parking]: '含有车牌信息，改为依申请', [parks]: '并入绿地条目' }
    expect((await publish([parking], reasons)).status).toBe(201)

    const { items } = (await city.visitor.get('/api/v1/opening-lists?owner=market')).body
    expect(items).toHaveLength(1)
    const list = (await city.visitor.get(`/api/v1/opening-lists/${items[0].id}`)).body
    expect(list.editions.map((each: { edition: number }) => each.edition)).toEqual([2, 1])
    expect(list.publishedAt).toBe('2024-05-06T01:00:00.000Z')
    expect(list.changeLog).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          title: '停车场',
          change: 'retyped',
          before: '普遍开放',
          after: '依申请开放',
          reason: '含有车牌信息，改为依申请',
        }),
        expect.objectContaining({ title: '公园', change: 'removed' }),
      ]),
    )
    const notice = await noticeOf(city.citizen, '停车场')
    expect(notice.body.zh).toContain('含有车牌信息')
    expect(
      (await city.other.get('/api/v1/notices')).body.items.map((each: { kind: string }) => each.kind),
    ).not.toContain('opening.changed')
  })
})

/** Takes a change of a published entry through whatever the city's cataloguing asks. */
async function republish(id: string): Promise<void> {
  for (const [caller, act, content] of [
    [city.steward, 'change', { note: '变更开放类型' }],
    [city.authority, 'confirm', {}],
    [city.authority, 'publish', {}],
    [city.steward, 'publish', {}],
  ] as const) {
    const entry = (await city.steward.get(`/api/v1/entries/${id}`)).body
    if (entry.status === 'published' && act !== 'change') return
    await caller.post(`/api/v1/entries/${id}/acts/${act}`, { content })
  }
}

describe('Article 28.1: opening is led by demand', () => {
  it('[XM-28.1-a] a demand for data not yet open reaches their owner with the count of like demands, and the answer is public', async () => {
    const demand = { title: '公共厕所位置', detail: '出行时查找', organisation: 'civil' }
    expect((await city.visitor.post('/api/v1/demands', demand)).status).toBe(401)
    const filed = await city.citizen.post('/api/v1/demands', demand)
    expect(filed.status).toBe(201)
    // The same again from somebody else is counted, not doubled.
    const again = await city.other.post('/api/v1/demands', { title: '公共厕所 位置' })
    expect(again.body).toMatchObject({ id: filed.body.id, backers: 2 })

    await noticeOf(city.user, '公共厕所位置')
    const waiting = (await city.user.get('/api/v1/demands?box=to-answer')).body.items
    expect(waiting).toEqual([expect.objectContaining({ id: filed.body.id, backers: 2, mayAnswer: true })])
    const path = `/api/v1/demands/${filed.body.id}/acts/answer`
    const answer = { kind: 'will-open', text: '将于下季度列入开放清单。' }
    // Another body does not answer it, nor does somebody who acts for no body at all.
    for (const caller of [city.steward, city.citizen])
      expect((await caller.post(path, answer)).status).toBe(403)
    expect((await city.user.post(path, answer)).status).toBe(200)
    const shown = (await city.visitor.get('/api/v1/demands')).body.items[0]
    expect(shown).toMatchObject({
      backers: 2,
      answer: { kind: 'will-open', text: answer.text, by: { id: 'civil' } },
    })
    await noticeOf(city.citizen, '已答复')
    expect((await city.user.post(path, answer)).status).toBe(409)
  })

  it('[XM-28.1-a] a demand of which nobody knows the owner goes to the authority, which refers it', async () => {
    const { body } = await city.citizen.post('/api/v1/demands', { title: '登山步道' })
    expect(
      (await city.steward.post(`/api/v1/demands/${body.id}/acts/refer`, { organisation: 'market' })).status,
    ).toBe(403)
    const referred = await city.authority.post(`/api/v1/demands/${body.id}/acts/refer`, {
      organisation: 'market',
    })
    expect(referred.body.addressee.id).toBe('market')
    await noticeOf(city.steward, '登山步道')
  })
})
