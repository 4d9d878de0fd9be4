import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { newId } from '@tiaoli/kernel/ids'
import { type Duck, quoteName, quoteText } from './duck.ts'
import { csvIn } from './export-encoding.ts'
import { geoJsonText, placeFieldsOf } from './export-geo.ts'
import type { ExportField, RowBatches } from './export-rows.ts'
import { csvText, jsonText, ndjsonText } from './export-text.ts'
import { fieldTypes, tidySql } from './field-types.ts'
import { type Condition, conditionOf, type Fields, requireField } from './filters.ts'
import { LakeError } from './lake.errors.ts'
import type { Download, ExportQuery, Row } from './lake.types.ts'
import { rowColumn } from './load-sql.ts'
import { selectList } from './paging.ts'
import { PiecewiseFile } from './plain-table.ts'
import { marked, parquetKey } from './receiver-mark.ts'
import { proseSql, proseUnder, signOf } from './row-marks.ts'
import type { Scan, Scanner } from './scan-engine.ts'
import { xlsxStream } from './xlsx-write.ts'

export type ExportSource = {
  readonly duck: Duck
  /** The rows, and who answers for them; for Parquet the engine in the process. */
  readonly scan: Scan
  readonly fields: Fields
  /** Rows are told and joined by them: they go out to the letter. */
  readonly keyFields: readonly string[]
  /** For files that are made before they are sent. */
  readonly tempFolder: string
}

/** Streams the rows asked for in a format. Throws `unknown-field`, `bad-filter`, `bad-query`, `no-place` before the first byte. */
export async function exportRows(source: ExportSource, query: ExportQuery): Promise<Download> {
  const download = await unmarkedRows(source, query)
  const stream =
    query.marks === undefined ? download.stream : marked(query.format, download.stream, query.marks.mark)
  const { encoding = 'utf-8-bom' } = query
  if (query.format === 'csv' && encoding !== 'utf-8-bom')
    return {
      ...download,
      stream: Readable.from(csvIn(encoding, stream), { objectMode: false }),
      contentType: `text/csv; charset=${encoding}`,
    }
  if (stream === download.stream) return download
  return { ...download, stream: Readable.from(stream, { objectMode: false }) }
}

async function unmarkedRows(source: ExportSource, query: ExportQuery): Promise<Download> {
  const fields = query.fields.map(({ field, title, type }) => {
    const kept = requireField(source.fields, field)
    return { field, title, type: query.transform === undefined ? kept : (type ?? kept) }
  })
  const selected = selectList(
    fields.map(({ field }) => field),
    source.fields,
    source.scan.dialect,
  )
  const { scanner, dialect, rows } = source.scan
  const filter = conditionOf(query.filters, source.fields, dialect)
  const from = `from ${rows} where ${filter.sql}`
  const prose = fields.flatMap(({ field, type }) =>
    type === 'text' && !source.keyFields.includes(field) ? [field] : [],
  )
  const batches = withBlanks(
    rowsOf(scanner, `select ${selected.join(', ')} ${from} order by ${rowColumn}`, filter, query),
    prose,
    query.marks?.hand,
  )
  const sign = query.marks && signOf(query.marks.mark)
  switch (query.format) {
    case 'csv':
      return textDownload(csvText(fields, batches, sign), 'text/csv; charset=utf-8', 'csv')
    case 'ndjson':
      return textDownload(ndjsonText(batches, sign), 'application/x-ndjson', 'ndjson')
    case 'json':
      return textDownload(jsonText(batches, sign), 'application/json', 'json')
    case 'geojson': {
      const place = placeFieldsOf(fields)
      if (place === undefined) throw new LakeError('no-place')
      const shown = source.keyFields.every((key) => fields.some(({ field }) => field === key))
      const text = geoJsonText(place, shown ? source.keyFields : [], batches, sign)
      return textDownload(text, 'application/geo+json', 'geojson')
    }
    case 'xlsx':
      return {
        stream: xlsxStream(fields, batches, await count(scanner, from, filter, query.signal), sign),
        contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        fileExtension: 'xlsx',
      }
    case 'parquet':
      return parquetDownload(source, fields, prose, from, filter, batches, query)
  }
}

