import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createFreshDatabase } from '@tiaoli/server/foundations/database/fresh-database'
import {
  openTestStorage,
  startStorage,
  type TestStorage,
} from '@tiaoli/server/foundations/objects/test-storage'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry } from '../kit/acts.ts'
import { type Caller, callerOf } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { openSecondNode, type SecondNode } from '../kit/second-node.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const codes = Array.from({ length: 12 }, (_, n) => syntheticCreditCode(n + 1))
let storage: TestStorage
let city: City
let other: SecondNode
/** The steward, where the second node answers. */
let steward: Caller
let entryId: string

const inEntry = (rest: string) => `/api/v1/entries/${entryId}${rest}`
const setTime = (instant: string) => other.at(instant)

beforeAll(async () => {
  storage = await startStorage()
  const databaseUrl = await createFreshDatabase(process.env['TEST_DATABASE_URL']!)
  city = await openCity('suzhou', { databaseUrl, environment: storage.environment })
  other = await openSecondNode({ city, databaseUrl, id: 'suzhou' }, storage.environment)
  setTime('2023-03-06T01:00:00Z')
  steward = await callerOf(other.house, { username: 'steward', password: cityPassword })
  entryId = await publishEntry(city, {})
}, 60_000)
afterEach(() => storage.fail(undefined))
afterAll(async () => {
  await other.close()
  await city.close()
  await storage.stop()
})

const storedKeys = async (...prefixes: string[]) => {
  const objects = openTestStorage(storage)
  const found = await Promise.all(prefixes.map((prefix) => objects.list(prefix)))
  return found.flat().map(({ key }) => key)
}

