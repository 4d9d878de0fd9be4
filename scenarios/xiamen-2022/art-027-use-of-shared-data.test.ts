import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'
import {
  expectKeptFromCatalogue,
  expectOtherPurposeRefused,
  expectTraced,
  grantHeld,
} from '../kit/received-data.ts'

let city: City
let held: { entryId: string; grantId: string }
beforeAll(async () => {
  city = await openCity('xiamen')
  city.at('2024-03-04T01:00:00Z')
  held = await grantHeld(city)
})
afterAll(() => city.close())

describe('Article 27.2: shared data stay with the body and its scenario', () => {
  it('[XM-27.2-b] a key belongs to a registered system; used from elsewhere it is refused, and provider, user and authority are told', async () => {
    const { entryId, grantId } = held
    const key = (body: object) => city.user.post('/api/v1/api-keys', { name: '核验系统', grantId, ...body })
    expect((await key({})).body).toMatchObject({ status: 403, article: 'XM-27.2-b' })
    // Nor is there a way round it by a key that is bound to no grant and so opens them all.
    const unbound = await city.user.post('/api/v1/api-keys', { name: '核验系统' })
    expect(unbound.body).toMatchObject({ status: 403, article: 'XM-27.2-b' })
    expect((await key({ system: '招生系统', addresses: ['招生系统'] })).status).toBe(422)
    const own = (await key({ system: '招生系统', addresses: ['127.0.0.1'] })).body.key
    expect((await city.user.withKey(own).get(`/api/v1/entries/${entryId}/rows`)).status).toBe(200)

    const elsewhere = (await key({ system: '招生系统', addresses: ['10.20.0.0/16'] })).body.key
    const refused = await city.user.withKey(elsewhere).get(`/api/v1/entries/${entryId}/rows`)
    expect(refused.status).toBe(401)
    expect(refused.body.condition.zh).toContain('登记的系统')
    // Refused each time; recorded once a minute, so that a program that goes on fills no ledger.
    expect((await city.user.withKey(elsewhere).get(`/api/v1/entries/${entryId}/rows`)).status).toBe(401)
    for (const caller of [city.steward, city.user, city.authority]) {
      const notices = (await caller.get('/api/v1/notices')).body.items
      expect(notices.filter((notice: { kind: string }) => notice.kind === 'use.foreign-system')).toHaveLength(
        1,
      )
    }
    const records = (await city.authority.get(`/api/v1/records?entry=${entryId}&kind=access.refused`)).body
      .items
    expect(records[0]).toMatchObject({ outcome: 'foreign-system', article: 'XM-27.2-b' })
    expect(records.filter(({ outcome }: { outcome: string }) => outcome === 'foreign-system')).toHaveLength(1)
    const why = (await city.user.get(`/api/v1/records/${records[0].id}/explanation`)).body
    expect(why.decision).toMatchObject({
      granted: false,
      reason: { condition: { zh: '密钥不是从其登记的系统使用' } },
    })
  })

  it('[XM-27.2-b] what was received cannot be registered, shared or opened by the receiver', () =>
    expectKeptFromCatalogue(city, held.entryId, 'XM-27.2-b'))

  it('[XM-27.2-b] files carry the mark of their receiver', () => expectTraced(city, held.entryId, 'civil'))

  it('[XM-27.2-c] each use bears the scenario of its grant; another one is refused with the way to a new request', () =>
    expectOtherPurposeRefused(city, held.entryId, held.grantId, 'XM-27.2-c'))

  it('[XM-27.2-c] the scenario cannot be edited after the reply, and an ended grant gives nothing', async () => {
    const { entryId, grantId } = held
    const grant = (await city.user.get(`/api/v1/grants/${grantId}`)).body
    const found = (await city.user.get(`/api/v1/cases/${grant.caseId}`)).body
    const asked = found.acts.flatMap((act: { content: { key: string }[] }) =>
      act.content.map(({ key }) => key),
    )
    expect(asked).not.toContain('scenario')
    const edit = await city.user.post(`/api/v1/cases/${grant.caseId}/acts/file`, {
      content: { scenario: '教师招聘' },
    })
    expect([edit.status, edit.body.code]).toEqual([409, 'act-not-available'])
    expect((await city.user.get(`/api/v1/grants/${grantId}`)).body.scenario).toBe('学位分配核验')
    await city.authority.post(`/api/v1/grants/${grantId}/acts/revoke`, {
      reasons: '场景结束',
      basis: '第二十七条',
    })
    const ended = await city.user.get(
      `/api/v1/entries/${entryId}/rows?grant=${grantId}&scenario=${encodeURIComponent('学位分配核验')}`,
    )
    expect(ended.status).toBe(403)
  })
})
