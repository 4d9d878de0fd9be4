import { acceptBatch } from '@tiaoli/contract/aggregation'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bringIn, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { expectProblem } from '../kit/problem.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
const codes = Array.from({ length: 6 }, (_, n) => syntheticCreditCode(n + 1))

beforeAll(async () => {
  city = await openCity('suzhou')
  // The clock stands still: what is newer is told by its number.
  city.at('2023-03-06T01:00:00Z')
})
afterAll(() => city.close())

const fileOf = (count: number, name = '示例企业') =>
  companyFile(codes.slice(0, count)).replaceAll('示例企业', name)
const rowsOf = async (entryId: string) =>
  (await city.steward.get(`/api/v1/entries/${entryId}/snapshots`)).body.items[0].rows
const batch = async (id: string) => (await city.steward.get(`/api/v1/batches/${id}`)).body
const accept = (id: string, body: object = {}) => city.steward.post(`/api/v1/batches/${id}/acts/accept`, body)

/** An entry with data, and a run for it that waits to be accepted. */
async function waiting(title: string, mode: string, content: string) {
  const entryId = await publishEntry(city, { title, sharing: unconditional })
  await bringIn(city, entryId, fileOf(2))
  const address = `/api/v1/entries/${entryId}/batches?filename=a.csv&mode=${mode}`
  const { id } = (await city.steward.upload(address, content)).body
  await city.settle()
  expect(await batch(id)).toMatchObject({ state: 'awaiting-acceptance', newer: null })
  return { entryId, id }
}

describe('a run that waited while newer versions came', () => {
  it('is not accepted before somebody says which version they saw, be it an older one', async () => {
    const { entryId, id } = await waiting('等待期间有新数据', 'replace', fileOf(1))
    await bringIn(city, entryId, fileOf(3))
    await bringIn(city, entryId, fileOf(4))
    for (const body of [{}, { seenSnapshot: 1 }, { seenSnapshot: 2 }, { seenSnapshot: 9 }]) {
      const refused = await accept(id, body)
      expect(expectProblem(refused, acceptBatch), JSON.stringify(body)).toBe('changed-meanwhile')
      expect(refused.body.condition.zh).toContain('第 3 版')
      expect(refused.body.remedy.zh).toContain('seenSnapshot')
    }
    await city.settle()
    const held = await batch(id)
    expect(held).toMatchObject({ state: 'awaiting-acceptance', acts: ['accept', 'cancel'] })
    expect(held.newer).toMatchObject({
      newest: 3,
      count: 2,
      versions: [
        { number: 3, rows: 4, mode: 'replace' },
        { number: 2, rows: 3, mode: 'replace' },
      ],
      effect: { zh: expect.stringContaining('取代'), en: expect.stringContaining('take the place') },
    })
    expect(await rowsOf(entryId)).toBe(4)

    expect((await accept(id, { seenSnapshot: 3 })).status).toBe(200)
    await city.settle()
    expect(await batch(id)).toMatchObject({ state: 'live', rows: 1, newer: null })
    expect(await rowsOf(entryId)).toBe(1)
    const [live] = (await city.steward.get(`/api/v1/entries/${entryId}/snapshots`)).body.items
    const { record } = (await city.steward.get(`/api/v1/records/${live.recordId}/receipt`)).body
    expect(JSON.parse(record).payload).toMatchObject({ mode: 'replace', seenSnapshot: 3 })
  })

  it('is accepted without a word where none came, and not on a version that never was', async () => {
    const { id } = await waiting('等待期间没有新数据', 'replace', fileOf(1))
    expect(expectProblem(await accept(id, { seenSnapshot: 2 }), acceptBatch)).toBe('changed-meanwhile')
    expect((await accept(id)).status).toBe(200)
    await city.settle()
    expect(await batch(id)).toMatchObject({ state: 'live' })
  })

  it.each([
    ['append', '追加', companyFile(codes.slice(5)), 4],
    ['upsert', '以本批次为准', fileOf(1, '改名企业'), 3],
    ['delete', '删除', `统一社会信用代码\n${codes[2]}\n`, 2],
  ] as const)(
    'comes on top of them where it is to %s, and says so before',
    async (mode, says, content, rows) => {
      const { entryId, id } = await waiting(`等待期间有新数据（${mode}）`, mode, content)
      await bringIn(city, entryId, fileOf(3))
      expect(expectProblem(await accept(id), acceptBatch)).toBe('changed-meanwhile')
      expect((await batch(id)).newer.effect.zh).toContain(says)
      expect((await accept(id, { seenSnapshot: 2 })).status).toBe(200)
      await city.settle()
      expect(await batch(id)).toMatchObject({ state: 'live' })
      expect(await rowsOf(entryId)).toBe(rows)
    },
  )

  it('is held back again where one came after it was accepted, and its steward hears of it', async () => {
    const { entryId, id } = await waiting('入库期间有新数据', 'replace', fileOf(1))
    const address = `/api/v1/entries/${entryId}/batches?filename=b.csv`
    const other = (await city.steward.upload(address, fileOf(3))).body.id
    await city.settle()
    // Neither is loaded before both are accepted.
    const { lake } = city.house
    const load = lake.load.bind(lake)
    const accepted = Promise.withResolvers<void>()
    const loading = vi.spyOn(lake, 'load').mockImplementation(async (input) => {
      await accepted.promise
      return load(input)
    })
    expect((await accept(id)).status).toBe(200)
    expect((await accept(other)).status).toBe(200)
    accepted.resolve()
    await city.settle()
    loading.mockRestore()
    const both = [await batch(id), await batch(other)]
    expect(both.map(({ state }) => state).sort()).toEqual(['awaiting-acceptance', 'live'])
    const held = both.find(({ state }) => state !== 'live')
    expect(held).toMatchObject({ newer: { newest: 2, count: 1 }, acts: ['accept', 'cancel'] })
    expect((await noticeOf(city.steward, 'batch.waits')).body.zh).toContain('第 2 版')
    expect((await accept(held.id, { seenSnapshot: 2 })).status).toBe(200)
    await city.settle()
    expect(await batch(held.id)).toMatchObject({ state: 'live' })
  })

  it('lists ten of them at the most, the newest first, and counts them all', async () => {
    const { entryId, id } = await waiting('等待期间有许多新数据', 'replace', fileOf(1))
    for (let more = 0; more < 11; more += 1) await bringIn(city, entryId, fileOf(2 + (more % 3)))
    const { newer } = await batch(id)
    expect(newer).toMatchObject({ newest: 12, count: 11 })
    expect(newer.versions.map(({ number }: { number: number }) => number)).toEqual([
      12, 11, 10, 9, 8, 7, 6, 5, 4, 3,
    ])
  })
})
