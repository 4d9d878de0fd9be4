import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { reachableHere } from '../kit/source.ts'
import { openSourceDatabase, type SourceDatabase } from '../kit/source-database.ts'
import { toldOf } from '../kit/tasks.ts'

const fields = [
  { name: '车辆编号', type: 'text', meaning: '编号', sensitivity: 'public', key: true, required: true },
  { name: '线路', type: 'text', meaning: '线路', sensitivity: 'public' },
  { name: '经度', type: 'longitude', meaning: '经度', sensitivity: 'public' },
  { name: '载客量', type: 'integer', meaning: '人数', sensitivity: 'public' },
  { name: '驾驶员电话', type: 'phone', meaning: '电话', sensitivity: 'personal' },
]
const columns = [
  { field: '车辆编号', column: 'code' },
  { field: '线路', column: 'Line "old"' },
  { field: '经度', column: 'longitude' },
  { field: '载客量', column: 'load' },
  { field: '驾驶员电话', column: 'phone' },
]
const table = { schema: 'bus', name: 'positions', columns, changedColumn: 'reported_at' }
const open = { fields, sharing: unconditional, opening: unconditional, updateCycle: 'real-time' }

describe('Article 11: a system that opens its database', () => {
  let city: City
  let source: SourceDatabase
  beforeAll(async () => {
    source = await openSourceDatabase('scenario_bus')
    await source.query('create schema bus')
    await source.query(
      `create table bus.positions (code text primary key, "Line ""old""" text, longitude numeric, load int,
        phone text, reported_at timestamptz)`,
    )
    city = await openCity('tianjin', { reachable: reachableHere })
    city.at('2023-06-02T02:00:00Z')
  })
  afterAll(async () => {
    await city.close()
    await source.close()
  })

  const put = (code: string, line: string, at: string) =>
    source.query(
      `insert into bus.positions values ($1, $2, 117.2000, 31, '13800000000', $3)
        on conflict (code) do update set reported_at = excluded.reported_at`,
      [code, line, at],
    )
  const register = async (name: string, words: object = {}) =>
    (
      await city.steward.post('/api/v1/source-systems', {
        name,
        url: source.url,
        user: source.user,
        token: 'synthetic-password',
        limitSeconds: 60,
        ...words,
      })
    ).body
  const shown = async (id: string) => (await city.steward.get(`/api/v1/source-systems/${id}`)).body

  it('[TJ-11.1-b] takes the address of a database without secrets in it, keeps the password sealed, and calls no address inside', async () => {
    const post = (given: object) =>
      city.steward.post('/api/v1/source-systems', { name: '某系统', limitSeconds: null, ...given })
    for (const url of [
      'postgresql://user:secret@db.example/bus',
      'postgresql://db.example',
      'postgresql:///bus',
      'postgresql://db.example/bus?options=-c%20x',
      'mysql://db.example/bus?allowLoadLocalInfile=true',
      'oracle://db.example/bus',
    ])
      expect([url, (await post({ url })).status]).toEqual([url, 422])

    // Without TLS only within the ranges that are opened: an address is refused, a name fails when it is called.
    for (const url of ['postgresql://10.0.0.1/bus', 'postgresql://[2400:3200::1]/bus?sslmode=disable']) {
      const bare = await post({ url })
      expect([bare.status, bare.body.code, bare.body.errors[0].path]).toEqual([
        422,
        'content-incomplete',
        'url',
      ])
      expect(bare.body.remedy.zh).toContain('sslmode=verify-full')
    }
    const system = await register('公交数据库')
    expect(system).toMatchObject({ mode: 'database', user: source.user, hasToken: true })
    expect(JSON.stringify(await shown(system.id))).not.toContain('synthetic-password')
    await city.settle()
    expect(await shown(system.id)).toMatchObject({ state: 'connected', failure: null })
    // The password was given for that server: another one does not get it.
    const moved = await city.steward.patch(`/api/v1/source-systems/${system.id}`, {
      url: 'postgresql://10.0.0.1:5432/bus?sslmode=verify-full',
    })
    expect(moved.body.hasToken).toBe(false)
    await city.settle()
    expect(await shown(system.id)).toMatchObject({ state: 'not-connected', failure: 'address-not-allowed' })
    const foreign = await register('别人的库', { user: 'nobody_here' })
    await city.settle()
    expect(await shown(foreign.id)).toMatchObject({ state: 'not-connected', failure: 'refused' })
  })

  it('[TJ-11.1-b] connects an entry by its table, shows it stale by its own update limit, and tells unit and authority', async () => {
    await put('津001', '1路', '2023-06-02T01:59:30Z')
    const entry = await publishEntry(city, { ...open, title: '公交位置' })
    const system = await register('公交位置库')
    await city.settle()
    const link = `/api/v1/source-systems/${system.id}/entries`
    const words = { entryId: entry, atSource: false }
    expect((await city.steward.post(link, words)).body.errors).toMatchObject([{ path: 'table' }])
    const unknownField = { ...table, columns: [...columns, { field: '车牌', column: 'plate' }] }
    expect((await city.steward.post(link, { ...words, table: unknownField })).status).toBe(422)
    expect((await city.user.post(link, { ...words, table })).status).toBe(404)

    // A table that is not there is a failure of the entry and not of the connection.
    await city.steward.post(link, {
      ...words,
      table: { ...table, name: 'position; drop table bus.positions' },
    })
    expect(await shown(system.id)).toMatchObject({
      state: 'connected',
      entries: [{ entryId: entry, measured: { rows: null, failure: 'table-unreadable' } }],
    })
    const linked = await city.steward.post(link, { ...words, table })
    expect(linked.body.entries).toMatchObject([
      { stale: false, measured: { rows: 1, changedAt: '2023-06-02T01:59:30.000Z', failure: null } },
    ])
    const page = async () => (await city.visitor.get(`/api/v1/entries/${entry}`)).body.connection
    expect(await page()).toMatchObject({ system: '公交位置库', state: 'connected', stale: false })

    city.at('2023-06-02T02:05:00Z')
    await city.settle()
    expect(await page()).toEqual({
      system: '公交位置库',
      state: 'connected',
      stale: true,
      changedAt: '2023-06-02T01:59:30.000Z',
    })
    expect((await city.authority.get('/api/v1/source-systems')).body.counts.stale).toBe(1)
    for (const caller of [city.steward, city.authority]) {
      expect(await toldOf(caller, 'system.entry-stale')).toEqual(['《公交位置》数据未及时更新'])
      const { items } = (await caller.get('/api/v1/notices?limit=100')).body
      for (const kind of ['system.entry-stale', 'system.stale'])
        expect(items.find((each: { kind: string }) => each.kind === kind).body.zh).toContain('非法定期限')
    }
    await put('津001', '1路', '2023-06-02T02:09:50Z')
    city.at('2023-06-02T02:10:00Z')
    await city.settle()
    expect((await page()).stale).toBe(false)
  })

  it('[TJ-11.1-b] reads the whole table into a snapshot, and keeps the one before where the database dies half way', async () => {
    const entry = await publishEntry(city, { ...open, title: '公交位置（全量）' })
    const system = await register('公交位置全量库')
    await city.settle()
    const entries = `/api/v1/source-systems/${system.id}/entries`
    const load = (caller: City['steward']) => caller.post(`${entries}/${entry}/loads`)
    expect((await load(city.steward)).status).toBe(404)
    await city.steward.post(entries, { entryId: entry, atSource: false, table })
    expect((await load(city.user)).status).toBe(404)
    expect((await load(city.citizen)).status).toBe(404)

    const first = await load(city.steward)
    expect(first.status).toBe(202)
    await city.settle()
    expect((await city.steward.get(`/api/v1/batches/${first.body.batchId}`)).body).toMatchObject({
      state: 'live',
      rows: 1,
      refusedRows: 0,
    })
    const rows = async () => (await city.visitor.get(`/api/v1/entries/${entry}/rows`)).body.rows
    expect(await rows()).toEqual([{ 车辆编号: '津001', 线路: '1路', 经度: 117.2, 载客量: 31 }])

    await source.query(
      `insert into bus.positions select 'X' || n, repeat('长', 400), 117.2, n, '13800000000', now()
        from generate_series(1, 2000) n`,
    )
    source.cutAfter(300_000)
    const broken = await load(city.steward)
    expect([broken.status, broken.body.code]).toEqual([503, 'source-unavailable'])
    expect(broken.body.condition.zh).toContain('本次数据未入库')
    expect(await shown(system.id)).toMatchObject({ state: 'broken', failure: 'unreachable' })
    await city.settle()
    expect(await rows()).toHaveLength(1)
    expect((await city.steward.get(`/api/v1/batches?entry=${entry}`)).body.items).toHaveLength(1)

    source.cutAfter(null)
    const again = await load(city.steward)
    await city.settle()
    expect((await city.steward.get(`/api/v1/batches/${again.body.batchId}`)).body).toMatchObject({
      state: 'live',
      rows: 2001,
    })
    await source.query(`delete from bus.positions where code like 'X%'`)

    // One row that is too long is told as such and is no failure of the connection.
    await source.query(
      `insert into bus.positions values ('长', repeat('长', 200000), 117.2, 1, '13800000000', now())`,
    )
    const long = await load(city.steward)
    expect([long.status, long.body.code]).toEqual([413, 'too-large'])
    expect(long.body.condition.zh).toContain('一行过长')
    expect((await city.visitor.get(`/api/v1/entries/${entry}/rows`)).body.total).toBe(2001)
  })

  it('[TJ-11.1-b] answers a row by its key from the database where the rows stay there', async () => {
    const entry = await publishEntry(city, { ...open, title: '公交位置（留存）' })
    const system = await register('公交位置留存库')
    await city.settle()
    const link = `/api/v1/source-systems/${system.id}/entries`
    expect((await city.steward.post(link, { entryId: entry, atSource: true, table })).status).toBe(200)
    const rows = `/api/v1/entries/${entry}/rows`
    const row = await city.visitor.get(`${rows}/${encodeURIComponent('津001')}`)
    expect(row.body).toMatchObject({ heldAt: '公交位置留存库', snapshot: null })
    // The telephone number lies in the table and is not for visitors, as everywhere.
    expect(row.body.row).toEqual({ 车辆编号: '津001', 线路: '1路', 经度: 117.2, 载客量: 31 })
    expect((await city.visitor.get(`${rows}/${encodeURIComponent("' or true --")}`)).status).toBe(404)
    expect((await city.visitor.get(rows)).status).toBe(403)
    const long = await city.visitor.get(`${rows}/${encodeURIComponent('长')}`)
    expect([long.status, long.body.code]).toEqual([503, 'source-unavailable'])
    expect(long.body.condition.zh).toContain('一行过长')
    await source.query(`delete from bus.positions where code = '长'`)

    // More at once than a system is asked: some wait, the others are told when to come again.
    // The table is locked until as many are sent away as have to be, so that nobody is answered before all have asked.
    await source.query('begin')
    await source.query('lock table bus.positions')
    let sentAway = 0
    const asked = Array.from({ length: 30 }, async () => {
      const answer = await city.visitor.get(`${rows}/${encodeURIComponent('津001')}`)
      if (answer.status === 503) sentAway += 1
      return answer
    })
    await vi.waitFor(() => expect(sentAway).toBe(10), { timeout: 10_000 })
    await source.query('commit')
    const many = await Promise.all(asked)
    const away = many.filter(({ status }) => status === 503)
    expect([away.length, many.filter(({ status }) => status === 200).length]).toEqual([10, 20])
    expect(away[0]!.headers['retry-after']).toBe('2')
    expect(away[0]!.body).toMatchObject({ code: 'source-unavailable' })
    expect(away[0]!.body.condition.zh).toContain('查询过多')

    // A usual check looks at the time of the newest row; the rows are counted again after an hour, or when asked.
    const counted = async () =>
      (await shown(system.id)).entries.map(({ measured }: { measured: { rows: number } }) => measured.rows)
    await put('津002', '2路', '2023-06-02T02:09:55Z')
    await put('津003', '3路', '2023-06-02T02:09:55Z')
    city.at('2023-06-02T02:15:00Z')
    await city.settle()
    expect((await shown(system.id)).checkedAt).toBe('2023-06-02T02:15:00.000Z')
    expect(await counted()).toEqual([2])
    await city.steward.post(`/api/v1/source-systems/${system.id}/checks`)
    expect(await counted()).toEqual([3])
    source.cutAfter(0)
    const dead = await city.visitor.get(`${rows}/${encodeURIComponent('津001')}`)
    expect([dead.status, dead.body.code]).toEqual([503, 'source-unavailable'])
    source.cutAfter(null)
  })
})
