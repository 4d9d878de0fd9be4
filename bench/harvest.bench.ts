import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openCity } from '../scenarios/kit/city.ts'
import type { BenchRow } from './bench.types.ts'

/** Entries of the remote catalogue; fewer for a quick look. */
const entries = Number(process.env.TIAOLI_BENCH_ENTRIES ?? 100_000)
const mostGrowth = 1.25

/** Harvest of a large catalogue: what a second run costs that finds nothing new, and whether memory stays flat. */
export async function harvestBench(): Promise<BenchRow[]> {
  const heap: number[] = []
  const remote = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://localhost')
    const start = Number(address.searchParams.get('start'))
    const rows = Math.max(0, Math.min(Number(address.searchParams.get('rows')), entries - start))
    heap.push(process.memoryUsage().heapUsed)
    const results = Array.from({ length: rows }, (_, at) => dataset(start + at))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ success: true, result: { count: entries, results } }))
  })
  await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(remote.address() as AddressInfo).port}`
  const city = await openCity('chongqing-2022', { environment: { TIAOLI_REACHABLE_HARVEST: '127.0.0.0/8' } })
  city.at('2026-09-01T02:00:00Z')
  try {
    const body = { name: '外部平台', kind: 'ckan', url, everyHours: null }
    const source = (await city.steward.post('/api/v1/harvest-sources', body)).body.id
    const run = async (mode: 'try' | 'real') => {
      const runs = `/api/v1/harvest-sources/${source}/runs`
      heap.length = 0
      const begin = performance.now()
      const asked = await city.steward.post(runs, { mode })
      await city.settle()
      const { state, counts } = (await city.steward.get(`${runs}/${asked.body.id}`)).body
      if (state !== 'done') throw new Error(`the run ended as ${state}`)
      return { counts, seconds: (performance.now() - begin) / 1000 }
    }
    await run('try')
    const first = await run('real')
    const second = await run('real')
    const { added, changed, differing, withdrawn } = second.counts
    const changes = added + changed + differing + withdrawn
    // The least of each tenth: what is held once rubbish has been cleared away.
    const tenth = Math.max(1, Math.floor(heap.length / 10))
    const growth = Math.min(...heap.slice(-tenth)) / Math.min(...heap.slice(0, tenth))
    const name = `harvest of ${entries} entries`
    return [
      { name: `${name}, first run`, value: Math.round(first.seconds), unit: 's' },
      { name: `${name}, second run`, value: Math.round(second.seconds * 10) / 10, unit: 's' },
      {
        name: `${name}, changes of the second run`,
        value: changes,
        unit: '',
        target: '0',
        met: changes === 0,
      },
      {
        name: `${name}, heap at the end of the second run to its beginning`,
        value: Math.round(growth * 100) / 100,
        unit: '',
        target: `< ${mostGrowth}`,
        met: growth < mostGrowth,
      },
    ]
  } finally {
    await city.close()
    remote.closeAllConnections()
    remote.close()
  }
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
