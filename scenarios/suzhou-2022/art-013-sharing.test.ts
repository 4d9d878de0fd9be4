import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bringIn,
  businessOf,
  companyFile,
  companyRegister,
  lawBasis,
  publishEntry,
  requestFields,
} from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { act, grantOf, request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const codes = [1, 2].map(syntheticCreditCode)
const needed = { fields: requestFields }
const free = { type: 'unconditional', conditions: '', basis: null }

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2023-05-08T01:00:00Z')
  entryId = await publishEntry(city, {})
  await bringIn(city, entryId, companyFile(codes))
})
afterAll(() => city.close())

const draft = async (part: object) =>
  city.steward.post('/api/v1/entries', {
    ...companyRegister,
    ...(await businessOf(city, city.steward)),
    opening: { type: 'none', conditions: '', basis: null },
    ...part,
  })
const publish = (id: string) => city.steward.post(`/api/v1/entries/${id}/acts/publish`)

describe('Article 10: what an entry states', () => {
  it('[SZ-10.1-b] is not published without source, update frequency, security level and both attributes', async () => {
    for (const [part, path] of [
      [{ sourceSystem: '' }, 'sourceSystem'],
      [{ updateCycle: null }, 'updateCycle'],
      [{ securityGrade: null }, 'securityGrade'],
    ] as const) {
      const { body: entry } = await draft({ sharing: free, ...part })
      const refused = await publish(entry.id)
      expect(refused.status).toBe(422)
      expect(refused.body).toMatchObject({
        code: 'content-incomplete',
        article: 'SZ-10.1-b',
        errors: [{ path }],
      })
    }
    const { body: unfrequent } = await draft({ sharing: free, updateCycle: null })
    expect((await publish(unfrequent.id)).body.errors[0].message.zh).toContain('更新频率')
    const { body: untyped } = await draft({})
    expect((await publish(untyped.id)).body).toMatchObject({
      article: 'SZ-10.1-b',
      errors: [{ path: 'sharingType' }],
    })
    expect((await draft({ sharing: free, updateCycle: '有时' })).status).toBe(422)
    const { body: whole } = await draft({ sharing: free })
    expect((await publish(whole.id)).body.status).toBe('published')
  })
})

describe('Article 13: sharing types', () => {
  it('[SZ-13.2-a] has three types: self-service, request to the provider, and none at all', async () => {
    const { catalogue } = (await city.visitor.get('/api/v1/rulebook')).body
    expect(catalogue.sharingTypes.map(({ term }: { term: { zh: string } }) => term.zh)).toEqual([
      '无条件共享',
      '有条件共享',
      '不予共享',
    ])
    expect((await draft({ sharing: { type: 'internal' } })).body.code).toBe('refused-by-law')
    const stops = await publishEntry(city, { title: '公交站点', sharing: free })
    await bringIn(city, stops, companyFile(codes))
    const duty = encodeURIComponent('学校周边交通组织')
    expect((await city.user.get(`/api/v1/entries/${stops}/rows`)).body).toMatchObject({
      article: 'SZ-13.4-b',
    })
    expect((await city.user.get(`/api/v1/entries/${stops}/rows?scenario=${duty}`)).body.rows).toHaveLength(2)
    expect((await request(city, city.user, stops, needed)).body.code).toBe('refused-by-law')

    const asked = await request(city, city.user, entryId, needed)
    expect(asked.body).toMatchObject({
      decider: { id: 'market' },
      waitsFor: [{ organisation: { id: 'market' } }],
      clocks: [{ kind: 'waiting', dueOn: null }],
    })
    // The text names no approver but the provider that fixes the type: the authority decides nothing here.
    const foreign = await act(city, city.authority, asked.body, 'provide')
    expect([foreign.status, foreign.body.article]).toEqual([403, 'SZ-13.4-a'])
    expect((await act(city, city.steward, asked.body, 'provide')).body.outcome).toBe('granted')

    const kept = await publishEntry(city, {
      title: '收养登记',
      sharing: { type: 'none', conditions: '', basis: lawBasis, reasons: '涉及未成年人' },
    })
    expect((await city.user.get(`/api/v1/entries/${kept}/access-plan`)).body.request).toBeNull()
    expect((await request(city, city.user, kept, needed)).body.code).toBe('refused-by-law')
  })

  it('[SZ-13.2-b] takes "not shared" only with basis and reason, shown to the authority and approved by nobody', async () => {
    const none = { type: 'none', conditions: '' }
    const { body: baseless } = await draft({ sharing: { ...none, basis: null, reasons: '涉及未成年人' } })
    expect((await publish(baseless.id)).body).toMatchObject({
      article: 'SZ-13.2-b',
      errors: [{ path: 'sharing.basis' }],
    })
    const { body: unreasoned } = await draft({ sharing: { ...none, basis: lawBasis } })
    expect((await publish(unreasoned.id)).body).toMatchObject({
      article: 'SZ-13.2-b',
      errors: [{ path: 'sharing.reasons' }],
    })
    const { body: whole } = await draft({ sharing: { ...none, basis: lawBasis, reasons: '涉及未成年人' } })
    expect((await publish(whole.id)).body.status).toBe('published')
    const seen = (await city.authority.get(`/api/v1/entries/${whole.id}`)).body
    expect(seen.sharing).toMatchObject({ basis: lawBasis, reasons: '涉及未成年人' })
  })

  it('[SZ-13.4-a] delivers through the platform alone: under a live grant, metered, with a number', async () => {
    const filed = await request(city, city.other, entryId, { ...needed, until: '2023-06-30' })
    const found = await grantOf(city, city.other, filed)
    const rows = `/api/v1/entries/${entryId}/rows?grant=${found.grantId}`
    const taken = await city.other.get(rows)
    expect(taken.status).toBe(200)
    const record = (await city.other.get(`/api/v1/records?entry=${entryId}&kind=access.rows`)).body.items[0]
    expect(record).toMatchObject({ grantId: found.grantId, actor: { organisation: { id: 'health' } } })
    expect(record.details.rows).toBe(2)
    city.at('2023-07-01T01:00:00Z')
    const late = await city.other.get(rows)
    expect(late.status).toBe(403)
    const [refusal] = (await city.other.get(`/api/v1/records?entry=${entryId}&kind=access.refused`)).body
      .items
    expect(refusal.id).toBe(late.body.recordId)
    // Without grant or subscription there is nothing.
    const hospital = await city.signIn('hospital')
    expect((await hospital.get(`/api/v1/entries/${entryId}/rows`)).status).toBe(403)
    expect((await hospital.get(`/api/v1/entries/${entryId}/download`)).status).toBe(403)
    city.at('2023-05-08T01:00:00Z')
  })
})

