import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companyFile, publishEntry } from '../kit/acts.ts'
import type { Answer } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { reachableHere } from '../kit/source.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

/** A server of files on this machine: what it answers is set by the test. */
type Files = {
  body: Buffer
  etag: string | null
  status: number
  /** Breaks the line after half of the file. */
  breaks: boolean
  readonly asked: { readonly condition: string | undefined; readonly authorization: string | undefined }[]
}

const every = { everyMinutes: 60 }
const said = ({ status, body }: Answer) => [status, body.code]

describe('Files that are fetched on a schedule', () => {
  let city: City
  let entryId: string
  let server: Server
  let url: string
  const companies = (...numbers: number[]) => Buffer.from(companyFile(numbers.map(syntheticCreditCode)))
  const files: Files = { body: companies(1, 2), etag: '"1"', status: 200, breaks: false, asked: [] }

  beforeAll(async () => {
    server = createServer((request, response) => {
      const condition = request.headers['if-none-match']
      files.asked.push({ condition, authorization: request.headers.authorization })
      if (files.etag !== null && condition === files.etag) return void response.writeHead(304).end()
      response.writeHead(files.status, {
        'content-length': files.body.length,
        ...(files.etag === null ? {} : { etag: files.etag }),
      })
      if (!files.breaks) return void response.end(files.body)
      response.write(files.body.subarray(0, files.body.length / 2), () => response.destroy())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${encodeURIComponent('企业.csv')}`
    city = await openCity('chongqing', { reachable: reachableHere })
    city.at('2026-09-28T01:00:00Z')
    entryId = await publishEntry(city, {})
  })
  afterAll(async () => {
    await city.close()
    await new Promise((resolve) => server.close(resolve))
  })

  const path = () => `/api/v1/entries/${entryId}/pulls`
  const create = (caller = city.steward, body: object = { url, ...every }) => caller.post(path(), body)
  const only = async () => (await city.steward.get(path())).body.items[0]
  const batches = async () => (await city.steward.get(`/api/v1/batches?entry=${entryId}`)).body.items
  const notices = async () =>
    (await city.steward.get('/api/v1/notices')).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'pull.failing',
    )
  const next = async (instant: string) => {
    city.at(instant)
    await city.settle()
    return only()
  }

  it('are for the stewards of the provider alone, at addresses that are no secret', async () => {
    expect(said(await create(city.visitor))).toEqual([401, 'not-signed-in'])
    for (const caller of [city.citizen, city.user, city.authority]) {
      expect(said(await create(caller))).toEqual([403, 'not-allowed'])
      expect(said(await caller.get(path()))).toEqual([403, 'not-allowed'])
    }
    for (const wrong of [
      { url: 'ftp://files.invalid/a.csv' },
      { url: 'file:///etc/passwd' },
      { url, everyMinutes: 4 },
    ])
      expect(said(await create(city.steward, { ...every, ...wrong }))).toEqual([422, 'content-incomplete'])
    const withPassword = url.replace('http://', 'http://user:secret@')
    expect(said(await create(city.steward, { url: withPassword, ...every }))).toEqual([
      422,
      'content-incomplete',
    ])
    expect((await city.steward.get(path())).body.items).toEqual([])
  })

  it('become a batch once, and again only where they are others', async () => {
    const created = await create(city.steward, { url, token: 'synthetic-token', ...every })
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({ state: 'waiting', hasToken: true })
    expect(created.text).not.toContain('synthetic-token')
    await city.settle()
    expect(await only()).toMatchObject({ state: 'ok', failure: null, nextAt: '2026-09-28T02:00:00.000Z' })
    // A month from the rows that came last, by the entry's own cycle.
    expect(await only()).toMatchObject({ dueBefore: '2026-10-29T01:00:00.000Z', late: false })
    expect(files.asked).toEqual([{ condition: undefined, authorization: 'Bearer synthetic-token' }])
    const [first] = await batches()
    expect(first).toMatchObject({ state: 'live', rows: 2, fileName: '企业.csv', createdBy: '示例steward' })
    // The server says that nothing is new; then it says nothing of versions, and nothing is new.
    await next('2026-09-28T02:00:00Z')
    expect(files.asked.at(-1)!.condition).toBe('"1"')
    files.etag = null
    await next('2026-09-28T03:00:00Z')
    expect(await batches()).toHaveLength(1)
    files.body = companies(1, 2, 3)
    expect((await next('2026-09-28T04:00:00Z')).batchId).not.toBe(first.id)
    expect(await batches()).toMatchObject([{ state: 'live', rows: 3 }, { state: 'live' }])
  })

  it('leave the live data as they are where a fetch fails, and tell so once', async () => {
    const count = (await batches()).length
    files.status = 503
    expect(await next('2026-09-28T05:00:00Z')).toMatchObject({
      state: 'failing',
      failure: { zh: '对方返回 503' },
    })
    files.status = 200
    files.breaks = true
    files.body = companies(4, 5, 6, 7)
    expect(await next('2026-09-28T06:00:00Z')).toMatchObject({ state: 'failing' })
    expect(await notices()).toHaveLength(1)
    expect(await batches()).toHaveLength(count)
    files.breaks = false
    expect(await next('2026-09-28T07:00:00Z')).toMatchObject({ state: 'ok', failure: null })
    expect((await batches())[0]).toMatchObject({ state: 'live', rows: 4 })
  })

  it('wait for their steward, who is told why, where a file no longer fits; and are taken again when that is wanted', async () => {
    files.body = Buffer.from(files.body.toString().replace('注册资本', '注册资金'))
    files.etag = '"other"'
    const waiting = await next('2026-09-28T08:00:00Z')
    expect(waiting).toMatchObject({ state: 'ok', batchState: 'awaiting-acceptance' })
    const why = '文件中没有以下信息项的列：注册资本'
    const [batch] = await batches()
    expect(batch).toMatchObject({ id: waiting.batchId, state: 'awaiting-acceptance', waits: { zh: why } })
    expect(await noticeOf(city.steward, 'batch.waits')).toMatchObject({
      title: { zh: '《企业.csv》须经确认才能入库' },
      body: { zh: why },
      link: `/desk/batches/${batch.id}`,
    })
    const act = (name: string) => city.steward.post(`/api/v1/batches/${batch.id}/acts/${name}`)
    expect((await act('cancel')).status).toBe(200)
    // By itself the platform does not bring again what its steward has refused.
    expect(await next('2026-09-28T09:00:00Z')).toMatchObject({ batchId: batch.id, batchState: 'cancelled' })
    expect((await city.steward.post(`/api/v1/pulls/${waiting.id}/acts/run`)).status).toBe(202)
    await city.settle()
    expect(await only()).toMatchObject({ batchState: 'awaiting-acceptance' })
    expect((await only()).batchId).not.toBe(batch.id)
  })

  it('do not by themselves put a few rows in the place of many; once somebody has looked, they may', async () => {
    await city.steward.post(`/api/v1/batches/${(await batches())[0].id}/acts/cancel`)
    files.body = companies(...Array.from({ length: 100 }, (_, index) => index))
    files.etag = '"many"'
    expect(await next('2026-09-28T10:00:00Z')).toMatchObject({ batchState: 'live' })
    files.body = companies(1, 2)
    files.etag = '"few"'
    const { batchId } = await next('2026-09-28T11:00:00Z')
    const waits = { zh: '现有 100 行，替换后只有 2 行（拒收 0 行），不到一半（平台规则，非法定）' }
    const [held] = await batches()
    expect(held).toMatchObject({
      id: batchId,
      state: 'awaiting-acceptance',
      waits,
      acts: ['accept', 'cancel'],
    })
    expect(await noticeOf(city.steward, 'batch.waits')).toMatchObject({ body: waits })
    const { body: versions } = await city.steward.get(`/api/v1/entries/${entryId}/snapshots`)
    expect(versions.items[0]).toMatchObject({ rows: 100 })
    expect((await city.steward.post(`/api/v1/batches/${batchId}/acts/accept`, {})).status).toBe(200)
    await city.settle()
    expect((await batches())[0]).toMatchObject({ id: batchId, state: 'live', rows: 2, waits: null })
  })

  it('go on no more once they are removed, and are not fetched from addresses that are closed', async () => {
    const { id } = await only()
    for (const caller of [city.user, city.citizen]) {
      expect(said(await caller.delete(`/api/v1/pulls/${id}`))).toEqual([403, 'not-allowed'])
      expect(said(await caller.post(`/api/v1/pulls/${id}/acts/run`))).toEqual([403, 'not-allowed'])
    }
    expect((await city.steward.delete(`/api/v1/pulls/${id}`)).status).toBe(200)
    expect(said(await city.steward.post(`/api/v1/pulls/${id}/acts/run`))).toEqual([404, 'not-found'])
    const asked = files.asked.length
    await city.settle()
    await create(city.steward, { url: 'http://10.1.2.3/a.csv', ...every })
    await city.settle()
    expect(await only()).toMatchObject({ state: 'failing', failure: { zh: '地址不在平台允许访问的范围内' } })
    expect(files.asked).toHaveLength(asked)
    for (let more = 0; more < 4; more += 1) expect((await create()).status).toBe(201)
    expect(said(await create())).toEqual([403, 'refused-by-platform'])
  })
})
