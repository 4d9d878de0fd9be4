import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let stops: string
let visits: string
const notOpened = { type: 'none', conditions: '', basis: null }
beforeAll(async () => {
  city = await openCity('beijing')
  city.at('2026-03-02T01:00:00Z')
  stops = await publishEntry(city, { title: '公交站点', opening: notOpened })
  visits = await publishEntry(city, { title: '就诊统计', opening: notOpened })
})
afterAll(() => city.close())

const list = 'yearly-opening-list'
const line = (entryId: string, plannedType = 'unconditional') => ({
  entryId,
  plannedOn: '2026-06-30',
  plannedType,
})
const publish = (lines: object[], change: object = {}) =>
  city.steward.post('/api/v1/opening-lists', { list, year: 2026, kind: 'plan', lines, ...change })

describe('Article 18: the yearly opening list or plan', () => {
  it('[BJ-18.1-a] is composed from the own catalogue, each line with a way and a planned date', async () => {
    for (const bare of [{ entryId: stops }, { entryId: stops, plannedOn: '2026-06-30' }])
      expect((await publish([bare])).body).toMatchObject({ status: 422, article: 'BJ-18.1-a' })
    expect((await publish([line(stops)], { year: undefined })).status).toBe(422)
    const published = await publish([line(stops), line(visits, 'conditional')])
    expect(published.status, published.text).toBe(201)
    const [seen] = (await city.visitor.get(`/api/v1/opening-lists?list=${list}&year=2026`)).body.items
    expect(seen).toMatchObject({ owner: { id: 'market' }, year: 2026, kind: 'plan', lines: 2 })
  })

  it('[BJ-18.1-a] is followed line by line to opened, or to not opened with the reason', async () => {
    const [{ id }] = (await city.visitor.get(`/api/v1/opening-lists?list=${list}`)).body.items
    const outcomes = async () =>
      (await city.visitor.get(`/api/v1/opening-lists/${id}`)).body.items.map(
        (each: { outcome: unknown }) => each.outcome,
      )
    const waiting = { opened: false, reason: null }
    expect(await outcomes()).toEqual([waiting, waiting])

    const seen = (await city.steward.get(`/api/v1/entries/${stops}`)).body
    await city.steward.patch(`/api/v1/entries/${stops}`, {
      opening: { ...notOpened, type: 'unconditional' },
      version: seen.version,
    })
    const changed = await city.steward.post(`/api/v1/entries/${stops}/acts/publish-change`, {
      content: { note: '按计划开放' },
    })
    expect(changed.status, changed.text).toBe(200)
    // Free to all and without data is not opened yet.
    expect((await outcomes())[0]).toEqual(waiting)
    await bringIn(city, stops, companyFile([syntheticCreditCode(1)]))

    const state = (caller: City['citizen'], reason: string) =>
      caller.post(`/api/v1/opening-lists/${id}/lines/${visits}/outcome`, { reason })
    expect((await state(city.other, '条件不成熟')).status).toBe(403)
    expect((await state(city.steward, ' ')).status).toBe(422)
    expect((await state(city.steward, '脱敏方案尚未评审')).status).toBe(200)
    expect(await outcomes()).toEqual([
      { opened: true, reason: null },
      { opened: false, reason: '脱敏方案尚未评审' },
    ])
  })

  it('[BJ-18.1-a] whoever has published none for the year stands as such in the overview and gets a reminder', async () => {
    const overview = (await city.authority.get(`/api/v1/opening-overview?list=${list}&year=2026`)).body
    const of = (id: string) =>
      overview.items.find((item: { organisation: { id: string } }) => item.organisation.id === id)
    expect(of('market').published).toMatchObject({ lines: 2, opened: 1, notOpened: 1 })
    expect(of('civil').published).toBeNull()
    const remind = { list, year: 2026 }
    expect((await city.steward.post('/api/v1/opening-overview/remind', remind)).status).toBe(403)
    const { reminded } = (await city.authority.post('/api/v1/opening-overview/remind', remind)).body
    const ids = reminded.map((each: { id: string }) => each.id)
    expect(ids).toContain('civil')
    expect(ids).not.toContain('market')
    await noticeOf(city.user, '2026')
  })

  it('[BJ-18.1-d] takes no entry without a grade, and shows the demand beside each candidate', async () => {
    const bare = await publishEntry(city, { title: '未分级的条目', opening: notOpened, securityGrade: null })
    const refused = await publish([line(stops), line(bare)])
    expect(refused.body).toMatchObject({ status: 403, article: 'BJ-18.1-d' })
    expect(refused.body.remedy.zh).toContain('安全等级')
    await city.citizen.post('/api/v1/demands', { title: '就诊统计', organisation: 'market' })
    const { candidates } = (await city.steward.get(`/api/v1/opening-list-draft?list=${list}&year=2026`)).body
    const of = (id: string) => candidates.find((each: { entryId: string }) => each.entryId === id)
    expect(of(visits)).toMatchObject({ demands: 1, obstacle: null })
    expect(of(bare).obstacle).not.toBeNull()
  })
})
