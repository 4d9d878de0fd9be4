import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bringIn,
  companyFile,
  companyRegister,
  conditional,
  lawBasis,
  publishEntry,
  unconditional,
} from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, grantOf, request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const requirements = '仅用于停车服务应用，不得转售'
const withRequirements = { type: 'conditional', conditions: requirements, basis: null }
const notOpen = { type: 'none', conditions: '', basis: lawBasis }
const rows = companyFile([1, 2, 3].map(syntheticCreditCode))
let city: City
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2024-03-04T01:00:00Z')
})
afterAll(() => city.close())

const apply = (entryId: string, scenario: string) =>
  request(city, city.citizen, entryId, { scenario, fields: ['企业名称'] }, 'opening-request')

describe('Article 13.1: sharing is the rule', () => {
  it('[SZ-13.1] a new entry is not typed unshared; the type has to be chosen on purpose, and the share of unshared entries is shown', async () => {
    const { sharing: _, ...draft } = { ...companyRegister, sharing: undefined }
    const { body } = await city.steward.post('/api/v1/entries', { ...draft, opening: notOpen })
    expect(body.sharing.type).not.toBe('none')
    await expect(publishEntry(city, { sharing: undefined, opening: notOpen })).rejects.toThrow('sharingType')

    const unshared = { ...notOpen, reasons: '涉及个人隐私' }
    await publishEntry(city, { title: '收养登记', sharing: unshared, opening: notOpen })
    for (const title of ['公园', '绿地', '步道'])
      await publishEntry(city, { title, sharing: unconditional, opening: notOpen })
    const report = (await city.visitor.get('/api/v1/opening/report')).body
    expect(report.articles.sharing).toEqual({ article: 'SZ-13.1' })
    expect(report.items[0]).toMatchObject({ organisation: { id: 'market' }, total: 4, shared: 3 })
    const { items } = (await city.visitor.get('/api/v1/opening/report/market')).body
    const listed = items.filter((item: { axis: string }) => item.axis === 'sharing')
    expect(listed).toEqual([expect.objectContaining({ reasons: '涉及个人隐私', basis: lawBasis })])
  })
})

describe('Article 14.1: three opening types', () => {
  it('[SZ-14.1] every entry has exactly one; it decides between download, application, and no place in the open catalogue', async () => {
    const strange = await city.steward.post('/api/v1/entries', {
      ...companyRegister,
      sharing: unconditional,
      opening: { ...notOpen, type: 'partial' },
    })
    expect(strange.body).toMatchObject({ status: 403, article: 'SZ-14.1' })
    // Independent of the sharing type.
    const typed = { sharing: conditional }
    const free = await publishEntry(city, { title: '路名', ...typed, opening: unconditional })
    const asked = await publishEntry(city, { title: '车流', ...typed, opening: withRequirements })
    const never = await publishEntry(city, { title: '执行案件', ...typed, opening: notOpen })
    for (const id of [free, asked, never]) await bringIn(city, id, rows)
    expect((await city.visitor.get(`/api/v1/entries/${free}/download`)).status).toBe(200)
    for (const id of [asked, never])
      expect((await city.visitor.get(`/api/v1/entries/${id}/download`)).status).toBe(403)
    const planOf = async (id: string) => (await city.visitor.get(`/api/v1/entries/${id}/access-plan`)).body
    expect((await planOf(asked)).request).toMatchObject({ procedure: 'opening-request', possible: true })
    expect((await planOf(never)).request).toBeNull()

    const catalogue = await city.authority.post('/api/v1/opening-lists', { list: 'open-catalogue' })
    const listed = catalogue.body.items.map((line: { entryId: string }) => line.entryId)
    expect(listed).toEqual(expect.arrayContaining([free, asked]))
    expect(listed).not.toContain(never)
  })
})

describe('Article 14.3: requirements of conditional opening', () => {
  it('[SZ-14.3-c] are demanded before publication, shown before the form, and copied into each application', async () => {
    const bare = { ...withRequirements, conditions: ' ' }
    await expect(
      publishEntry(city, { title: '无要求', sharing: unconditional, opening: bare }),
    ).rejects.toThrow('SZ-14.3-c')
    const entryId = await publishEntry(city, {
      title: '停车',
      sharing: unconditional,
      opening: withRequirements,
    })
    const plan = (await city.visitor.get(`/api/v1/entries/${entryId}/access-plan`)).body
    expect(plan.request.requirements).toBe(requirements)
    const filed = await apply(entryId, '找车位应用')
    expect(filed.body.requirements).toBe(requirements)

    const seen = (await city.steward.get(`/api/v1/entries/${entryId}`)).body
    const changed = { ...withRequirements, conditions: '须另行注明来源' }
    await city.steward.patch(`/api/v1/entries/${entryId}`, { opening: changed, version: seen.version })
    const procedure = city.house.rulebook.procedures.find(({ key }) => key === 'catalogue-entry')!
    for (const act of procedure.acts.filter(({ key }) =>
      ['change', 'confirm', 'publish', 'publish-change'].includes(key),
    )) {
      const caller = act.by.some((role) => procedure.roles[role]?.from === 'provider')
        ? city.steward
        : city.authority
      await caller.post(`/api/v1/entries/${entryId}/acts/${act.key}`, { content: { note: '修改开放要求' } })
    }
    expect((await city.visitor.get(`/api/v1/entries/${entryId}`)).body.opening.conditions).toBe(
      '须另行注明来源',
    )
    // Decided by what the applicant read.
    for (const reader of [city.citizen, city.steward])
      expect((await reader.get(`/api/v1/cases/${filed.body.id}`)).body.requirements).toBe(requirements)
  })
})

