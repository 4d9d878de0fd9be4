import { newId } from '@tiaoli/kernel/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companyRegister, fileRequest, lawBasis, publishEntry } from '../kit/acts.ts'
import { openBusyCity } from '../kit/busy-city.ts'
import type { Caller } from '../kit/caller.ts'
import { expectProblem } from '../kit/problem.ts'

const rounds = 25

let city: Awaited<ReturnType<typeof openBusyCity>>
beforeAll(async () => {
  city = await openBusyCity()
})
afterAll(() => city.close())

const act = (caller: Caller, caseId: string, key: string, content: unknown = {}) =>
  caller.post(`/api/v1/cases/${caseId}/acts/${key}`, { content })
const filed = async (): Promise<string> => (await fileRequest(city.user, city.subjects.entryId)).body.id
const seen = async (caseId: string) => (await city.authority.get(`/api/v1/cases/${caseId}`)).body
const refusal = { reasons: '不符合条件', basis: lawBasis }

describe('an act', () => {
  it.each([
    'bless',
    '__proto__',
    'constructor',
    'toString',
    'overdue',
    '%00',
    '..',
    ' ',
    'grant%20',
    'a'.repeat(61),
  ])('named %s is none of the procedure', async (key) => {
    const answer = await act(city.authority, await filed(), key)
    expect(['act-unknown', 'not-found']).toContain(expectProblem(answer))
  })

  it.each([
    [{ content: [] }],
    [{ content: 'grant' }],
    [{ content: null }],
    [{ content: { reasons: { $ne: null }, basis: lawBasis } }],
    [{ content: { reasons: ['一'], basis: lawBasis } }],
    [{ content: { reasons: '一', basis: { ...lawBasis, rank: 'decree' } } }],
    [{ content: { ...refusal, outcome: 'granted' } }],
    [{ content: { ...refusal, reasons: '很'.repeat(5000) } }],
  ])('of the wrong shape (%#) is not done', async (body) => {
    const id = await filed()
    const answer = await city.authority.post(`/api/v1/cases/${id}/acts/refuse`, body)
    expect(expectProblem(answer)).toBe('content-incomplete')
    expect((await seen(id)).events).toHaveLength(1)
  })

  it('is done by nobody whose act it is not', async () => {
    const id = await filed()
    for (const [caller, code] of [
      [city.visitor, 'not-signed-in'],
      [city.citizen, 'not-found'],
      [city.other, 'not-found'],
      [city.user, 'not-allowed'],
      [city.steward, 'not-allowed'],
    ] as const)
      expect(expectProblem(await act(caller, id, 'grant'))).toBe(code)
    expect((await seen(id)).events).toHaveLength(1)
  })

  it('on an entry by its case goes through the same checks as by the entry', async () => {
    const { body: draft } = await city.steward.post('/api/v1/entries', { title: '空白条目' })
    const byEntry = await city.steward.post(`/api/v1/entries/${draft.id}/acts/submit`)
    const byCase = await act(city.steward, draft.catalogueCase.id, 'submit')
    expect(expectProblem(byEntry)).toBe('content-incomplete')
    expect(expectProblem(byCase)).toBe('content-incomplete')
    expect((await city.steward.get(`/api/v1/entries/${draft.id}`)).body.status).toBe(draft.status)
  })

  it('on an entry is not the provider’s where it is the authority’s', async () => {
    const { body: draft } = await city.steward.post('/api/v1/entries', companyRegister)
    await city.steward.post(`/api/v1/entries/${draft.id}/acts/submit`)
    for (const key of ['confirm', 'publish'])
      expect(
        (await city.steward.post(`/api/v1/entries/${draft.id}/acts/${key}`)).status,
      ).toBeGreaterThanOrEqual(403)
    expect(expectProblem(await city.visitor.get(`/api/v1/entries/${draft.id}`))).toBe('not-found')
  })
})

