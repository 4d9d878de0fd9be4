import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ObjectStore } from '../objects/index.ts'
import { flushFolder } from './durable.ts'
import { LakeError } from './lake.errors.ts'

/** Files that were made to be collected later, by the id that their owner's room gives them. */
export type KeptFiles = {
  /** Writes a file whole and flushed, or leaves nothing. An earlier file of the id goes. */
  write(id: string, stream: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<KeptFile>
  /** From the first byte to the last, or a part of it, both ends inclusive. Throws `staged-missing` where there is none. */
  read(id: string, part?: { readonly first: number; readonly last: number }): Promise<Readable>
  remove(id: string): Promise<void>
}

export type KeptFile = { readonly sizeBytes: number; readonly sha256: string }

export function createKeptFiles(folder: string): KeptFiles {
  const pathOf = (id: string) => join(folder, id)
  return {
    async write(id, stream, signal) {
      await mkdir(folder, { recursive: true })
      const making = `${pathOf(id)}.making`
      const hash = createHash('sha256')
      let sizeBytes = 0
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          sizeBytes += chunk.length
          hash.update(chunk)
          done(null, chunk)
        },
      })
      try {
        await pipeline(Readable.from(stream), measure, createWriteStream(making, { flush: true }), { signal })
        await rename(making, pathOf(id))
        await flushFolder(folder)
      } catch (error) {
        await rm(making, { force: true })
        throw error
      }
      return { sizeBytes, sha256: hash.digest('hex') }
    },
    read: (id, part) =>
      new Promise((resolve, reject) => {
        const stream = createReadStream(pathOf(id), part && { start: part.first, end: part.last })
        stream.once('open', () => resolve(stream))
        stream.once('error', (cause) => reject(new LakeError('staged-missing', { cause })))
      }),
    async remove(id) {
      await rm(pathOf(id), { force: true })
      await rm(`${pathOf(id)}.making`, { force: true })
    },
  }
}

/** The same in object storage, for every node: a file is made on the disk of one, and lasts once it is stored. */
export function keptObjects(folder: string, objects: ObjectStore): KeptFiles {
  const here = createKeptFiles(folder)
  const keyOf = (id: string): string => `exports/${id}`
  return {
    async write(id, stream, signal) {
      try {
        const file = await here.write(id, stream, signal)
        await objects.writeFile(keyOf(id), join(folder, id))
        return file
      } finally {
        await here.remove(id)
      }
    },
    async read(id, part) {
      const stream = await objects.stream(keyOf(id), part)
      if (stream === null) throw new LakeError('staged-missing')
      return stream
    },
    remove: (id) => objects.remove([keyOf(id)]),
  }
}