describe('a city of two nodes on one object storage', () => {
  it('does not start on a storage that refuses it', async () => {
    const environment = { ...storage.environment, TIAOLI_STORAGE_KEY_ID: 'another' }
    await expect(openCity('suzhou', { environment })).rejects.toThrow(/TIAOLI_STORAGE: .* refuses/)
  })

  it('does not start with other secrets than those of the first node', async () => {
    const { environment } = storage
    await expect(openCity('suzhou', { environment })).rejects.toThrow(/TIAOLI_DATA: the secrets/)
  })

  it('takes no file in while the storage is away, says when to come again, and keeps what is there', async () => {
    storage.fail((request) => (request.startsWith('PUT staged/') ? 500 : undefined))
    const address = inEntry(`/batches?accept=auto&filename=${encodeURIComponent('企业.csv')}`)
    const refused = await city.steward.upload(address, companyFile(codes))
    expect([refused.status, refused.body.code]).toEqual([503, 'storage-unavailable'])
    expect(refused.headers['retry-after']).toBe('30')
    expect(refused.body.article).toBeUndefined()
    for (const said of [refused.body.message, refused.body.condition, refused.body.remedy])
      expect(Object.keys(said).toSorted()).toEqual(['en', 'zh'])
    storage.fail(undefined)
    expect((await city.steward.get('/api/v1/batches')).body.items).toEqual([])
  })

  it('a file sent in parts to either node is loaded by one, and read at the other', async () => {
    const file = Buffer.from(companyFile(codes.slice(0, 10)))
    const tus = { 'tus-resumable': '1.0.0' }
    const begun = await city.steward.send('POST', inEntry('/uploads'), undefined, {
      ...tus,
      'upload-length': String(file.length),
      'upload-metadata': `filename ${Buffer.from('企业.csv').toString('base64')}`,
    })
    const upload = `/api/v1/uploads/${String(begun.headers.location).split('/').at(-1)}`
    const send = (caller: Caller, from: number, to: number) =>
      caller.send('PATCH', upload, file.subarray(from, to), {
        ...tus,
        'upload-offset': String(from),
        'content-type': 'application/offset+octet-stream',
      })
    expect((await send(city.steward, 0, 100)).status).toBe(204)
    expect((await steward.get(upload)).body).toMatchObject({ offset: 100 })
    expect((await send(steward, 100, file.length)).status).toBe(204)
    const finished = await steward.post(`${upload}/acts/finish`, { accept: 'auto' })
    expect(finished.status).toBe(202)
    // The jobs are done by the node to which the file did not come.
    await city.settle()
    const batch = (await steward.get(`/api/v1/batches/${finished.body.id}`)).body
    expect(batch).toMatchObject({ state: 'live' })
    expect((await steward.get(inEntry(`/rows/${codes[3]}`))).body.row).toMatchObject({
      企业名称: '示例企业4',
    })
    expect((await steward.get(inEntry('/rows?limit=3'))).body).toMatchObject({ total: 10 })
    expect(await storedKeys('uploads/', 'staged/', 'unfinished/')).toEqual([])
  })

  it('says that the storage is away where a node has not got the rows, and answers where it has', async () => {
    await bringIn(city, entryId, companyFile(codes))
    // What is live elsewhere is noticed within half a second; here at once.
    other.house.known.forget(entryId)
    storage.fail(() => 403)
    const cold = await steward.get(inEntry(`/rows/${codes[11]}`))
    expect([cold.status, cold.body.code]).toEqual([503, 'storage-unavailable'])
    expect(cold.headers['retry-after']).toBe('30')
    const warm = await city.steward.get(inEntry(`/rows/${codes[11]}`))
    expect(warm.body.row).toMatchObject({ 企业名称: '示例企业12' })
    storage.fail(undefined)
    expect((await steward.get(inEntry(`/rows/${codes[11]}`))).body.row).toMatchObject({
      企业名称: '示例企业12',
    })
  })

  it('a file made in the background at one node is collected at the other', async () => {
    const asked = await city.steward.post(inEntry('/exports'), { format: 'csv' })
    expect(asked.status).toBe(202)
    await city.settle()
    const file = (await steward.bytes(`/api/v1/exports/${asked.body.id}/file`)).toString()
    expect(file.trimEnd().split('\n')).toHaveLength(13)
    expect(await storedKeys('exports/')).toEqual([`exports/${asked.body.id}`])
    expect((await steward.delete(`/api/v1/exports/${asked.body.id}`)).status).toBe(200)
    expect(await storedKeys('exports/')).toEqual([])
  })

  it('the log of one is read at the other, as anybody may', async () => {
    const visitor = callerOf(other.house)
    const checkpoint = (await city.visitor.get('/ledger/checkpoint')).text
    expect(checkpoint).toContain('/ledger\n')
    expect((await visitor.get('/ledger/checkpoint')).text).toBe(checkpoint)
  })

  it('what one destroys by rule is gone from the storage and from the disk of the other', async () => {
    const [, first] = (await steward.get(inEntry('/snapshots?limit=5'))).body.items as { id: string }[]
    expect(await steward.get(inEntry(`/rows?snapshot=${first!.id}`))).toMatchObject({ status: 200 })
    const rule = { keepDays: 30, keepLeast: 1 }
    expect((await city.steward.post(inEntry('/retention'), { rule })).status).toBe(200)
    setTime('2023-06-01T02:00:00Z')
    await city.settle()
    await other.house.lake.catchUp()
    const gone = await steward.get(inEntry(`/rows?snapshot=${first!.id}`))
    expect(gone.body).toMatchObject({ code: 'no-snapshot' })
    const left = await storedKeys('snapshots/', 'files/', 'held/', 'unfinished/')
    expect(left.filter((key) => key.includes(first!.id))).toEqual([])
    const onDisk = await readdir(join(other.folder, 'lake', 'cache-second', 'files', 'files', first!.id))
    expect(onDisk).toEqual([])
    expect((await steward.get(inEntry(`/rows/${codes[0]}`))).body.row).toMatchObject({
      企业名称: '示例企业1',
    })
  })
})
