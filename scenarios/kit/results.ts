import { expect } from 'vitest'
import { bringIn, companyFile, publishEntry, unconditional } from './acts.ts'
import type { City } from './city.ts'
import { syntheticCreditCode } from './synthetic.ts'

/** An entry open to everybody, with three rows. */
export async function openEntry(city: City, title: string): Promise<string> {
  const id = await publishEntry(city, { title, sharing: unconditional, opening: unconditional })
  await bringIn(city, id, companyFile([1, 2, 3].map(syntheticCreditCode)))
  return id
}

/** A result stands on the page of its source once the authority has looked at it, and its provider learns of it. */
export async function expectResultShown(
  city: City,
  entryId: string,
  result: { title: string; kind: string },
) {
  const { citation } = (await city.visitor.get(`/api/v1/entries/${entryId}`)).body
  const registered = await city.citizen.post('/api/v1/results', {
    ...result,
    naming: citation.zh,
    entryIds: [entryId],
  })
  expect(registered.status, registered.text).toBe(201)
  const shown = async () =>
    (await city.visitor.get(`/api/v1/results?entry=${entryId}`)).body.items.map(
      (item: { title: string }) => item.title,
    )
  expect(await shown()).not.toContain(result.title)
  const path = `/api/v1/results/${registered.body.id}/acts/check`
  expect((await city.steward.post(path, { show: true })).status).toBe(403)
  expect((await city.authority.post(path, { show: false })).status).toBe(422)
  // Nobody passes judgement on a result of their own body.
  const own = await city.authority.post('/api/v1/results', {
    ...result,
    naming: citation.zh,
    entryIds: [entryId],
  })
  const ownCheck = await city.authority.post(`/api/v1/results/${own.body.id}/acts/check`, { show: true })
  expect([ownCheck.status, ownCheck.body.detail]).toEqual([403, '成果由本人或者本单位登记，应当回避'])
  expect((await city.authority.post(path, { show: true })).status).toBe(200)
  expect(await shown()).toContain(result.title)
  // A person who registered it is named to themselves, and not to everybody.
  const byOf = async (caller: City['visitor']) =>
    (await caller.get(`/api/v1/results?entry=${entryId}`)).body.items[0].by.name
  expect(await byOf(city.visitor)).toBe('')
  expect(await byOf(city.citizen)).not.toBe('')
  const ours = (await city.steward.get('/api/v1/results?box=of-our-data')).body.items
  expect(ours.map((item: { title: string }) => item.title)).toContain(result.title)
  const [notice] = (await city.steward.get('/api/v1/notices')).body.items
  expect(notice.title.zh).toContain(result.title)
}
