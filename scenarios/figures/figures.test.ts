import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, fileRequest, lawBasis, publishEntry } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { act } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const figures = '/api/v1/figures'
const period = 'from=2026-09-01&until=2026-09-30'
let city: City
let entry: string

beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2026-09-01T01:00:00Z')
  entry = await publishEntry(city, {})
  await bringIn(city, entry, companyFile([0, 1, 2].map(syntheticCreditCode)))
  const filed = async (at: string, caller: Caller = city.user) => {
    city.at(at)
    const answer = await fileRequest(caller, entry)
    expect(answer.status).toBe(201)
    return answer.body
  }
  const granted = await filed('2026-09-01T02:00:00Z')
  city.at('2026-09-03T02:00:00Z')
  const { body } = await act(city, city.authority, granted, 'grant')
  for (let call = 0; call < 3; call += 1)
    expect((await city.user.get(`/api/v1/entries/${entry}/rows?grant=${body.grantId}`)).status).toBe(200)
  expect((await city.steward.get(`/api/v1/entries/${entry}/rows`)).status).toBe(200)
  const refused = await filed('2026-09-03T03:00:00Z', city.other)
  city.at('2026-09-14T02:00:00Z')
  await act(city, city.authority, refused, 'refuse', { reasons: '不符合目录载明的条件', basis: lawBasis })
  await filed('2026-09-14T03:00:00Z')
  city.at('2026-09-23T03:00:00Z')
  await city.settle()
  await city.house.ledger.sequence()
})
afterAll(() => city.close())

const total = async (caller: Caller, query = '') =>
  (await caller.get(`${figures}?${period}${query}`)).body.total

