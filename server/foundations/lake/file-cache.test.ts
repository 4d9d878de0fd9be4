import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { ObjectError } from '../objects/index.ts'
import { createFileCache, type FileCacheConfig, type StoredFile } from './file-cache.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const contentOf = (key: string, size: number): Buffer => Buffer.alloc(size, key)
const fileOf = (key: string, size: number): StoredFile => ({
  name: key,
  key: `files/${key}`,
  sizeBytes: size,
  sha256: createHash('sha256').update(contentOf(key, size)).digest('hex'),
})

function cacheOver(
  stored: ReadonlyMap<string, Buffer>,
  maxBytes: number,
  changes: Partial<FileCacheConfig> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-cache-'))
  folders.push(folder)
  const fetched: string[] = []
  const forgotten: string[] = []
  const cache = createFileCache({
    folder,
    maxBytes,
    onForgotten: (key) => forgotten.push(key),
    objects: {
      stream: async (key) => {
        fetched.push(key)
        const content = stored.get(key)
        return content === undefined ? null : Readable.from([content])
      },
    },
    ...changes,
  })
  return { cache, folder, fetched, forgotten }
}

const storedFiles = (...files: readonly StoredFile[]) =>
  new Map(files.map(({ key, name, sizeBytes }) => [key, contentOf(name, sizeBytes)]))

it('refuses what is not the file, and keeps nothing of it', async () => {
  const file = fileOf('a', 10)
  for (const wrong of [contentOf('a', 9), contentOf('b', 10), contentOf('a', 11)]) {
    const { cache, folder } = cacheOver(new Map([[file.key, wrong]]), 100)
    await expect(cache.hold([file])).rejects.toMatchObject({ code: 'storage-damaged' })
    expect(readdirSync(join(folder, 'files'))).toEqual([])
    expect(cache.bytes()).toBe(0)
  }
  const { cache } = cacheOver(new Map(), 100)
  await expect(cache.hold([file])).rejects.toMatchObject({ code: 'storage-damaged' })
})

it('fetches a file once for all who wait for it, and tries again for the next where that failed', async () => {
  const file = fileOf('a', 10)
  const stored = new Map<string, Buffer>()
  const { cache, fetched } = cacheOver(stored, 100)
  const failed = await Promise.allSettled([cache.hold([file]), cache.hold([file])])
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  // Once, and once more to be sure.
  expect(fetched).toHaveLength(2)
  stored.set(file.key, contentOf('a', 10))
  await Promise.all([cache.hold([file]), cache.hold([file]), cache.hold([file])])
  expect(fetched).toHaveLength(3)
  expect(readFileSync(cache.pathOf(file.key))).toEqual(contentOf('a', 10))
})

it('takes out what was used longest ago, never what is in use', async () => {
  const [a, b, c] = [fileOf('a', 40), fileOf('b', 40), fileOf('c', 40)]
  const { cache, forgotten } = cacheOver(storedFiles(a, b, c), 100)
  const holdsA = await cache.hold([a])
  ;(await cache.hold([b]))()
  const holdsC = await cache.hold([c])
  expect(forgotten).toEqual([b.key])
  // More than there is room for, but all of it in use.
  const holdsB = await cache.hold([b])
  expect(cache.bytes()).toBe(120)
  holdsB()
  await cache.settled()
  expect([a, b, c].map(({ key }) => existsSync(cache.pathOf(key)))).toEqual([true, false, true])
  holdsA()
  holdsC()
  expect(cache.bytes()).toBe(80)
})

it('makes room where the disk is full, and says so where that is not enough', async () => {
  const [a, b] = [fileOf('a', 40), fileOf('b', 40)]
  let left = 50
  const full = () => Object.assign(new Error('no space'), { code: 'ENOSPC' })
  const writeTo = (path: string) => {
    const chunks: Buffer[] = []
    return new Writable({
      write(chunk: Buffer, _encoding, done) {
        if (chunk.length > left) return done(full())
        left -= chunk.length
        chunks.push(chunk)
        done()
      },
      final(done) {
        writeFileSync(path, Buffer.concat(chunks))
        done()
      },
    })
  }
  const { cache, forgotten } = cacheOver(storedFiles(a, b), 1_000, {
    writeTo,
    onForgotten: (key) => {
      forgotten.push(key)
      left += 40
    },
  })
  const release = await cache.hold([a])
  await expect(cache.hold([b])).rejects.toMatchObject({ name: 'ObjectError', code: 'no-room' })
  expect(existsSync(cache.pathOf(a.key))).toBe(true)
  release()
  await cache.hold([b])
  expect(forgotten).toEqual([a.key])
})

it('lets what no longer exists go as soon as nobody reads it', async () => {
  const [a, b] = [fileOf('a', 40), fileOf('b', 40)]
  const { cache } = cacheOver(storedFiles(a, b), 1_000)
  const release = await cache.hold([a, b])
  cache.drop((key) => key === a.key)
  expect(existsSync(cache.pathOf(a.key))).toBe(true)
  release()
  await cache.settled()
  expect([a, b].map(({ key }) => existsSync(cache.pathOf(key)))).toEqual([false, true])
})

it('has what is held on disk, whatever is asked in whatever order, and ends within its room', async () => {
  const files = Array.from({ length: 6 }, (_, at) => fileOf(String(at), 10 + at))
  const asked = fc.array(fc.subarray(files, { minLength: 1 }), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(asked, fc.integer({ min: 0, max: 80 }), async (questions, room) => {
      const { cache } = cacheOver(storedFiles(...files), room)
      await Promise.all(
        questions.map(async (question) => {
          const release = await cache.hold(question)
          for (const { key, name, sizeBytes } of question)
            expect(readFileSync(cache.pathOf(key))).toEqual(contentOf(name, sizeBytes))
          release()
          release()
        }),
      )
      await cache.settled()
      expect(cache.bytes()).toBeLessThanOrEqual(room)
    }),
    { numRuns: 40 },
  )
})

it('passes on what the storage says', async () => {
  const { cache } = cacheOver(new Map(), 100, {
    objects: { stream: () => Promise.reject(new ObjectError('storage-refuses')) },
  })
  await expect(cache.hold([fileOf('a', 10)])).rejects.toMatchObject({ code: 'storage-refuses' })
})
