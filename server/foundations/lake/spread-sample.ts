import { open, rm, stat, writeFile } from 'node:fs/promises'
import { type PlainTable, plain } from './plain-table.ts'

/** How many pieces are read, at even distances, … */
const pieces = 64
/** … and how long each is: with rows of a hundred bytes, 20,000 rows in all. */
const pieceBytes = 1 << 15

/**
 * Gives `work` a small table with rows from all over a large one, so that nobody has to read all of it to know what
 * it is like. A table that is small itself is given as it is; so is one with rows too long to be found in pieces.
 */
export async function withSpreadSample<T>(
  table: PlainTable,
  work: (sample: PlainTable) => Promise<T> | T,
): Promise<T> {
  const { secondPath, ...first } = table
  const paths = secondPath === undefined ? [table.path] : [table.path, secondPath]
  const found: Buffer[] = []
  for (const path of paths) found.push(...(await rowsOf(path, Math.ceil(pieces / paths.length))))
  if (found.length < pieces / 2) return work(table)
  const path = `${table.path}.sample`
  try {
    await writeFile(path, found)
    return await work({ ...first, path })
  } finally {
    await rm(path, { force: true })
  }
}

/** Whole rows of as many places of a file; none where it is hardly larger than these. */
async function rowsOf(path: string, places: number): Promise<Buffer[]> {
  const { size } = await stat(path)
  if (size < 4 * places * pieceBytes) return []
  const file = await open(path, 'r')
  try {
    const found: Buffer[] = []
    for (let place = 0; place < places; place += 1) {
      const from = Math.floor((place * (size - pieceBytes)) / Math.max(1, places - 1))
      const { buffer, bytesRead } = await file.read(Buffer.alloc(pieceBytes), 0, pieceBytes, from)
      const piece = buffer.subarray(0, bytesRead)
      const begin = from === 0 ? 0 : piece.indexOf(plain.newLine) + 1
      const end = piece.lastIndexOf(plain.newLine) + 1
      if (end > begin) found.push(piece.subarray(begin, end))
    }
    return found
  } finally {
    await file.close()
  }
}
