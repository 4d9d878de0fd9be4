import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bringIn,
  closed,
  commit,
  companyFile,
  fileRequest,
  publishEntry,
  unconditional,
} from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('beijing')
  city.at('2023-03-01T02:00:00Z')
  entryId = await publishEntry(city, {})
  await bringIn(city, entryId, companyFile([syntheticCreditCode(1), syntheticCreditCode(2)]))
})
afterAll(() => city.close())

const act = (caller: City['user'], caseId: string, key: string, content: object = {}) =>
  caller.post(`/api/v1/cases/${caseId}/acts/${key}`, { content })

describe('Article 17: the sharing mechanism', () => {
  it('[BJ-17.1-a] takes a request from filing to delivery and its use record, with no period the text does not set', async () => {
    const { body: filed } = await fileRequest(city.user, entryId)
    expect(filed.waitsFor).toEqual([
      expect.objectContaining({ organisation: expect.objectContaining({ id: 'market' }) }),
    ])
    expect(filed.due).toBeNull()
    expect(filed.clocks).toEqual([
      expect.objectContaining({ kind: 'waiting', workingDays: null, dueOn: null, overdue: false }),
    ])
    expect(filed.clocks[0]).toMatchObject({
      article: 'BJ-17.1-a',
      title: {
        zh: expect.stringContaining('条例第十七条未规定期限'),
        en: expect.stringContaining('no time limit'),
      },
    })
    city.at('2024-03-01T02:00:00Z')
    await city.settle()
    expect((await city.user.get(`/api/v1/cases/${filed.id}`)).body).toMatchObject({
      due: null,
      outcome: null,
    })
    // The authority runs the mechanism and does not decide for the institution.
    const foreign = await act(city.authority, filed.id, 'agree')
    expect([foreign.status, foreign.body.article]).toEqual([403, 'BJ-17.1-a'])
    const { body: agreed } = await act(city.steward, filed.id, 'agree')
    expect(agreed.outcome).toBe('granted')
    expect((await commit(city, city.user, entryId, agreed.grantId)).status).toBe(201)
    const taken = await city.user.get(`/api/v1/entries/${entryId}/rows?grant=${agreed.grantId}`)
    expect(taken.status).toBe(200)
    const { items } = (await city.user.get(`/api/v1/records?grant=${agreed.grantId}`)).body
    expect(items.map(({ kind }: { kind: string }) => kind)).toContain('access.rows')
  })

  it('[BJ-17.1-a] shows its classes of sharing as set by an instrument and not by the regulation', async () => {
    const { catalogue } = (await city.visitor.get('/api/v1/rulebook')).body
    for (const type of catalogue.sharingTypes) expect(type.instrument.zh).toContain('国发〔2016〕51号')
    const statutory = catalogue.openingTypes.filter(
      (type: { instrument: unknown }) => type.instrument === null,
    )
    expect(statutory.map(({ key }: { key: string }) => key)).toEqual(['unconditional', 'conditional'])
  })

  it('is for public institutions only', async () => {
    const answer = await fileRequest(city.citizen, entryId)
    expect(answer.status).toBe(403)
    expect(answer.body.article).toBe('BJ-17.1-a')
  })
})

describe('Article 17.2: the open platform', () => {
  it('[BJ-17.2-e] lets a visitor search, read, preview and download, and see nothing internal or unpublished', async () => {
    const openId = await publishEntry(city, {
      title: '公交站点',
      summary: '公交车站',
      sharing: unconditional,
      opening: unconditional,
    })
    await bringIn(city, openId, companyFile([syntheticCreditCode(3)]))
    await city.steward.post('/api/v1/entries', { title: '公交内部调度', summary: '未发布' })
    const found = (await city.visitor.get(`/api/v1/entries?q=${encodeURIComponent('公交')}`)).body
    expect(found.items.map(({ title }: { title: string }) => title)).toEqual(['公交站点'])
    const page = await city.visitor.get(`/api/v1/entries/${openId}/rows?limit=5`)
    expect(page.status).toBe(200)
    expect(Object.keys(page.body.rows[0])).not.toContain('联系电话')
    expect((await city.visitor.get(`/api/v1/entries/${openId}/download?format=csv`)).status).toBe(200)
    expect((await city.visitor.get(`/api/v1/entries/${openId}`)).body.useRequirements).not.toBe('')
    // What is only shared between institutions is described to everyone and delivered to nobody here.
    const internal = await publishEntry(city, { title: '内部名录', sharing: unconditional, opening: closed })
    await bringIn(city, internal, companyFile([syntheticCreditCode(4)]))
    expect((await city.visitor.get(`/api/v1/entries/${internal}/rows`)).status).toBe(403)
    for (const address of ['/api/v1/cases', '/api/v1/grants', '/api/v1/commitments'])
      expect((await city.visitor.get(address)).status).toBe(401)
  })
})
