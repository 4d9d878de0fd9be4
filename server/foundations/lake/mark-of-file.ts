import { open } from 'node:fs/promises'
import { readMark } from './receiver-mark.ts'

/** A mark stands in the first part of a file or at its very end; no more is read of it. */
const beginningBytes = 1024 * 1024
const endBytes = 64 * 1024

/** The mark of the receiver in a file that came in; undefined where it has none that can be read. */
export async function markOfFile(path: string): Promise<string | undefined> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const part = async (from: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
      return buffer.subarray(0, bytesRead)
    }
    const end = Math.min(size, endBytes)
    return readMark(await part(0, Math.min(size, beginningBytes)), await part(size - end, end))
  } finally {
    await file.close()
  }
}
