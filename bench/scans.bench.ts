import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { BenchRow } from './bench.types.ts'
import { writeIngestFile } from './ingest-file.ts'
import type { ScanFigures } from './scans-child.ts'

/** A file of some 2 GB. */
const rows = Number(process.env.BENCH_ROWS ?? 20_000_000)

/** A large file taken in within its memory, and what reading it costs: pages, groups and a whole file, beside DuckDB alone. */
export async function scansBench(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tiaoli-bench-scans-'))
  try {
    const file = join(folder, 'register.csv')
    await writeIngestFile(file, rows)
    const figures = await run(file, folder)
    const grouping = figures.groupMs / figures.ownGroupMs
    const exporting = figures.ownExportSeconds / figures.exportSeconds
    return [
      { name: `file of ${rows} rows`, value: Math.round(statSync(file).size / 1e6), unit: 'MB' },
      { name: 'taken in', value: Math.round(figures.ingestSeconds), unit: 's' },
      {
        name: 'peak resident memory meanwhile',
        value: Math.round(figures.peakResidentMb),
        unit: 'MB',
        ...within(figures.peakResidentMb, 700, 'MB'),
      },
      {
        name: 'filtered page of 100 rows at random depths, p95',
        value: round(figures.deepPageMs),
        unit: 'ms',
        ...within(figures.deepPageMs, 50, 'ms'),
      },
      {
        name: 'first page of a filter not met before, counted, p95',
        value: round(figures.newFilterMs),
        unit: 'ms',
      },
      { name: 'groups, DuckDB alone over the same file', value: round(figures.ownGroupMs), unit: 'ms' },
      {
        name: 'groups ÷ DuckDB alone',
        value: round(grouping),
        unit: '×',
        target: '≤ 1.3',
        met: grouping <= 1.3,
      },
      { name: 'CSV, DuckDB alone', value: round(figures.ownExportSeconds), unit: 's' },
      {
        name: 'speed of the CSV export ÷ DuckDB alone',
        value: round(exporting),
        unit: '×',
        target: '≥ 0.7',
        met: exporting >= 0.7,
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const within = (value: number, most: number, unit: string) => ({
  target: `< ${most} ${unit}`,
  met: value < most,
})

const round = (value: number): number => Math.round(value * 100) / 100

/** In a process of its own, so that its memory is its own. */
async function run(file: string, folder: string): Promise<ScanFigures> {
  const script = join(import.meta.dirname, 'scans-child.ts')
  const child = spawn(process.execPath, [script, file, folder, String(rows)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const output = await text(child.stdout)
  if (output === '') throw new Error('the run ended without a figure')
  return JSON.parse(output) as ScanFigures
}

if (import.meta.main) console.table(await scansBench())
