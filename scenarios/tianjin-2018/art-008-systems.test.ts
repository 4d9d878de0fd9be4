import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { openSource, reachableHere, type Source } from '../kit/source.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'
import { expectToldAsLocal, toldOf } from '../kit/tasks.ts'

describe('Articles 8 and 11: systems are connected with the sharing platform', () => {
  let city: City
  let source: Source
  beforeAll(async () => {
    source = await openSource()
    city = await openCity('tianjin', { reachable: reachableHere })
    city.at('2023-06-01T02:00:00Z')
  })
  afterAll(async () => {
    await city.close()
    await source.close()
  })

  const counts = async () => (await city.authority.get('/api/v1/source-systems')).body.counts
  const register = (
    caller: City['steward'],
    name: string,
    url: string | null,
    limitSeconds: number | null = null,
  ) => caller.post('/api/v1/source-systems', { name, url, limitSeconds })

  it('[TJ-8.3-b] shows a system as not connected until a check has succeeded, and the authority counts it', async () => {
    const bare = await register(city.steward, '许可办理系统', null)
    expect(bare.status).toBe(201)
    expect(bare.body).toMatchObject({ state: 'not-connected', okAt: null })
    await city.settle()
    expect((await counts())['not-connected']).toBe(1)
    const system = `/api/v1/source-systems/${bare.body.id}`
    expect((await city.steward.post(`${system}/checks`)).body).toMatchObject({
      state: 'not-connected',
      failure: 'no-interface',
    })

    // An address that does not answer is no connection either.
    source.state = null
    const changed = await city.steward.patch(system, { url: source.url, token: 'synthetic-token' })
    expect(changed.body).toMatchObject({ state: 'testing', hasToken: true })
    expect(changed.text).not.toContain('synthetic-token')
    await city.settle()
    expect((await city.steward.get(system)).body).toMatchObject({
      state: 'not-connected',
      failure: 'unreachable',
    })

    source.state = {}
    const checked = await city.steward.post(`${system}/checks`)
    expect(checked.body).toMatchObject({
      state: 'connected',
      failure: null,
      okAt: '2023-06-01T02:00:00.000Z',
    })
    expect(checked.body.checks.filter(({ ok }: { ok: boolean }) => ok).length).toBe(1)
    expect(source.asked.at(-1)).toEqual({ path: '/api', authorization: 'Bearer synthetic-token' })
    expect(await counts()).toMatchObject({ 'not-connected': 0, connected: 1 })

    // The token was given for that server: on the same it stays, another one does not get it.
    const sameServer = { url: `${source.url}/` }
    expect((await city.steward.patch(system, sameServer)).body.hasToken).toBe(true)
    const elsewhere = await openSource()
    expect((await city.steward.patch(system, { url: elsewhere.url })).body.hasToken).toBe(false)
    await city.settle()
    expect(elsewhere.asked).toEqual([{ path: '/api', authorization: undefined }])
    expect(await counts()).toMatchObject({ connected: 1 })
    await elsewhere.close()
    await city.steward.patch(system, { url: source.url })
    await city.settle()
  })

  it('[TJ-8.3-b] takes no address with a password in it, and no token that a call could not carry', async () => {
    const words = { name: '某系统', limitSeconds: null }
    const post = (given: object) => city.steward.post('/api/v1/source-systems', { ...words, ...given })
    expect((await post({ url: 'https://user:secret@source.example/' })).status).toBe(422)
    expect((await post({ url: null, token: '令牌' })).status).toBe(422)
    expect((await post({ url: null, token: 'two\r\nlines' })).status).toBe(422)
  })

  it('[TJ-8.3-b] is registered by its own body and calls no address of the platform’s own network', async () => {
    expect((await register(city.citizen, '某系统', null)).status).toBe(403)
    const inside = await register(city.user, '内网系统', 'http://169.254.169.254/latest')
    await city.settle()
    const system = `/api/v1/source-systems/${inside.body.id}`
    expect((await city.user.get(system)).body.failure).toBe('address-not-allowed')
    expect((await city.other.get(system)).status).toBe(404)
    expect((await city.steward.patch(system, { name: '改名' })).status).toBe(404)
    expect((await register(city.user, '某系统', 'ftp://example.org')).status).toBe(422)
  })

  it('[TJ-8.1-a] lists data that stay at their source beside those on the platform, with where they lie, and answers them there', async () => {
    const [code, unknown] = [syntheticCreditCode(1), syntheticCreditCode(2)]
    const open = { sharing: unconditional, opening: unconditional }
    const parking = await publishEntry(city, { title: '停车场信息', ...open }, city.user)
    await bringIn(city, parking, companyFile([code]), '停车.csv', city.user)
    const road = await publishEntry(city, { title: '道路停车泊位', ...open })
    const system = (await register(city.steward, '道路泊位系统', source.url)).body
    const link = `/api/v1/source-systems/${system.id}/entries`
    expect((await city.user.post(link, { entryId: road, atSource: true })).status).toBe(404)
    expect((await city.steward.post(link, { entryId: parking, atSource: true })).status).toBe(404)
    expect((await city.steward.post(link, { entryId: road, atSource: true })).status).toBe(200)

    const found = (await city.visitor.get(`/api/v1/entries?q=${encodeURIComponent('停车')}`)).body.items
    const places = found.map((entry: { title: string; heldAt: string | null; provider: { id: string } }) =>
      [entry.title, entry.heldAt, entry.provider.id].join(' '),
    )
    expect(places.sort()).toEqual(['停车场信息  civil', '道路停车泊位 道路泊位系统 market'].sort())

    source.rows.set(code, {
      统一社会信用代码: code,
      企业名称: '示例停车场',
      注册资本: 12.5,
      法定代表人: '示例人',
      联系电话: '13800000000',
    })
    const rows = `/api/v1/entries/${road}/rows`
    const row = await city.visitor.get(`${rows}/${code}`)
    expect(row.body).toMatchObject({
      row: { 统一社会信用代码: code, 企业名称: '示例停车场', 注册资本: 12.5 },
      snapshot: null,
      heldAt: '道路泊位系统',
      basis: { kind: 'open' },
    })
    // The same decision as everywhere: what is personal does not leave, wherever it lies.
    expect(Object.keys(row.body.row)).not.toContain('联系电话')
    expect((await city.visitor.get(`${rows}/${unknown}`)).status).toBe(404)
    // A system that gives out another row than the one asked for is not believed.
    source.rows.set(unknown, { 统一社会信用代码: code, 企业名称: '另一停车场' })
    expect((await city.visitor.get(`${rows}/${unknown}`)).body.code).toBe('source-unavailable')
    source.rows.delete(unknown)
    const taken = await city.user.get(`${rows}/${code}?scenario=${encodeURIComponent('停车管理')}`)
    const receipt = await city.user.get(`/api/v1/records/${taken.body.recordId}/receipt`)
    expect(JSON.parse(receipt.body.record)).toMatchObject({
      kind: 'access.rows',
      entryId: road,
      snapshotId: `source:${system.id}`,
      outcome: 'answered',
    })

    // Only by key; a page, a file or a sum of them would be a second copy.
    for (const path of ['rows', 'download', `aggregate?group=${encodeURIComponent('企业名称')}`]) {
      const refused = await city.visitor.get(`/api/v1/entries/${road}/${path}`)
      expect([path, refused.status, refused.body.condition?.en.includes('by key')]).toEqual([path, 403, true])
    }
    source.state = null
    expect((await city.visitor.get(`${rows}/${code}`)).body.code).toBe('source-unavailable')
    source.state = {}
  })

  it('[TJ-11.1-b] watches health and freshness, and tells the unit and the authority of a break', async () => {
    const at = (time: string) => city.at(`2023-06-02T${time}Z`)
    at('02:00:00')
    source.state = { changedAt: '2023-06-02T01:59:30Z' }
    const system = (await register(city.steward, '公交位置接口', source.url, 60)).body
    await city.settle()
    const shown = async () => (await city.steward.get(`/api/v1/source-systems/${system.id}`)).body
    const told = async (caller: City['steward'], kind: string) =>
      (await toldOf(caller, kind)).filter((title) => title.includes('公交位置接口')).length
    expect(await shown()).toMatchObject({ state: 'connected', stale: false })

    // The interface answers, but nothing new has come for five minutes. The check comes by itself.
    at('02:05:00')
    await city.settle()
    expect(await shown()).toMatchObject({ state: 'connected', stale: true })
    expect((await counts()).stale).toBe(1)
    for (const caller of [city.steward, city.authority]) expect(await told(caller, 'system.stale')).toBe(1)
    await expectToldAsLocal(city.steward, 'system.stale')
    expect(await shown()).toMatchObject({ limitSeconds: 60, limitKind: 'local' })

    source.state = null
    at('02:10:00')
    await city.settle()
    expect(await shown()).toMatchObject({ state: 'broken', failure: 'unreachable' })
    at('02:15:00')
    await city.settle()
    // A break that lasts is told once.
    for (const caller of [city.steward, city.authority]) expect(await told(caller, 'system.broken')).toBe(1)

    source.state = { changedAt: '2023-06-02T02:19:50Z' }
    at('02:20:00')
    await city.settle()
    expect(await shown()).toMatchObject({ state: 'connected', stale: false })
    expect(await told(city.steward, 'system.restored')).toBe(1)
  })
})
