import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whyNoMariadb } from '../../tools/packages.ts'
import { publishEntry, unconditional } from '../kit/acts.ts'
import type { Answer } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { reachableHere } from '../kit/source.ts'
import { openSourceDatabase, type SourceDatabase } from '../kit/source-database.ts'
import { openSourceMariadb } from '../kit/source-mariadb.ts'

const fields = [
  { name: '车辆编号', type: 'text', meaning: '编号', sensitivity: 'public', key: true, required: true },
  { name: '线路', type: 'text', meaning: '线路', sensitivity: 'public' },
  { name: '载客量', type: 'integer', meaning: '人数', sensitivity: 'public' },
  { name: '里程', type: 'decimal', meaning: '里程', sensitivity: 'public' },
  { name: '上报时间', type: 'instant', meaning: '时间', sensitivity: 'public' },
]
const columns = [
  { field: '车辆编号', column: 'code' },
  { field: '线路', column: 'Line `"old"' },
  { field: '载客量', column: 'load' },
  { field: '里程', column: 'distance' },
  { field: '上报时间', column: 'reported_at' },
]
const every = { everyMinutes: 60 }
const said = ({ status, body }: Answer) => [status, body.code]

/** The same table in each database, made and filled in its own words. */
const dialects = {
  postgresql: {
    open: () => openSourceDatabase('scenario_tables'),
    why: undefined,
    schema: `create table positions (id bigserial, code text primary key, "Line \`""old""" text, load int,
      distance numeric(20,4), reported_at timestamptz)`,
    mark: '2026-09-28 01:00:00.25+00',
    stamp: (value: string) => value,
    series: `insert into positions (code, "Line \`""old""", load, distance, reported_at)
      select 'X' || n, repeat('长', 400), n, 1, '2026-09-28T01:30:00Z' from generate_series(1, 2000) n`,
    many: '"Line `""old"""',
    large: '60000000000',
  },
  mysql: {
    open: () => openSourceMariadb('scenario_tables'),
    why: whyNoMariadb(),
    schema: `create table positions (id bigint auto_increment unique, code varchar(40) primary key,
      \`Line \`\`"old"\` longtext, \`load\` int, distance decimal(20,4), reported_at timestamp(3) null)`,
    mark: '2026-09-28 01:00:00.250',
    stamp: (value: string) => value.replace('T', ' ').replace('Z', ''),
    series: `insert into positions (code, \`Line \`\`"old"\`, \`load\`, distance, reported_at)
      select concat('X', seq), repeat('长', 400), seq, 1, '2026-09-28 01:30:00' from seq_1_to_2000`,
    many: '`Line ``"old"`',
    large: '60000000000',
  },
}

let city: City
beforeAll(async () => {
  city = await openCity('tianjin', { reachable: reachableHere })
})
afterAll(() => city.close())

