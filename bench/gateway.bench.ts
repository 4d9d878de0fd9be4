import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@tiaoli/kernel/instants'
import { type Database, migrate, openDatabase } from '@tiaoli/server/foundations/database/index'
import {
  createLedger,
  folderStorage,
  ledgerMigrations,
  openSigningKey,
} from '@tiaoli/server/foundations/ledger/index'
import autocannon from 'autocannon'
import { syntheticCreditCode } from '../scenarios/kit/synthetic.ts'
import { createFreshDatabase } from '../server/foundations/database/fresh-database.ts'
import { startPostgres } from '../tools/postgres.ts'
import type { BenchRow } from './bench.types.ts'
import { benchDecision } from './gateway-world.ts'

const companies = 100_000
const connections = 64
const appendCallers = 1_000
const secondsEach = 4
/** The handlers take turns and are compared turn by turn, so that what else the machine does falls on both. */
const rounds = 7
const secondsPerTurn = 2
/** A server runs for months: what is measured is how it runs once its code is compiled, of all handlers alike. */
const warmUpSeconds = 10

/** What the gateway costs, against a handler without decision, mask and record; and its parts. */
export async function gatewayBench(): Promise<BenchRow[]> {
  const postgres = await startPostgres()
  try {
    const database = await openDatabase({ kind: 'server', url: postgres.url })
    await migrate(database, [ledgerMigrations])
    const rows = [
      ...(await appendsPerSecond(database, 'PostgreSQL, flushed to disk', 20_000)),
      ...(await appendsEmbedded()),
      ...(await handlers(await createFreshDatabase(postgres.url))),
    ]
    await database.close()
    return rows
  } finally {
    postgres.stop()
  }
}

/** Appends with the log being sequenced at the same time, as in service. */
async function appendsPerSecond(database: Database, store: string, target?: number): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-bench-'))
  const ledger = createLedger({
    database,
    storage: folderStorage(join(folder, 'log')),
    signingKey: await openSigningKey(join(folder, 'key.pem')),
    origin: 'bench.test/ledger',
    clock: systemClock,
  })
  const record = {
    kind: 'access.rows',
    organisationId: 'department',
    entryId: 'entry',
    grantId: 'grant',
    snapshotId: 'snapshot',
    article: 'XX-26',
    outcome: 'answered',
    payload: { act: 'row', fields: benchDecision.grants[0]!.fields, rows: 1 },
  }
  ledger.start()
  let latencies: number[] = []
  /** So many callers, each of which appends again as soon as its record is durable. */
  const appendBy = async (callers: number, seconds: number) => {
    latencies = []
    const end = performance.now() + seconds * 1_000
    const caller = async () => {
      while (performance.now() < end) {
        const asked = performance.now()
        await ledger.append(record)
        latencies.push(performance.now() - asked)
      }
    }
    await Promise.all(Array.from({ length: callers }, caller))
  }
  await appendBy(connections, 2)
  const p95 = latencies.sort((a, b) => a - b)[Math.floor(latencies.length * 0.95)]!
  await ledger.sequence()
  const begin = performance.now()
  await appendBy(appendCallers, secondsEach)
  const appended = latencies.length
  const appendSeconds = (performance.now() - begin) / 1_000
  await ledger.sequence()
  const sequencedSeconds = (performance.now() - begin) / 1_000
  await ledger.stop()
  rmSync(folder, { recursive: true })
  const perSecond = Math.round(appended / appendSeconds)
  return [
    {
      name: `ledger append, ${store}, ${appendCallers} callers`,
      value: perSecond,
      unit: 'records/s',
      ...(target !== undefined && { target: `≥ ${target}`, met: perSecond >= target }),
    },
    {
      name: `what a durable record adds to an answer, p95, ${store}, ${connections} callers`,
      value: Math.round(p95 * 10) / 10,
      unit: 'ms',
      ...(target !== undefined && { target: '< 8', met: p95 < 8 }),
    },
    {
      name: `ledger, until the last record is under a signed checkpoint, ${store}`,
      value: Math.round(appended / sequencedSeconds),
      unit: 'records/s',
    },
  ]
}

/** The embedded store runs with `fsync` off, so this is no measure of a disk. */
async function appendsEmbedded(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-bench-embedded-'))
  const database = await openDatabase({ kind: 'embedded', folder: join(folder, 'database') })
  await migrate(database, [ledgerMigrations])
  const rows = await appendsPerSecond(database, 'embedded store, safe from a killed process only')
  await database.close()
  rmSync(folder, { recursive: true })
  return rows
}

type Addresses = {
  readonly bare: string
  readonly prepared: string
  readonly house: string
  readonly key: string
}

/** Row by key over HTTP: through the whole house with key, decision, mask and durable record, and without any of it. */
async function handlers(url: string): Promise<BenchRow[]> {
  const server = fork(new URL('./gateway-server.ts', import.meta.url), [url, String(companies)])
  try {
    const at = await new Promise<Addresses>((resolve, reject) => {
      server.once('message', (addresses) => resolve(addresses as Addresses))
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    })
    const rates: Record<'bare' | 'prepared' | 'house', number[]> = { bare: [], prepared: [], house: [] }
    const turn = async (seconds: number) => {
      for (const name of ['bare', 'prepared', 'house'] as const)
        rates[name].push(await load(at[name], name === 'house' ? at.key : undefined, seconds))
    }
    await turn(warmUpSeconds)
    for (const name of ['bare', 'prepared', 'house'] as const) rates[name] = []
    for (let round = 0; round < rounds; round++) await turn(secondsPerTurn)
    const against = (peer: 'bare' | 'prepared') =>
      Math.round(median(rates.house.map((rate, round) => rate / rates[peer][round]!)) * 100) / 100
    const perSecond = (name: string, values: readonly number[], atLeast?: number): BenchRow => ({
      name: `${name}, ${connections} connections`,
      value: Math.round(median(values)),
      unit: 'requests/s',
      ...(atLeast !== undefined && { target: `≥ ${atLeast}`, met: median(values) >= atLeast }),
    })
    return [
      perSecond('bare handler, one indexed select', rates.bare),
      perSecond('bare handler, statement prepared by name', rates.prepared),
      perSecond('row by key, key, decision, mask, record, limits', rates.house, 5_000),
      {
        name: 'row by key ÷ bare handler',
        value: against('bare'),
        unit: '×',
        target: '≥ 1.0',
        met: against('bare') >= 1,
      },
      {
        name: 'row by key ÷ bare handler, statement prepared by name',
        value: against('prepared'),
        unit: '×',
      },
    ]
  } finally {
    server.kill()
  }
}

/** Requests a second that were answered with a row. */
async function load(base: string, key: string | undefined, duration: number): Promise<number> {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` }
  const requests = Array.from({ length: 997 }, (_, index) => ({
    path: `${new URL(base).pathname}${syntheticCreditCode((index * 7_919) % companies)}${key === undefined ? '' : '?scenario=bench'}`,
    headers,
  }))
  const result = await autocannon({ url: new URL(base).origin, connections, duration, requests })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${base}: ${result.non2xx} refusals, ${result.errors} errors`)
  return result.requests.total / result.duration
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

if (import.meta.main) console.table(await gatewayBench())
