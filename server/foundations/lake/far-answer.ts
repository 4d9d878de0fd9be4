import { rm } from 'node:fs/promises'
import { type Duck, quoteText, type SqlRow } from './duck.ts'
import { ndjsonText } from './export-text.ts'
import { fieldTypes } from './field-types.ts'
import type { FieldType } from './lake.types.ts'
import { copyToParquet } from './load.ts'
import { PiecewiseFile } from './plain-table.ts'

/** Type of the column in which values of a field lie once they are shown. */
export function shownType(type: FieldType): 'BOOLEAN' | 'DOUBLE' | 'VARCHAR' {
  const { stored } = fieldTypes[type]
  if (stored === 'BOOLEAN') return 'BOOLEAN'
  return stored === 'BIGINT' || stored === 'DOUBLE' ? 'DOUBLE' : 'VARCHAR'
}

/** Writes what an engine outside of the process answers as Parquet, in its order. `columns`: types by name. */
export async function keepAnswer(
  duck: Duck,
  batches: AsyncIterable<SqlRow[]>,
  columns: Readonly<Record<string, string>>,
  path: string,
): Promise<void> {
  const lines = `${path}.ndjson`
  const file = await PiecewiseFile.create(lines)
  try {
    try {
      for await (const text of ndjsonText(batches)) await file.text(text)
    } finally {
      await file.close()
    }
    const typed = Object.entries(columns).map(([name, type]) => `${name}: ${quoteText(type)}`)
    const rows = `read_json(${quoteText(lines)}, format = 'newline_delimited', columns = {${typed.join(', ')}})`
    await duck.connected(undefined, (session) => copyToParquet(session, `select * from ${rows}`, path))
  } finally {
    await rm(lines, { force: true })
  }
}
