import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFreshDatabase } from '../server/foundations/database/fresh-database.ts'
import { startPostgres } from '../tools/postgres.ts'
import type { BenchRow } from './bench.types.ts'

const entries = 10_000
const calls = 200
const targetMs = 100

const requests = [
  ['first page', '/api/v1/entries?limit=20'],
  ['search', `/api/v1/entries?limit=20&q=${encodeURIComponent('企业登记')}`],
] as const

/** The portal's list of entries, with facets, one call after the other, on both stores. */
export async function catalogueBench(): Promise<BenchRow[]> {
  const postgres = await startPostgres()
  try {
    return [
      ...(await measure('embedded store', '')),
      ...(await measure('PostgreSQL', await createFreshDatabase(postgres.url))),
    ]
  } finally {
    postgres.stop()
  }
}

async function measure(store: string, url: string): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-bench-'))
  const server = fork(new URL('./catalogue-server.ts', import.meta.url), [folder, url, String(entries)])
  try {
    const base = await new Promise<string>((resolve, reject) => {
      server.once('message', (address) => resolve(String(address)))
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    })
    const rows: BenchRow[] = []
    for (const [name, path] of requests) {
      const p95 = await percentile95(base + path)
      rows.push({
        name: `${name} of ${entries} entries, p95, ${store}`,
        value: Math.round(p95 * 10) / 10,
        unit: 'ms',
        target: `< ${targetMs}`,
        met: p95 < targetMs,
      })
    }
    return rows
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Of `calls` calls after a short warm-up, in milliseconds, answer read to its end. */
async function percentile95(url: string): Promise<number> {
  const times: number[] = []
  for (let call = -10; call < calls; call++) {
    const begin = performance.now()
    const response = await fetch(url)
    const page = (await response.json()) as { items?: unknown[] }
    if (page.items?.length !== 20) throw new Error(`${url}: ${response.status}`)
    if (call >= 0) times.push(performance.now() - begin)
  }
  return times.sort((a, b) => a - b)[Math.floor(calls * 0.95)]!
}

if (import.meta.main) console.table(await catalogueBench())
