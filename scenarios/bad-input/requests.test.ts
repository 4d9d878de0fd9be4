import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  closed,
  companyRegister,
  conditional,
  fileRequest,
  publishEntry,
  requestFields,
} from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2026-03-02T01:00:00Z')
  entryId = await publishEntry(city, { opening: conditional })
})
afterAll(() => city.close())

const request = (caller: Caller, id: string, procedure: string, content: object = {}) =>
  caller.post('/api/v1/cases', {
    procedure,
    entryId: id,
    content: { scenario: '示例场景', fields: requestFields, ...content },
  })
const act = (caller: Caller, caseId: string, key: string, content: object = {}) =>
  caller.post(`/api/v1/cases/${caseId}/acts/${key}`, { content })

/** Publishes a change of the entry through its cataloguing procedure. */
async function revise(id: string, change: object): Promise<void> {
  const { version } = (await city.steward.get(`/api/v1/entries/${id}`)).body
  const changed = await city.steward.patch(`/api/v1/entries/${id}`, { ...change, version })
  if (changed.status !== 200) throw new Error(changed.text)
  for (const [caller, key] of [
    [city.steward, 'change'],
    [city.authority, 'confirm'],
    [city.authority, 'publish'],
  ] as const) {
    const done = await caller.post(`/api/v1/entries/${id}/acts/${key}`, {
      content: key === 'change' ? { note: '信息项调整' } : {},
    })
    if (done.status !== 200) throw new Error(`${key}: ${done.text}`)
  }
}

describe('An application', () => {
  it('for a withheld entry is refused with the article of its type, on either side', async () => {
    const withheld = await publishEntry(city, {
      title: '暂不提供的数据',
      sharing: closed,
      opening: closed,
    })
    const shared = await request(city.user, withheld, 'sharing-request')
    expect(shared.body).toMatchObject({ status: 403, code: 'refused-by-law', article: 'CQ-24.1' })
    expect(shared.body.remedy.zh).not.toBe('')
    const opened = await request(city.citizen, withheld, 'opening-request')
    expect(opened.body).toMatchObject({ status: 403, code: 'refused-by-law', article: 'CQ-24.1' })
    const { items } = (await city.authority.get(`/api/v1/cases?box=all&entry=${withheld}`)).body
    expect(
      items.filter(({ procedure }: { procedure: { key: string } }) => /request/.test(procedure.key)),
    ).toEqual([])
  })

  it('for a field that the entry does not have is refused with the field named', async () => {
    const answer = await request(city.user, entryId, 'sharing-request', { fields: ['企业名称', '纳税额'] })
    expect(answer.body).toMatchObject({
      status: 422,
      code: 'content-incomplete',
      article: 'CQ-25.3-b',
      errors: [expect.objectContaining({ path: 'fields' })],
    })
    expect(answer.body.condition.zh).toContain('纳税额')
  })

  it('for data of one’s own is refused, as nobody asks themselves', async () => {
    const answer = await fileRequest(city.steward, entryId)
    expect(answer.body).toMatchObject({ status: 403, code: 'not-allowed' })
    expect(answer.body.article).toBeUndefined()
  })
})

describe('A field that goes away while a request waits', () => {
  it('is not granted any more; where none is left the request cannot be agreed to', async () => {
    const id = await publishEntry(city, { title: '将要变更的数据' })
    const both = (await fileRequest(city.user, id, { fields: ['企业名称', '注册资本'] })).body.id
    const only = (await fileRequest(city.other, id, { fields: ['注册资本'] })).body.id
    await revise(id, { fields: companyRegister.fields.filter(({ name }) => name !== '注册资本') })

    const granted = await act(city.authority, both, 'grant')
    expect(granted.status, granted.text).toBe(200)
    const grant = (await city.user.get(`/api/v1/grants/${granted.body.grantId}`)).body
    expect(grant.fields).toEqual(['企业名称'])
    const none = await act(city.authority, only, 'grant')
    expect(none.body).toMatchObject({ status: 409, code: 'act-not-available', article: 'CQ-26.1-b' })
    expect(none.body.condition.zh).toContain('注册资本')
    expect((await city.authority.get(`/api/v1/cases/${only}`)).body).toMatchObject({ outcome: null })
  })
})

describe('A conflicted officer', () => {
  it('does not decide what they have asked for themselves', async () => {
    await city.house.identity.createUser({
      username: 'bothsides',
      name: '示例兼任人',
      password: 'synthetic-password',
      organisationId: 'authority',
      powers: ['officer', 'requester'],
    })
    const both = await city.signIn('bothsides')
    const filed = await fileRequest(both, entryId)
    expect(filed.status, filed.text).toBe(201)
    for (const key of ['grant', 'refuse']) {
      const decided = await act(both, filed.body.id, key, {
        ...(key === 'refuse'
          ? { reasons: '示例', basis: { rank: 'law', instrument: '示例', article: '第一条' } }
          : {}),
      })
      expect(decided.body).toMatchObject({
        status: 403,
        code: 'not-allowed',
        condition: { zh: expect.stringContaining('应当回避（平台要求，非法定）') },
      })
      expect(decided.body.article).toBeUndefined()
    }
    const another = await act(city.authority, filed.body.id, 'grant')
    expect(another.body.events.at(-1).warnings.length).toBeGreaterThan(0)
  })
})

describe('The turn of the year', () => {
  it('is that of Beijing time: number, first day and period follow it', async () => {
    city.at('2026-12-31T16:30:00Z')
    const filed = await fileRequest(city.user, entryId)
    expect(filed.body.number).toMatch(/^CQ-GX-2027-000001$/)
    const [clock] = filed.body.clocks
    // The year has not been announced: weekends only are counted, and the date says that it is provisional.
    expect(clock).toMatchObject({ startedOn: '2027-01-01', dueOn: '2027-01-08', provisional: true })
    city.at('2027-01-08T16:00:00Z')
    await city.settle()
    const late = (await city.authority.get(`/api/v1/cases/${filed.body.id}`)).body
    expect(late.clocks[0].overdue).toBe(true)
  })

  it('ends a grant on its last day and not on the last day of UTC', async () => {
    city.at('2027-12-01T01:00:00Z')
    const filed = await fileRequest(city.user, entryId, { until: '2027-12-31' })
    const granted = await act(city.authority, filed.body.id, 'grant')
    const standing = async () => (await city.user.get(`/api/v1/grants/${granted.body.grantId}`)).body.standing
    city.at('2027-12-31T15:59:59Z')
    expect(await standing()).toBe('live')
    city.at('2027-12-31T16:00:00Z')
    expect(await standing()).toBe('expired')
  })
})
