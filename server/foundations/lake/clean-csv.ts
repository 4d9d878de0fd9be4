import { allEnded } from './all-ended.ts'
import type { CsvCleaner } from './csv-cleaner.ts'
import { PiecewiseFile, type plainPaths } from './plain-table.ts'

/**
 * Writes what a cleaner makes of the bytes to the files of a plain table. `isDone` is asked after each piece, and ends
 * it before the bytes do.
 */
export async function cleanCsv(
  cleaner: CsvCleaner,
  chunks: AsyncIterable<Buffer>,
  paths: ReturnType<typeof plainPaths>,
  isDone?: () => Promise<boolean>,
): Promise<void> {
  const output = await PiecewiseFile.create(paths.path)
  const refused = await PiecewiseFile.create(paths.refusedPath)
  const keep = async (bytes: Buffer) => {
    await output.bytes(bytes)
    for (const row of cleaner.takeRefused()) await refused.text(`${JSON.stringify(row)}\n`)
  }
  try {
    for await (const chunk of chunks) {
      await keep(cleaner.push(chunk))
      if (await isDone?.()) break
    }
    await keep(cleaner.finish())
  } finally {
    await allEnded(output.close(), refused.close())
  }
}
