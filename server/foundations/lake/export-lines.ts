import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newId } from '@tiaoli/kernel/ids'
import { type Duck, quoteName, quoteText } from './duck.ts'
import type { ExportField } from './export-rows.ts'
import { csvHead } from './export-text.ts'
import { fieldTypes } from './field-types.ts'
import type { Condition } from './filters.ts'
import type { FieldType } from './lake.types.ts'
import { rowColumn } from './load-sql.ts'

/** Rows that are written at once: while they are sent the next are written. */
const rowsAtOnce = 250_000

/** What leads a text that a spreadsheet would run as a formula, by code: `=`, `+`, `-`, `@`, tab, carriage return. */
const formulaStarts = '(61, 43, 45, 64, 9, 13)'

/** Types whose values hold no mark of CSV and begin no formula. */
const plainTexts: ReadonlySet<FieldType> = new Set(['credit-code', 'identity-number', 'division-code'])

/** Pure: a cell of CSV as an expression of SQL, to the letter what `csvText` writes of the same value; null is null. */
export function cellSql(type: FieldType, field: string): string {
  const name = quoteName(field)
  const { stored, show } = fieldTypes[type]
  switch (stored) {
    case 'VARCHAR':
      return plainTexts.has(type) ? name : textCellSql(name)
    case 'BIGINT':
    case 'BOOLEAN':
      return `cast(${name} as varchar)`
    case 'DOUBLE':
      return `case when ${name} = floor(${name}) and abs(${name}) < 1e15 then cast(cast(${name} as bigint) as varchar) else cast(${name} as varchar) end`
    case 'DATE':
    case 'TIME':
      return `cast(${show(name)} as varchar)`
    case 'TIMESTAMPTZ':
      return `strftime(timezone('UTC', ${name}) + interval 8 hour, '%Y-%m-%d %H:%M:%S')`
  }
}

function textCellSql(name: string): string {
  const formula = `ascii(${name}) in ${formulaStarts}`
  const safe = `case when ${formula} then '''' || ${name} else ${name} end`
  const special = [`','`, `'"'`, 'chr(10)', 'chr(13)']
    .map((mark) => `contains(${name}, ${mark})`)
    .join(' or ')
  return `case when ${special} then '"' || replace(${safe}, '"', '""') || '"' when ${formula} then '''' || ${name} else ${name} end`
}

/**
 * CSV whose lines the engine itself writes, piece after piece: several times quicker than rows that pass through the
 * process, and for rows that leave as they lie only. At most two pieces lie on the disk, whoever reads slowly.
 */
export async function* csvLines(
  source: { readonly duck: Duck; readonly rows: string; readonly total: number; readonly tempFolder: string },
  fields: readonly ExportField[],
  filter: Condition,
  signal: AbortSignal | undefined,
): AsyncGenerator<string | Uint8Array> {
  const folder = join(source.tempFolder, newId())
  const cells = fields.map(({ field, type }) => cellSql(type, field)).join(`, ',', `)
  const write = async (from: number): Promise<string> => {
    const path = join(folder, `${from}.csv`)
    const range = `${rowColumn} >= ${from} and ${rowColumn} < ${from + rowsAtOnce}`
    await source.duck.connected(signal, (session) =>
      session.run(
        `copy (select concat(${cells}, chr(13)) from ${source.rows} where ${range} and ${filter.sql} order by ${rowColumn})
         to ${quoteText(path)} (format csv, header false, quote '', escape '', delimiter '\u0001')`,
        filter.bound,
      ),
    )
    return path
  }
  await mkdir(folder, { recursive: true })
  let next: Promise<string> | undefined
  try {
    yield csvHead(fields)
    next = source.total > 0 ? write(0) : undefined
    for (let from = 0; next !== undefined; from += rowsAtOnce) {
      const path = await next
      next = from + rowsAtOnce < source.total ? write(from + rowsAtOnce) : undefined
      // Who stops reading must not leave this one behind without anybody to hear of its failure.
      next?.catch(() => {})
      yield* createReadStream(path, { highWaterMark: 1 << 18 })
      await rm(path)
    }
  } finally {
    await next?.catch(() => {})
    await rm(folder, { recursive: true, force: true })
  }
}
