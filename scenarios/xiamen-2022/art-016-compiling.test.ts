import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companyRegister, conditional, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { draftEntry, editionOf, obligatory, publishSpecification } from '../kit/compiling.ts'
import { noticeOf } from '../kit/notices.ts'
import { grantOf, request } from '../kit/requests.ts'

let city: City
beforeAll(async () => {
  city = await openCity('xiamen')
  city.at('2023-05-08T01:00:00Z')
})
afterAll(() => city.close())

const unlisted = { type: '', conditions: '', basis: null }
const draft = (content: object = {}) => draftEntry(city.steward, { opening: unlisted, ...content })
const submit = (id: string) => city.steward.post(`/api/v1/entries/${id}/acts/submit`)

describe('Article 16: the catalogue of the city', () => {
  it('[XM-16.2-c] makes what was submitted public with the edition that the authority publishes', async () => {
    const ids: string[] = []
    for (let n = 1; n <= 12; n++) {
      ids.push(await draft({ title: `文化条目 ${n}` }))
      expect((await submit(ids.at(-1)!)).status).toBe(200)
    }
    const seenBy = async (caller: City['visitor']) =>
      (await Promise.all(ids.map((id) => caller.get(`/api/v1/entries/${id}`)))).map(({ status }) => status)
    expect(new Set(await seenBy(city.user))).toEqual(new Set([404]))
    expect(new Set(await seenBy(city.authority))).toEqual(new Set([200]))
    const own = await editionOf(city, 'public-data', { publishWaiting: true }, city.steward)
    expect([own.status, own.body.article]).toEqual([403, 'XM-16.2-c'])
    const edition = await editionOf(city, 'public-data', { publishWaiting: true })
    expect(edition.body, edition.text).toMatchObject({ number: 1, entries: 12, added: 12, left: [] })
    expect(new Set(await seenBy(city.visitor))).toEqual(new Set([200]))
    const standing = (await city.visitor.get(`/api/v1/entries/${ids[0]}/standing`)).body
    expect(standing.edition).toEqual({
      catalogue: 'public-data',
      number: 1,
      publishedAt: '2023-05-08T01:00:00.000Z',
    })
  })

  it('[XM-16.2-b] shows both versions of a changed entry with the difference and tells those who use it', async () => {
    const id = await publishEntry(city, { title: '空气质量小时值', opening: unlisted, sharing: conditional })
    const filed = await request(city, city.user, id, { fields: ['统一社会信用代码', '企业名称'] })
    const granted = await grantOf(city, city.user, filed)
    expect(granted.grantId).not.toBeNull()
    const { version, fields } = (await city.steward.get(`/api/v1/entries/${id}`)).body
    const more = [...fields, { name: '监测时间', type: 'instant', sensitivity: 'public' }]
    await city.steward.patch(`/api/v1/entries/${id}`, { fields: more, version })
    await city.steward.post(`/api/v1/entries/${id}/acts/change`, { content: { note: '增加监测时间' } })
    await city.authority.post(`/api/v1/entries/${id}/acts/publish`)
    const versions = (await city.visitor.get(`/api/v1/entries/${id}/versions`)).body.items
    expect(versions.map((each: { number: number }) => each.number)).toEqual([2, 1])
    expect(versions[0]).toMatchObject({ note: '增加监测时间', changes: [{ property: 'fields' }] })
    const names = (list: { name: string }[]) => list.map(({ name }) => name)
    expect(names(versions[0].changes[0].after)).toContain('监测时间')
    expect(names(versions[0].changes[0].before)).not.toContain('监测时间')
    expect((await noticeOf(city.user, '已变更')).title.zh).toBe('《空气质量小时值》已变更')
    // Nobody is told who has no part in it, and a body takes in many entries at once.
    const others = (await city.other.get('/api/v1/notices')).body.items
    expect(others.filter(({ kind }: { kind: string }) => kind === 'entry.changed')).toEqual([])
    const entries = [1, 2].map((n) => ({ ...companyRegister, title: `成批条目 ${n}`, opening: unlisted }))
    expect((await city.steward.post('/api/v1/entry-imports', { entries })).body.drafted).toBe(2)
  })

  it('[XM-16.2-a] rejects an item by the template in force, naming field and version, and lists older ones', async () => {
    const older = await publishEntry(city, { title: '模板之前', opening: unlisted, updateCycle: null })
    await publishSpecification(city, [obligatory('summary', '摘要')])
    await publishSpecification(city, [obligatory('summary', '摘要')])
    await publishSpecification(city, [obligatory('summary', '摘要'), obligatory('updateCycle', '更新频率')])
    const refused = await submit(await draft({ updateCycle: null }))
    expect([refused.status, refused.body.article]).toEqual([422, 'XM-16.2-a'])
    expect(refused.body.condition.zh).toMatch(/更新频率.*第 3 版/)
    const good = await publishEntry(city, { title: '符合模板', opening: unlisted })
    expect((await city.visitor.get(`/api/v1/entries/${good}/standing`)).body.specification).toMatchObject({
      met: 3,
    })
    const behind = (await city.authority.get('/api/v1/specifications/behind?limit=200')).body.items
    const listed = behind.map((item: { entryId: string }) => item.entryId)
    expect(listed).toContain(older)
    expect(listed).not.toContain(good)
  })

  it('[XM-16.3] carries the source of every item; what was bought waits until it is catalogued', async () => {
    const silent = await submit(await draft({ sourceClass: null }))
    expect([silent.status, silent.body.article]).toEqual([422, 'XM-16.3'])
    const delivery = {
      organisationId: 'market',
      sourceClass: 'purchased',
      title: '手机信令热力图',
      reference: '示例采购 2023-018',
      deliveredOn: '2023-05-01',
    }
    expect((await city.other.post('/api/v1/obtained-data', delivery)).status).toBe(403)
    const recorded = await city.authority.post('/api/v1/obtained-data', delivery)
    expect(recorded.status, recorded.text).toBe(201)
    city.at('2023-05-18T01:00:00Z')
    const waiting = (await city.steward.get('/api/v1/obtained-data')).body.items
    expect(waiting).toMatchObject([{ title: '手机信令热力图', ageDays: 17, entryId: null, closedAt: null }])
    await noticeOf(city.steward, '手机信令热力图')

    const link = `/api/v1/obtained-data/${recorded.body.id}/acts/link`
    const collected = await draft({ title: '手机信令热力图（自采）' })
    expect((await city.steward.post(link, { entryId: collected })).status).toBe(422)
    const bought = await draft({ title: '手机信令热力图', sourceClass: 'purchased' })
    const closed = await city.steward.post(link, { entryId: bought })
    expect(closed.body).toMatchObject({ entryId: bought, closedAt: '2023-05-18T01:00:00.000Z' })
    expect((await city.steward.get(`/api/v1/entries/${bought}`)).body.sourceClass).toBe('purchased')
  })

  it('[XM-26.1-a] lists an attribute that was not reviewed in the city’s interval; confirming it records who and when', async () => {
    const id = await publishEntry(city, { title: '婚姻登记', opening: unlisted })
    await city.authority.post('/api/v1/local-targets', {
      key: 'review',
      months: 12,
      instrument: '示例目录办法',
    })
    city.at('2024-07-20T01:00:00Z')
    const due = async () =>
      (await city.steward.get('/api/v1/local-targets/due?key=review&limit=200')).body.items.map(
        (item: { subject: string }) => item.subject,
      )
    expect(await due()).toContain(id)
    const reviews = `/api/v1/entries/${id}/reviews`
    expect((await city.other.post(reviews, { note: '代为复核' })).status).toBe(403)
    const reviewed = await city.steward.post(reviews, { note: '共享属性不变，依据仍有效' })
    expect(reviewed.body).toMatchObject({ at: '2024-07-20T01:00:00.000Z', by: '示例steward' })
    expect(await due()).not.toContain(id)
    const { review } = (await city.steward.get(`/api/v1/entries/${id}/standing`)).body
    expect(review).toMatchObject({ lastBy: '示例steward', overdue: false, target: { statutory: false } })
    // A change of the attribute stays in the history with its reason and date.
    const { version } = (await city.steward.get(`/api/v1/entries/${id}`)).body
    await city.steward.patch(`/api/v1/entries/${id}`, {
      sharing: { type: 'unconditional', conditions: '', basis: null },
      version,
    })
    await city.steward.post(`/api/v1/entries/${id}/acts/change`, { content: { note: '改为无条件共享' } })
    await city.authority.post(`/api/v1/entries/${id}/acts/publish`)
    const [changed] = (await city.visitor.get(`/api/v1/entries/${id}/versions`)).body.items
    expect(changed).toMatchObject({
      note: '改为无条件共享',
      publishedAt: '2024-07-20T01:00:00.000Z',
      changes: [{ property: 'sharing', after: { type: 'unconditional' } }],
    })
  })
})
