import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roundedEstimate } from './estimated-total.ts'
import type { SnapshotReader } from './lake.types.ts'
import { ingest, temporaryLake } from './test-kit.ts'

let lake: Awaited<ReturnType<typeof temporaryLake>>
let reader: SnapshotReader
const rows = 90_000

beforeAll(async () => {
  lake = await temporaryLake()
  const lines = Array.from({ length: rows }, (_, at) => `${at},${at % 3 === 0 ? 'a' : 'b'}`)
  ;({ reader } = await ingest(lake, `n,kind\n${lines.join('\n')}\n`))
})
afterAll(() => lake.remove())

const page = (
  kind: string,
  asked: { countUpTo?: number; limit?: number; operator?: 'eq' | 'prefix' } = {},
) => {
  const { operator = 'eq', limit = 10, ...rest } = asked
  const filters = [{ field: 'kind', operator, values: [kind] }]
  return reader.page({ fields: ['n'], filters, sort: [], limit, ...rest })
}

describe('the total of a page', () => {
  it('is estimated and labelled where counting would take long, until it was counted', async () => {
    const about = await page('a', { countUpTo: rows - 1 })
    expect(about.totalIsEstimate).toBe(true)
    expect(Math.abs(about.total! - rows / 3)).toBeLessThan(1_500)
    expect(await page('a')).toMatchObject({ total: rows / 3 })
    const known = await page('a', { countUpTo: rows - 1 })
    expect(known.total).toBe(rows / 3)
    expect(known.totalIsEstimate).toBeUndefined()
  })

  it('is counted in tables that are small enough, without a filter, and where the first page holds all', async () => {
    expect(await page('b', { countUpTo: rows })).toMatchObject({ total: (rows / 3) * 2 })
    const all = await reader.page({ fields: ['n'], filters: [], sort: [], limit: 10, countUpTo: 1 })
    expect(all).toMatchObject({ total: rows })
    expect(all.totalIsEstimate).toBeUndefined()
    const none = await page('c', { countUpTo: 1, operator: 'prefix' })
    expect(none).toMatchObject({ rows: [], total: 0 })
    expect(none.totalIsEstimate).toBeUndefined()
  })

  it('has two figures and is never below what is known to be there', () => {
    expect(roundedEstimate(1_234_567, 11)).toBe(1_200_000)
    expect(roundedEstimate(0, 11)).toBe(11)
    expect(roundedEstimate(7.4, 2)).toBe(7)
  })
})
