import { chmodSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../tools/postgres.ts'
import type { BenchRow } from './bench.types.ts'
import { runIngest, secondsOf } from './ingest.bench.ts'
import { ingestColumns, writeIngestFile } from './ingest-file.ts'

const rows = 5_000_000
const targetRatio = 8

/**
 * The same register of five million rows, taken in here and in the way in which CKAN's loader (ckanext-xloader) brings a
 * CSV into the DataStore: a table of texts, COPY, one update that fills a full-text column, an index on that column, and
 * one on each column. CKAN 2.11 makes them all as GiST; here they are GIN, of which the sum is built sooner, by a server
 * with four times the memory for it that PostgreSQL gives by itself. CKAN 2.12 leaves the indexes of columns away: the
 * last line.
 */
export async function loaderBench(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tiaoli-bench-'))
  try {
    const file = join(folder, 'register.csv')
    await writeIngestFile(file, rows)
    const lake = secondsOf(await runIngest('lake', file, folder))
    // The server reads the file itself, as a user of its own.
    chmodSync(folder, 0o755)
    const { copy, fullText, fullTextIndex, columnIndexes } = await loadIntoPostgres(file)
    const asOf212 = copy + fullText + fullTextIndex
    const ratio = (asOf212 + columnIndexes) / lake
    return [
      { name: 'lake, types found over the whole file', value: tenths(lake), unit: 's' },
      { name: 'PostgreSQL: COPY', value: tenths(copy), unit: 's' },
      { name: 'PostgreSQL: full-text column', value: tenths(fullText), unit: 's' },
      { name: 'PostgreSQL: index on the full text', value: tenths(fullTextIndex), unit: 's' },
      { name: 'PostgreSQL: an index on each column', value: tenths(columnIndexes), unit: 's' },
      {
        name: 'PostgreSQL as by the loader of CKAN 2.11 ÷ lake',
        value: tenths(ratio),
        unit: '×',
        target: `≥ ${targetRatio}`,
        met: ratio >= targetRatio,
      },
      {
        name: 'the same without indexes of columns (CKAN 2.12) ÷ lake',
        value: tenths(asOf212 / lake),
        unit: '×',
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Seconds of each step. */
async function loadIntoPostgres(file: string) {
  const postgres = await startPostgres()
  const client = new pg.Client({ connectionString: postgres.url })
  try {
    await client.connect()
    await client.query(`set maintenance_work_mem = '256MB'`)
    const names = Object.keys(ingestColumns)
    const step = async (sql: string): Promise<number> => {
      const begin = performance.now()
      await client.query(sql)
      return (performance.now() - begin) / 1_000
    }
    await step(
      `create table register (_id serial primary key, _full_text tsvector, ${names.map((name) => `${name} text`).join(', ')})`,
    )
    const copy = await step(`copy register (${names.join(', ')}) from '${file}' with (format csv, header)`)
    const whole = names.map((name) => `coalesce(${name}, '')`).join(` || ' ' || `)
    const fullText = await step(`update register set _full_text = to_tsvector(${whole})`)
    const fullTextIndex = await step('create index on register using gin (_full_text)')
    let columnIndexes = 0
    for (const name of names)
      columnIndexes += await step(`create index on register using gin (to_tsvector('english', ${name}))`)
    return { copy, fullText, fullTextIndex, columnIndexes }
  } finally {
    await client.end()
    postgres.stop()
  }
}

const tenths = (value: number): number => Math.round(value * 10) / 10

if (import.meta.main) console.table(await loaderBench())