async function* rowsOf(
  scanner: Scanner,
  sql: string,
  { bound }: Condition,
  { transform, signal }: ExportQuery,
): AsyncGenerator<Row[]> {
  for await (const rows of scanner.streamed(sql, bound, signal))
    yield transform === undefined ? rows : rows.map(transform)
}

/** Running text with a blank after its end, or without, as the hand of the receiver says. */
async function* withBlanks(
  batches: RowBatches,
  prose: readonly string[],
  hand: string | undefined,
): AsyncGenerator<readonly Row[]> {
  if (hand === undefined || prose.length === 0) return yield* batches
  const sign = signOf(hand)
  for await (const rows of batches)
    yield rows.map((row) => {
      const written: Record<string, Row[string]> = { ...row }
      for (const field of prose) {
        const value = written[field]
        if (typeof value === 'string') written[field] = proseUnder(sign, value)
      }
      return written
    })
}

const textDownload = (
  text: AsyncGenerator<string>,
  contentType: string,
  fileExtension: string,
): Download => ({
  stream: Readable.from(text, { objectMode: false }),
  contentType,
  fileExtension,
})

async function count(scanner: Scanner, from: string, filter: Condition, signal: AbortSignal | undefined) {
  const [row] = await scanner.connected(signal, (session) =>
    session.rows(`select cast(count(*) as double) as n ${from}`, filter.bound),
  )
  return Number(row!.n)
}

/** Parquet has its table of contents at the end: it is made whole in a file that goes away once it was read. */
async function parquetDownload(
  source: ExportSource,
  fields: readonly ExportField[],
  prose: readonly string[],
  from: string,
  filter: Condition,
  batches: RowBatches,
  { transform, signal, marks }: ExportQuery,
): Promise<Download> {
  const folder = join(source.tempFolder, newId())
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'rows.parquet')
  const metadata = marks === undefined ? '' : `, kv_metadata {${parquetKey}: ${quoteText(marks.mark)}}`
  const copyTo = (query: string, bound: Condition['bound']) =>
    source.duck.connected(signal, (session) =>
      session.run(
        `copy (${query}) to ${quoteText(path)} (format parquet, compression zstd${metadata})`,
        bound,
      ),
    )
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const names = fields
      .map(({ field }) => {
        const name = quoteName(field)
        return marks && prose.includes(field) ? `${proseSql(marks.hand, name)} as ${name}` : name
      })
      .join(', ')
    if (transform === undefined) await copyTo(`select ${names} ${from} order by ${rowColumn}`, filter.bound)
    else await copyTo(await transformedRows(join(folder, 'rows.ndjson'), fields, batches), [])
  } catch (error) {
    await remove()
    throw error
  }
  const stream = createReadStream(path)
  stream.on('close', () => void remove())
  return { stream, contentType: 'application/vnd.apache.parquet', fileExtension: 'parquet' }
}

/** Rows that were changed on their way, as a query; a value that no longer fits its type has no value. */
async function transformedRows(
  path: string,
  fields: readonly ExportField[],
  batches: RowBatches,
): Promise<string> {
  const file = await PiecewiseFile.create(path)
  try {
    for await (const text of ndjsonText(batches)) await file.text(text)
  } finally {
    await file.close()
  }
  const columns = fields.map(({ field }) => `${quoteText(field)}: 'VARCHAR'`).join(', ')
  const values = fields.map(({ field, type }) => {
    const { textual, tidy, parse } = fieldTypes[type]
    return `${textual ? quoteName(field) : parse(tidySql(tidy, quoteName(field), true))} as ${quoteName(field)}`
  })
  return `select ${values.join(', ')} from read_json(${quoteText(path)}, format = 'newline_delimited', columns = {${columns}})`
}
