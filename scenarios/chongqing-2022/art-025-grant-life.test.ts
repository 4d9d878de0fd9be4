import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, closed, companyFile, fileRequest, publishEntry } from '../kit/acts.ts'
import type { Answer, Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const scenario = '低保家庭经济状况核对'
const grounds = { reasons: '发现异常调用，正在核查', basis: '《数据安全管理办法》第八条' }

let city: City
let entryId: string
let grantId: string
let key: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2026-03-02T01:00:00Z')
  entryId = await publishEntry(city, { opening: closed })
  await bringIn(city, entryId, companyFile([1, 2, 3].map(syntheticCreditCode)))
  grantId = await givenGrant(city.user, { until: '2026-06-30' })
  key = (await city.user.post('/api/v1/api-keys', { name: '核对', grantId })).body.key
})
afterAll(() => city.close())

async function givenGrant(applicant: Caller, content: object): Promise<string> {
  const filed = await fileRequest(applicant, entryId, content)
  const granted = await city.authority.post(`/api/v1/cases/${filed.body.id}/acts/grant`)
  if (granted.status !== 200) throw new Error(granted.text)
  return granted.body.grantId
}
const rows = (): Promise<Answer> => city.visitor.withKey(key).get(`/api/v1/entries/${entryId}/rows`)
const act = (caller: Caller, name: string, body: object, id = grantId) =>
  caller.post(`/api/v1/grants/${id}/acts/${name}`, body)
const noticesOf = async (caller: Caller): Promise<string[]> =>
  (await caller.get('/api/v1/notices')).body.items.map(
    ({ title, body }: { title: { zh: string }; body: { zh: string } }) => `${title.zh} ${body.zh}`,
  )
const renewal = (change: object = {}) => ({
  content: { scenario, fields: ['统一社会信用代码', '企业名称'], until: '2026-12-31', ...change },
})

describe('Who uses my data, and what I hold', () => {
  it('is listed to both sides with the use that was made, and to the authority for all', async () => {
    expect((await rows()).status).toBe(200)
    const mine = (await city.user.get('/api/v1/grants?side=held&standing=current')).body.items
    expect(mine).toEqual([
      expect.objectContaining({
        id: grantId,
        standing: 'live',
        use: expect.objectContaining({ times: 1, rows: 3 }),
      }),
    ])
    const given = (await city.steward.get('/api/v1/grants?side=given&standing=current')).body.items
    expect(given[0]).toMatchObject({ id: grantId, organisation: { id: 'civil' }, use: { times: 1, rows: 3 } })
    expect((await city.authority.get('/api/v1/grants?side=overseen')).body.items).toHaveLength(1)
    expect((await city.other.get('/api/v1/grants?side=overseen')).body).toMatchObject({ status: 403 })
    expect((await city.other.get('/api/v1/grants?side=held')).body.items).toEqual([])
  })
})

describe('Suspension', () => {
  it('is for the provider and the authority, never for the holder or a third body', async () => {
    expect((await act(city.user, 'suspend', grounds)).body).toMatchObject({
      status: 403,
      condition: { zh: expect.stringContaining('平台规则，非法定') },
    })
    expect((await act(city.other, 'suspend', grounds)).status).toBe(404)
    expect((await act(city.citizen, 'suspend', grounds)).status).toBe(404)
    expect((await act(city.steward, 'suspend', { ...grounds, basis: ' ' })).status).toBe(422)
    expect((await act(city.steward, 'resume', grounds)).body).toMatchObject({
      status: 409,
      code: 'act-not-available',
    })
    expect((await rows()).status).toBe(200)
  })

  it('holds from the next call, with article and record, until it is resumed', async () => {
    city.at('2026-04-01T01:00:00Z')
    expect((await act(city.steward, 'suspend', grounds)).body).toMatchObject({
      standing: 'suspended',
      live: false,
      suspension: grounds,
    })
    const refused = await rows()
    expect(refused.body).toMatchObject({
      status: 403,
      code: 'refused-by-platform',
      condition: { zh: expect.stringContaining('平台规则，非法定') },
    })
    expect(refused.body.condition.zh).toContain('暂停')
    const record = (await city.authority.get(`/api/v1/records?grant=${grantId}&kind=access.refused`)).body
      .items[0]
    expect(record).toMatchObject({ id: refused.body.recordId, outcome: 'grant-suspended' })
    expect(await noticesOf(city.user)).toContainEqual(expect.stringContaining(grounds.reasons))
    expect((await act(city.authority, 'suspend', grounds)).status).toBe(409)
    // A request to renew what stands still would go round the suspension: it is said before the form is filled in.
    expect((await city.user.get(`/api/v1/grants/${grantId}/renewal`)).body.obstacle).toMatchObject({
      article: null,
      condition: { zh: expect.stringContaining('暂停期间不能申请续用') },
    })
    expect((await act(city.user, 'renew', renewal())).body).toMatchObject({
      status: 409,
      condition: { zh: expect.stringContaining('平台规则，非法定') },
    })

    const resumed = await act(city.authority, 'resume', { reasons: '核查完毕', basis: grounds.basis })
    expect(resumed.body).toMatchObject({ standing: 'live', suspension: null })
    expect((await rows()).status).toBe(200)
    const kinds = (await city.authority.get(`/api/v1/records?grant=${grantId}`)).body.items.map(
      ({ kind }: { kind: string }) => kind,
    )
    expect(kinds).toEqual(expect.arrayContaining(['grant.suspended', 'grant.resumed']))
  })
})

