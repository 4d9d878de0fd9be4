import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFreshDatabase } from '../server/foundations/database/fresh-database.ts'
import { startPostgres } from '../tools/postgres.ts'
import type { BenchRow } from './bench.types.ts'

const cases = 50_000
const calls = 200
const targetMs = 150

const officers = 200
const seconds = 60
const shared = 0.02

type Server = { base: string; cookie: string; last: string }
type Shift = { decided: number; doubled: number; second: number; strange: number; lost: number }

/** An officer's inbox with many open cases, one call after the other; and many officers at work on one store. */
export async function inboxBench(): Promise<BenchRow[]> {
  const postgres = await startPostgres()
  try {
    return [
      ...(await measure('embedded store', '')),
      ...(await measure('PostgreSQL', await createFreshDatabase(postgres.url))),
      ...(await shift(await createFreshDatabase(postgres.url))),
    ]
  } finally {
    postgres.stop()
  }
}

async function measure(store: string, url: string): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-bench-'))
  const child = fork(new URL('./inbox-server.ts', import.meta.url), ['inbox', folder, url, String(cases)])
  try {
    const { base, cookie, last } = await messageOf<Server>(child)
    const pages = [
      ['first page', '/api/v1/cases?box=inbox&limit=20'],
      ['a page in the middle', `/api/v1/cases?box=inbox&limit=20&cursor=${encodeURIComponent(last)}`],
    ] as const
    const rows: BenchRow[] = []
    for (const [name, path] of pages) {
      const p95 = await percentile95(base + path, cookie)
      rows.push({
        name: `inbox with ${cases} open cases, ${name}, p95, ${store}`,
        value: Math.round(p95 * 10) / 10,
        unit: 'ms',
        target: `< ${targetMs}`,
        met: p95 < targetMs,
      })
    }
    return rows
  } finally {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function shift(url: string): Promise<BenchRow[]> {
  const child = fork(new URL('./inbox-server.ts', import.meta.url), [
    'shift',
    String(officers),
    url,
    String(seconds),
    String(shared),
  ])
  try {
    const { decided, doubled, second, strange, lost } = await messageOf<Shift>(child)
    const title = `${officers} officers, ${seconds} s, PostgreSQL`
    return [
      { name: `${title}: decisions`, value: Math.round(decided / seconds), unit: 'per s' },
      { name: `${title}: second on one case, told so`, value: second, unit: 'decisions' },
      ...[
        ['lost', lost],
        ['doubled', doubled],
        ['other answers', strange],
      ].map(([name, value]) => ({
        name: `${title}: ${name}`,
        value: Number(value),
        unit: 'decisions',
        target: '0',
        met: value === 0,
      })),
    ]
  } finally {
    child.kill()
  }
}

const messageOf = <T>(child: ReturnType<typeof fork>): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T))
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })

/** Of `calls` calls after a short warm-up, in milliseconds, answer read to its end. */
async function percentile95(url: string, cookie: string): Promise<number> {
  const times: number[] = []
  for (let call = -10; call < calls; call++) {
    const begin = performance.now()
    const response = await fetch(url, { headers: { cookie } })
    const page = (await response.json()) as { items?: unknown[] }
    if (page.items?.length !== 20) throw new Error(`${url}: ${response.status}`)
    if (call >= 0) times.push(performance.now() - begin)
  }
  return times.sort((a, b) => a - b)[Math.floor(calls * 0.95)]!
}

if (import.meta.main) console.table(await inboxBench())
