import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { openTestStorage, startStorage, type TestStorage } from '../../foundations/objects/test-storage.ts'
import { arrived } from './object-parts.rules.ts'
import { createPartsStore } from './parts-store.ts'

let folder: string
let storage: TestStorage
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaoli-parts-'))
  storage = await startStorage()
})
afterEach(() => storage.fail(undefined))
afterAll(async () => {
  await storage.stop()
  await rm(folder, { recursive: true })
})

const tus = { 'tus-resumable': '1.0.0' }
const part = (offset: number) => ({
  ...tus,
  'upload-offset': String(offset),
  'content-type': 'application/offset+octet-stream',
})
const one = { ...tus, 'upload-length': '12' }

/** The same folder after the end of a process; another node where the parts lie in object storage. */
const stores = {
  'a folder': { place: 'lasting', open: () => createPartsStore(join(folder, 'lasting'), 100) },
  'object storage': {
    place: 'arriving',
    open: () => createPartsStore(join(folder, 'arriving'), 100, openTestStorage(storage)),
  },
}

/** Bytes of parts on the disk of the node. */
async function bytesArrived(place: string): Promise<number> {
  const names = (await readdir(join(folder, place))).filter((name) => !name.endsWith('.json'))
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, place, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

it.each(Object.entries(stores))(
  'keeps in %s what has arrived when a line breaks and when the process ends, and goes on from there',
  async (_name, { place, open }) => {
    const before = open()
    await before.answer({ method: 'POST', id: 'upload-1', headers: one })
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('first ')
        await vi.waitFor(async () => expect(await bytesArrived(place)).toBe(6), { timeout: 30_000 })
        throw new Error('the line broke')
      })(),
    )
    const failed = await before.answer({ method: 'PATCH', id: 'upload-1', headers: part(0), body: broken })
    expect(failed.status).toBe(400)
    // Another process finds what this one has left.
    const after = open()
    const head = await after.answer({ method: 'HEAD', id: 'upload-1', headers: tus })
    expect(head).toMatchObject({ status: 200, headers: { 'upload-offset': '6', 'upload-length': '12' } })
    const rest = { headers: part(6), body: Readable.from([Buffer.from('second')]) }
    expect(await after.answer({ method: 'PATCH', id: 'upload-1', ...rest })).toMatchObject({
      status: 204,
      headers: { 'upload-offset': '12' },
    })
    expect(await text(after.read('upload-1'))).toBe('first second')
    await after.remove('upload-1')
    expect((await after.answer({ method: 'HEAD', id: 'upload-1', headers: tus })).status).toBe(404)
  },
)

it('leaves nothing of a part on the disk of the node, and says 503 where the storage is away', async () => {
  const store = stores['object storage'].open()
  await store.answer({ method: 'POST', id: 'upload-2', headers: one })
  storage.fail((request) => (request.startsWith('PUT') ? 'away' : undefined))
  const body = () => Readable.from([Buffer.from('first ')])
  const failed = await store.answer({ method: 'PATCH', id: 'upload-2', headers: part(0), body: body() })
  expect(failed.status).toBe(503)
  storage.fail(undefined)
  const again = await store.answer({ method: 'PATCH', id: 'upload-2', headers: part(0), body: body() })
  expect(again).toMatchObject({ status: 204, headers: { 'upload-offset': '6' } })
  expect(await readdir(join(folder, 'arriving'))).toEqual([])
})

it('counts pieces as far as they follow one another', () => {
  expect(arrived([{ offset: 3, bytes: 2 }])).toEqual({ pieces: [], offset: 0 })
  expect(arrived([{ offset: 0, bytes: 0 }])).toEqual({ pieces: [], offset: 0 })
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 })
  fc.assert(
    fc.property(sizes, fc.nat(), (lengths, lost) => {
      const pieces = lengths.map((bytes, at) => ({
        offset: lengths.slice(0, at).reduce((sum, each) => sum + each, 0),
        bytes,
      }))
      const whole = lengths.reduce((sum, each) => sum + each, 0)
      expect(arrived(pieces.toReversed())).toEqual({ pieces, offset: whole })
      const gap = lost % pieces.length
      const left = pieces.filter((_, at) => at !== gap)
      expect(arrived(left)).toEqual({ pieces: pieces.slice(0, gap), offset: pieces[gap]!.offset })
    }),
  )
})