describe('Vendors of the holder', () => {
  const vendor = { name: '示例技术服务公司', creditCode: syntheticCreditCode(800), task: '系统运维' }
  const vendors = (caller: Caller) => caller.get(`/api/v1/grants/${grantId}/vendors`)

  it('are declared by the holder alone, with a code that is one, and seen by who answers for the data', async () => {
    const declare = (caller: Caller, change: object = {}) =>
      caller.post(`/api/v1/grants/${grantId}/vendors`, { ...vendor, ...change })
    expect((await declare(city.steward)).body).toMatchObject({ status: 403, article: 'CQ-25.3-c' })
    expect((await declare(city.other)).status).toBe(404)
    // A fault of form is none against the regulation, and names no article of it.
    const miswritten = await declare(city.user, { creditCode: '91500000MA0000800X' })
    expect(miswritten.body.article).toBeUndefined()
    expect(miswritten.body).toMatchObject({
      status: 422,
      code: 'content-incomplete',
      errors: [{ path: 'creditCode' }],
    })
    const declared = await declare(city.user, { creditCode: vendor.creditCode.toLowerCase() })
    expect(declared.body, declared.text).toMatchObject(vendor)
    const expectDone = ({ body }: Answer) =>
      expect([body.status, body.code, body.article]).toEqual([409, 'act-not-available', undefined])
    expectDone(await declare(city.user))
    for (const caller of [city.steward, city.authority])
      expect((await vendors(caller)).body).toMatchObject({ items: [vendor], canDeclare: false })
    expect((await vendors(city.other)).status).toBe(404)
    expect(await noticesOf(city.steward)).toContainEqual(expect.stringContaining(vendor.name))

    const withdraw = (caller: Caller) =>
      caller.post(`/api/v1/grants/${grantId}/vendors/${declared.body.id}/acts/withdraw`)
    expect((await withdraw(city.steward)).body).toMatchObject({ status: 403, article: 'CQ-25.3-c' })
    expect((await withdraw(city.user)).body.withdrawnAt).toBe('2026-04-01T01:00:00.000Z')
    expectDone(await withdraw(city.user))
    const kinds = (await city.authority.get(`/api/v1/records?grant=${grantId}`)).body.items
    expect(kinds.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['grant.vendor-declared', 'grant.vendor-withdrawn']),
    )
  })

  it('are a hundred at most, and the one too many is told so', async () => {
    const declare = (number: number) =>
      city.user.post(`/api/v1/grants/${grantId}/vendors`, {
        ...vendor,
        creditCode: syntheticCreditCode(800 + number),
      })
    for (let number = 1; number < 100; number += 1) expect((await declare(number)).status).toBe(201)
    const full = await declare(100)
    expect([full.status, full.body.code, full.body.article]).toEqual([409, 'act-not-available', undefined])
    expect(full.body.condition.zh).toContain('100')
  })
})

