import { createReadStream, createWriteStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import type { Watched } from './column-watch.ts'
import type { CsvCleaner, CsvForm } from './csv-cleaner.ts'
import { NotUtf8 } from './encoding.ts'
import { type PlainTable, plainPaths } from './plain-table.ts'

/** From this size on, reading a file with two threads is worth the start of one. */
export const worthHalving = 64 * 2 ** 20

/** The second thread has lines to count before it begins, so its half is the smaller one. */
const firstShare = 0.55

/** Where a line end is looked for; a file without one there is read as a whole. */
const windowBytes = 1 << 20

/** What the second thread is told. */
export type SecondHalfRequest = {
  readonly file: string
  readonly middle: number
  readonly form: CsvForm
  /** The text is taken for UTF-8 until it is shown to be something else. */
  readonly isAssumed: boolean
  readonly paths: ReturnType<typeof plainPaths>
}

/** What the second thread found. */
export type SecondHalfFound = Pick<PlainTable, 'rows' | 'malformed' | 'innerBreaks' | 'outerBlanks'> & {
  /** The line that it took for its first. */
  readonly firstLine: number
  readonly watched: Watched
}

/** What it answers in place of that: the text is not the UTF-8 that it was taken for. */
export const notUtf8 = 'not-utf8'

/** A place behind a line end, a little after half of the file; null where there is none. */
export async function middleOf(path: string): Promise<number | null> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const from = Math.floor(size * firstShare)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(windowBytes), 0, windowBytes, from)
    const end = buffer.subarray(0, bytesRead).indexOf('\n')
    return end < 0 || from + end + 1 === size ? null : from + end + 1
  } finally {
    await file.close()
  }
}

/**
 * Cleans the rest of a file, from a line end in its middle on, in a thread of its own, while the part before it is
 * cleaned here. Whether a row begins there, and on which line, is not known before the first half has come to it:
 * `adopt` then gives what was found, or null where it does not count, or throws `NotUtf8`. `stop` it in any case.
 */
export function startSecondHalf(half: Omit<SecondHalfRequest, 'paths'>, folder: string) {
  const paths = plainPaths(folder, 'second')
  const request: SecondHalfRequest = { ...half, paths }
  const worker = new Worker(new URL('./csv-second-half.worker.ts', import.meta.url), { workerData: request })
  const found = new Promise<SecondHalfFound>((resolve, reject) => {
    worker.once('message', (answer: SecondHalfFound | typeof notUtf8) =>
      answer === notUtf8 ? reject(new NotUtf8()) : resolve(answer),
    )
    worker.once('error', reject)
    // Nothing is wrong with the file: it is read again.
    worker.once('exit', () => reject(new Error('the thread ended without an answer')))
  })
  // What befalls it is heard by whoever asks; where nobody does any more, it befalls nobody.
  found.catch(() => undefined)
  return {
    path: paths.path,
    async adopt({ nextLine }: CsvCleaner): Promise<SecondHalfFound | null> {
      if (nextLine === null) return null
      const second = await found
      return second.firstLine === nextLine ? second : null
    },
    /** Puts the rows that the second half refused behind those of the first. */
    async appendRefused(to: string): Promise<void> {
      await pipeline(createReadStream(paths.refusedPath), createWriteStream(to, { flags: 'a' }))
    },
    async stop(isAdopted: boolean): Promise<void> {
      await worker.terminate()
      await rm(paths.refusedPath, { force: true })
      if (!isAdopted) await rm(paths.path, { force: true })
    },
  }
}
