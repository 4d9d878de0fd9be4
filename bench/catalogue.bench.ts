import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFreshDatabase, inMemory } from '../server/foundations/database/fresh-database.ts'
import { openDatabase } from '../server/foundations/database/index.ts'
import { judgedCatalogue } from '../server/rooms/catalogue/search/test-catalogue.ts'
import { createJudgedSearch } from '../server/rooms/catalogue/search/test-judged.ts'
import { judgedQueries, ndcg10 } from '../server/rooms/catalogue/search/test-queries.ts'
import { startPostgres } from '../tools/postgres.ts'
import type { BenchRow } from './bench.types.ts'
import { requests } from './catalogue-queries.ts'

/** Requests before the first that counts: a portal has been asked the usual things before. */
const warmUp = 400

/** Memory may grow by so much while the whole catalogue is written: what one page of it takes, and rubbish. */
const mostGrowthMb = 60

/** Search of the catalogue, with facets, through the public door: on PostgreSQL at a rate, embedded one by one. */
export async function catalogueBench(): Promise<BenchRow[]> {
  // As PostgreSQL's manual advises for a server of its own: what is searched of 300,000 entries is 0.6 GB.
  const postgres = await startPostgres({ cacheMb: 1024 })
  try {
    const database = await createFreshDatabase(postgres.url)
    return [
      await judgedBench(),
      ...(await withServer(database, 300_000, async (base, paths, server) => [
        ...percentiles(
          'search of 300,000 entries at 200 requests/s, PostgreSQL',
          await atRate(base, paths, 200, 20),
          60,
        ),
        ...(await exportBench(base, server)),
      ])),
      ...(await withServer('', 100_000, async (base, paths) =>
        percentiles('search of 100,000 entries, embedded store', await oneByOne(base, paths, 300), 150),
      )),
    ]
  } finally {
    postgres.stop()
  }
}

async function withServer(
  url: string,
  entries: number,
  measure: (base: string, paths: Generator<string>, server: ChildProcess) => Promise<BenchRow[]>,
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
    return await measure(base, paths, server)
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

function percentiles(name: string, times: readonly number[], targetMs: number): BenchRow[] {
  const sorted = times.toSorted((a, b) => a - b)
  const of = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)]! * 10) / 10
  const [p50, p95] = [of(0.5), of(0.95)]
  return [
    { name: `${name}, p50`, value: p50, unit: 'ms' },
    { name: `${name}, p95`, value: p95, unit: 'ms', target: `< ${targetMs}`, met: p95 < targetMs },
  ]
}

/** How well the judged queries are answered; `judged.test.ts` holds the floor. */
async function judgedBench(): Promise<BenchRow> {
  const database = await openDatabase(inMemory())
  try {
    const ask = await createJudgedSearch(database)
    const judged = judgedQueries(judgedCatalogue.map(({ title }) => title))
    let sum = 0
    for (const each of judged) sum += ndcg10(each, await ask(each.query))
    const value = Math.round((1000 * sum) / judged.length) / 1000
    return { name: `NDCG@10 of ${judged.length} judged queries`, value, unit: '' }
  } finally {
    await database.close()
  }
}

/** The whole catalogue as Turtle, read as fast as it comes: what the server holds meanwhile. */
async function exportBench(base: string, server: ChildProcess): Promise<BenchRow[]> {
  const heldMb = () =>
    new Promise<number>((resolve) => {
      server.once('message', (bytes) => resolve(Number(bytes) / 1e6))
      server.send('memory')
    })
  const begin = performance.now()
  const response = await fetch(`${base}/catalog.ttl?whole=true`)
  const held: number[] = []
  let bytes = 0
  for await (const chunk of response.body!) {
    // Asked now and then: after every 20 MB.
    if (Math.floor(bytes / 2e7) !== Math.floor((bytes + chunk.length) / 2e7)) held.push(await heldMb())
    bytes += chunk.length
  }
  const tenth = Math.max(1, Math.floor(held.length / 10))
  const growth = Math.max(...held.slice(-tenth)) - Math.max(...held.slice(0, tenth))
  const name = 'DCAT of 300,000 entries'
  return [
    { name: `${name}, written`, value: Math.round((performance.now() - begin) / 1000), unit: 's' },
    { name: `${name}, size`, value: Math.round(bytes / 1e6), unit: 'MB' },
    {
      name: `${name}, memory at its end above that at its beginning`,
      value: Math.round(growth),
      unit: 'MB',
      target: `< ${mostGrowthMb}`,
      met: growth < mostGrowthMb,
    },
  ]
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
