import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, conditional, lawBasis, publishEntry, unconditional } from '../kit/acts.ts'
import { type Caller, callerOf } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { grantOf, request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const notOpen = { type: 'none', conditions: '', basis: lawBasis }
let city: City
let entryId: string
/** Another data steward of the provider. */
let second: Caller
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2024-03-04T01:00:00Z')
  const account = { username: 'second_steward', password: cityPassword }
  await city.house.identity.createUser({
    ...account,
    name: '示例管理员二',
    organisationId: 'market',
    powers: ['steward'],
  })
  second = await callerOf(city.house, account)
  entryId = await publishEntry(city, { title: '停车位占用', opening: conditional })
  await bringIn(city, entryId, companyFile([syntheticCreditCode(1)]))
})
afterAll(() => city.close())

const find = async (caller = city.steward) =>
  (await caller.get('/api/v1/opening/reassessments')).body.items.find(
    (item: { entry: { id: string } }) => item.entry.id === entryId,
  )
const assess = (finding: string, caller = city.steward, reasons = '不涉及个人信息，需求广泛') =>
  caller.post(`/api/v1/entries/${entryId}/opening-assessments`, { finding, reasons })
const convert = (caller: Caller) =>
  caller.post(`/api/v1/entries/${entryId}/opening-conversions`, { note: '评估具备条件，转为无条件开放' })
const entryOf = async () => (await city.steward.get(`/api/v1/entries/${entryId}`)).body
const publicType = async (id: string) => (await city.visitor.get(`/api/v1/entries/${id}`)).body.openingType
/** Writes another opening type down and publishes it, as any change of an entry. */
async function publishOpening(id: string, opening: object, caller = city.steward) {
  const { version } = (await caller.get(`/api/v1/entries/${id}`)).body
  const written = await caller.patch(`/api/v1/entries/${id}`, { version, opening })
  expect(written.status, written.text).toBe(200)
  return caller.post(`/api/v1/entries/${id}/acts/publish-change`, { content: { note: '调整开放类型' } })
}
const versionsOf = async (id: string) =>
  (await city.visitor.get(`/api/v1/entries/${id}/versions`)).body.items as { number: number; note: string }[]

describe('Article 14.2: conditionally opened data are assessed again', () => {
  it('[SZ-14.2-a] by a date of the city’s own setting, since the text gives no interval', async () => {
    expect((await find()).nextOn).toBeNull()
    const setting = { everyMonths: 12, instrument: '示例开放工作细则' }
    expect((await city.steward.post('/api/v1/opening/reassessments/setting', setting)).status).toBe(403)
    const bare = { everyMonths: 12, instrument: ' ' }
    expect((await city.authority.post('/api/v1/opening/reassessments/setting', bare)).status).toBe(422)
    expect((await city.authority.post('/api/v1/opening/reassessments/setting', setting)).status).toBe(200)
    expect(await find()).toMatchObject({ nextOn: '2025-03-04', due: false })
    city.at('2025-03-04T01:00:00Z')
    expect((await find()).due).toBe(true)
  })

  it('[SZ-14.2-a] ends in keeping the conditions, or in a finding that stays listed until it is carried out', async () => {
    expect((await assess('keep', city.other)).status).toBe(403)
    expect((await assess('keep', city.steward, ' ')).status).toBe(422)
    expect((await assess('keep')).body.entry.openingType).toBe('conditional')
    expect(await find()).toMatchObject({ nextOn: '2026-03-04', waitsForConversion: false, mayConvert: false })
    const early = await convert(second)
    expect([early.status, early.body.article]).toEqual([409, 'SZ-14.2-a'])
    await assess('qualifies')
    expect(await find()).toMatchObject({
      waitsForConversion: true,
      mayConvert: false,
      last: { finding: 'qualifies' },
    })
    expect((await find(second)).mayConvert).toBe(true)
  })

  it('opens nothing by one person alone, nor past the assessment', async () => {
    const alone = await convert(city.steward)
    expect([alone.status, alone.body.code]).toEqual([403, 'not-allowed'])
    expect(alone.body.detail).toContain('非法定')
    expect((await convert(city.other)).status).toBe(403)
    // Nor as an ordinary change of the entry.
    const other = await publishEntry(city, { title: '充电桩', opening: conditional })
    const unassessed = await publishOpening(other, unconditional)
    expect([unassessed.status, unassessed.body.article]).toEqual([403, 'SZ-14.2-a'])
    expect(await publicType(other)).toBe('conditional')
    await city.steward.post(`/api/v1/entries/${other}/opening-assessments`, {
      finding: 'qualifies',
      reasons: '需求广泛',
    })
    const byAssessor = await city.steward.post(`/api/v1/entries/${other}/acts/publish-change`, {
      content: { note: '调整开放类型' },
    })
    expect([byAssessor.status, byAssessor.body.code]).toEqual([403, 'refused-by-law'])
    expect(byAssessor.body.detail).toContain('评估人以外')
    expect(await publicType(other)).toBe('conditional')
  })

  it('[SZ-14.2-a] is carried out by a second person as a revision: a download appears, its version is kept, applicants and holders are told', async () => {
    const ask = async (caller: Caller) => {
      const content = { scenario: '找车位应用', fields: ['企业名称'] }
      const filed = await request(city, caller, entryId, content, 'opening-request')
      expect(filed.status, filed.text).toBe(201)
      return filed
    }
    const company = await city.signIn('company')
    const { grantId } = await grantOf(city, company, await ask(company))
    await ask(city.citizen)
    expect((await city.visitor.get(`/api/v1/entries/${entryId}/download`)).status).toBe(403)
    const before = await versionsOf(entryId)
    const done = await convert(second)
    expect(done.status, done.text).toBe(200)
    expect(done.body.entry.openingType).toBe('unconditional')
    expect(await publicType(entryId)).toBe('unconditional')
    expect((await city.visitor.get(`/api/v1/entries/${entryId}/download`)).status).toBe(200)
    // As any change: an act of the cataloguing case by that person, and a version of its own.
    expect((await entryOf()).catalogueCase.events.at(-1)).toMatchObject({
      act: 'publish-change',
      actor: { name: '示例管理员二' },
    })
    const after = await versionsOf(entryId)
    expect(after.length).toBe(before.length + 1)
    expect(after[0]).toMatchObject({ number: before[0]!.number + 1, note: '评估具备条件，转为无条件开放' })
    for (const told of [city.citizen, company]) {
      const { items } = (await told.get('/api/v1/notices')).body
      const notice = items.find(({ kind }: { kind: string }) => kind === 'opening.converted')
      expect(notice.title.zh).toContain('停车位占用')
    }
    expect((await company.get(`/api/v1/grants/${grantId}`)).body.revokedAt).toBeNull()
    const records = (await city.authority.get(`/api/v1/records?entry=${entryId}&kind=opening.assessed`)).body
    expect(records.items[0]).toMatchObject({ outcome: 'converted', article: 'SZ-14.2-a' })
    expect(await find()).toBeUndefined()
    expect((await assess('keep')).status).toBe(409)
  })
})

