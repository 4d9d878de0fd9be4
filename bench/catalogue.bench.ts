import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFreshDatabase } from '../server/foundations/database/fresh-database.ts'
import { startPostgres } from '../tools/postgres.ts'
import type { BenchRow } from './bench.types.ts'
import { requests } from './catalogue-queries.ts'

/** Requests before the first that counts: a portal has been asked the usual things before. */
const warmUp = 400

type Measured = { readonly times: readonly number[]; readonly name: string; readonly targetMs: number }

/** Search of the catalogue, with facets, through the public door: on PostgreSQL at a rate, embedded one by one. */
export async function catalogueBench(): Promise<BenchRow[]> {
  const postgres = await startPostgres()
  try {
    const database = await createFreshDatabase(postgres.url)
    return [
      ...(await withServer(database, 300_000, async (base, paths) => ({
        name: 'search of 300,000 entries at 200 requests/s, PostgreSQL',
        times: await atRate(base, paths, 200, 20),
        targetMs: 60,
      }))),
      ...(await withServer('', 100_000, async (base, paths) => ({
        name: 'search of 100,000 entries, embedded store',
        times: await oneByOne(base, paths, 300),
        targetMs: 150,
      }))),
    ]
  } finally {
    postgres.stop()
  }
}

async function withServer(
  url: string,
  entries: number,
  measure: (base: string, paths: Generator<string>) => Promise<Measured>,
): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-bench-'))
  const server = fork(new URL('./catalogue-server.ts', import.meta.url), [folder, url, String(entries)])
  try {
    const base = await new Promise<string>((resolve, reject) => {
      server.once('message', (address) => resolve(String(address)))
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    })
    const paths = requests(entries)
    await oneByOne(base, paths, warmUp)
    const { name, times, targetMs } = await measure(base, paths)
    const sorted = times.toSorted((a, b) => a - b)
    const of = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)]! * 10) / 10
    return [
      { name: `${name}, p50`, value: of(0.5), unit: 'ms' },
      {
        name: `${name}, p95`,
        value: of(0.95),
        unit: 'ms',
        target: `< ${targetMs}`,
        met: of(0.95) < targetMs,
      },
    ]
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The time of one call in milliseconds, answer read to its end. */
async function timed(base: string, path: string): Promise<number> {
  const begin = performance.now()
  const response = await fetch(base + path)
  const page = (await response.json()) as { items?: unknown[] }
  if (page.items === undefined) throw new Error(`${path}: ${response.status}`)
  return performance.now() - begin
}

async function oneByOne(base: string, paths: Generator<string>, calls: number): Promise<number[]> {
  const times: number[] = []
  for (let call = 0; call < calls; call++) times.push(await timed(base, paths.next().value))
  return times
}

/** Calls at their times whether or not earlier ones have been answered: waiting counts. */
async function atRate(
  base: string,
  paths: Generator<string>,
  perSecond: number,
  seconds: number,
): Promise<number[]> {
  const begin = performance.now()
  const calls: Promise<number>[] = []
  for (let call = 0; call < perSecond * seconds; call++) {
    const wait = begin + (1000 * call) / perSecond - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    // Never answered is slower than anything: a server that is overrun shows as such.
    calls.push(timed(base, paths.next().value).catch(() => Number.POSITIVE_INFINITY))
  }
  return Promise.all(calls)
}

if (import.meta.main) console.table(await catalogueBench())
