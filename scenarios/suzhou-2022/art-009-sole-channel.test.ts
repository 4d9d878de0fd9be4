import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { act, grantOf, request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2024-03-04T01:00:00Z')
})
afterAll(() => city.close())

const exchange = {
  giver: 'market',
  receiver: 'civil',
  data: '企业登记信息全量拷贝',
  means: 'disk',
  on: '2024-02-26',
  evidence: '双方交接单，光盘一张',
}
const report = (caller: Caller, content: object = {}) =>
  request(city, caller, null, { ...exchange, ...content }, 'off-platform')

describe('Article 9.1: one platform, the only channel', () => {
  it('[SZ-9.1-a] what changed hands by disk is put on record by the authority as a violation, and is no sharing', async () => {
    const entryId = await publishEntry(city, { title: '企业登记' })
    const year = 'from=2024-01-01&until=2024-12-31'
    const counts = async () => [
      (await city.visitor.get(`/api/v1/figures?by=provider&${year}`)).body.total,
      (await city.user.get('/api/v1/grants')).body.items,
      (await city.visitor.get(`/api/v1/entries/${entryId}`)).body.liveGrants,
      (await city.authority.get('/api/v1/supply-list?section=matched&limit=100')).body.items,
    ]
    const before = await counts()
    const reported = await report(city.user)
    expect(reported.status, reported.text).toBe(201)
    expect(reported.body).toMatchObject({
      waitsFor: [{ organisation: { id: 'authority' } }],
      clocks: [{ kind: 'waiting', dueOn: null }],
    })
    expect(reported.body.number).toMatch(/^SZ-WG-2024-\d{6}$/)
    const { id } = reported.body
    // Both sides see it and may say what happened; neither settles it, and nobody else knows of it.
    for (const side of [city.steward, city.user]) {
      const settled = await act(city, side, reported.body, 'record', { finding: '属实' })
      expect([settled.status, settled.body.article]).toEqual([403, 'SZ-9.1-a'])
    }
    expect(
      (await act(city, city.steward, reported.body, 'state-view', { view: '接口当时故障' })).status,
    ).toBe(200)
    expect((await city.other.get(`/api/v1/cases/${id}`)).status).toBe(404)
    const bare = await city.authority.post(`/api/v1/cases/${id}/acts/record`)
    expect([bare.status, bare.body.errors[0].path]).toEqual([422, 'finding'])

    const recorded = await act(city, city.authority, reported.body, 'record', { finding: '核对交接单，属实' })
    expect(recorded.body).toMatchObject({ outcome: 'closed', state: { key: 'recorded' }, grantId: null })
    for (const side of [city.steward, city.user, city.authority]) {
      const seen = (await side.get(`/api/v1/cases/${id}`)).body
      expect(seen.events.at(-1)).toMatchObject({
        act: 'record',
        article: 'SZ-9.1-a',
        actor: { organisation: { id: 'authority' } },
      })
      expect(JSON.stringify(seen.opening)).toContain('光盘')
    }
    const [record] = (await city.authority.get(`/api/v1/records?case=${id}&limit=1`)).body.items
    expect(record).toMatchObject({ kind: 'case.act', article: 'SZ-9.1-a' })
    expect(await counts()).toEqual(before)
    const asked = await city.authority.get(`/api/v1/figures?by=provider&procedure=off-platform&${year}`)
    expect(asked.status).toBe(404)
  })

  it('[SZ-9.1-a] the authority may find it itself, and dismiss with reasons what was none', async () => {
    const found = await report(city.authority)
    expect(found.status, found.text).toBe(201)
    const other = await report(city.steward, { means: 'interface', receiver: 'health' })
    const silent = await city.authority.post(`/api/v1/cases/${other.body.id}/acts/dismiss`)
    expect([silent.status, silent.body.errors[0].path]).toEqual([422, 'reasons'])
    const dismissed = await act(city, city.authority, other.body, 'dismiss', { reasons: '系平台接口' })
    expect(dismissed.body).toMatchObject({ outcome: 'closed', state: { key: 'dismissed' } })
    const stranger = await city.citizen.post('/api/v1/cases', {
      procedure: 'off-platform',
      entryId: null,
      content: exchange,
    })
    expect([stranger.status, stranger.body.article]).toEqual([403, 'SZ-9.1-a'])
    const unknown = await report(city.user, { receiver: 'nobody' })
    expect([unknown.status, unknown.body.errors[0].path]).toEqual([422, 'receiver'])
  })

  it('is settled by no officer of the authority who spoke for one of the sides, though by another, on record', async () => {
    await city.house.identity.createUser({
      username: 'second_officer',
      name: '示例第二经办人',
      password: cityPassword,
      organisationId: 'authority',
      powers: ['officer', 'steward'],
    })
    const spoke = await city.signIn('second_officer')
    for (const [side, reporter, title] of [
      ['receiver', city.steward, '接收方'],
      ['giver', city.user, '提供方'],
    ] as const) {
      const reported = await report(reporter, { [side]: 'authority' })
      const viewed = await act(city, spoke, reported.body, 'state-view', { view: '为应急汇总' })
      expect(viewed.status, viewed.text).toBe(200)
      for (const [name, content] of [
        ['record', { finding: '属实' }],
        ['dismiss', { reasons: '不属实' }],
      ] as const) {
        const own = await act(city, spoke, reported.body, name, content)
        expect([own.status, own.body.article]).toEqual([403, undefined])
        expect(own.body.condition.zh).toContain(`${title}的经办人办理过本办件，应当回避`)
      }
      const settled = await act(city, city.authority, reported.body, 'record', { finding: '核对属实' })
      expect(settled.body).toMatchObject({ outcome: 'closed' })
      expect(settled.body.events.at(-1).warnings).toHaveLength(1)
    }
  })

  it('[SZ-9.1-a] aggregation, sharing and opening run through the platform, each delivery with its number', async () => {
    const entryId = await publishEntry(city, { title: '道路名称', opening: unconditional })
    await bringIn(city, entryId, companyFile([syntheticCreditCode(1)]))
    const { snapshot } = (await city.steward.get(`/api/v1/entries/${entryId}`)).body
    const numberOf = async (recordId: string, caller: Caller) =>
      (await caller.get(`/api/v1/records/${recordId}/receipt`)).status
    expect(snapshot.number).toBe(1)
    expect(await numberOf(snapshot.recordId, city.steward)).toBe(200)
    const filed = await request(city, city.user, entryId, { fields: ['企业名称'] })
    const { grantId, number } = await grantOf(city, city.user, filed)
    expect(number).toMatch(/^SZ-GX-2024-\d{6}$/)
    const shared = await city.user.get(`/api/v1/entries/${entryId}/rows?grant=${grantId}`)
    expect(shared.status).toBe(200)
    expect(await numberOf(shared.body.recordId, city.user)).toBe(200)
    const opened = await city.visitor.get(`/api/v1/entries/${entryId}/rows`)
    expect(opened.status).toBe(200)
    expect(await numberOf(opened.body.recordId, city.visitor)).toBe(200)
    // Without a grant or an opening there is no way past it.
    const closedEntry = await publishEntry(city, { title: '收养登记' })
    await bringIn(city, closedEntry, companyFile([syntheticCreditCode(2)]))
    for (const way of ['rows', 'download']) {
      const refused = await city.visitor.get(`/api/v1/entries/${closedEntry}/${way}`)
      expect([refused.status, refused.body.article]).toEqual([403, 'SZ-14.1'])
    }
  })
})
