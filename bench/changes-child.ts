import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createLake } from '../server/foundations/lake/index.ts'
import { creditCodeOfRow, ingestColumns } from './ingest-file.ts'
import { takeIn } from './take-in.ts'

/** What the process found; milliseconds and seconds by the wall clock. */
export type ChangeFigures = {
  readonly upsertSeconds: readonly number[]
  readonly parts: number
  readonly wholeLookups: number
  readonly changedLookups: number
  /** p95 of pages of 100 rows at random depths: of the snapshot as it was loaded, and after the changes. */
  readonly wholePageMs: number
  readonly changedPageMs: number
  readonly wholeGroupMs: number
  readonly changedGroupMs: number
}

const batchRows = 10_000
const batches = 4
const lookups = 100_000
const pages = 40

const [file, folder, rowsText] = process.argv.slice(2) as [string, string, string]
const rows = Number(rowsText)
const lake = await createLake({ folder: join(folder, 'lake'), memoryLimitMb: 256, threads: 2 })
const whole = await takeIn(lake, createReadStream(file))
const wholeLookups = await lookUp(whole.snapshotId)
const wholePageMs = await deepPages(whole.snapshotId)
const wholeGroupMs = await groups(whole.snapshotId)
const upsertSeconds: number[] = []
let last = whole.snapshotId
for (let batch = 0; batch < batches; batch++) {
  const begin = performance.now()
  last = (await takeIn(lake, Readable.from([changed(batch)]), { snapshotId: last, mode: 'upsert' }))
    .snapshotId
  upsertSeconds.push((performance.now() - begin) / 1000)
}
const figures: ChangeFigures = {
  upsertSeconds,
  parts: (await lake.reader(last)).manifest.parts?.length ?? 1,
  wholeLookups,
  changedLookups: await lookUp(last),
  wholePageMs,
  changedPageMs: await deepPages(last),
  wholeGroupMs,
  changedGroupMs: await groups(last),
}
await lake.close()
process.stdout.write(JSON.stringify(figures))

/** Half of the rows are in place of others, half are new. */
function changed(batch: number): Buffer {
  const lines = Array.from({ length: batchRows }, (_, at) => {
    const index = at % 2 === 0 ? ((batch * batchRows + at) * 491) % rows : rows + batch * batchRows + at
    return `${creditCodeOfRow(index)},改名${batch},500101,2026-01-01,1.5,3,0.1,`
  })
  return Buffer.from([Object.keys(ingestColumns).join(','), ...lines, ''].join('\n'))
}

async function lookUp(snapshotId: string): Promise<number> {
  const reader = await lake.reader(snapshotId)
  const keys = Array.from({ length: lookups }, (_, index) => creditCodeOfRow((index * 7_919) % rows))
  const begin = performance.now()
  const found = keys.filter((key) => reader.rowByKey([key], ['name', 'capital']) !== null).length
  if (found !== lookups) throw new Error('rows are missing')
  return lookups / ((performance.now() - begin) / 1000)
}

async function deepPages(snapshotId: string): Promise<number> {
  const reader = await lake.reader(snapshotId)
  const times: number[] = []
  for (let page = 0; page < pages; page++) {
    const least = creditCodeOfRow((page * 7_919) % rows)
    const filters = [{ field: 'credit_code', operator: 'gte' as const, values: [least] }]
    const query = { fields: ['credit_code', 'name'], filters, sort: [], limit: 100 }
    const first = await reader.page(query)
    const begin = performance.now()
    await reader.page({ ...query, ...(first.nextCursor !== null && { cursor: first.nextCursor }) })
    times.push(performance.now() - begin)
  }
  return times.toSorted((left, right) => left - right)[Math.floor(pages * 0.95)]!
}

/** The least of five. */
async function groups(snapshotId: string): Promise<number> {
  const reader = await lake.reader(snapshotId)
  const times: number[] = []
  for (let run = 0; run < 5; run++) {
    const begin = performance.now()
    await reader.aggregate({
      groupBy: [{ field: 'division_code' }],
      measures: [{ operation: 'count' }, { operation: 'sum', field: 'capital' }],
      filters: [],
      limit: 100,
    })
    times.push(performance.now() - begin)
  }
  return Math.min(...times)
}
