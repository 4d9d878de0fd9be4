import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { LakeError, throwIfCancelled } from './lake.errors.ts'
import { unpacksTooFar } from './lake.limits.ts'

/** Large enough to make the cost of a chunk vanish, small enough not to be felt by other requests. */
const chunkBytes = 1 << 19

/** The content of a file, unpacked where it is gzip. */
export type ByteSource = {
  /** Whether the file is gzip. */
  readonly packed: boolean
  /** The bytes from the start, each time it is called; `onRead` hears which part of the file (0 to 1) was read. */
  chunks(signal?: AbortSignal, onRead?: (fraction: number) => void): AsyncGenerator<Buffer>
}

export async function openByteSource(path: string): Promise<ByteSource> {
  const { size } = await stat(path)
  const packed = await isGzip(path)
  return {
    packed,
    async *chunks(signal, onRead) {
      const file = createReadStream(path, { highWaterMark: chunkBytes })
      const stream = packed ? pipeline(file, createGunzip({ chunkSize: chunkBytes }), () => {}) : file
      let given = 0
      try {
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          throwIfCancelled(signal)
          given += chunk.length
          if (packed && unpacksTooFar(size, given)) throw new LakeError('zip-bomb')
          yield chunk
          onRead?.(Math.min(1, file.bytesRead / Math.max(1, size)))
        }
      } catch (error) {
        throw packed && !(error instanceof LakeError) ? new LakeError('truncated', { cause: error }) : error
      } finally {
        file.destroy()
        stream.destroy()
      }
    },
  }
}

async function isGzip(path: string): Promise<boolean> {
  const head = await headOfFile(path, 2)
  return head[0] === 0x1f && head[1] === 0x8b
}

/** The first bytes of a file, as many as there are. */
export async function headOfFile(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** The first bytes of the content, as many as there are up to `bytes`. */
export async function headOfSource(source: AsyncIterable<Buffer>, bytes: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of source) {
    parts.push(part)
    length += part.length
    if (length >= bytes) break
  }
  return Buffer.concat(parts).subarray(0, bytes)
}