describe('Renewal', () => {
  it('starts from what was stated, without what is given anew', async () => {
    const start = await city.user.get(`/api/v1/grants/${grantId}/renewal`)
    expect(start.body).toEqual({
      procedure: 'sharing-request',
      entryId,
      content: { scenario, fields: ['统一社会信用代码', '企业名称', '注册资本'] },
      gone: [],
      obstacle: null,
    })
    expect((await city.steward.get(`/api/v1/grants/${grantId}/renewal`)).status).toBe(404)
  })

  it('[CQ-25.3-b] asks for the same: a changed scenario or a further field is a request of its own', async () => {
    const other = await act(city.user, 'renew', renewal({ scenario: '信用评价' }))
    expect(other.body).toMatchObject({
      status: 403,
      code: 'refused-by-law',
      article: 'CQ-25.3-b',
      errors: [{ path: 'scenario' }],
    })
    const more = await act(city.user, 'renew', renewal({ fields: ['联系电话'] }))
    expect(more.body).toMatchObject({ status: 403, article: 'CQ-25.3-b', errors: [{ path: 'fields' }] })
    const again = await givenGrant(city.user, { scenario: '信用评价', until: '2026-12-31' })
    expect((await city.user.get(`/api/v1/grants/${again}`)).body).toMatchObject({
      scenario: '信用评价',
      renews: null,
    })
    expect((await act(city.authority, 'revoke', grounds, again)).status).toBe(200)
    expect((await act(city.user, 'renew', renewal({ scenario: '信用评价' }), again)).body).toMatchObject({
      status: 409,
      condition: { zh: expect.stringContaining('平台规则，非法定') },
    })
  })

  it('is warned of ahead as a setting of the platform, decided by the same procedure, and takes the keys with it', async () => {
    city.at('2026-06-16T01:00:00Z')
    await city.settle()
    const warning = (await noticesOf(city.user)).find((notice) => notice.includes('即将到期'))
    expect(warning).toContain('2026-06-30')
    expect(warning).toContain('非法定')

    const filed = await act(city.user, 'renew', renewal())
    expect(filed.status, filed.text).toBe(201)
    const seen = (await city.authority.get(`/api/v1/cases/${filed.body.caseId}`)).body
    expect(seen.clocks[0]).toMatchObject({ article: 'CQ-26.1-a', dueOn: '2026-06-24' })
    expect((await act(city.user, 'renew', renewal())).body).toMatchObject({
      status: 409,
      condition: { zh: expect.stringContaining('平台规则，非法定') },
    })
    const granted = await city.authority.post(`/api/v1/cases/${filed.body.caseId}/acts/grant`)
    const next = (await city.user.get(`/api/v1/grants/${granted.body.grantId}`)).body
    expect(next).toMatchObject({ renews: grantId, standing: 'live', canRenew: true })
    expect((await city.user.get(`/api/v1/grants/${grantId}`)).body).toMatchObject({
      renewedBy: next.id,
      canRenew: false,
    })

    city.at('2026-06-30T16:00:01Z')
    await city.settle()
    const after = await rows()
    expect(after.status, after.text).toBe(200)
    expect(after.body.columns.map(({ name }: { name: string }) => name)).toEqual([
      '统一社会信用代码',
      '企业名称',
    ])
    expect((await noticesOf(city.user)).some((notice) => notice.includes('已到期'))).toBe(false)
  })

  it('comes too late after the end, which both sides are told of', async () => {
    city.at('2026-12-31T16:00:01Z')
    await city.settle()
    expect((await rows()).body).toMatchObject({ status: 403, article: 'CQ-26.1-b' })
    for (const side of [city.user, city.steward])
      expect((await noticesOf(side)).filter((notice) => notice.includes('已到期'))).toHaveLength(1)
    const last = (await city.user.get('/api/v1/grants?side=held')).body.items[0]
    expect(last).toMatchObject({ standing: 'expired', canRenew: false })
    const late = await act(city.user, 'renew', renewal({ until: '2027-06-30' }), last.id)
    expect(late.body).toMatchObject({
      status: 409,
      code: 'act-not-available',
      condition: { zh: expect.stringContaining('平台规则，非法定') },
    })
    expect(late.body.remedy.zh).toContain('重新提出申请')
    expect((await city.user.get('/api/v1/grants?side=held&standing=current')).body.items).toEqual([])
  })
})

describe('Least data', () => {
  it('is asked about where a request says nothing of personal fields, and shown to who decides', async () => {
    const fields = ['统一社会信用代码', '联系电话']
    const silent = await fileRequest(city.other, entryId, { scenario: '电话回访', fields })
    const seen = (await city.authority.get(`/api/v1/cases/${silent.body.id}`)).body
    expect(seen.leastData).toEqual([
      { field: '联系电话', question: expect.objectContaining({ zh: expect.any(String) }) },
    ])
    const said = await fileRequest(city.other, entryId, { scenario: '按联系电话回访', fields })
    expect(said.body.leastData).toEqual([])
  })
})

describe('Delivery as a view', () => {
  it('is an address that gives the granted fields as they are now, filtered, and leaves a record each time', async () => {
    const filed = await fileRequest(city.other, entryId, {
      scenario: '核对',
      fields: ['统一社会信用代码', '企业名称'],
    })
    const { grantId: other } = (await city.authority.post(`/api/v1/cases/${filed.body.id}/acts/grant`)).body
    const made = await city.other.post('/api/v1/api-keys', { name: '视图', grantId: other })
    const view = (more: string) =>
      city.visitor
        .withKey(made.body.key)
        .get(`/api/v1/entries/${entryId}/download?grant=${other}&format=ndjson${more}`)
    const where = encodeURIComponent('企业名称:eq:示例企业2')
    const one = await view(`&where=${where}`)
    expect(
      one.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([{ 统一社会信用代码: syntheticCreditCode(2), 企业名称: '示例企业2' }])
    const beyond = await view(`&fields=${encodeURIComponent('联系电话')}`)
    expect(beyond.body).toMatchObject({ status: 403, article: 'CQ-25.3-b' })
    const { items } = (await city.authority.get(`/api/v1/records?grant=${other}`)).body
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['access.export', 'access.exported', 'access.refused']),
    )
  })
})

