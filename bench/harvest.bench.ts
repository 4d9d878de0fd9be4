import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createFreshDatabase } from '@tiaoli/server/foundations/database/fresh-database'
import { type City, openCity } from '../scenarios/kit/city.ts'
import { startPostgres } from '../tools/postgres.ts'
import type { BenchRow } from './bench.types.ts'

/** Entries of the remote catalogue; fewer for a quick look. */
const entries = Number(process.env.TIAOLI_BENCH_ENTRIES ?? 100_000)
/** `embedded` for the store that the product brings along; a PostgreSQL server where absent. */
const store = process.env.TIAOLI_BENCH_STORE ?? 'server'
const mostGrowth = 1.25
const sampleMs = 2_000
const megabyte = 1024 * 1024

// Rubbish is cleared away before the heap is measured; Node offers that only where it is asked to.
setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Memory of the process in the tenth of a run that begins and in the one that ends, in bytes. */
type Memory = { readonly heap: readonly [number, number]; readonly rss: readonly [number, number] }
type Measured = { readonly changes: number; readonly seconds: number; readonly memory: Memory }

/**
 * Harvest of a large catalogue: what it costs to bring it in, what a second run costs that finds nothing new, and
 * whether memory stays flat. The source is synthetic and answers from the same process.
 */
export async function harvestBench(): Promise<BenchRow[]> {
  const remote = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://localhost')
    const start = Number(address.searchParams.get('start'))
    const rows = Math.max(0, Math.min(Number(address.searchParams.get('rows')), entries - start))
    const results = Array.from({ length: rows }, (_, at) => dataset(start + at))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ success: true, result: { count: entries, results } }))
  })
  await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(remote.address() as AddressInfo).port}`
  const postgres = store === 'server' ? await startPostgres({ cacheMb: 512 }) : undefined
  const folder = await mkdtemp(join(tmpdir(), 'tiaoli-harvest-'))
  const city = await openCity('chongqing-2022', {
    environment: { TIAOLI_REACHABLE_HARVEST: '127.0.0.0/8' },
    ...(postgres === undefined
      ? { dataFolder: folder }
      : { databaseUrl: await createFreshDatabase(postgres.url) }),
  })
  city.at('2026-09-01T02:00:00Z')
  try {
    const body = { name: '外部平台', kind: 'ckan', url, everyHours: null }
    const source = (await city.steward.post('/api/v1/harvest-sources', body)).body.id
    await run(city, source, 'try')
    const first = await run(city, source, 'real')
    const second = await run(city, source, 'real')
    return [...rowsOf('first run', first), ...rowsOf('second run', second)].map(({ name, ...row }) => ({
      ...row,
      name: `harvest of ${entries} entries, ${store}, ${name}`,
    }))
  } finally {
    await city.close()
    postgres?.stop()
    await rm(folder, { recursive: true })
    remote.closeAllConnections()
    remote.close()
  }
}

async function run(city: City, source: string, mode: 'try' | 'real'): Promise<Measured> {
  const runs = `/api/v1/harvest-sources/${source}/runs`
  const samples: NodeJS.MemoryUsage[] = []
  const sample = () => {
    collectGarbage()
    samples.push(process.memoryUsage())
  }
  sample()
  const timer = setInterval(sample, sampleMs)
  const begin = performance.now()
  const asked = await city.steward.post(runs, { mode })
  await city.settle()
  const seconds = (performance.now() - begin) / 1000
  clearInterval(timer)
  sample()
  const { state, counts } = (await city.steward.get(`${runs}/${asked.body.id}`)).body
  if (state !== 'done') throw new Error(`the run ended as ${state}`)
  const { added, changed, differing, withdrawn } = counts
  return { changes: added + changed + differing + withdrawn, seconds, memory: memoryOf(samples) }
}

/** What is held once rubbish has been cleared away: the least of each tenth, since a page may just be in hand. */
function memoryOf(samples: readonly NodeJS.MemoryUsage[]): Memory {
  const tenth = Math.ceil(samples.length / 10)
  const ends = [samples.slice(0, tenth), samples.slice(-tenth)] as const
  const least = (of: readonly NodeJS.MemoryUsage[]) => Math.min(...of.map(({ heapUsed }) => heapUsed))
  const last = (of: readonly NodeJS.MemoryUsage[]) => of.at(-1)!.rss
  return { heap: [least(ends[0]), least(ends[1])], rss: [last(ends[0]), last(ends[1])] }
}

function rowsOf(name: string, { changes, seconds, memory }: Measured): BenchRow[] {
  const isSecond = name.startsWith('second')
  const growth = Math.round((memory.heap[1] / memory.heap[0]) * 100) / 100
  const inMegabytes = (bytes: number) => Math.round(bytes / megabyte)
  return [
    { name, value: Math.round(seconds * 10) / 10, unit: 's' },
    { name: `${name}, pace`, value: Math.round(entries / seconds), unit: 'entries/s' },
    {
      name: `${name}, changes`,
      value: changes,
      unit: '',
      ...(isSecond && { target: '0', met: changes === 0 }),
    },
    ...(['heap', 'rss'] as const).flatMap((kind) =>
      (['first', 'last'] as const).map((tenth, at) => ({
        name: `${name}, ${kind} in its ${tenth} tenth`,
        value: inMegabytes(memory[kind][at]!),
        unit: 'MB',
      })),
    ),
    {
      name: `${name}, heap of its last tenth to that of its first`,
      value: growth,
      unit: '',
      target: `< ${mostGrowth}`,
      met: growth < mostGrowth,
    },
  ]
}

const dataset = (number: number) => ({
  id: `remote-${String(number).padStart(7, '0')}`,
  title: `外部数据集${number}`,
  notes: `第 ${number} 份数据的说明，内容包括基本信息和统计指标。`,
  tags: [{ name: '外部' }, { name: `类别${number % 50}` }],
  organization: { title: `示例单位${number % 40}` },
  resources: [{ name: '文件', url: `https://data.example.org/${number}.csv`, format: 'CSV' }],
})

if (import.meta.main) console.table(await harvestBench())
