import { createFreshDatabase, houseTemplate } from '@tiaoli/server/foundations/database/fresh-database'
import { LakeError } from '@tiaoli/server/foundations/lake/index'
import { sql } from 'kysely'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startMosquitto } from '../../tools/mosquitto.ts'
import { whyNoMosquitto } from '../../tools/packages.ts'
import { publishEntry, unconditional } from '../kit/acts.ts'
import type { Answer } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { openSecondNode } from '../kit/second-node.ts'
import { reachableHere } from '../kit/source.ts'
import { openWire, type Wire } from '../kit/wire.ts'

const fields = [
  { name: '站点', type: 'text', meaning: '站点', sensitivity: 'public', key: true, required: true },
  { name: '水位', type: 'decimal', meaning: '水位', unit: '米', sensitivity: 'public' },
  { name: '主题', type: 'text', meaning: '主题', sensitivity: 'public' },
]
const mapping = [
  { field: '站点', path: 'station' },
  { field: '水位', path: 'values.level' },
  { field: '主题', path: '$topic' },
]
const said = ({ status, body }: Answer) => [status, body.code]
const account = { user: 'platform', password: 'synthetic-password' }

describe.skipIf(whyNoMosquitto())('Streams of messages', () => {
  let city: City
  let broker: Awaited<ReturnType<typeof startMosquitto>>
  let wire: Wire
  let sensor: MqttClient
  let entryId: string
  /** A server, where two nodes can stand on one database. */
  let databaseUrl: string | undefined
  beforeAll(async () => {
    broker = await startMosquitto(account.user, account.password)
    wire = await openWire(Number(new URL(broker.url).port))
    sensor = await connectAsync(broker.url, { username: account.user, password: account.password })
    const template = houseTemplate()
    databaseUrl = template && (await createFreshDatabase(template.serverUrl, template.name))
    city = await openCity('chongqing', { reachable: reachableHere, ...(databaseUrl && { databaseUrl }) })
    city.at('2026-09-28T01:00:00Z')
    entryId = await publishEntry(city, {
      title: '水位监测',
      fields,
      sharing: unconditional,
      opening: unconditional,
      updateCycle: 'real-time',
    })
  })
  afterAll(async () => {
    await city.close()
    await sensor.endAsync()
    await wire.close()
    await broker.stop()
  })

  const path = () => `/api/v1/entries/${entryId}/streams`
  const create = (given: object = {}, caller = city.steward) =>
    caller.post(path(), {
      url: `mqtt://127.0.0.1:${wire.port}`,
      topic: 'water/+/level',
      ...account,
      mapping,
      mode: 'upsert',
      everyMessages: 4,
      everySeconds: 60,
      ...given,
    })
  const only = async () => (await city.steward.get(path())).body.items[0]
  const becomes = (expected: object) => expect.poll(only, { timeout: 20_000 }).toMatchObject(expected)
  const send = (station: string, level: number) =>
    sensor.publishAsync(`water/${station}/level`, JSON.stringify({ station, values: { level } }), { qos: 1 })
  const rows = async () =>
    (await city.visitor.get(`/api/v1/entries/${entryId}/rows?sort=${encodeURIComponent('站点')}`)).body.rows
  const batches = async () => (await city.steward.get(`/api/v1/batches?entry=${entryId}`)).body.items

  it('are for the stewards of the provider alone, at addresses that are open and no secret', async () => {
    expect(said(await create({}, city.visitor))).toEqual([401, 'not-signed-in'])
    for (const caller of [city.citizen, city.user, city.authority]) {
      expect(said(await create({}, caller))).toEqual([403, 'not-allowed'])
      expect(said(await caller.get(path()))).toEqual([403, 'not-allowed'])
    }
    const wrong: [object, string][] = [
      [{ url: 'http://127.0.0.1:1883' }, 'url'],
      [{ url: 'mqtt://platform:secret@127.0.0.1:1883' }, 'url'],
      [{ url: 'mqtt://10.0.0.1:1883' }, 'url'],
      [{ topic: '$SYS/#' }, 'topic'],
      [{ mapping: [{ field: '流量', path: 'flow' }] }, 'mapping'],
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
    for (const [given, zh] of [
      [{ password: 'not-the-password' }, '消息服务器拒绝登录或者订阅'],
      [{ url: 'mqtts://10.0.0.1:8883' }, '地址不在平台允许访问的范围内'],
    ] as const) {
      const { body } = await create(given)
      await becomes({ state: 'failing', failure: { zh } })
      expect((await city.steward.delete(`/api/v1/streams/${body.id}`)).status).toBe(200)
    }
    const { items } = (await city.steward.get('/api/v1/notices')).body
    expect(items.filter(({ kind }: { kind: string }) => kind === 'stream.failing')).toHaveLength(2)
  })

  it('become rows in small batches; what is no message is kept in the report and stops nothing', async () => {
    const created = await create()
    expect(created.status).toBe(201)
    expect(created.text).not.toContain(account.password)
    await becomes({ state: 'listening', failure: null })
    await send('甲', 1.25)
    await sensor.publishAsync('water/x/level', 'no {json', { qos: 1 })
    await send('乙', 2)
    await becomes({ heard: 3, malformed: 1, waiting: 3 })
    await city.settle()
    expect(await batches()).toEqual([])
    await send('甲', 1.5)
    await becomes({ heard: 4 })
    await city.settle()
    const [batch] = await batches()
    expect(batch).toMatchObject({ state: 'live', mode: 'upsert', rows: 2, refusedRows: 2 })
    // The earlier of two values of one key is in the report too: the later one stands.
    const report = await city.steward.get(`/api/v1/batches/${batch.id}/refused`)
    expect(report.text).toContain('no {json')
    expect(await rows()).toEqual([
      { 站点: '乙', 水位: 2, 主题: 'water/乙/level' },
      { 站点: '甲', 水位: 1.5, 主题: 'water/甲/level' },
    ])
    expect(await only()).toMatchObject({ waiting: 0, batchId: batch.id })
  })

  it('wait at the broker while the platform is away, and come after the time of a batch', async () => {
    wire.cutAfter(0)
    await send('丙', 3)
    await becomes({ state: 'failing', failure: { zh: '连接不上，或连接中断' }, heard: 4 })
    await send('丁', 4)
    wire.cutAfter(null)
    await city.house.streams.tend()
    await becomes({ state: 'listening', heard: 6, waiting: 2 })
    await city.settle()
    expect(await batches()).toHaveLength(1)
    city.at('2026-09-28T01:02:00Z')
    await city.settle()
    expect((await rows()).map((row: Record<string, unknown>) => row.站点)).toEqual(['丁', '丙', '乙', '甲'])
  })

  it('wait for a message that is a row where nothing else has come', async () => {
    const before = (await batches()).length
    for (let count = 0; count < 4; count += 1)
      await sensor.publishAsync('water/x/level', `"broken ${count}`, { qos: 1 })
    await becomes({ heard: 10, malformed: 5 })
    await city.settle()
    expect(await batches()).toHaveLength(before)
    expect((await only()).waiting).toBe(4)
    await send('戊', 5)
    await becomes({ heard: 11 })
    city.at('2026-09-28T01:10:00Z')
    await city.settle()
    expect((await batches())[0]).toMatchObject({ state: 'live', refusedRows: 4 })
    expect(await rows()).toHaveLength(5)
  })

  it('are told of to the stewards where they fall silent beyond the cycle of the entry, once for each silence', async () => {
    const told = async () =>
      (await city.steward.get('/api/v1/notices?limit=100')).body.items.filter(
        ({ kind }: { kind: string }) => kind === 'stream.silent',
      )
    // The cycle is a day, counted from the last message.
    expect(await only()).toMatchObject({
      heardAt: '2026-09-28T01:02:00.000Z',
      dueBefore: '2026-09-29T01:02:00.000Z',
      late: false,
    })
    city.at('2026-09-29T01:02:00Z')
    await city.settle()
    expect(await told()).toEqual([])
    for (const at of ['2026-09-29T01:03:00Z', '2026-09-29T05:00:00Z', '2026-10-02T01:00:00Z']) {
      city.at(at)
      await city.settle()
      expect(await told()).toHaveLength(1)
    }
    expect(await only()).toMatchObject({ state: 'listening', late: true })
    expect((await told())[0].body.zh).toContain('非法定期限')
    await send('己', 6)
    await becomes({ heard: 12, late: false, dueBefore: '2026-10-03T01:00:00.000Z' })
    // It is looked at once a cycle: by the end of the next one it is known.
    city.at('2026-10-04T02:00:00Z')
    await city.settle()
    expect(await told()).toHaveLength(2)
  })

  it('come again with the next batch where theirs failed', async () => {
    const before = await rows()
    const load = vi.spyOn(city.house.lake, 'load').mockRejectedValueOnce(new LakeError('too-complex'))
    for (const level of [1, 2, 3, 4]) await send('庚', level)
    await becomes({ heard: 16 })
    await city.settle()
    load.mockRestore()
    expect((await batches())[0]).toMatchObject({ state: 'failed', failure: { code: 'too-complex' } })
    expect(await rows()).toEqual(before)
    await send('辛', 7)
    await becomes({ heard: 17 })
    city.at('2026-10-04T02:10:00Z')
    await city.settle()
    expect((await batches())[0]).toMatchObject({ state: 'live', rows: 2, refusedRows: 3 })
    expect(await rows()).toHaveLength(before.length + 2)
  })

  it('go on at another node once the first has not been seen for a while, each message kept once', async ({
    skip,
  }) => {
    if (databaseUrl === undefined) return skip('the embedded store has one node')
    const other = await openSecondNode(
      { city, databaseUrl, id: 'chongqing' },
      { TIAOLI_REACHABLE: reachableHere },
    )
    const failures = async () =>
      (await city.steward.get('/api/v1/notices?limit=100')).body.items.filter(
        ({ kind }: { kind: string }) => kind === 'stream.failing',
      ).length
    const told = await failures()
    try {
      await other.house.streams.tend()
      expect((await only()).state).toBe('listening')
      await sql`update stream set held_until = now() - interval '1 second'`.execute(city.house.database.db)
      await other.house.streams.tend()
      const { heard } = await only()
      for (const level of [1, 2, 3]) await send('丑', level)
      await becomes({ state: 'listening', failure: null, heard: heard + 3 })
      // The first node is back, and leaves to the other what is the other's.
      await city.house.streams.tend()
      await send('丑', 4)
      await becomes({ state: 'listening', failure: null, heard: heard + 4 })
    } finally {
      await other.close()
    }
    await city.house.streams.tend()
    const { heard } = await only()
    await send('寅', 1)
    await becomes({ state: 'listening', failure: null, heard: heard + 1 })
    expect(await failures()).toBe(told)
    city.at('2026-10-04T03:00:00Z')
    await city.settle()
    expect((await rows()).find((row: Record<string, unknown>) => row.站点 === '丑')).toMatchObject({
      水位: 4,
    })
  })

  it('are heard no more once they are removed', async () => {
    const { id } = await only()
    for (const caller of [city.user, city.citizen])
      expect(said(await caller.delete(`/api/v1/streams/${id}`))).toEqual([403, 'not-allowed'])
    expect((await city.steward.delete(`/api/v1/streams/${id}`)).status).toBe(200)
    expect(said(await city.steward.delete(`/api/v1/streams/${id}`))).toEqual([404, 'not-found'])
    expect((await city.steward.get(path())).body.items).toEqual([])
    for (let more = 0; more < 3; more += 1)
      expect((await create({ topic: `other/${more}` })).status).toBe(201)
    expect(said(await create())).toEqual([403, 'refused-by-platform'])
  })
})
