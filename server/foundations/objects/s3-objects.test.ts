import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ObjectStore } from './index.ts'
import { openS3 } from './index.ts'
import {
  type Fault,
  impatient,
  namedServer,
  openTestStorage,
  startStorage,
  type TestStorage,
} from './test-storage.ts'

let storage: TestStorage
let objects: ObjectStore
let folder: string
beforeAll(async () => {
  storage = await startStorage()
  objects = openTestStorage(storage)
  folder = await mkdtemp(join(tmpdir(), 'tiaoli-objects-'))
})
afterEach(() => storage.fail(undefined))
afterAll(async () => {
  await storage.stop()
  await rm(folder, { recursive: true, force: true })
})

const bytes = (text: string) => Buffer.from(text)

describe('what is refused or goes wrong', () => {
  const faults: [Fault, string][] = [
    ['away', 'storage-away'],
    ['cut', 'storage-away'],
    [500, 'storage-away'],
    [403, 'storage-refuses'],
  ]
  it.each(faults)('a storage that answers %s is told of as %s', async (fault, code) => {
    await objects.write('faulty', bytes('content'))
    storage.fail(() => fault)
    await expect(objects.read('faulty')).rejects.toMatchObject({ name: 'ObjectError', code })
  })

  it('is not waited for without end', async () => {
    storage.fail(() => 'slow')
    const hasty = openS3(storage.settings, { ...impatient, answer: 50, pauses: [] })
    await expect(hasty.read('faulty')).rejects.toMatchObject({ code: 'storage-away' })
  })

  it('a write that nobody acknowledged throws, and the object is what it was', async () => {
    await objects.write('kept', bytes('before'))
    storage.fail((request) => (request.startsWith('PUT') ? 500 : undefined))
    await expect(objects.write('kept', bytes('after'))).rejects.toMatchObject({ code: 'storage-away' })
    storage.fail(undefined)
    expect(await objects.read('kept')).toEqual(bytes('before'))
  })

  it('what was away once is asked again, what was refused is not', async () => {
    await objects.write('again', bytes('content'))
    storage.requests()
    let times = 0
    storage.fail(() => (times++ === 0 ? 500 : undefined))
    expect(await objects.read('again')).toEqual(bytes('content'))
    expect(storage.requests()).toEqual(['GET again', 'GET again'])
    storage.fail(() => 403)
    await expect(objects.read('again')).rejects.toMatchObject({ code: 'storage-refuses' })
    expect(storage.requests()).toEqual(['GET again'])
  })

  it('a key that the server does not know, and a bucket that is not there, are refused', async () => {
    const stranger = openS3({ ...storage.settings, accessKeyId: 'another' }, impatient)
    await expect(stranger.read('again')).rejects.toMatchObject({ code: 'storage-refuses' })
    const nowhere = openS3({ ...storage.settings, bucket: 'nowhere' }, impatient)
    await expect(nowhere.write('again', bytes(''))).rejects.toMatchObject({ code: 'storage-refuses' })
    await expect(nowhere.list('')).rejects.toMatchObject({ code: 'storage-refuses' })
  })

  it('a stream whose line breaks fails, and does not end as if it were whole', async () => {
    await objects.write('streamed', randomBytes(200_000))
    storage.fail(() => 'cut')
    const stream = await objects.stream('streamed')
    await expect(buffer(stream!)).rejects.toMatchObject({ code: 'storage-away' })
  })
})

describe('what is there', () => {
  it('reads what was written, whole and in part, and nothing where there is nothing', async () => {
    await objects.write('a/b.json', bytes('0123456789'))
    expect(await objects.read('a/b.json')).toEqual(bytes('0123456789'))
    const part = await objects.stream('a/b.json', { first: 3, last: 5 })
    expect(await buffer(part!)).toEqual(bytes('345'))
    expect(await objects.read('a/none')).toBeNull()
    expect(await objects.stream('a/none')).toBeNull()
    await objects.write('a/b.json', bytes('anew'))
    expect(await objects.read('a/b.json')).toEqual(bytes('anew'))
  })

  it('stores a file of several parts whole', async () => {
    const content = randomBytes(17 * 2 ** 20)
    await writeFile(join(folder, 'large'), content)
    storage.requests()
    await objects.writeFile('large', join(folder, 'large'))
    expect(storage.requests().filter((each) => each.includes('partNumber='))).toHaveLength(2)
    expect((await buffer((await objects.stream('large'))!)).equals(content)).toBe(true)
  })

  it('lists by prefix, in order, and removes', async () => {
    for (const key of ['list/b', 'list/a', 'list/c/d', 'listed']) await objects.write(key, bytes(key))
    const found = await objects.list('list/')
    expect(found.map(({ key, sizeBytes }) => [key, sizeBytes])).toEqual([
      ['list/a', 6],
      ['list/b', 6],
      ['list/c/d', 8],
    ])
    expect(Math.abs(+found[0]!.writtenAt - Date.now())).toBeLessThan(60_000)
    await objects.remove(['list/a', 'list/none', 'list/c/d'])
    await objects.remove([])
    expect((await objects.list('list/')).map(({ key }) => key)).toEqual(['list/b'])
    expect(await objects.list('nothing/')).toEqual([])
  })

  // The server that comes with the tests cannot tell where a list goes on.
  it.runIf(namedServer)('lists more than a page of the service', async () => {
    const keys = Array.from({ length: 1_003 }, (_, at) => `many/${String(at).padStart(5, '0')}`)
    for (let at = 0; at < keys.length; at += 50)
      await Promise.all(keys.slice(at, at + 50).map((key) => objects.write(key, bytes(''))))
    expect((await objects.list('many/')).map(({ key }) => key)).toEqual(keys)
    await objects.remove(keys)
    expect(await objects.list('many/')).toEqual([])
  })
})
