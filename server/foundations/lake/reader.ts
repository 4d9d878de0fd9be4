import { createReadStream, existsSync } from 'node:fs'
import { readAggregate, readSizedGroups } from './aggregation.ts'
import { countSmallBlocks } from './blocks.ts'
import { type Duck, quoteName } from './duck.ts'
import { estimateMatches, roundedEstimate } from './estimated-total.ts'
import { exportRows } from './export.ts'
import { conditionOf, fieldsOf, queriedValue, requireField } from './filters.ts'
import { LakeError } from './lake.errors.ts'
import type { Filter, Row, RowPage, RowQuery, SnapshotManifest, SnapshotReader } from './lake.types.ts'
import { readPage, selectList } from './paging.ts'
import { openPartIndex } from './part-index.ts'
import { partsOf } from './parts.ts'
import { type BlockCache, lineOrder, type RowIndex } from './row-index.ts'
import { isProseSql } from './row-marks.ts'
import { looksThrough, type Scan, type Scans } from './scan-engine.ts'
import { snapshotPaths } from './snapshot-folder.ts'

/** Rows in which running text is looked for. */
const rowsLookedInto = 5_000

/** Counts of different filters that a reader remembers. */
const rememberedTotals = 100

/** Reads a sealed snapshot. `close` gives its open file back; the next look-up opens it again. */
export function openReader(
  { duck, scans }: { readonly duck: Duck; readonly scans: Scans },
  folder: string,
  tempFolder: string,
  manifest: SnapshotManifest,
  blocks: BlockCache,
): SnapshotReader & { close(): void } {
  const paths = snapshotPaths(folder)
  const fields = fieldsOf(manifest.fields)
  const located = { folder, manifest }
  const here = scans.here(located)
  const { rows } = here
  const order = lineOrder(manifest.fields, manifest.keyFields)
  const places = new Map(order.map(({ field }, index) => [field, index]))
  const totals = new Map<string, number>()
  let index: RowIndex | null = null

  const suited = async (query: Parameters<typeof looksThrough>[0]): Promise<Scan> =>
    looksThrough(query) ? (await scans.suited([located]))[0]! : here

  const totalOf = async (filters: readonly Filter[], signal: AbortSignal | undefined): Promise<number> => {
    if (filters.length === 0) return manifest.rows
    const name = JSON.stringify(filters)
    const known = totals.get(name)
    if (known !== undefined) return known
    const { scanner, dialect, rows } = await suited({ filters })
    const { sql, bound } = conditionOf(filters, fields, dialect)
    const [row] = await scanner.connected(signal, (session) =>
      session.rows(`select cast(count(*) as double) as n from ${rows} where ${sql}`, bound),
    )
    if (totals.size >= rememberedTotals) totals.clear()
    totals.set(name, Number(row!.n))
    return Number(row!.n)
  }

  /** The total of a page: known, told by the page itself, counted, or estimated where counting takes too long. */
  const totalOfPage = async (
    { filters, cursor, countUpTo, signal }: RowQuery,
    { rows: found, nextCursor }: Omit<RowPage, 'total'>,
  ): Promise<Pick<RowPage, 'total' | 'totalIsEstimate'>> => {
    const isKnown = filters.length === 0 || totals.has(JSON.stringify(filters))
    const isCounted = countUpTo === undefined || manifest.rows <= countUpTo || partsOf(manifest).length > 1
    if (!isKnown && cursor === undefined && nextCursor === null) return { total: found.length }
    const { scanner } = await suited({ filters })
    if (isKnown || isCounted || scanner !== duck) return { total: await totalOf(filters, signal) }
    const estimate = await scanner.connected(signal, (session) =>
      estimateMatches(session, rows, manifest.rows, conditionOf(filters, fields, session.dialect)),
    )
    const atLeast = found.length + (nextCursor === null ? 0 : 1)
    return { total: roundedEstimate(estimate, atLeast), totalIsEstimate: true }
  }

  const reader: SnapshotReader & { close(): void } = {
    manifest,
    lookUp: async (values, wanted) => reader.rowByKey(values, wanted),
    rowByKey: (values, wanted) => {
      const { keyFields } = manifest
      if (keyFields.length === 0) throw new LakeError('no-key')
      if (values.length !== keyFields.length) throw new LakeError('bad-query')
      const key = values.map((value, place) =>
        queriedValue(requireField(fields, keyFields[place]!), value, keyFields[place]!),
      )
      for (const field of wanted) requireField(fields, field)
      index ??= openPartIndex(folder, manifest, blocks)
      const found = index.find(key)
      if (found === null) return null
      const row: Record<string, Row[string]> = {}
      for (const field of wanted) row[field] = found[places.get(field)!] ?? null
      return row
    },
    page: async (query, { transform } = {}) => {
      const { signal } = query
      const { scanner, rows } = await suited(query)
      const asked = { rows, snapshotId: manifest.snapshotId, fields, query }
      const page = await scanner.connected(signal, (session) => readPage(session, asked))
      const total = await totalOfPage(query, page)
      return { ...page, rows: transform === undefined ? page.rows : page.rows.map(transform), ...total }
    },
    aggregate: async (query) => {
      const [{ scanner, rows }] = (await scans.suited([located])) as [Scan]
      return scanner.connected(query.signal, (session) => readAggregate(session, rows, fields, query))
    },
    sizedGroups: (query, counted) =>
      duck.connected(undefined, (session) => readSizedGroups(session, rows, fields, query, counted)),
    smallBlocks: (answers, over) =>
      duck.connected(undefined, (session) => countSmallBlocks(session, rows, fields, answers, over)),
    export: async (query) => {
      // Parquet is written by the engine in the process, from its own types.
      const scan = query.format === 'parquet' ? here : await suited(query)
      const numbers = partsOf(manifest).reduce((sum, { stored }) => sum + stored, 0)
      const own = scan.scanner === duck ? { rows: scan.rows, numbers } : undefined
      return exportRows({ duck, scan, here: own, fields, keyFields: manifest.keyFields, tempFolder }, query)
    },
    checkSelection: (wanted, filters) => {
      selectList(wanted, fields)
      conditionOf(filters, fields)
    },
    proseFields: async (wanted, texts) => {
      const texty = wanted.filter(
        (field) => fields.get(field) === 'text' && !manifest.keyFields.includes(field),
      )
      if (texty.length === 0) return []
      const counts = texty.map((field, at) => {
        const name = quoteName(field)
        return `count(distinct ${name}) filter (where ${isProseSql(name)})::double as c${at}`
      })
      const [found] = await duck.connected(undefined, (session) =>
        session.rows(`select ${counts.join(', ')} from (select * from ${rows} limit ${rowsLookedInto})`),
      )
      return texty.filter((_field, at) => Number(found![`c${at}`]) >= texts)
    },
    refusalReport: async () =>
      existsSync(paths.refusals)
        ? {
            stream: createReadStream(paths.refusals),
            contentType: 'text/csv; charset=utf-8',
            fileExtension: 'csv',
          }
        : null,
    close: () => {
      index?.close()
      index = null
    },
  }
  return reader
}
