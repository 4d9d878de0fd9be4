import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, commit, commitmentInForce, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let entryId: string
let sharedId: string
let grantId: string
beforeAll(async () => {
  city = await openCity('beijing')
  city.at('2023-03-01T02:00:00Z')
  entryId = await publishEntry(city, {
    title: '就诊记录统计',
    opening: { type: 'conditional', conditions: '用于学术研究', basis: null },
  })
  sharedId = await publishEntry(city, { title: '公交站点', sharing: unconditional })
  for (const id of [entryId, sharedId]) await bringIn(city, id, companyFile([syntheticCreditCode(1)]))
  const { body: filed } = await city.citizen.post('/api/v1/cases', {
    procedure: 'opening-request',
    entryId,
    content: { scenario: '毕业论文', fields: ['企业名称'], qualification: '在校研究生' },
  })
  const { body } = await city.steward.post(`/api/v1/cases/${filed.id}/acts/agree`)
  grantId = body.grantId
})
afterAll(() => city.close())

const take = () => city.citizen.get(`/api/v1/entries/${entryId}/rows?grant=${grantId}`)

describe('Article 48: the safe-use commitment', () => {
  it('[BJ-48.1-c] refuses delivery under a grant until the commitment is signed, and keeps the signed text', async () => {
    const refused = await take()
    expect(refused.status).toBe(403)
    expect(refused.body).toMatchObject({ article: 'BJ-48.1-c' })
    expect(refused.body.condition.zh).toContain('承诺')
    const receipt = await city.citizen.get(`/api/v1/records/${refused.body.recordId}/receipt`)
    expect(receipt.status, receipt.text).toBe(200)
    expect(JSON.parse(receipt.body.record)).toMatchObject({ kind: 'access.refused', article: 'BJ-48.1-c' })
    const file = await city.citizen.get(`/api/v1/entries/${entryId}/download?format=csv&grant=${grantId}`)
    expect(file.status).toBe(403)

    const version = await commitmentInForce(city)
    city.at('2023-03-02T03:00:00Z')
    const signed = await commit(city, city.citizen, entryId, grantId)
    expect(signed.body).toMatchObject({
      grantId,
      signedAt: '2023-03-02T03:00:00.000Z',
      text: { version, body: '只按准予的场景使用数据。' },
    })
    expect((await take()).status).toBe(200)

    // A later version does not rewrite what was signed.
    await city.authority.post('/api/v1/commitment-text', { body: '新的承诺内容。' })
    for (const party of [city.citizen, city.steward, city.authority]) {
      const { items } = (await party.get(`/api/v1/commitments?grant=${grantId}`)).body
      expect(items).toEqual([
        expect.objectContaining({ text: { version, body: '只按准予的场景使用数据。' } }),
      ])
    }
    expect((await city.other.get(`/api/v1/commitments?grant=${grantId}`)).body.items).toEqual([])
  })

  it('[BJ-48.1-c] asks it of an institution for freely shared data too', async () => {
    const rows = () => city.user.get(`/api/v1/entries/${sharedId}/rows`)
    expect((await rows()).body).toMatchObject({ status: 403, article: 'BJ-48.1-c' })
    expect((await commit(city, city.user, sharedId)).status).toBe(201)
    expect((await rows()).status).toBe(200)
    expect((await city.other.get(`/api/v1/entries/${sharedId}/rows`)).status).toBe(403)
    expect((await commit(city, city.user, sharedId)).status).toBe(409)
  })

  it('[BJ-48.1-c] stops delivery on a breach, until the authority lifts the stop and it is signed anew', async () => {
    const { id } = (await city.citizen.get(`/api/v1/commitments?grant=${grantId}`)).body.items[0]
    const breach = (caller: City['user']) =>
      caller.post(`/api/v1/commitments/${id}/acts/report-breach`, { reasons: '擅自向他人提供' })
    expect((await breach(city.citizen)).body).toMatchObject({ status: 403, article: 'BJ-48.1-c' })
    expect((await breach(city.other)).status).toBe(404)
    expect((await breach(city.steward)).status).toBe(200)
    const stopped = await take()
    expect(stopped.body).toMatchObject({ status: 403, article: 'BJ-48.1-c' })
    expect(stopped.body.condition.zh).toContain('违反')
    await noticeOf(city.citizen, 'commitment.broken')
    expect((await commit(city, city.citizen, entryId, grantId)).status).toBe(409)
    const lift = (caller: City['user']) =>
      caller.post(`/api/v1/commitments/${id}/acts/lift`, { reasons: '已改正' })
    expect((await lift(city.steward)).body).toMatchObject({
      ...{ status: 403, code: 'not-allowed', article: 'BJ-48.1-c' },
      remedy: { zh: expect.stringContaining('解除') },
    })
    expect((await lift(city.authority)).status).toBe(200)
    expect((await take()).status).toBe(403)
    expect((await commit(city, city.citizen, entryId, grantId)).status).toBe(201)
    expect((await take()).status).toBe(200)
  })

  it('is signed by its holder, for the version in force, in words of the authority alone', async () => {
    expect((await commit(city, city.user, entryId, grantId)).status).toBe(404)
    const old = await city.other.post('/api/v1/commitments', { entryId: sharedId, grantId: null, version: 1 })
    expect(old.status).toBe(409)
    const text = await city.steward.post('/api/v1/commitment-text', { body: '自拟' })
    expect(text.status).toBe(403)
    expect(text.body.condition.zh).toContain('市经济和信息化部门')
  })
})
