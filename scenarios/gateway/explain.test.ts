import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, conditional, publishEntry } from '../kit/acts.ts'
import { type Caller, callerOf } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, request } from '../kit/requests.ts'
import { syntheticCreditCode, syntheticIdentityNumber } from '../kit/synthetic.ts'

let city: City
let entryId: string
let grantId: string
let caseId: string
const fields = ['统一社会信用代码', '企业名称', '联系电话']
const scenario = '核对企业情况'
const codes = [1, 2, 3].map(syntheticCreditCode)

/** Stands for the city's real-name service: everybody is who they say. */
const service = createServer((request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json')
    response.end('{"matches":true}')
  })
})
beforeAll(async () => {
  await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening))
  const { port } = service.address() as AddressInfo
  city = await openCity('suzhou', { realNameUrl: `http://127.0.0.1:${port}/` })
  city.at('2023-03-06T01:00:00Z')
  entryId = await publishEntry(city, { sharing: conditional })
  await bringIn(city, entryId, companyFile(codes))
  const filed = await request(city, city.user, entryId, { fields, scenario })
  const provided = await act(city, city.steward, filed.body, 'provide', { masks: { 联系电话: 'partial' } })
  ;({ grantId, id: caseId } = provided.body)
  city.at('2023-03-07T01:00:00Z')
})
afterAll(async () => {
  await city.close()
  service.close()
})

const rows = (caller: Caller, query = '') => caller.get(encodeURI(`/api/v1/entries/${entryId}/rows?${query}`))
const explain = (caller: Caller, recordId: string) => caller.get(`/api/v1/records/${recordId}/explanation`)
const unmet = (body: { decision: { steps: { met: boolean; condition: string }[] } }) =>
  body.decision.steps.filter(({ met }) => !met).map(({ condition }) => condition)

describe('an explanation', () => {
  it('is given to nobody but party, provider and authority', async () => {
    const { recordId } = (await rows(city.user)).body
    for (const caller of [city.visitor, city.citizen, city.other]) {
      const answer = await explain(caller, recordId)
      expect([answer.status, answer.body.code]).toEqual([404, 'not-found'])
    }
    for (const caller of [city.user, city.steward, city.authority])
      expect((await explain(caller, recordId)).body.record.id).toBe(recordId)
    expect((await explain(city.user, caseId)).status).toBe(404)
  })

  it('says of an answer which conditions were met, what applied, by which grant and case, and how to verify', async () => {
    const { recordId } = (await rows(city.user, 'fields=企业名称,联系电话&limit=2')).body
    const { body } = await explain(city.user, recordId)
    expect(unmet(body)).toEqual(['free-type', 'free-type'])
    const carried = body.decision.steps.filter((step: { ground: string }) => step.ground === 'granted')
    expect(
      carried.map((step: { condition: string; article: string | null }) => [step.condition, step.article]),
    ).toEqual([
      ['grant-held', 'SZ-13.4-b'],
      ['not-revoked', body.record.article],
      ['not-expired', body.record.article],
      ['not-suspended', null],
      ['same-purpose', 'SZ-13.4-b'],
      ['grade-allowed', null],
      ['something-to-show', 'SZ-13.4-b'],
      ['within-scope', 'SZ-13.4-b'],
    ])
    expect(body.decision).toMatchObject({
      granted: true,
      agrees: true,
      carriedBy: { ground: 'granted', grantId },
      law: expect.stringMatching(/^suzhou-2022 1\.1\.0\+/),
      plan: {
        fields: [
          { name: '企业名称', mask: 'none' },
          { name: '联系电话', mask: 'partial' },
        ],
        maxRowsPerPage: 1000,
        marked: false,
      },
    })
    expect(body.grant).toMatchObject({ id: grantId, caseId })
    expect(body.snapshot.number).toBe(1)
    expect(body.verify.join()).toContain(`verify receipt receipt-${recordId}.json --key ledger.key`)
  })

  it('says of a refusal which condition was not met, in the words of the refusal', async () => {
    for (const [query, condition, code] of [
      ['scenario=人员招聘', 'same-purpose', 'other-purpose'],
      ['fields=法定代表人', 'within-scope', 'outside-scope'],
      ['sort=联系电话', 'in-clear', 'fields-masked'],
    ] as const) {
      const refused = await rows(city.user, query)
      const { body } = await explain(city.user, refused.body.recordId)
      expect(unmet(body).filter((each) => each !== 'free-type')).toEqual([condition])
      expect([body.record.outcome, body.decision.granted, body.decision.agrees]).toEqual([code, false, true])
      expect(body.decision.reason.condition).toEqual(refused.body.condition)
    }
    const byKey = await city.user.get(
      `/api/v1/entries/${entryId}/rows/${codes[0]}?fields=${encodeURI('企业名称')}`,
    )
    expect((await explain(city.steward, byKey.body.recordId)).body.decision).toMatchObject({
      agrees: true,
      used: ['统一社会信用代码'],
      plan: { rows: { en: 'the row of the key' } },
    })
    const visitors = (await rows(city.visitor)).body.recordId
    expect((await explain(city.visitor, visitors)).body.decision.agrees).toBe(true)
  })

  it('tells who is told that there is no such entry nothing more', async () => {
    const made = await city.steward.post('/api/v1/entries', {
      title: '内部筹备的条目',
      sharing: conditional,
    })
    const hidden = await city.user.get(`/api/v1/entries/${made.body.id}/rows`)
    const unknown = await city.user.get(`/api/v1/entries/${caseId}/rows`)
    const told = async (recordId: string) => {
      const { record, ...rest } = (await explain(city.user, recordId)).body
      const receipt = JSON.parse((await city.user.get(`/api/v1/records/${recordId}/receipt`)).body.record)
      return [rest.decision, Object.keys(record.details), record.entry.title, Object.keys(receipt.payload)]
    }
    expect(await told(hidden.body.recordId)).toEqual(await told(unknown.body.recordId))
    expect(JSON.stringify(await told(hidden.body.recordId))).not.toContain('内部筹备')
  })

  it('stands by what was known then, whatever has changed since', async () => {
    const before = (await rows(city.user)).body.recordId
    const revoked = await city.steward.post(`/api/v1/grants/${grantId}/acts/revoke`, {
      reasons: '场景已结束',
      basis: '某规定第一条',
    })
    expect(revoked.status).toBe(200)
    const after = (await rows(city.user)).body.recordId
    expect((await explain(city.user, before)).body.decision).toMatchObject({ granted: true, agrees: true })
    const { body } = await explain(city.user, after)
    expect(body.decision).toMatchObject({ granted: false, agrees: true })
    expect(unmet(body)).toContain('not-revoked')
  })
})