describe('a request', () => {
  it.each([
    [{ procedure: 'catalogue-entry' }, 'not-found'],
    [{ procedure: 'opening-request' }, 'refused-by-law'],
    [{ procedure: 'constructor' }, 'not-found'],
    [{ entryId: newId() }, 'not-found'],
  ])('of %o is not filed', async (change, code) => {
    const { entryId } = city.subjects
    const answer = await city.user.post('/api/v1/cases', {
      procedure: 'sharing-request',
      entryId,
      content: {},
      ...change,
    })
    expect(expectProblem(answer)).toBe(code)
  })

  it('for fields that the entry has not, or in the name of another, is not filed', async () => {
    expect(expectProblem(await fileRequest(city.user, city.subjects.entryId, { fields: ['密码'] }))).toBe(
      'content-incomplete',
    )
    expect(expectProblem(await fileRequest(city.user, city.subjects.entryId, { applicant: 'health' }))).toBe(
      'content-incomplete',
    )
  })

  it('for an entry that is not published is not filed, and does not tell that there is one', async () => {
    const { body: draft } = await city.steward.post('/api/v1/entries', companyRegister)
    expect(expectProblem(await fileRequest(city.user, draft.id))).toBe('not-found')
  })
})

describe('two officers at once', () => {
  it(`decide each of ${rounds} cases once`, async () => {
    const second = await city.signIn('authority')
    for (let round = 0; round < rounds; round++) {
      const id = await filed()
      const answers = await Promise.all([
        act(city.authority, id, 'grant'),
        act(second, id, 'refuse', refusal),
        act(second, id, 'grant'),
        act(city.user, id, 'withdraw'),
      ])
      expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
      for (const answer of answers)
        if (answer.status !== 200)
          expect(['act-not-available', 'changed-meanwhile']).toContain(expectProblem(answer))
      const decided = await seen(id)
      expect(decided.events).toHaveLength(2)
      expect(decided.grantId !== null).toBe(decided.outcome === 'granted')
    }
  })

  it('revoke a grant once', async () => {
    const id = await filed()
    await act(city.authority, id, 'grant')
    const { grantId } = await seen(id)
    const answers = await Promise.all(
      [city.authority, city.steward, city.authority].map((caller) =>
        caller.post(`/api/v1/grants/${grantId}/acts/revoke`, {
          reasons: '场景已结束',
          basis: '某规定第一条',
        }),
      ),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409])
  })

  it('change a draft once each version', async () => {
    const { body: draft } = await city.steward.post('/api/v1/entries', companyRegister)
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((title) =>
        city.steward.patch(`/api/v1/entries/${draft.id}`, { title, version: draft.version }),
      ),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409])
  })

  it('publish an entry of its own number each', async () => {
    const made = await Promise.all(
      Array.from({ length: 5 }, (_, n) => publishEntry(city, { title: `条目${n}` })),
    )
    const numbers = await Promise.all(
      made.map(async (id) => (await city.visitor.get(`/api/v1/entries/${id}`)).body.number),
    )
    expect(new Set(numbers).size).toBe(5)
  })
})

describe('what is published about rows', () => {
  it('has no value of any row', async () => {
    const { body } = await city.visitor.get(`/api/v1/entries/${city.subjects.entryId}`)
    expect(body.quality.fields).toHaveLength(5)
    for (const field of body.quality.fields)
      expect(Object.keys(field).sort()).toEqual(['distinct', 'field', 'nulls'])
    expect(JSON.stringify(body)).not.toMatch(/1380000|示例人|哨兵/)
  })
})

describe('receipts and records', () => {
  it('of others are not there', async () => {
    const { recordId } = city.subjects
    for (const caller of [city.visitor, city.citizen, city.other]) {
      expect(expectProblem(await caller.get(`/api/v1/records/${recordId}/receipt`))).toBe('not-found')
      expect(['not-found', 'not-signed-in']).toContain(
        expectProblem(await caller.get(`/api/v1/records/${recordId}`)),
      )
    }
    const { items } = (await city.other.get(`/api/v1/records?case=${city.subjects.caseId}&limit=200`)).body
    expect(items).toEqual([])
  })
})
