import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newId } from '@tiaoli/kernel/ids'
import { ObjectError, type ObjectStore } from '../objects/index.ts'

/** A file of a snapshot in object storage. It never changes, so what has its digest is it. */
export type StoredFile = {
  /** In the folder of the snapshot. */
  readonly name: string
  readonly key: string
  readonly sizeBytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

/** Gives back what was held; asked twice it does nothing. */
export type Release = () => void

export type FileCache = {
  /** Where the file lies for as long as somebody holds it. */
  pathOf(key: string): string
  /** Fetches what is not here. Throws `ObjectError`. */
  hold(files: readonly StoredFile[]): Promise<Release>
  /** Takes over a file that was made here and is stored by now. */
  adopt(file: StoredFile, path: string): Promise<void>
  /** Forgets files that no longer exist; what is in use goes when it is given back. */
  drop(isGone: (key: string) => boolean): void
  /** Bytes on disk, those on their way included. */
  bytes(): number
  /** Resolves when what was forgotten is off the disk. */
  settled(): Promise<void>
}

export type FileCacheConfig = {
  /** Empty, and of this cache alone. */
  readonly folder: string
  readonly objects: Pick<ObjectStore, 'stream'>
  /** Room for files nobody holds; what is in use stays even where it is more. */
  readonly maxBytes: number
  readonly onForgotten: (key: string) => void
  /** Opens a file for writing. */
  readonly writeTo?: (path: string) => Writable
}

type Entry = {
  readonly sizeBytes: number
  holders: number
  there: boolean
  gone: boolean
  ready: Promise<void>
}

/** Files of object storage on the disk of a node: fetched whole and once, checked, the least recently used out first. */
export function createFileCache(config: FileCacheConfig): FileCache {
  const { folder, objects, maxBytes, onForgotten, writeTo = createWriteStream } = config
  /** In the order of their last use. */
  const entries = new Map<string, Entry>()
  /** Files on their way off the disk: one of the same name comes after them. */
  const leaving = new Map<string, Promise<void>>()
  let total = 0

  const pathOf = (key: string): string => join(folder, key)

  function forget(key: string, entry: Entry): void {
    entries.delete(key)
    total -= entry.sizeBytes
    onForgotten(key)
    const left = rm(pathOf(key), { force: true }).finally(() => leaving.delete(key))
    leaving.set(key, left)
  }

  /** Makes room as far as nobody is in the way. */
  function trim(upTo = maxBytes): void {
    for (const [key, entry] of entries) {
      if (entry.holders > 0 || !entry.there) continue
      if (entry.gone || total > upTo) forget(key, entry)
    }
  }

  async function bring(file: StoredFile, path: string): Promise<void> {
    const stream = await objects.stream(file.key)
    if (stream === null) throw new ObjectError('storage-damaged')
    const draft = `${path}.${newId()}.part`
    const hash = createHash('sha256')
    let come = 0
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        come += chunk.length
        hash.update(chunk)
        done(null, chunk)
      },
    })
    try {
      await pipeline(stream, measure, writeTo(draft))
      if (come !== file.sizeBytes || hash.digest('hex') !== file.sha256)
        throw new ObjectError('storage-damaged')
      await rename(draft, path)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  }

  /** A second attempt follows one that broke off, met a full disk or brought other bytes. */
  async function fetchFile(file: StoredFile): Promise<void> {
    await leaving.get(file.key)
    const path = pathOf(file.key)
    await mkdir(dirname(path), { recursive: true })
    await bring(file, path).catch(async (error: unknown) => {
      if (faultOf(error).code === 'no-room') {
        trim(0)
        await Promise.all(leaving.values())
      }
      await bring(file, path).catch((again: unknown) => {
        throw faultOf(again)
      })
    })
  }

  function take(file: StoredFile): Entry {
    const known = entries.get(file.key)
    if (known !== undefined) {
      entries.delete(file.key)
      entries.set(file.key, known)
      known.holders += 1
      return known
    }
    const entry: Entry = {
      sizeBytes: file.sizeBytes,
      holders: 1,
      there: false,
      gone: false,
      ready: Promise.resolve(),
    }
    entries.set(file.key, entry)
    total += file.sizeBytes
    trim()
    entry.ready = fetchFile(file).then(
      () => {
        entry.there = true
      },
      (error: unknown) => {
        entries.delete(file.key)
        total -= file.sizeBytes
        throw error
      },
    )
    return entry
  }

  return {
    pathOf,
    async hold(files) {
      const taken = files.map(take)
      let held = true
      const release = (): void => {
        if (!held) return
        held = false
        for (const entry of taken) entry.holders -= 1
        trim()
      }
      // All of them have come to an end, well or not, before anything is given back.
      const ends = await Promise.allSettled(taken.map(({ ready }) => ready))
      const failed = ends.find((end) => end.status === 'rejected')
      if (failed === undefined) return release
      release()
      throw failed.reason
    },
    async adopt(file, path) {
      await leaving.get(file.key)
      await mkdir(dirname(pathOf(file.key)), { recursive: true })
      await rename(path, pathOf(file.key))
      const ready = Promise.resolve()
      entries.set(file.key, { sizeBytes: file.sizeBytes, holders: 0, there: true, gone: false, ready })
      total += file.sizeBytes
      trim()
    },
    drop(isGone) {
      for (const [key, entry] of entries) if (isGone(key)) entry.gone = true
      trim()
    },
    bytes: () => total,
    settled: async () => void (await Promise.all(leaving.values())),
  }
}

const full = new Set(['ENOSPC', 'EDQUOT'])

function faultOf(error: unknown): ObjectError {
  if (error instanceof ObjectError) return error
  const { code } = error as NodeJS.ErrnoException
  return new ObjectError(full.has(code ?? '') ? 'no-room' : 'storage-away', error)
}