describe('Article 13: demand and supply', () => {
  const demand = (data: string, caller = city.user) =>
    request(city, caller, null, { data, purpose: '应急救助站点规划', duty: '突发事件应对' }, 'demand')
  const list = async (section: string, caller = city.authority) =>
    (await caller.get(`/api/v1/supply-list?section=${section}&limit=100`)).body

  it('[SZ-13.3-a] matches a demand with an entry or a likely provider, tells both, and shows where it stands', async () => {
    const filed = await demand('养老机构位置')
    expect(filed.body).toMatchObject({
      entry: null,
      subject: { zh: '养老机构位置' },
      waitsFor: [{ organisation: { id: 'authority' } }],
      clocks: [{ kind: 'waiting', dueOn: null }],
    })
    for (const missing of ['purpose', 'duty']) {
      const bare = await request(city, city.user, null, { data: '养老机构位置', [missing]: '' }, 'demand')
      expect(bare.body.errors).toMatchObject([{ path: missing }])
    }
    expect((await demand('养老机构位置', city.citizen)).body).toMatchObject({ article: 'SZ-13.3-a' })
    expect((await act(city, city.user, filed.body, 'match', { supply: entryId })).status).toBe(403)
    const unknown = await act(city, city.authority, filed.body, 'match', { supply: filed.body.id })
    expect(unknown.body.errors).toMatchObject([{ path: 'supply' }])
    const matched = await act(city, city.authority, filed.body, 'match', { supply: entryId })
    expect(matched.body.state.title.zh).toBe('已对接')
    await noticeOf(city.user, filed.body.number)
    const supplier = (await city.steward.get(`/api/v1/cases/${filed.body.id}`)).body
    expect(supplier.state.key).toBe('matched')
    await noticeOf(city.steward, filed.body.number)

    const referred = (await demand('社区食堂名录')).body
    await act(city, city.authority, referred, 'refer', { supply: 'health' })
    const inbox = (await city.other.get('/api/v1/cases?box=inbox')).body.items
    expect(inbox.map(({ id }: { id: string }) => id)).toContain(referred.id)
    const declined = await act(city, city.other, referred, 'decline', { reasons: '本机构不掌握' })
    expect(declined.body.waitsFor).toMatchObject([{ organisation: { id: 'authority' } }])
  })

  it('[SZ-13.3-b] makes a dated list of demands with entry, provider, user and type, and one of those without supply', async () => {
    const before = await list('matched')
    const [first, second, nobody, unfit, gone] = await Promise.all(
      ['甲类数据', '乙类数据', '丙类数据', '丁类数据', '戊类数据'].map(
        async (data) => (await demand(data)).body,
      ),
    )
    for (const met of [first, second, unfit])
      await act(city, city.authority, met, 'match', { supply: entryId })
    await act(city, city.authority, nobody, 'record-no-supply')
    await act(city, city.user, unfit, 'reopen', { reasons: '缺少所需信息项' })
    await act(city, city.user, gone, 'withdraw')
    const matched = await list('matched')
    expect(matched).toMatchObject({
      asOf: '2023-05-08T01:00:00.000Z',
      article: 'SZ-13.3-b',
      term: { zh: '供需目录清单' },
    })
    const added = matched.items.filter(
      ({ caseId }: { caseId: string }) =>
        !before.items.some((one: { caseId: string }) => one.caseId === caseId),
    )
    expect(new Set(added.map(({ demand }: { demand: string }) => demand))).toEqual(
      new Set(['甲类数据', '乙类数据']),
    )
    expect(added).toHaveLength(2)
    for (const line of added)
      expect(line).toMatchObject({
        user: { id: 'civil' },
        provider: { id: 'market' },
        entry: { id: entryId },
        sharingType: { zh: '有条件共享' },
        state: { zh: '已对接' },
      })
    const without = (await list('no-supply')).items.map(({ demand }: { demand: string }) => demand)
    expect(without).toEqual(expect.arrayContaining(['丙类数据', '丁类数据']))
    expect(without).not.toContain('戊类数据')
    const file = await city.authority.get('/api/v1/supply-list/file')
    expect(file.headers['content-type']).toContain('text/csv')
    expect(file.text).toContain('暂无供给')
    expect(file.text.split('\r\n').filter((line) => line.includes('2023-05-08'))).toHaveLength(
      (await list('matched')).items.length + (await list('no-supply')).items.length,
    )
    expect((await city.citizen.get('/api/v1/supply-list')).status).toBe(403)
  })
})