describe('records', () => {
  it('are found by the provider of the entry, by the user, by the authority, and by nobody else', async () => {
    const found = async (caller: Caller, query: string) =>
      (await caller.get(encodeURI(`/api/v1/records?${query}`))).body
    const ofEntry = `entry=${entryId}&accesses=true`
    const provider = await found(city.steward, ofEntry)
    expect(provider.total).toEqual({ count: provider.items.length, more: false })
    expect(provider.total.count).toBe(10)
    expect((await found(city.authority, ofEntry)).total).toEqual(provider.total)
    expect((await found(city.user, ofEntry)).total.count).toBe(provider.total.count - 1)
    for (const caller of [city.other, city.citizen]) expect((await found(caller, ofEntry)).items).toEqual([])
    expect((await found(city.other, 'organisation=civil')).items).toEqual([])
    for (const [query, count] of [
      ['outcome=other-purpose', 1],
      ['scenario=招聘', 1],
      ['outcome=grant-revoked', 1],
      ['before=2023-03-07T00:00:00Z', 0],
      ['organisation=health', 0],
      [`grant=${grantId}&outcome=outside-scope`, 0],
    ] as const)
      expect([query, (await found(city.steward, `${ofEntry}&${query}`)).total.count]).toEqual([query, count])
    expect((await city.visitor.get('/api/v1/records')).status).toBe(401)
  })

  it('are found by an article with all its parts, and by kinds that have names', async () => {
    type Found = { id: string; article: string | null }
    const search = async (query: string): Promise<Found[]> =>
      (await city.steward.get(`/api/v1/records?entry=${entryId}&limit=100${query}`)).body.items
    const part = (await search('')).find(({ article }) => article?.includes('.'))!.article!
    const whole = part.slice(0, part.indexOf('.'))
    const below = (await search('')).filter(
      ({ article }) => article === whole || article?.startsWith(`${whole}.`),
    )
    expect(await search(`&article=${whole}`)).toEqual(below)
    expect(await search(`&article=${part}`)).toEqual(below.filter(({ article }) => article === part))
    // CQ-2 is not the beginning of CQ-25.
    expect(await search(`&article=${whole.slice(0, -1)}`)).toEqual([])

    const { items: kinds } = (await city.steward.get('/api/v1/record-kinds')).body
    expect(kinds).toContainEqual({
      kind: 'access.rows',
      title: expect.objectContaining({ zh: '取用数据行' }),
    })
  })

  it('go into a file of the same search, which is recorded', async () => {
    const file = await city.steward.get(`/api/v1/records/export?entry=${entryId}&accesses=true`)
    const lines = file.text.trim().split('\r\n')
    expect(lines[0]).toContain('时间,事项,结果')
    expect(lines.length - 1).toBe(
      (await city.steward.get(`/api/v1/records?entry=${entryId}&accesses=true`)).body.total.count,
    )
    expect(file.text).not.toContain('示例企业')
    const [made] = (await city.steward.get('/api/v1/records?kind=records.exported')).body.items
    expect(made.details.count).toBe(lines.length - 1)
  })
})