describe('Figures of the city and of its bodies', () => {
  it('tells everybody how bodies answer, without a word of who asked or why', async () => {
    const answer = await city.visitor.get(`${figures}?${period}&by=decider`)
    expect(answer.status).toBe(200)
    expect(answer.body.total).toMatchObject({
      ...{ filed: 3, answered: 2, inTime: 1, late: 1, overdue: 1, granted: 1, refused: 1, missedLocal: 0 },
      ...{ medianWorkingDays: 4.5, listed: false },
    })
    expect(answer.body.organisations).toMatchObject([
      { organisation: { id: 'authority' }, late: 1, overdue: 1, listed: false },
    ])
    expect(answer.body.bases).toEqual([
      { rank: { key: 'law', term: { zh: '法律', en: 'law' } }, refused: 1, instruments: null },
    ])
    expect(answer.body.sides).toEqual(['provider', 'decider'])
    for (const word of ['civil', 'health', '低保', '目录载明', '中华人民共和国'])
      expect(answer.text).not.toContain(word)
  })

  it('counts live grants and what was used, once, and not what a body takes of its own', async () => {
    const provider = (await city.steward.get(`${figures}?${period}`)).body.organisations[0]
    expect(provider).toMatchObject({
      organisation: { id: 'market' },
      ...{ liveGrants: 1, calls: 3, rows: 9, listed: true },
    })
    expect(await total(city.steward)).toMatchObject({ liveGrants: 1, calls: 3, rows: 9 })
    expect(await total(city.user, '&by=applicant')).toMatchObject({ liveGrants: 1, calls: 3, rows: 9 })
    expect(await total(city.other, '&by=applicant')).toMatchObject({ liveGrants: 0, calls: 0, rows: 0 })
    expect(await total(city.visitor, '&by=decider')).toMatchObject({ liveGrants: null, calls: null })
  })

  it('keeps figures by requesting body for the authority and that body', async () => {
    const asked = `${figures}?${period}&by=applicant`
    expect((await city.visitor.get(asked)).body).toMatchObject({ status: 401, code: 'not-signed-in' })
    expect((await city.citizen.get(asked)).body).toMatchObject({ status: 403, code: 'not-allowed' })
    expect((await city.other.get(`${asked}&organisation=civil`)).body).toMatchObject({
      status: 403,
      code: 'not-allowed',
    })
    const own = (await city.user.get(asked)).body
    expect(own.organisations.map((each: { organisation: { id: string } }) => each.organisation.id)).toEqual([
      'civil',
    ])
    expect(own.total).toMatchObject({ filed: 2, listed: true })
    expect((await city.authority.get(asked)).body.organisations).toHaveLength(2)
  })

  it('leads from every number to exactly its cases', async () => {
    const answer = (await city.authority.get(`${figures}?${period}&by=decider`)).body
    expect(answer.total.listed).toBe(true)
    for (const key of ['filed', 'open', 'answered', 'inTime', 'late', 'overdue', 'granted', 'refused']) {
      const listed = await city.authority.get(`/api/v1/cases?box=all&${period}&by=decider&figure=${key}`)
      expect([key, listed.status, listed.body.items.length]).toEqual([key, 200, answer.total[key]])
    }
    const cited = (rank: string) =>
      city.authority.get(`/api/v1/cases?box=all&${period}&by=decider&figure=refused&basis=${rank}`)
    expect((await cited('law')).body.items).toHaveLength(1)
    expect((await cited('rule')).body.items).toHaveLength(0)
    expect(answer.bases[0].instruments).toEqual([{ name: lawBasis.instrument, refused: 1 }])
  })

  it('leads from the number of current grants to exactly those', async () => {
    const list = async (caller: Caller, query: string) =>
      (await caller.get(`/api/v1/grants?standing=current&${query}`)).body.items.length
    expect(await list(city.authority, 'side=overseen&provider=market')).toBe(1)
    expect(await list(city.authority, 'side=overseen&holder=civil')).toBe(1)
    expect(await list(city.authority, 'side=overseen&holder=health')).toBe(0)
    expect(await list(city.steward, 'side=given')).toBe(1)
    expect(await list(city.user, 'side=held')).toBe(1)
    expect((await total(city.authority)).liveGrants).toBe(await list(city.authority, 'side=overseen'))
    expect((await city.user.get('/api/v1/grants?side=overseen')).status).toBe(403)
  })

  it('shows a body its own cases behind a number and nobody the cases of others', async () => {
    const list = (caller: Caller, query: string) =>
      caller.get(`/api/v1/cases?box=all&${period}&figure=filed&${query}`)
    expect((await list(city.steward, 'by=provider&organisation=market')).body.items).toHaveLength(3)
    expect((await list(city.user, 'by=applicant')).body.items).toHaveLength(2)
    expect((await list(city.other, 'by=provider&organisation=market')).body.items).toHaveLength(1)
    expect((await list(city.citizen, 'by=decider')).body.items).toEqual([])
    expect((await list(city.visitor, 'by=decider')).status).toBe(401)
  })

  it('gives the table as a file under titles in either language', async () => {
    const csv = await city.visitor.get(`${figures}/file?${period}&by=decider`)
    expect(csv.headers['content-type']).toContain('text/csv')
    const lines = csv.text.replace('\ufeff', '').trim().split('\r\n')
    expect(lines[0]).toMatch(/^单位,申请,在办,已答复,按期答复,逾期答复,逾期未答复,/)
    expect(lines.at(-1)).toMatch(/^合计,3,1,2,1,1,1,/)
    const english = await city.visitor.get(`${figures}/file?${period}&by=decider&language=en`)
    expect(english.text).toContain('Local targets missed (not statutory)')
    const sheet = await city.visitor.get(`${figures}/file?${period}&format=xlsx`)
    expect(sheet.headers['content-disposition']).toBe(
      'attachment; filename="figures-2026-09-01-2026-09-30.xlsx"',
    )
    expect(sheet.text.slice(0, 2)).toBe('PK')
  })

  it('refuses days that are none or too many, and names that mean nothing here', async () => {
    for (const [query, status] of [
      ['from=2026-02-30', 400],
      ['from=2026-09-02&until=2026-09-01', 400],
      ['from=2020-01-01&until=2026-09-01', 400],
      ['from=0000-01-01&until=0001-01-01', 400],
      ['from=9999-12-01&until=9999-12-31', 400],
      ['by=nobody', 400],
      ['procedure=catalogue-entry', 404],
      ['procedure=nothing', 404],
      ['organisation=nobody', 404],
    ] as const) {
      expect([query, (await city.authority.get(`${figures}?${query}`)).status]).toEqual([query, status])
      const listed = await city.authority.get(`/api/v1/cases?box=all&figure=filed&${query}`)
      expect([query, listed.status]).toEqual([query, status])
    }
  })

  it('takes twelve months by default and shows the months in which nothing was asked', async () => {
    const { body } = await city.visitor.get(figures)
    expect([body.from, body.until]).toEqual(['2025-10-01', '2026-09-23'])
    expect(body.months).toHaveLength(12)
    expect(body.months.at(-1)).toMatchObject({ month: '2026-09', filed: 3 })
    expect(body.months[0]).toMatchObject({ month: '2025-10', filed: 0, medianWorkingDays: null })
  })
})
