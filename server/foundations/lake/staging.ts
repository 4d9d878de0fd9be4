import { createHash, type Hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newId } from '@tiaoli/kernel/ids'
import { ObjectError } from '../objects/index.ts'
import { flushFolder } from './durable.ts'
import { isDiskFull, LakeError } from './lake.errors.ts'
import type { StagedFile, StageOptions } from './lake.types.ts'

/** Writes an upload to `<folder>/<id>/file`, whole and flushed, or leaves nothing behind. */
export async function stageFile(
  folder: string,
  stream: Readable,
  options: StageOptions,
): Promise<StagedFile> {
  const home = join(folder, newId())
  const path = join(home, 'file')
  await mkdir(home, { recursive: true })
  const meter = measuring(options.maxBytes)
  try {
    await pipeline(stream, meter.through, createWriteStream(path, { flush: true }), {
      signal: options.signal,
    })
    await flushFolder(home)
    await flushFolder(folder)
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    if (error instanceof LakeError || error instanceof ObjectError) throw error
    throw new LakeError(isDiskFull(error) ? 'storage-full' : failureCode(options.signal), { cause: error })
  }
  return { path, fileName: options.fileName, sizeBytes: meter.bytes(), sha256: meter.hash.digest('hex') }
}

const failureCode = (signal: AbortSignal | undefined) => (signal?.aborted ? 'cancelled' : 'truncated')

/** Throws `staged-missing` where the file is gone, as after its retention ended. */
export async function requireStaged(staged: StagedFile): Promise<void> {
  await access(staged.path).catch((cause) => {
    throw new LakeError('staged-missing', { cause })
  })
}

function measuring(maxBytes: number): { through: Transform; hash: Hash; bytes: () => number } {
  const hash = createHash('sha256')
  let bytes = 0
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) return done(new LakeError('too-large'))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return { through, hash, bytes: () => bytes }
}
