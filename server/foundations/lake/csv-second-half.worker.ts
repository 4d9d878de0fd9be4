import { createReadStream } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { cleanCsv } from './clean-csv.ts'
import { CsvCleaner } from './csv-cleaner.ts'
import { notUtf8, type SecondHalfFound, type SecondHalfRequest } from './csv-second-half.ts'
import { NotUtf8, requiringUtf8 } from './encoding.ts'

const lineFeed = 0x0a
const chunkBytes = 1 << 19

const { file, middle, form, isAssumed, paths } = workerData as SecondHalfRequest

/** Where lines end otherwise, the count is wrong, and what is found here will not count. */
async function countLines(): Promise<number> {
  let lines = 0
  const before: AsyncIterable<Buffer> = createReadStream(file, { end: middle - 1, highWaterMark: chunkBytes })
  for await (const chunk of before)
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) lines += 1
  return lines
}

async function readHalf(): Promise<SecondHalfFound> {
  const firstLine = (await countLines()) + 1
  const cleaner = new CsvCleaner({ ...form, rowsToSkip: 0, firstLine })
  const chunks: AsyncIterable<Buffer> = createReadStream(file, { start: middle, highWaterMark: chunkBytes })
  await cleanCsv(cleaner, isAssumed ? requiringUtf8(chunks) : chunks, paths)
  const { rows, malformed, innerBreaks, outerBlanks, watch } = cleaner
  return { firstLine, rows, malformed, innerBreaks, outerBlanks, watched: watch.watched }
}

const answer = await readHalf().catch((error: unknown) => {
  if (error instanceof NotUtf8) return notUtf8
  throw error
})
parentPort!.postMessage(answer)
