import { rename } from 'node:fs/promises'
import { type DuckSession, quoteText } from './duck.ts'
import { copyToParquet } from './load.ts'

/** Place of a row in its file, from 0, for engines that do not know it by themselves. */
export const numberColumn = '_n'

/** Writes a file anew with the place of each row beside it. */
export async function numberRows(session: DuckSession, path: string): Promise<void> {
  const numbered = `${path}.numbered`
  await copyToParquet(
    session,
    `select * exclude (file_row_number), file_row_number as ${numberColumn}
     from read_parquet(${quoteText(path)}, file_row_number = true)`,
    numbered,
  )
  await rename(numbered, path)
}