describe('Article 14.2: data that are not open may be opened', () => {
  const state = (id: string, ground: object, caller = city.steward) =>
    caller.post(`/api/v1/entries/${id}/opening-grounds`, {
      trigger: 'processed',
      document: '去标识化处理记录 2025-03',
      dated: '2025-03-01',
      ...ground,
    })

  it('[SZ-14.2-b] only on a record of lawful processing or on the consent of those whose they are', async () => {
    const id = await publishEntry(city, { title: '执行案件', opening: notOpen })
    await bringIn(city, id, companyFile([syntheticCreditCode(2)]))
    const refused = await publishOpening(id, unconditional)
    expect(refused.body).toMatchObject({
      status: 403,
      code: 'refused-by-law',
      article: 'SZ-14.2-b',
      errors: [{ path: 'opening.type' }],
    })
    expect(refused.body.remedy.zh).toContain('处理记录')
    expect(await publicType(id)).toBe('none')

    expect((await state(id, {}, city.other)).status).toBe(404)
    expect((await state(id, {}, city.authority)).body).toMatchObject({ status: 403, article: 'SZ-14.2-b' })
    for (const [ground, path] of [
      [{ trigger: 'convenience' }, 'trigger'],
      [{ dated: '2025-03-05' }, 'dated'],
      [{ document: ' ' }, 'document'],
    ] as const) {
      const faulty = await state(id, ground)
      expect([faulty.status, faulty.body.errors[0].path]).toEqual([422, path])
    }
    const stated = await state(id, {})
    expect(stated.status, stated.text).toBe(201)
    expect(stated.body.items).toMatchObject([
      { trigger: { key: 'processed' }, document: '去标识化处理记录 2025-03', usedAt: null },
    ])
    const published = await city.steward.post(`/api/v1/entries/${id}/acts/publish-change`, {
      content: { note: '经处理后开放' },
    })
    expect(published.status, published.text).toBe(200)
    expect((await city.visitor.get(`/api/v1/entries/${id}/download`)).status).toBe(200)
    const used = (await city.authority.get(`/api/v1/entries/${id}/opening-grounds`)).body
    expect(used).toMatchObject({ article: 'SZ-14.2-b', items: [{ usedAt: '2025-03-04T01:00:00.000Z' }] })
    // One ground serves one change: closed again, it is not opened on the old one.
    expect((await publishOpening(id, notOpen)).status).toBe(200)
    const again = await publishOpening(id, conditional)
    expect([again.status, again.body.article]).toEqual([403, 'SZ-14.2-b'])
  })

  it('[SZ-14.2-b] with the consent of the rights holders it may be opened on conditions', async () => {
    const id = await publishEntry(city, { title: '非遗影像', opening: notOpen })
    const stated = await state(id, { trigger: 'consent', document: '权利人同意书 第 3 号' })
    expect(stated.status, stated.text).toBe(201)
    expect((await publishOpening(id, conditional)).status).toBe(200)
    expect(await publicType(id)).toBe('conditional')
    const late = await state(id, {})
    expect([late.status, late.body.article]).toEqual([409, 'SZ-14.2-b'])
  })
})