describe.each(Object.entries(dialects))('Tables that are read on a schedule: %s', (dialect, words) => {
  let source: SourceDatabase & { password?: string }
  let entryId: string
  const mysql = dialect === 'mysql'

  beforeAll(async () => {
    if (words.why !== undefined) return
    source = await words.open()
    if (mysql) await source.query(`set time_zone = '+00:00'`)
    await source.query(words.schema)
    city.at('2026-09-28T01:00:05Z')
    entryId = await publishEntry(city, {
      title: `公交位置 ${dialect}`,
      fields,
      sharing: unconditional,
      opening: unconditional,
      updateCycle: 'daily',
    })
  })
  afterAll(async () => {
    await source?.close()
  })

  const put = (code: string, load: number, at: string | null, distance = 'distance') =>
    source.query(
      `insert into positions (code, ${words.many}, ${mysql ? '`load`' : 'load'}, ${distance}, reported_at)
        values ('${code}', '${code}路', ${load}, 12.5000, ${at === null ? 'null' : `'${words.stamp(at)}'`})
        ${mysql ? 'on duplicate key update `load` = values(`load`), reported_at = values(reported_at)' : 'on conflict (code) do update set load = excluded.load, reported_at = excluded.reported_at'}`,
    )
  const path = (id = entryId) => `/api/v1/entries/${id}/pulls`
  const table = { name: 'positions', columns }
  const create = (given: object = {}, id = entryId, caller = city.steward) =>
    caller.post(path(id), {
      url: source.url,
      user: source.user,
      token: source.password ?? 'synthetic',
      table,
      mode: 'upsert',
      risingColumn: 'reported_at',
      ...every,
      ...given,
    })
  const only = async (id = entryId) => (await city.steward.get(path(id))).body.items[0]
  const rows = async (id = entryId) =>
    (await city.visitor.get(`/api/v1/entries/${id}/rows?sort=${encodeURIComponent('车辆编号')}`)).body.rows
  const found = async (id: string) => (await city.visitor.get(`/api/v1/entries/${id}/rows`)).body.rows
  const batches = async (id = entryId) => (await city.steward.get(`/api/v1/batches?entry=${id}`)).body.items
  const next = async (instant: string, id = entryId) => {
    city.at(instant)
    await city.settle()
    return only(id)
  }

  it.skipIf(words.why)('refuses what does not go together, and shows no secret', async () => {
    expect(said(await create({}, entryId, city.visitor))).toEqual([401, 'not-signed-in'])
    expect(said(await create({}, entryId, city.user))).toEqual([403, 'not-allowed'])
    const wrong: [object, string][] = [
      [{ table: undefined }, 'table'],
      [{ mode: 'replace' }, 'mode'],
      [{ mode: 'append', risingColumn: undefined }, 'mode'],
      [{ table: { ...table, columns: [{ field: '车牌', column: 'plate' }] } }, 'table.columns'],
      [{ url: 'http://127.0.0.1/a.csv' }, 'table'],
      [{ url: source.url.replace('127.0.0.1', '10.0.0.1') }, 'url'],
      [{ url: `${source.url}?allowLoadLocalInfile=true` }, 'url'],
      [{ url: source.url.replace('//', '//reader:secret@') }, 'url'],
    ]
    for (const [given, place] of wrong) {
      const { status, body } = await create(given)
      expect([place, status, body.code, body.errors[0].path]).toEqual([
        place,
        422,
        'content-incomplete',
        place,
      ])
    }
    const denied = await create({ user: 'nobody_here' })
    await city.settle()
    expect(await only()).toMatchObject({ state: 'failing', failure: { zh: '对方拒绝登录' } })
    expect(denied.text + JSON.stringify(await only())).not.toContain('synthetic')
    await city.steward.delete(`/api/v1/pulls/${denied.body.id}`)
    for (const [given, zh] of [
      [{ table: { name: 'positions; drop table positions' } }, '表或者列不存在，或者该账号无权读取'],
      [{ risingColumn: 'code' }, '递增列须为整数、小数、日期或者时间类型'],
      // A server without TLS is not spoken to in the clear where TLS was asked for.
      [
        { url: `${source.url}?sslmode=verify-full` },
        mysql ? '该数据库未加密，不能连接' : '连接不上，或传输中断',
      ],
    ] as const) {
      const { body } = await create(given)
      await city.settle()
      expect((await only()).failure.zh).toBe(zh)
      await city.steward.delete(`/api/v1/pulls/${body.id}`)
    }
  })

  it.skipIf(words.why)('takes the whole table first, then what has risen, by key', async () => {
    await put('津001', 31, '2026-09-28T00:59:00Z')
    await put('津002', 7, '2026-09-28T01:00:00.250Z')
    await put('津003', 1, null)
    expect((await create()).body).toMatchObject({
      kind: 'table',
      table: { name: 'positions' },
      readUpTo: null,
    })
    await city.settle()
    expect(await rows()).toEqual([
      {
        车辆编号: '津001',
        线路: '津001路',
        载客量: 31,
        里程: 12.5,
        上报时间: '2026-09-28T00:59:00.000Z',
      },
      expect.objectContaining({ 车辆编号: '津002', 上报时间: '2026-09-28T01:00:00.250Z' }),
      expect.objectContaining({ 车辆编号: '津003', 上报时间: null }),
    ])
    expect(await only()).toMatchObject({ state: 'ok', failure: null, readUpTo: words.mark })
    expect(await batches()).toMatchObject([{ state: 'live', mode: 'replace', fileName: 'positions' }])
    // Nothing is new: no batch.
    await next('2026-09-28T02:00:10Z')
    expect(await batches()).toHaveLength(1)
    // One changed, one new, and one of the very moment that was read last: none is lost.
    await put('津001', 32, '2026-09-28T01:58:00Z')
    await put('津004', 4, '2026-09-28T01:00:00.250Z')
    await next('2026-09-28T03:00:20Z')
    expect(await batches()).toMatchObject([
      { state: 'live', mode: 'upsert', changes: { added: 1, removed: 0 } },
      { state: 'live' },
    ])
    expect((await rows()).map((row: Record<string, unknown>) => [row.车辆编号, row.载客量])).toEqual([
      ['津001', 32],
      ['津002', 7],
      ['津003', 1],
      ['津004', 4],
    ])
  })

  it.skipIf(words.why)('keeps rows back whose time has not come, and tells of the clock', async () => {
    await put('津005', 5, '2027-01-01T00:00:00Z')
    await put('津006', 6, '2026-09-28T03:30:00Z')
    const pull = await next('2026-09-28T04:00:30Z')
    expect(pull.state).toBe('ok')
    expect(pull.failure.zh).toContain('有 1 行的时间晚于当前时间')
    expect((await rows()).map((row: Record<string, unknown>) => row.车辆编号)).toEqual([
      ...['津001', '津002', '津003', '津004', '津006'],
    ])
    await source.query(`delete from positions where code = '津005'`)
  })

  it.skipIf(words.why)(
    'keeps rows and mark as they are where the database dies half way, and tries again soon',
    async () => {
      const before = await only()
      const count = (await batches()).length
      await source.query(words.series)
      await source.query(
        `update positions set reported_at = '${words.stamp('2026-09-28T04:30:00Z')}' where code like 'X%'`,
      )
      source.cutAfter(300_000)
      expect(await next('2026-09-28T05:00:40Z')).toMatchObject({
        state: 'failing',
        failure: { zh: '连接不上，或传输中断' },
        readUpTo: before.readUpTo,
        nextAt: '2026-09-28T05:15:40.000Z',
      })
      expect(await batches()).toHaveLength(count)
      expect(await rows()).toHaveLength(5)
      source.cutAfter(null)
      expect(await next('2026-09-28T05:16:00Z')).toMatchObject({ state: 'ok', failure: null })
      expect((await batches())[0]).toMatchObject({ state: 'live', rows: 2000, changes: { added: 2000 } })
    },
  )

  it.skipIf(words.why)(
    'says which column it cannot read, and goes on from where it was once it can',
    async () => {
      const before = await only()
      await source.query(`alter table positions rename column distance to distance_old`)
      await put('津007', 7, '2026-09-28T06:00:00Z', 'distance_old')
      expect(await next('2026-09-28T06:17:00Z')).toMatchObject({
        state: 'failing',
        failure: { zh: '表或者列不存在，或者该账号无权读取' },
        readUpTo: before.readUpTo,
      })
      await source.query(`alter table positions rename column distance_old to distance`)
      await next('2026-09-28T06:33:00Z')
      expect((await city.visitor.get(`/api/v1/entries/${entryId}/rows`)).body.total).toBe(2006)
      await city.steward.delete(`/api/v1/pulls/${before.id}`)
    },
  )

  it.skipIf(words.why)(
    'appends by a rising number, and says so where rows can no longer be told apart',
    async () => {
      await source.query(`delete from positions where code like 'X%'`)
      const id = await publishEntry(city, {
        title: `公交位置记录 ${dialect}`,
        fields: fields.map((field) => ({ ...field, key: false })),
        sharing: unconditional,
        opening: unconditional,
        updateCycle: 'daily',
      })
      const { body } = await create({ mode: 'append', risingColumn: 'load' }, id)
      city.at('2026-09-28T07:00:00Z')
      await city.settle()
      const first = 6
      expect(await only(id)).toMatchObject({ state: 'ok', failure: null })
      expect(await batches(id)).toMatchObject([{ state: 'live', mode: 'replace', rows: first }])
      await source.query(`update positions set ${mysql ? '`load`' : 'load'} = 900 where code = '津001'`)
      await next('2026-09-28T08:00:10Z', id)
      expect(await found(id)).toHaveLength(first + 1)
      expect(await only(id)).toMatchObject({ state: 'ok', readUpTo: '900' })
      await put('津008', 900, null)
      expect((await next('2026-09-28T09:00:20Z', id)).failure.zh).toContain('追加方式无法区分')
      expect(await found(id)).toHaveLength(first + 1)
      await city.steward.post(`/api/v1/pulls/${body.id}/acts/run?reading=whole`)
      await city.settle()
      expect(await only(id)).toMatchObject({ state: 'ok', failure: null })
      expect(await found(id)).toHaveLength(7)
    },
  )

  it.skipIf(words.why)('answers rows by key where they stay at their source', async () => {
    const id = await publishEntry(city, {
      title: `公交位置（留存 ${dialect}）`,
      fields,
      sharing: unconditional,
      opening: unconditional,
      updateCycle: 'daily',
    })
    const system = (
      await city.steward.post('/api/v1/source-systems', {
        name: `公交库 ${dialect}`,
        url: source.url,
        user: source.user,
        token: source.password ?? 'synthetic',
        limitSeconds: null,
      })
    ).body
    await city.settle()
    const linked = await city.steward.post(`/api/v1/source-systems/${system.id}/entries`, {
      entryId: id,
      atSource: true,
      table: { ...table, changedColumn: 'reported_at' },
    })
    expect(linked.body.entries).toMatchObject([
      { measured: { rows: 7, changedAt: '2026-09-28T06:00:00.000Z', failure: null } },
    ])
    const row = (key: string) => city.visitor.get(`/api/v1/entries/${id}/rows/${encodeURIComponent(key)}`)
    expect((await row('津002')).body.row).toMatchObject({ 车辆编号: '津002', 载客量: 7 })
    for (const key of ["' or true -- ", '津00', '津002 '])
      expect(said(await row(key))).toEqual([404, 'not-found'])
    await source.query(`update positions set ${words.many} = repeat('长', 200000) where code = '津002'`)
    expect(said(await row('津002'))).toEqual([503, 'source-unavailable'])
    source.cutAfter(0)
    expect(said(await row('津001'))).toEqual([503, 'source-unavailable'])
    source.cutAfter(null)
  })
})
