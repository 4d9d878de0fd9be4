import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companyRegister, publishEntry } from '../kit/acts.ts'
import { callerOf } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { draftEntry, editionOf, obligatory, publishSpecification, titles } from '../kit/compiling.ts'
import { noticeOf } from '../kit/notices.ts'

let city: City
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2024-01-10T01:00:00Z')
})
afterAll(() => city.close())

const business = async (name: string) =>
  (await city.steward.post('/api/v1/business-items', { name, kind: 'power', basis: '权责清单' })).body
const publish = (id: string) => city.steward.post(`/api/v1/entries/${id}/acts/publish`)

describe('Articles 8 and 10: the catalogue by business', () => {
  it('[SZ-8.3] refuses an entry without a responsible institution, and sets resources against functions', async () => {
    const account = { username: 'unattached', password: cityPassword }
    await city.house.identity.createUser({
      ...account,
      name: '示例无单位人员',
      organisationId: null,
      powers: ['steward'],
    })
    const unattached = await callerOf(city.house, account)
    const refused = await unattached.post('/api/v1/entries', { ...companyRegister, title: '住宿业客流统计' })
    expect([refused.status, refused.body.article]).toEqual([403, 'SZ-8.3'])
    expect(refused.body.remedy.zh).not.toBe('')

    const permit = await business('住宿业许可')
    const id = await publishEntry(city, { title: '住宿业许可信息', businessItems: [permit.id] })
    const page = (await city.visitor.get('/api/v1/organisations/market/resources')).body
    expect(page.items).toMatchObject([
      { id, provider: { id: 'market' }, business: [{ id: permit.id, name: '住宿业许可' }] },
    ])
    expect(page.article).toBe('SZ-8.3')
  })

  it('[SZ-10.1-b] names each element that is missing: source, frequency, level, attributes', async () => {
    const { id } = await business('河道水质监测')
    const missing = async (content: object) => {
      const entryId = await draftEntry(city.steward, { title: '河道水质', businessItems: [id], ...content })
      return (await publish(entryId)).body
    }
    const cycle = await missing({ updateCycle: null })
    expect(cycle).toMatchObject({ status: 422, article: 'SZ-10.1-b', errors: [{ path: 'updateCycle' }] })
    expect(cycle.condition.zh).toContain('更新频率')
    const all = await missing({ updateCycle: null, sourceSystem: '', securityGrade: null })
    expect(all.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      'securityGrade',
      'sourceSystem',
      'updateCycle',
    ])
    const types = await missing({ sharing: { type: 'none', conditions: '', basis: null } })
    expect(types.status).toBe(422)
  })

  it('[SZ-10.2-a] refuses an entry that answers to no business, and shows the business of those that do', async () => {
    const loose = await draftEntry(city.steward, { title: '取水许可' })
    const refused = await publish(loose)
    expect([refused.status, refused.body.article]).toEqual([422, 'SZ-10.2-a'])
    expect(refused.body.errors).toMatchObject([{ path: 'businessItems' }])
    // Business of another institution is no business of this one.
    const foreign = (
      await city.other.post('/api/v1/business-items', { name: '诊疗许可', kind: 'power', basis: '' })
    ).body
    const borrowed = await draftEntry(city.steward, { title: '取水许可', businessItems: [foreign.id] })
    expect((await publish(borrowed)).status).toBe(422)

    const permit = await business('取水许可')
    const { version } = (await city.steward.get(`/api/v1/entries/${loose}`)).body
    await city.steward.patch(`/api/v1/entries/${loose}`, { businessItems: [permit.id], version })
    expect((await publish(loose)).body.status).toBe('published')
    const standing = (await city.visitor.get(`/api/v1/entries/${loose}/standing`)).body
    expect(standing.businessItems).toEqual([{ id: permit.id, name: '取水许可' }])
    const items = (await city.steward.get('/api/v1/organisations/market/business-items')).body.items
    expect(items.find((item: { id: string }) => item.id === permit.id)).toMatchObject({ entries: 1 })
  })

  it('[SZ-10.2-b] keeps dated releases that can be compared, and tells when business changes', async () => {
    const first = await editionOf(city, 'public-data', { scope: 'organisation' }, city.steward)
    expect(first.status, first.text).toBe(201)
    expect(first.body).toMatchObject({ scope: 'organisation', publisher: { id: 'market' }, number: 1 })
    const permit = await business('食品经营许可')
    await publishEntry(city, { title: '食品经营许可信息', businessItems: [permit.id] })
    const second = (await editionOf(city, 'public-data', { scope: 'organisation' }, city.steward)).body
    const seen = (await city.user.get(`/api/v1/editions/${second.id}`)).body
    expect(titles(seen.differences.added)).toEqual(['食品经营许可信息'])
    // The earlier release stays readable to the institutions; it is not what the public sees.
    expect((await city.user.get(`/api/v1/editions/${first.body.id}`)).status).toBe(200)
    expect((await city.visitor.get(`/api/v1/editions/${first.body.id}`)).status).toBe(404)

    await city.steward.patch(`/api/v1/business-items/${permit.id}`, {
      name: '食品经营许可与备案',
      version: 1,
    })
    const told = await noticeOf(city.steward, '食品经营许可与备案')
    expect(told.body.zh).toContain('食品经营许可信息')
  })

  it('[SZ-10.2-b] reminds an institution when the city’s own interval has passed without a release', async () => {
    const target = { key: 'release', months: 6, instrument: '示例目录管理细则' }
    expect((await city.steward.post('/api/v1/local-targets', target)).status).toBe(403)
    expect((await city.authority.post('/api/v1/local-targets', target)).body.statutory).toBe(false)
    const due = async () => (await city.authority.get('/api/v1/local-targets/due?key=release')).body
    city.at('2024-07-09T01:00:00Z')
    await city.settle()
    expect((await due()).items).toEqual([])
    city.at('2024-08-01T01:00:00Z')
    await city.settle()
    const late = await due()
    expect(late.target).toMatchObject({ months: 6, statutory: false })
    expect(late.items).toMatchObject([{ subject: 'market', dueOn: '2024-07-10' }])
    const told = await noticeOf(city.steward, '本单位目录该发布了')
    expect(told.body.zh).toContain('非法定')
    await editionOf(city, 'public-data', { scope: 'organisation' }, city.steward)
    expect((await due()).items).toEqual([])
  })

  it('[SZ-10.1-a] refuses new entries that lack what a version makes mandatory and lists older ones', async () => {
    const kept = await publishEntry(city, { title: '规范前的条目' })
    await publishSpecification(city, [obligatory('extra.province-code', '省级目录编码')], {
      effectiveAt: '2024-09-01T00:00:00Z',
    })
    const early = await publishEntry(city, { title: '生效前仍可发布' })
    city.at('2024-09-02T01:00:00Z')
    const permit = await business('特种设备登记')
    const draft = (extra: object) =>
      draftEntry(city.steward, { title: '特种设备', businessItems: [permit.id], extra })
    const refused = await publish(await draft({}))
    expect([refused.status, refused.body.article]).toEqual([422, 'SZ-10.1-a'])
    expect(refused.body.errors).toMatchObject([{ path: 'extra.province-code' }])
    const met = await draft({ 'province-code': 'JS-3205-1' })
    expect((await publish(met)).status).toBe(200)
    expect((await city.visitor.get(`/api/v1/entries/${met}/standing`)).body.specification).toMatchObject({
      met: 1,
    })
    const behind = (await city.steward.get('/api/v1/specifications/behind')).body.items
    const listed = behind.map((item: { entryId: string }) => item.entryId)
    expect(listed).toEqual(expect.arrayContaining([kept, early]))
    expect(listed).not.toContain(met)
    const foreign = await city.steward.post('/api/v1/specifications', {
      title: '自定规范',
      items: [obligatory('summary', '摘要')],
    })
    expect([foreign.status, foreign.body.article]).toEqual([403, 'SZ-10.1-a'])
  })
})