describe('What befalls a grant befalls its renewal', () => {
  const asked = { scenario: '核对复查', fields: ['统一社会信用代码', '企业名称', '联系电话'] }
  const masks = { 联系电话: 'partial' }
  const conditions = [{ field: '注册资本', operator: 'gte', values: ['20'] }]
  const rows = [{ field: '注册资本', type: 'decimal', operator: 'gte', values: ['20'] }]
  const limits = { rowsPerDay: 1000 }
  let first: string
  beforeAll(async () => {
    city.at('2027-01-04T01:00:00Z')
    const filed = await fileRequest(city.user, entryId, { ...asked, until: '2027-01-29' })
    const content = { masks, rows: conditions, limits }
    first = (await city.authority.post(`/api/v1/cases/${filed.body.id}/acts/grant`, { content })).body.grantId
  })
  const renewed = async (id: string, until: string, masks: object): Promise<Answer> => {
    const filed = await act(city.user, 'renew', { content: { ...asked, until } }, id)
    return city.authority.post(`/api/v1/cases/${filed.body.caseId}/acts/grant`, { content: { masks } })
  }
  const standing = async (id: string): Promise<string> =>
    (await city.user.get(`/api/v1/grants/${id}`)).body.standing
  const warned = async () => (await noticesOf(city.user)).filter((notice) => /2027-01-29/.test(notice))

  it('goes on with the rows that were given, and asks for no others', async () => {
    const start = (await city.user.get(`/api/v1/grants/${first}/renewal`)).body
    expect(start.content.rows).toEqual(rows)
    const wider = { ...asked, until: '2027-12-31', rows: [{ ...conditions[0], values: ['10'] }] }
    const refused = await act(city.user, 'renew', { content: wider }, first)
    expect(refused.body).toMatchObject({ status: 403, article: 'CQ-25.3-b' })
    expect(refused.body.condition.zh).toBe('续用不能变更数据范围')
  })

  it('is given to nobody while the grant stands still', async () => {
    const filed = await act(city.user, 'renew', { content: { ...asked, until: '2027-12-31' } }, first)
    expect(filed.status, filed.text).toBe(201)
    await act(city.steward, 'suspend', grounds, first)
    const grant = () => city.authority.post(`/api/v1/cases/${filed.body.caseId}/acts/grant`)
    const refused = (await grant()).body
    expect(refused).toMatchObject({ status: 409, code: 'act-not-available' })
    expect(refused).not.toHaveProperty('article')
    expect(refused.condition.zh).toMatch(/暂停.*非法定/)
    await act(city.steward, 'resume', grounds, first)

    // What was masked stays so, and who decides sees it before.
    const seen = (await city.authority.get(`/api/v1/cases/${filed.body.caseId}`)).body
    expect(seen.renewal).toEqual({ grantId: first, masks, rows, limits })
    const { grantId: second } = (await grant()).body
    expect((await city.user.get(`/api/v1/grants/${second}`)).body).toMatchObject({
      renews: first,
      masks,
      rows,
      limits,
    })

    await act(city.steward, 'suspend', grounds, first)
    expect([await standing(first), await standing(second)]).toEqual(['suspended', 'suspended'])
    await act(city.steward, 'resume', grounds, first)
    expect([await standing(first), await standing(second)]).toEqual(['live', 'live'])
    // A renewal that stands still for reasons of its own does not go on with the grant.
    await act(city.authority, 'suspend', grounds, second)
    city.at('2027-01-05T01:00:00Z')
    await act(city.steward, 'suspend', grounds, first)
    await act(city.steward, 'resume', grounds, first)
    expect([await standing(first), await standing(second)]).toEqual(['live', 'suspended'])
    expect((await act(city.authority, 'revoke', grounds, second)).body.standing).toBe('revoked')
    expect(await standing(first)).toBe('live')
  })

  it('does not hide the end of a grant whose renewal was revoked, and ends with it', async () => {
    city.at('2027-01-15T01:00:00Z')
    await city.settle()
    expect(await warned()).toHaveLength(1)
    const other = { 联系电话: 'pseudonym' }
    const { grantId: third } = (await renewed(first, '2027-12-30', other)).body
    expect((await city.user.get(`/api/v1/grants/${third}`)).body).toMatchObject({ masks: other })
    await act(city.authority, 'revoke', grounds, first)
    expect([await standing(first), await standing(third)]).toEqual(['revoked', 'revoked'])
  })
})
