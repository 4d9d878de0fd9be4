import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { createLake, defaultNulls } from '../server/foundations/lake/index.ts'
import { parquetOptions } from '../server/foundations/lake/load.ts'
import { creditCodeOfRow, ingestColumns } from './ingest-file.ts'

/** What one process found; seconds by the wall clock. */
export type IngestFigures = {
  readonly stageSeconds: number
  readonly profileSeconds: number
  readonly loadSeconds: number
  readonly lookupsPerSecond: number
  /** Of all threads, until the file was taken in. */
  readonly processorSeconds: number
  readonly peakResidentMb: number
}

/**
 * By the lake, its types found or declared; by DuckDB alone: under the lake's limits, under its own defaults, or under the
 * lake's limits into a file with the lake's groups and compression.
 */
export type IngestWay = 'lake' | 'lake-declared' | 'duckdb' | 'duckdb-default' | 'duckdb-as-lake'

const memoryLimitMb = 256
const threads = 2
const lookups = 100_000

const [what, file, folder] = process.argv.slice(2) as [IngestWay, string, string]
const figures = what.startsWith('lake')
  ? await ingestByLake(what === 'lake-declared')
  : await ingestByDuckDb(what)
process.stdout.write(JSON.stringify({ ...figures, peakResidentMb: peakResidentMb() } satisfies IngestFigures))

async function ingestByDuckDb(what: IngestWay) {
  const limits = {
    memory_limit: `${memoryLimitMb}MB`,
    threads: String(threads),
    temp_directory: join(folder, 'spill'),
  }
  const instance = await DuckDBInstance.create(':memory:', what === 'duckdb-default' ? {} : limits)
  const connection = await instance.connect()
  const [, loadSeconds] = await timed(() =>
    connection.run(
      `copy (select * from read_csv('${file}') order by credit_code)
       to '${join(folder, 'own.parquet')}' (format parquet, compression zstd${what === 'duckdb-as-lake' ? `, ${parquetOptions}` : ''})`,
    ),
  )
  return {
    stageSeconds: 0,
    profileSeconds: 0,
    loadSeconds,
    lookupsPerSecond: 0,
    processorSeconds: processorSeconds(),
  }
}

/** With types declared, as the catalogue does for every entry, or found over the whole file. */
async function ingestByLake(declared: boolean) {
  const lake = await createLake({ folder: join(folder, 'lake'), memoryLimitMb, threads })
  const [staged, stageSeconds] = await timed(() =>
    lake.stage(createReadStream(file), { fileName: 'register.csv', maxBytes: 2 ** 31 }),
  )
  const [profile, profileSeconds] = await timed(() =>
    lake.profile(staged, declared ? { declared: ingestColumns } : {}),
  )
  const { encoding, delimiter, tables } = profile
  const table = tables[0]!
  const columns = table.columns.map(({ source, type }) => ({ source, field: source, type, required: false }))
  const [sealed, loadSeconds] = await timed(() =>
    lake.load({
      staged,
      table: table.name,
      encoding,
      delimiter,
      columns,
      keyFields: ['credit_code'],
      nulls: defaultNulls,
      onProgress: () => {},
      signal: new AbortController().signal,
    }),
  )
  const used = processorSeconds()
  const reader = await lake.reader(sealed.snapshotId)
  const keys = Array.from({ length: lookups }, (_, index) => creditCodeOfRow((index * 7_919) % sealed.rows))
  const [found, lookupSeconds] = await timed(
    async () => keys.filter((key) => reader.rowByKey([key], ['name', 'capital']) !== null).length,
  )
  if (found !== lookups || sealed.refusedRows !== 0) throw new Error('rows are missing')
  await lake.close()
  const lookupsPerSecond = lookups / lookupSeconds
  return { stageSeconds, profileSeconds, loadSeconds, lookupsPerSecond, processorSeconds: used }
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now()
  const result = await work()
  return [result, (performance.now() - start) / 1000]
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** The most memory that the process ever had in use, as the kernel counts it. */
function peakResidentMb(): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))!
  return Number(kilobytes) / 1024
}
