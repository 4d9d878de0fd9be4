import type { BenchRow } from './bench.types.ts'

/** Every benchmark by name; `npm run bench -- gateway` runs one of them. */
const benches: Readonly<Record<string, () => Promise<BenchRow[]>>> = {
  decide: async () => (await import('./decide.bench.ts')).decideBench(),
  grants: async () => (await import('./grants.bench.ts')).grantsBench(),
  gateway: async () => (await import('./gateway.bench.ts')).gatewayBench(),
  catalogue: async () => (await import('./catalogue.bench.ts')).catalogueBench(),
  inbox: async () => (await import('./inbox.bench.ts')).inboxBench(),
  engine: async () => (await import('./engine.bench.ts')).engineBench(),
  proof: async () => (await import('./proof.bench.ts')).proofBench(),
  portal: async () => (await import('./portal.bench.ts')).portalBench(),
  start: async () => (await import('./start.bench.ts')).startBench(),
  masks: async () => (await import('./masks.bench.ts')).masksBench(),
  harvest: async () => (await import('./harvest.bench.ts')).harvestBench(),
  changes: async () => (await import('./changes.bench.ts')).changesBench(),
  ingest: async () => (await import('./ingest.bench.ts')).ingestBench(),
  loader: async () => (await import('./loader.bench.ts')).loaderBench(),
  scans: async () => (await import('./scans.bench.ts')).scansBench(),
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in benches))
if (unknown.length > 0)
  throw new Error(`no benchmark ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)

const rows: BenchRow[] = []
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) rows.push(...(await benches[name]!()))
console.table(
  rows.map(({ name, value, unit, target = '', met }) => ({
    name,
    value,
    unit,
    target,
    met: met === undefined ? '' : met ? 'yes' : 'no',
  })),
)
process.exitCode = rows.every(({ met }) => met !== false) ? 0 : 1
