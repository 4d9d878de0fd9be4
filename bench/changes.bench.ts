import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { BenchRow } from './bench.types.ts'
import type { ChangeFigures } from './changes-child.ts'
import { writeIngestFile } from './ingest-file.ts'

const rows = 5_000_000
const targetSeconds = 5

/** Changes ten thousand rows of five million, several times over, and reads what comes of it beside what was before. */
export async function changesBench(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tiaoli-bench-'))
  try {
    const file = join(folder, 'register.csv')
    await writeIngestFile(file, rows)
    const script = join(import.meta.dirname, 'changes-child.ts')
    const child = spawn(process.execPath, [script, file, folder, String(rows)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const output = await text(child.stdout)
    if (output === '') throw new Error('the run ended without a figure')
    const found = JSON.parse(output) as ChangeFigures
    const slowest = Math.max(...found.upsertSeconds)
    const round = (value: number) => Math.round(value * 100) / 100
    return [
      {
        name: `upsert of 10,000 rows into ${rows}: file kept, looked at, loaded, sealed (slowest of ${found.upsertSeconds.length})`,
        value: round(slowest),
        unit: 's',
        target: `< ${targetSeconds}`,
        met: slowest < targetSeconds,
      },
      { name: 'parts after them', value: found.parts, unit: '' },
      { name: 'row by key, one part', value: Math.round(found.wholeLookups), unit: 'a second' },
      { name: 'row by key, these parts', value: Math.round(found.changedLookups), unit: 'a second' },
      { name: 'filtered page at any depth, one part, p95', value: round(found.wholePageMs), unit: 'ms' },
      { name: 'filtered page at any depth, these parts, p95', value: round(found.changedPageMs), unit: 'ms' },
      { name: 'groups and sums over one part', value: round(found.wholeGroupMs), unit: 'ms' },
      { name: 'groups and sums over these parts', value: round(found.changedGroupMs), unit: 'ms' },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
