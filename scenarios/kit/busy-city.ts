import { bringIn, companyFile, fileRequest, publishEntry } from './acts.ts'
import { type City, openCity } from './city.ts'
import type { Subjects } from './plausible.ts'
import { syntheticCreditCode } from './synthetic.ts'

/** A name that stands in the rows only: where it appears, rows have gone out. */
export const rowsOnly = '哨兵企业'

/** A name that stands in rows outside what the grant covers, where `granted` says that it covers some. */
export const rowsOutside = '域外企业'

export const grantedAt = '2023-03-01T02:00:00Z'

/** A city with one of everything: an entry with rows, some of them refused, a request, and the grant that came of it. */
export async function openBusyCity({
  granted = 'all',
  ...options
}: {
  databaseUrl?: string
  granted?: 'all' | 'some'
} = {}): Promise<City & { subjects: Subjects }> {
  const city = await openCity('chongqing', options)
  city.at(grantedAt)
  const entryId = await publishEntry(city, {})
  const key = syntheticCreditCode(1)
  const file = companyFile([key, syntheticCreditCode(2), syntheticCreditCode(3)])
  const withRefusal = `${file}${syntheticCreditCode(4)},${rowsOnly}丁,不是数,示例人4,13800000004\n`
  const beside = granted === 'some' ? `${syntheticCreditCode(5)},${rowsOutside},50,示例人5,13800000005\n` : ''
  const batch = await bringIn(city, entryId, withRefusal.replaceAll('示例企业', rowsOnly) + beside)
  if (batch.state !== 'live') throw new Error(`not taken in: ${JSON.stringify(batch.failure)}`)
  const { body: filed } = await fileRequest(city.user, entryId)
  // A part of the name: what tells of the filter is no row.
  const rows = [{ field: '企业名称', operator: 'prefix', values: [rowsOnly.slice(0, 2)] }]
  const { body: decided } = await city.authority.post(
    `/api/v1/cases/${filed.id}/acts/grant`,
    granted === 'some' ? { content: { rows } } : undefined,
  )
  const recordId = decided.events.at(-1).recordId
  return Object.assign(city, {
    subjects: { entryId, batchId: batch.id, caseId: filed.id, grantId: decided.grantId, recordId, key },
  })
}
