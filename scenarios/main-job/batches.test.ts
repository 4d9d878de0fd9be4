import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { companyFile, publishEntry } from '../kit/acts.ts'
import { type City, openCity, storesAtHand } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

describe.each(storesAtHand)('Files on their way in, on the store: %s', (store) => {
  let city: City
  let entryId: string
  beforeAll(async () => {
    city = await openCity('chongqing', { store })
    city.at('2026-09-28T01:00:00Z')
    entryId = await publishEntry(city, {})
  })
  afterAll(() => city.close())

  const file = companyFile([syntheticCreditCode(1), syntheticCreditCode(2)])
  const upload = (accept = 'review') =>
    city.steward.upload(
      `/api/v1/entries/${entryId}/batches?accept=${accept}&filename=${encodeURIComponent('企业.csv')}`,
      file,
    )
  const staged = () => readdir(join(city.dataFolder, 'lake', 'staging'))
  const batch = async (id: string) => (await city.steward.get(`/api/v1/batches/${id}`)).body

  it('numbers files that arrive together one after the other', async () => {
    const sent = await Promise.all(Array.from({ length: 6 }, () => upload()))
    expect(sent.map((answer) => answer.status)).toEqual(Array(6).fill(202))
    const numbers = sent.map((answer) => answer.body.number).sort()
    expect(new Set(numbers).size).toBe(6)
    await city.settle()
    for (const { body } of sent) await city.steward.post(`/api/v1/batches/${body.id}/acts/cancel`)
    await city.settle()
  })

  it('throws the file of a cancelled run away, whether or not somebody is reading it', async () => {
    const early = (await upload('auto')).body
    expect((await city.steward.post(`/api/v1/batches/${early.id}/acts/cancel`)).status).toBe(200)
    await city.settle()
    const waiting = (await upload()).body
    await city.settle()
    expect(await batch(waiting.id)).toMatchObject({ state: 'awaiting-acceptance' })
    expect(await staged()).toHaveLength(1)
    expect((await city.steward.post(`/api/v1/batches/${waiting.id}/acts/cancel`)).status).toBe(200)
    await city.settle()
    expect(await staged()).toEqual([])
    expect(await batch(waiting.id)).toMatchObject({ state: 'cancelled' })
  })

  it('tells the steward when a fault of the platform keeps a file from being taken in', async () => {
    const broken = vi.spyOn(city.house.lake, 'profile').mockRejectedValue(new Error('broken'))
    const { id } = (await upload()).body
    for (let minute = 1; minute <= 5; minute++) {
      await city.settle()
      city.at(`2026-09-28T0${1 + minute}:00:00Z`)
    }
    await city.settle()
    broken.mockRestore()
    expect(await batch(id)).toMatchObject({ state: 'failed', failure: { code: 'internal' } })
    await noticeOf(city.steward, 'batch.failed')
    expect(await staged()).toEqual([])
  })
})