describe('a person', () => {
  const aboutMe = (caller: Caller) => caller.get('/api/v1/records/about-me')

  it('sees who looked up data under their number, and nobody else sees it', async () => {
    const own = syntheticIdentityNumber(31)
    const people = await publishEntry(city, {
      title: '参保情况',
      sharing: conditional,
      fields: [
        { name: '身份证号码', type: 'identity-number', meaning: '号码', sensitivity: 'personal', key: true },
        { name: '参保状态', type: 'text', meaning: '状态', sensitivity: 'personal' },
      ],
    })
    const numbers = [own, ...[32, 33].map(syntheticIdentityNumber)]
    await bringIn(
      city,
      people,
      ['身份证号码,参保状态', ...numbers.map((each) => `${each},正常`), ''].join('\n'),
      '参保.csv',
    )
    const filed = await request(city, city.user, people, {
      fields: ['身份证号码', '参保状态'],
      scenario: '核对参保资格',
    })
    expect((await act(city, city.steward, filed.body, 'provide')).status).toBe(200)
    const register = async (username: string, identityNumber: string) => {
      const account = { username, password: 'a-synthetic-secret' }
      const made = await city.visitor.post('/api/v1/registrations', {
        kind: 'natural-person',
        name: '示例居民',
        identityNumber,
        ...account,
      })
      expect(made.status).toBe(201)
      return callerOf(city.house, account)
    }
    const resident = await register('resident', own)
    const neighbour = await register('neighbour', numbers[1]!)
    expect((await aboutMe(resident)).body.items).toEqual([])

    const address = `/api/v1/entries/${people}`
    const one = await city.user.get(`${address}/rows/${own}`)
    expect(one.body.row.参保状态).toBe('正常')
    const filtered = await city.user.get(
      encodeURI(`${address}/rows?where=身份证号码:in:${own.toLowerCase()}|${numbers[2]}`),
    )
    expect(filtered.body.rows).toHaveLength(2)
    // A refusal gave nothing out, and the number of somebody else is not theirs.
    expect((await city.other.get(`${address}/rows/${own}`)).status).toBe(403)
    expect((await city.user.get(`${address}/rows/${numbers[2]}`)).status).toBe(200)

    const { items } = (await aboutMe(resident)).body
    expect(items.map(({ recordId }: { recordId: string }) => recordId)).toEqual([
      filtered.body.recordId,
      one.body.recordId,
    ])
    expect(items[1]).toMatchObject({
      user: { id: 'civil' },
      entry: { id: people, title: '参保情况' },
      scenario: '核对参保资格',
      fields: ['身份证号码', '参保状态'],
    })
    expect((await aboutMe(neighbour)).body.items).toEqual([])
    // Whatever way leads to the row of the neighbour, the neighbour is told.
    const theirs = numbers[1]!
    const ways = []
    for (const way of [
      `/rows?where=身份证号码:prefix:${theirs}`,
      `/rows?where=身份证号码:contains:${theirs}`,
      `/rows?where=身份证号码:between:${theirs}|${theirs}&fields=参保状态`,
      `/rows?where=身份证号码:gte:${theirs}&where=身份证号码:lte:${theirs}`,
    ]) {
      const { status, body } = await city.user.get(encodeURI(address + way))
      expect([way, status, body.rows?.length]).toEqual([way, 200, 1])
      expect(Object.keys(body.rows[0])).toHaveLength(way.includes('fields=') ? 1 : 2)
      ways.unshift(body.recordId)
    }
    expect((await aboutMe(neighbour)).body.items.map((item: { recordId: string }) => item.recordId)).toEqual(
      ways,
    )
    const receipt = await city.user.get(`/api/v1/records/${one.body.recordId}/receipt`)
    expect(receipt.body.record).not.toContain(own)
    for (const caller of [city.citizen, city.user, city.authority]) {
      const refused = await aboutMe(caller)
      expect([refused.status, refused.body.code, refused.body.article]).toEqual([
        403,
        'refused-by-platform',
        undefined,
      ])
    }
  })
})
