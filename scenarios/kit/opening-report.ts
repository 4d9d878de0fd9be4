import { expect } from 'vitest'
import { closed, conditional, lawBasis, publishEntry, unconditional } from './acts.ts'
import type { City } from './city.ts'

/** What a city's types look like in this helper: a closed one with its basis, and the free one. */
const free = unconditional

/**
 * Five entries of one body, two of them closed on one axis: the report shows three of five and lists the basis of
 * each of the two; a type stricter than its assessment supports is marked for the officers alone.
 */
export async function expectReport(city: City, axis: 'sharing' | 'opening', closedTypeKey = 'none') {
  const other = axis === 'sharing' ? 'opening' : 'sharing'
  const strict = { ...closed, type: closedTypeKey, reasons: '含有个人信息' }
  const harmless = {
    fields: [{ name: '路灯编号', type: 'text', meaning: '编号', sensitivity: 'public' }],
    assessment: { contains: '路灯位置', personalInformation: false, conclusion: '可以开放' },
  }
  const types = [free, free, conditional, strict, strict]
  for (const [index, type] of types.entries())
    await publishEntry(city, {
      title: `路灯${index + 1}`,
      [axis]: type,
      [other]: conditional,
      ...(index === 4 ? harmless : {}),
    })
  const report = (await city.visitor.get('/api/v1/opening/report')).body
  const mine = report.items.find(
    (item: { organisation: { id: string } }) => item.organisation.id === 'market',
  )
  expect(mine).toMatchObject({ total: 5, [axis === 'sharing' ? 'shared' : 'opened']: 3 })
  expect(mine[axis].find((type: { key: string }) => type.key === closedTypeKey)).toMatchObject({
    effect: 'closed',
    count: 2,
  })

  const listed = async (caller: City['citizen']) =>
    (await caller.get('/api/v1/opening/report/market')).body.items.filter(
      (item: { axis: string; type: { effect: string } }) =>
        item.axis === axis && item.type.effect === 'closed',
    )
  const seen = await listed(city.visitor)
  expect(seen.map((item: { basis: { instrument: string } }) => item.basis.instrument)).toEqual([
    lawBasis.instrument,
    lawBasis.instrument,
  ])
  expect(seen.map((item: { review: unknown }) => item.review)).toEqual([null, null])
  const reviewed = await listed(city.authority)
  expect(reviewed.map((item: { review: unknown }) => item.review !== null)).toEqual([false, true])
  return report
}
