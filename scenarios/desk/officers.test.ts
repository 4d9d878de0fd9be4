import { createFreshDatabase } from '@tiaoli/server/foundations/database/fresh-database'
import { expect, it } from 'vitest'
import { decisionsKept, openOffice, workTogether } from '../kit/officers.ts'

/** A short shift here; the benchmark `inbox` has 200 officers for a minute. */
it('officers at work at the same time lose no decision and make none twice', async () => {
  const office = await openOffice(await createFreshDatabase(process.env['TEST_DATABASE_URL']!), 20, 2_000)
  const { decided, second, strange } = await workTogether(office, { seconds: 4, shared: 0.1 })
  expect(strange).toEqual([])
  expect(decided.size).toBeGreaterThan(20)
  // Of two at the same moment one succeeds and one is told.
  expect(second).toBeGreaterThan(0)
  expect([...decided.values()].filter((times) => times !== 1)).toEqual([])
  expect(await decisionsKept(office.city)).toEqual({
    cases: decided.size,
    acts: decided.size,
    twice: 0,
    grants: decided.size,
    records: decided.size,
  })
  await office.city.close()
})
