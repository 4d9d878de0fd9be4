import { createReadStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { csvRow } from './csv-cells.ts'
import { type Bound, type DuckSession, quoteName, quoteText } from './duck.ts'
import type { KnownColumns } from './known-columns.ts'
import { LakeError, throwIfCancelled } from './lake.errors.ts'
import type { LoadRequest, RowRefusal } from './lake.types.ts'
import { badRowsSql, goodRowsSql, type LoadColumn, lineColumn, markedSql } from './load-sql.ts'
import { cellName, type MalformedRow, type PlainTable, plainRelation, plainTableSql } from './plain-table.ts'
import type { SchemaRead } from './read-schema.ts'
import type { RefusalReport } from './refusal-report.ts'
import { agrees, ruleBy } from './schema-rules.ts'

/**
 * Names are kept as departments write them (`PM2.5`, `注册资本（万元）`); only what no table can hold is left out: control
 * characters, and names that begin as the lake's own columns do.
 */
const isFieldName = (name: string): boolean => /^[^\p{Cc}_][^\p{Cc}]{0,99}$/u.test(name)

/** How the columns of the table become fields. Throws `column-missing`, `bad-mapping` with the name of the column. */
export function mapColumns(
  table: PlainTable,
  request: LoadRequest,
  known: KnownColumns,
  schema: SchemaRead,
): LoadColumn[] {
  const places = new Map(table.headers.map(({ source }, index) => [source, index]))
  const fields = new Set<string>()
  if (request.columns.length === 0) throw new LakeError('bad-mapping')
  const columns = request.columns.map((column): LoadColumn => {
    const place = places.get(column.source)
    if (place === undefined) throw new LakeError('column-missing', { field: column.source })
    const name = column.field.toLowerCase()
    if (!isFieldName(name) || fields.has(name)) throw new LakeError('bad-mapping', { field: column.field })
    fields.add(name)
    // A row without its key has no identity, whatever the steward says.
    const field = schema.fields.get(column.source)
    const required =
      column.required ||
      (field?.constraints?.required === true && agrees(column.type, field)) ||
      request.keyFields.includes(column.field)
    const cell = cellName(place)
    return {
      ...column,
      required,
      cell,
      rule: ruleBy(column.type, field),
      ownNulls: field && agrees(column.type, field) ? schema.ownNulls.get(cell) : undefined,
      outerBlanks: table.outerBlanks,
      known: field === undefined ? known.find(table, cell, column.type, request.nulls) : undefined,
    }
  })
  for (const key of request.keyFields)
    if (!columns.some(({ field, rule }) => field === key && rule.exact))
      throw new LakeError('bad-mapping', { field: key })
  return columns
}

/** Writes the good rows as sorted Parquet and reports the others; gives the number of rows taken in. */
export async function writeRows(
  session: DuckSession,
  table: PlainTable,
  columns: readonly LoadColumn[],
  request: LoadRequest,
  path: string,
  report: RefusalReport,
): Promise<number> {
  const own = columns.flatMap(({ cell, ownNulls }) => (ownNulls ? [[cell, ownNulls] as const] : []))
  const relation = plainRelation(table, request.nulls, new Map(own))
  await reportMalformed(table, report, request.signal)
  await copyToParquet(session, goodRowsSql(relation, columns, request.keyFields), path)
  const written = await countRows(session, path)
  if (written < table.rows) await reportBadCells(session, table, relation, columns, report)
  if (request.keyFields.length === 0) return written
  const repeated = await countRepeated(session, path, request.keyFields)
  if (repeated === 0) return written
  await reportRepeated(session, table, path, request.keyFields, report)
  await removeRepeated(session, path, request.keyFields)
  return written - repeated
}

/**
 * Rows that are compressed together. A thread of the engine holds a group until it is its turn to be written, and
 * waits idly where all that are held fill the memory it may have: with its own three times as many rows, half of them
 * do. Smaller groups than this would lose in size what they gain.
 */
const groupRows = 40_960

/** Of zstd, the quickest: a fifth less work for the whole writing than with the usual one, an eighth more bytes. */
const compressionLevel = 1

/** How the lake writes its files, as the engine is told. */
export const parquetOptions = `compression_level ${compressionLevel}, row_group_size ${groupRows}`

export const copyToParquet = (
  session: DuckSession,
  query: string,
  path: string,
  bound: readonly Bound[] = [],
): Promise<void> =>
  session.run(
    `copy (${query}) to ${quoteText(path)}
     (format parquet, compression zstd, ${parquetOptions})`,
    bound,
  )

export async function countRows(session: DuckSession, path: string): Promise<number> {
  const [row] = await session.rows(`select count(*)::double as n from read_parquet(${quoteText(path)})`)
  return Number(row!.n)
}

async function reportMalformed(table: PlainTable, report: RefusalReport, signal: AbortSignal): Promise<void> {
  if (table.malformed === 0) return
  const lines = createInterface({
    input: createReadStream(table.refusedPath),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  for await (const line of lines) {
    throwIfCancelled(signal)
    await report.add({ column: null, value: null, ...(JSON.parse(line) as MalformedRow) })
  }
}

async function reportBadCells(
  session: DuckSession,
  table: PlainTable,
  relation: string,
  columns: readonly LoadColumn[],
  report: RefusalReport,
): Promise<void> {
  const cells = table.headers.map((_, index) => cellName(index))
  const query = `${badRowsSql(relation, columns, cells)} order by ${lineColumn}`
  for await (const rows of session.batches(query)) {
    for (const { _line, faults, ...rest } of rows) {
      const found = faults as unknown as number[]
      const atFault = columns.filter((_, index) => found[index] !== 0)
      const worst = atFault[0]!
      await report.add({
        line: Number(_line),
        column: worst.source,
        cause: faultCauses[found[columns.indexOf(worst)]!]!,
        value: rest[worst.cell] as string | null,
        others: atFault.slice(1).map(({ source }) => source),
        row: wholeRow(Object.values(rest) as (string | null)[]),
      })
    }
  }
}

/** By their numbers: 0 is none, from 2 on what the rule of a type tells. */
const faultCauses: readonly RowRefusal['cause'][] = [
  'missing',
  'missing',
  'not-of-type',
  'open-ring',
  'not-in-degrees',
  'not-allowed',
]

const wholeRow = (cells: readonly (string | null)[]): string => csvRow(cells).trimEnd()

async function countRepeated(
  session: DuckSession,
  path: string,
  keyFields: readonly string[],
): Promise<number> {
  const marked = markedSql(`read_parquet(${quoteText(path)})`, keyFields)
  return Number((await session.rows(`select count(*)::double as n from ${marked} where _repeated`))[0]!.n)
}

async function reportRepeated(
  session: DuckSession,
  table: PlainTable,
  path: string,
  keyFields: readonly string[],
  report: RefusalReport,
): Promise<void> {
  const rows = `read_parquet(${quoteText(path)})`
  const same = keyFields.map((key) => `later.${quoteName(key)} = every.${quoteName(key)}`).join(' and ')
  const lines = `(select later.${lineColumn}, min(every.${lineColumn}) as _first
    from ${markedSql(rows, keyFields)} later join ${rows} every on ${same}
    where later._repeated group by later.${lineColumn})`
  const cells = table.headers.map((_, index) => `source.${cellName(index)}`)
  const query = `select source.${lineColumn}, _first, ${cells.join(', ')}
    from ${plainTableSql(table, [])} source join ${lines} lines on source.${lineColumn} = lines.${lineColumn}
    order by 1`
  for await (const batch of session.batches(query)) {
    for (const { _line, _first, ...rest } of batch) {
      const row = wholeRow(Object.values(rest) as (string | null)[])
      const shown = { line: Number(_line), firstLine: Number(_first), column: keyFields.join(', ') }
      await report.add({ ...shown, cause: 'duplicate-key', value: null, row })
    }
  }
}

/** Reports rows as they stand in the file, by a query that gives their lines. */
export async function reportLines(
  session: DuckSession,
  table: PlainTable,
  lines: string,
  fault: Pick<RowRefusal, 'column' | 'cause'>,
  report: RefusalReport,
): Promise<void> {
  const cells = table.headers.map((_, index) => cellName(index))
  const query = `select ${lineColumn}, ${cells.join(', ')} from ${plainTableSql(table, [])}
    where ${lineColumn} in ${lines} order by 1`
  for await (const batch of session.batches(query))
    for (const { _line, ...rest } of batch)
      await report.add({
        ...fault,
        line: Number(_line),
        value: null,
        row: wholeRow(Object.values(rest) as (string | null)[]),
      })
}

async function removeRepeated(
  session: DuckSession,
  path: string,
  keyFields: readonly string[],
): Promise<void> {
  const kept = `${path}.kept`
  const marked = markedSql(`read_parquet(${quoteText(path)})`, keyFields)
  const rows = `select * exclude (_repeated) from ${marked} where not _repeated`
  await copyToParquet(session, rows, kept)
  await rename(kept, path)
}
