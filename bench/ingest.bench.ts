import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { BenchRow } from './bench.types.ts'
import type { IngestFigures, IngestWay } from './ingest-child.ts'
import { writeIngestFile } from './ingest-file.ts'

const rows = 5_000_000
const targetRatio = 3
const targetResidentMb = 700
const targetLookups = 50_000

/**
 * Takes a register of five million rows in, and sets the time against what DuckDB alone needs to turn the same file
 * into sorted Parquet. Each run is a process of its own, one after the other, so that peak memory is its own.
 */
export async function ingestBench(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tiaoli-bench-'))
  try {
    const file = join(folder, 'register.csv')
    await writeIngestFile(`${file}.making`, rows)
    await rename(`${file}.making`, file)
    const before = await runIngest('duckdb', file, folder)
    const declared = await runIngest('lake-declared', file, folder)
    const lake = await runIngest('lake', file, folder)
    const after = await runIngest('duckdb', file, folder)
    const ownDefault = await runIngest('duckdb-default', file, folder)
    const ownAsLake = await runIngest('duckdb-as-lake', file, folder)
    // Whatever else the machine does changes by the minute: the run before and the one after stand for the time between.
    const own = (before.loadSeconds + after.loadSeconds) / 2
    const ownProcessor = (before.processorSeconds + after.processorSeconds) / 2
    const ratioDeclared = secondsOf(declared) / own
    const ratioInferred = secondsOf(lake) / own
    const residentMb = Math.max(declared.peakResidentMb, lake.peakResidentMb)
    const lookups = lake.lookupsPerSecond
    return [
      { name: 'file', value: round(statSync(file).size / 1e6), unit: 'MB' },
      { name: 'DuckDB alone, same memory and threads', value: round(own), unit: 's' },
      { name: 'DuckDB alone, its defaults', value: round(ownDefault.loadSeconds), unit: 's' },
      {
        name: 'DuckDB alone, same limits, groups and compression as the lake writes them',
        value: round(ownAsLake.loadSeconds),
        unit: 's',
      },
      { name: 'lake, types of the catalogue: stage', value: round(declared.stageSeconds), unit: 's' },
      { name: 'lake, types of the catalogue: profile', value: round(declared.profileSeconds), unit: 's' },
      { name: 'lake, types of the catalogue: load', value: round(declared.loadSeconds), unit: 's' },
      {
        name: 'lake, types of the catalogue ÷ DuckDB alone',
        value: round(ratioDeclared),
        unit: '×',
        target: `≤ ${targetRatio}`,
        met: ratioDeclared <= targetRatio,
      },
      {
        name: 'lake, types found over the whole file: profile',
        value: round(lake.profileSeconds),
        unit: 's',
      },
      {
        name: 'lake, types found over the whole file ÷ DuckDB alone',
        value: round(ratioInferred),
        unit: '×',
      },
      {
        name: 'lake, types of the catalogue: processor time',
        value: round(declared.processorSeconds),
        unit: 's',
      },
      { name: 'DuckDB alone: processor time', value: round(ownProcessor), unit: 's' },
      {
        name: 'lake: peak resident memory',
        value: Math.round(residentMb),
        unit: 'MB',
        target: `below ${targetResidentMb}`,
        met: residentMb < targetResidentMb,
      },
      {
        name: 'look-ups by key, one thread, in process',
        value: Math.round(lookups),
        unit: 'a second',
        target: `above ${targetLookups}`,
        met: lookups > targetLookups,
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Seconds from the first byte to the live snapshot. */
export const secondsOf = ({ stageSeconds, profileSeconds, loadSeconds }: IngestFigures): number =>
  stageSeconds + profileSeconds + loadSeconds

const round = (value: number): number => Math.round(value * 100) / 100

/** One way of taking `file` in, in a process of its own that works under `folder`. */
export async function runIngest(what: IngestWay, file: string, folder: string): Promise<IngestFigures> {
  const script = join(import.meta.dirname, 'ingest-child.ts')
  const child = spawn(process.execPath, [script, what, file, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const output = await text(child.stdout)
  if (output === '') throw new Error(`the run "${what}" ended without a figure`)
  return JSON.parse(output) as IngestFigures
}

if (import.meta.main) console.table(await ingestBench())