describe('Article 14.4: limits on the use of conditional data', () => {
  it('[SZ-14.4-b] a grant is the applicant’s own and tied to one scenario; another use needs a new application', async () => {
    const entryId = await publishEntry(city, {
      title: '泊位',
      sharing: unconditional,
      opening: withRequirements,
    })
    await bringIn(city, entryId, rows)
    const found = await grantOf(city, city.citizen, await apply(entryId, '停车应用'))
    const { key } = (await city.citizen.post('/api/v1/api-keys', { name: '应用', grantId: found.grantId }))
      .body
    const use = (scenario: string) =>
      city.citizen
        .withKey(key)
        .get(`/api/v1/entries/${entryId}/rows?scenario=${encodeURIComponent(scenario)}`)
    expect((await use('停车应用')).status).toBe(200)
    const other = await use('广告推送')
    expect(other.body).toMatchObject({ status: 403, article: 'SZ-14.4-b' })
    expect(other.body.remedy.zh).toContain('申请')
    const company = await city.signIn('company')
    expect((await company.get(`/api/v1/entries/${entryId}/rows?grant=${found.grantId}`)).body).toMatchObject({
      status: 403,
      article: 'SZ-14.4-b',
    })
    const again = await apply(entryId, '广告推送')
    expect(again.status).toBe(201)
    expect((await use('广告推送')).status).toBe(403)
    expect((await use('停车应用')).status).toBe(200)
  })

  it('[SZ-14.4-b] a breach that is reported opens a case with the provider, and no sanction of its own follows', async () => {
    const entryId = await publishEntry(city, {
      title: '公交到站',
      sharing: unconditional,
      opening: withRequirements,
    })
    await bringIn(city, entryId, rows)
    const found = await grantOf(city, city.citizen, await apply(entryId, '公交查询应用'))
    const use = () => city.citizen.get(`/api/v1/entries/${entryId}/rows?grant=${found.grantId}`)
    expect((await use()).status).toBe(200)

    const company = await city.signIn('company')
    const told = { kind: 'third-party', facts: '某应用把取得的数据转售给他人' }
    const reported = await request(city, company, entryId, told, 'use-breach')
    expect(reported.status, reported.text).toBe(201)
    expect(reported.body).toMatchObject({
      waitsFor: [{ organisation: { id: 'market' } }],
      clocks: [{ kind: 'waiting', dueOn: null }],
    })
    const inbox = (await city.steward.get('/api/v1/cases?box=inbox')).body.items
    expect(inbox.map(({ id }: { id: string }) => id)).toContain(reported.body.id)
    // The provider alone examines it; whoever is spoken of in it has no part in the case.
    expect((await act(city, city.other, reported.body, 'confirm', { finding: '属实' })).status).toBe(404)
    const usurped = await act(city, company, reported.body, 'confirm', { finding: '属实' })
    expect([usurped.status, usurped.body.article]).toEqual([403, 'SZ-14.4-b'])
    const own = await request(city, city.steward, entryId, told, 'use-breach')
    expect([own.status, own.body.code, own.body.article]).toEqual([403, 'not-allowed', undefined])

    const confirmed = await act(city, city.steward, reported.body, 'confirm', { finding: '查证属实' })
    expect(confirmed.body).toMatchObject({ outcome: 'closed', state: { key: 'confirmed' }, acts: [] })
    expect((await use()).status).toBe(200)
    expect((await city.citizen.get(`/api/v1/grants/${found.grantId}`)).body).toMatchObject({
      revokedAt: null,
    })
    // Stopping delivery is an act of its own, on the requirements that the user accepted.
    const ended = await city.steward.post(`/api/v1/grants/${found.grantId}/acts/revoke`, {
      reasons: '转售数据，不符合开放要求',
      basis: `开放要求：${requirements}`,
    })
    expect(ended.status, ended.text).toBe(200)
    expect((await use()).status).toBe(403)
  })

  it('[SZ-14.4-b] binds a public body that was granted opened data as it binds everybody else', async () => {
    const entryId = await publishEntry(city, {
      title: '景区客流',
      sharing: unconditional,
      opening: withRequirements,
    })
    await bringIn(city, entryId, rows)
    const filed = await request(
      city,
      city.user,
      entryId,
      { scenario: '客流研究', fields: ['企业名称'] },
      'opening-request',
    )
    const { grantId } = await grantOf(city, city.user, filed)
    const use = (query: string) => city.user.get(`/api/v1/entries/${entryId}/rows?grant=${grantId}${query}`)
    expect((await use('')).status).toBe(200)
    const other = await use(`&scenario=${encodeURIComponent('广告推送')}`)
    expect([other.status, other.body.article]).toEqual([403, 'SZ-14.4-b'])
    const more = await use(`&fields=${encodeURIComponent('联系电话')}`)
    expect([more.status, more.body.article]).toEqual([403, 'SZ-14.4-b'])
  })
})
