import { createReadStream, createWriteStream, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import { createLake } from '../server/foundations/lake/index.ts'
import type { Filter, SnapshotReader } from '../server/foundations/lake/lake.types.ts'
import { creditCodeOfRow, ingestColumns } from './ingest-file.ts'
import { takeIn } from './take-in.ts'

/** What the process found; by the wall clock. */
export type ScanFigures = {
  readonly peakResidentMb: number
  readonly ingestSeconds: number
  /** p95 of pages of 100 rows at random depths, of a filter that was counted before. */
  readonly deepPageMs: number
  /** p95 of first pages, each under a filter that nobody has used yet, its rows counted. */
  readonly newFilterMs: number
  readonly groupMs: number
  readonly ownGroupMs: number
  readonly exportSeconds: number
  readonly ownExportSeconds: number
}

const memoryLimitMb = 256
const threads = 2
const pages = 60
const rounds = 3

const [file, folder, rowsText] = process.argv.slice(2) as [string, string, string]
const rows = Number(rowsText)
const lake = await createLake({
  folder: join(folder, 'lake'),
  memoryLimitMb,
  threads,
  // The making of a file is measured, not the reading of a copy.
  wholeFilesBytes: 0,
})
const begun = performance.now()
const sealed = await takeIn(lake, createReadStream(file))
if (sealed.rows !== rows) throw new Error('rows are missing')
const { snapshotId } = sealed
const ingestSeconds = (performance.now() - begun) / 1000
const peakResidentMb = peakOf()
const reader = await lake.reader(snapshotId)
const parquet = parquetOf(join(folder, 'lake'))
const own = await DuckDBInstance.create(':memory:', {
  memory_limit: `${memoryLimitMb}MB`,
  threads: String(threads),
  temp_directory: join(folder, 'spill'),
})
const connection = await own.connect()
const grouping = await takingTurns(groupHere, groupOwn)
const exporting = await takingTurns(exportHere, exportOwn)
const figures: ScanFigures = {
  peakResidentMb,
  ingestSeconds,
  deepPageMs: await deepPages(reader),
  newFilterMs: await newFilters(reader),
  groupMs: grouping[0],
  ownGroupMs: grouping[1],
  exportSeconds: exporting[0] / 1000,
  ownExportSeconds: exporting[1] / 1000,
}
await lake.close()
process.stdout.write(JSON.stringify(figures))

/** The rows as the lake keeps them, for DuckDB to read by itself. */
function parquetOf(root: string): string {
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.parquet'),
  )
  if (found.length !== 1) throw new Error(`one file was expected, not ${found.length}`)
  return join(root, found[0]!)
}

/** The median of each, in milliseconds: one after the other, so that what else the machine does falls on both. */
async function takingTurns(one: () => Promise<unknown>, other: () => Promise<unknown>) {
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round <= rounds; round++)
    for (const [at, work] of [one, other].entries()) {
      const start = performance.now()
      await work()
      // The first reads from the disk what the others find in memory.
      if (round > 0) times[at]!.push(performance.now() - start)
    }
  return times.map((list) => list.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!) as [number, number]
}

function groupHere() {
  return reader.aggregate({
    groupBy: [{ field: 'division_code' }],
    measures: [{ operation: 'count' }, { operation: 'sum', field: 'capital' }],
    filters: [],
    limit: 100,
  })
}

async function groupOwn() {
  const answer = await connection.runAndReadAll(
    `select division_code, count(*), sum(capital) from read_parquet('${parquet}')
     group by division_code order by count(*) desc limit 100`,
  )
  return answer.getRowsJson()
}

async function exportHere() {
  const { stream } = await reader.export({
    fields: Object.keys(ingestColumns).map((field) => ({ field, title: field })),
    filters: [],
    format: 'csv',
  })
  await pipeline(stream, createWriteStream(join(folder, 'here.csv')))
}

function exportOwn() {
  return connection.run(
    `copy (select ${Object.keys(ingestColumns).join(', ')} from read_parquet('${parquet}'))
     to '${join(folder, 'own.csv')}' (format csv, header true)`,
  )
}

/** Where a page begins is what its cursor says; the first of each walk leads there and is not counted. */
async function deepPages(from: SnapshotReader): Promise<number> {
  const times: number[] = []
  for (let page = 0; page < pages; page++) {
    const filters: Filter[] = [
      { field: 'division_code', operator: 'eq', values: ['500112'] },
      { field: 'credit_code', operator: 'gte', values: [creditCodeOfRow((page * 7_919) % rows)] },
    ]
    const query = { fields: ['credit_code', 'name', 'capital'], filters, sort: [], limit: 100 }
    const first = await from.page(query)
    const begin = performance.now()
    await from.page({ ...query, ...(first.nextCursor !== null && { cursor: first.nextCursor }) })
    times.push(performance.now() - begin)
  }
  return p95(times)
}

async function newFilters(from: SnapshotReader): Promise<number> {
  const times: number[] = []
  for (let page = 0; page < pages; page++) {
    const filters: Filter[] = [{ field: 'capital', operator: 'gte', values: [String(page * 9_000 + 0.5)] }]
    const begin = performance.now()
    await from.page({ fields: ['credit_code', 'name', 'capital'], filters, sort: [], limit: 100 })
    times.push(performance.now() - begin)
  }
  return p95(times)
}

function p95(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length * 0.95)]!
}

/** The most memory that the process ever had in use, as the kernel counts it. */
function peakOf(): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))!
  return Number(kilobytes) / 1024
}
