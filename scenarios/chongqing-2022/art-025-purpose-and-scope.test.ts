import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bringIn,
  closed,
  companyFile,
  companyRegister,
  fileRequest,
  publishEntry,
  requestFields,
  unconditional,
} from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let entryId: string
let grantId: string
const codes = Array.from({ length: 20 }, (_, index) => syntheticCreditCode(index))

beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2026-03-02T01:00:00Z')
  entryId = await publishEntry(city, {})
  await bringIn(city, entryId, companyFile(codes))
  const filed = await fileRequest(city.user, entryId, { until: '2026-06-30' })
  const granted = await city.authority.post(`/api/v1/cases/${filed.body.id}/acts/grant`)
  grantId = granted.body.grantId ?? (await city.user.get(`/api/v1/cases/${filed.body.id}`)).body.grantId
})
afterAll(() => city.close())

const field = (name: string) => encodeURIComponent(name)

describe('Article 25: purpose and scope of shared data', () => {
  it('[CQ-25.3-a] takes no request without a scenario and starts no clock', async () => {
    const before = (await city.authority.get('/api/v1/cases?box=all')).body.items.length
    for (const scenario of ['', '   ', undefined]) {
      const answer = await fileRequest(city.other, entryId, { scenario })
      expect(answer.status).toBe(422)
      expect(answer.body).toMatchObject({ article: 'CQ-25.3-a' })
    }
    expect((await city.authority.get('/api/v1/cases?box=all')).body.items).toHaveLength(before)
  })

  it('[CQ-25.2] puts the request into the authority’s queue; the provider is told and cannot decide', async () => {
    const filed = await fileRequest(city.other, entryId)
    const inbox = (await city.authority.get('/api/v1/cases?box=inbox')).body.items
    expect(inbox.map((item: { id: string }) => item.id)).toContain(filed.body.id)
    const seen = await city.steward.get(`/api/v1/cases/${filed.body.id}`)
    expect(seen.status).toBe(200)
    expect(seen.body.acts).toEqual([])
    expect((await city.steward.post(`/api/v1/cases/${filed.body.id}/acts/grant`)).status).toBe(403)
    await noticeOf(city.steward, filed.body.number)
  })

  it('[CQ-25.3-b] refuses a sixth field under a grant of fewer, with article, condition and remedy, and records the refusal', async () => {
    const answer = await city.user.get(
      `/api/v1/entries/${entryId}/rows?fields=${field('企业名称')},${field('联系电话')}`,
    )
    expect(answer.status).toBe(403)
    expect(answer.body).toMatchObject({ code: 'refused-by-law', article: 'CQ-25.3-b' })
    expect(answer.body.condition.zh).not.toBe('')
    expect(answer.body.remedy.zh).not.toBe('')
    expect(answer.text).not.toContain('138000')
    const records = (await city.user.get(`/api/v1/records?entry=${entryId}&kind=access.refused`)).body.items
    expect(records[0]).toMatchObject({ article: 'CQ-25.3-b', id: answer.body.recordId })
    const receipt = await city.user.get(`/api/v1/records/${answer.body.recordId}/receipt`)
    expect(receipt.status).toBe(200)
    expect(JSON.parse(receipt.body.record)).toMatchObject({
      kind: 'access.refused',
      outcome: 'outside-scope',
    })
  })

  it('[CQ-25.3-b] does not let a field outside the grant be guessed by filter or sort', async () => {
    const phone = field('联系电话')
    for (const query of [`where=${phone}:eq:13800000003`, `where=${phone}:prefix:138`, `sort=${phone}`]) {
      const answer = await city.user.get(`/api/v1/entries/${entryId}/rows?${query}`)
      expect(answer.status).toBe(403)
      expect(answer.body.article).toBe('CQ-25.3-b')
    }
    expect((await city.user.get(`/api/v1/entries/${entryId}/aggregate?group=${phone}`)).status).toBe(403)
    expect((await city.user.get(`/api/v1/entries/${entryId}/download?fields=${phone}`)).status).toBe(403)
  })

  it('[CQ-25.3-b] refuses another purpose than the one granted', async () => {
    const answer = await city.user.get(`/api/v1/entries/${entryId}/rows?scenario=${field('人员招聘')}`)
    expect(answer.status).toBe(403)
    expect(answer.body).toMatchObject({ article: 'CQ-25.3-b' })
    expect(
      (await city.user.get(`/api/v1/entries/${entryId}/rows?scenario=${field('低保家庭经济状况核对')}`))
        .status,
    ).toBe(200)
  })

  it('gives a body without a grant nothing', async () => {
    for (const path of [
      `rows`,
      `rows/${codes[0]}`,
      `aggregate?group=${field('企业名称')}`,
      `download?format=csv`,
    ]) {
      expect((await city.other.get(`/api/v1/entries/${entryId}/${path}`)).status).toBe(403)
      expect((await city.visitor.get(`/api/v1/entries/${entryId}/${path}`)).status).toBe(403)
    }
  })

  it('[CQ-25.3-c] refuses to catalogue as one’s own what was received under a grant', async () => {
    const answer = await city.user.post('/api/v1/entries', {
      ...companyRegister,
      sharing: unconditional,
      opening: closed,
      sourceGrantId: grantId,
    })
    expect(answer.status).toBe(403)
    expect(answer.body.article).toBe('CQ-25.3-c')
  })

  it('[CQ-25.3-a] asks for the scenario before freely shared data are taken', async () => {
    const free = await publishEntry(city, { title: '公开共享的登记信息', sharing: unconditional })
    await bringIn(city, free, companyFile(codes.slice(0, 3)))
    const silent = await city.user.get(`/api/v1/entries/${free}/rows`)
    expect(silent.status).toBe(403)
    expect(silent.body.article).toBe('CQ-25.3-a')
    const stated = await city.user.get(`/api/v1/entries/${free}/rows?scenario=${field('养老服务机构核验')}`)
    expect(stated.status).toBe(200)
    // Personal fields are shown in part to whoever takes them without a grant.
    expect(stated.body.rows[0]['联系电话']).toMatch(/^138\*+\d{4}$/)
  })

  it('acts on expiry and on revocation with the next call', async () => {
    const path = `/api/v1/entries/${entryId}/rows?limit=1&grant=${grantId}`
    const key = (await city.user.post('/api/v1/api-keys', { name: '核对系统', grantId })).body
    const system = city.user.withKey(key.key)
    expect((await system.get(path)).body.columns.map((column: { name: string }) => column.name)).toEqual(
      requestFields,
    )

    city.at('2026-06-30T15:59:00Z')
    expect((await system.get(path)).status).toBe(200)
    city.at('2026-06-30T16:00:00Z')
    const late = await system.get(path)
    expect(late.status).toBe(403)
    expect(late.body.condition.zh).toContain('到期')
    city.at('2026-03-02T01:00:00Z')

    const bare = await city.authority.post(`/api/v1/grants/${grantId}/acts/revoke`, {
      reasons: '',
      basis: '',
    })
    expect(bare.status).toBe(422)
    const holder = await city.user.post(`/api/v1/grants/${grantId}/acts/revoke`, {
      reasons: '不再需要',
      basis: '无',
    })
    expect(holder.status).toBe(403)
    expect((await system.get(path)).status).toBe(200)
    await city.authority.post(`/api/v1/grants/${grantId}/acts/revoke`, {
      reasons: '超范围使用',
      basis: '条例第二十五条',
    })
    const revoked = await system.get(path)
    expect(revoked.status).toBe(403)
    expect(revoked.body.condition.zh).toContain('撤销')

    await city.user.delete(`/api/v1/api-keys/${key.apiKey.id}`)
    const dead = await system.get(path)
    expect(dead.status).toBe(401)
    expect(dead.body.code).toBe('key-not-valid')
  })

  it('takes no request for what is not shared', async () => {
    const none = await publishEntry(city, { title: '不予共享的信息', sharing: closed })
    const answer = await fileRequest(city.user, none)
    expect(answer.status).toBe(403)
    expect(answer.body.condition.zh).toContain('不予共享')
    const plan = (await city.user.get(`/api/v1/entries/${none}/access-plan`)).body
    expect(plan).toMatchObject({ now: null, request: null })
  })
})
