import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, closed, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'
import { taskOf } from '../kit/tasks.ts'

describe('Articles 8 and 9: through the platforms, and counted', () => {
  let city: City
  beforeAll(async () => {
    city = await openCity('tianjin')
    city.at('2023-06-01T02:00:00Z')
  })
  afterAll(() => city.close())

  it('[TJ-9.1-a] keeps the way of an entry through its stages, each with actor, time and record', async () => {
    const entry = await publishEntry(city, { sharing: unconditional, opening: unconditional })
    const stagesOf = async () => (await taskOf(city.steward, entry)).stages
    expect((await stagesOf()).map(({ stage }: { stage: string }) => stage)).toEqual(['registered'])
    city.at('2023-06-02T02:00:00Z')
    await bringIn(city, entry, companyFile([syntheticCreditCode(1), syntheticCreditCode(2)]), '就业登记.csv')
    const stages = await stagesOf()
    expect(stages.map(({ stage }: { stage: string }) => stage).sort()).toEqual(
      ['registered', 'connected', 'aggregated', 'shared', 'opened'].sort(),
    )
    const aggregated = stages.find(({ stage }: { stage: string }) => stage === 'aggregated')
    expect(aggregated).toMatchObject({
      at: '2023-06-02T02:00:00.000Z',
      rows: 2,
      source: '就业登记.csv',
      organisation: { id: 'market' },
      by: '示例steward',
    })
    const receipt = await city.steward.get(`/api/v1/records/${aggregated.recordId}/receipt`)
    expect(JSON.parse(receipt.body.record)).toMatchObject({
      kind: 'task.stage',
      outcome: 'aggregated',
      entryId: entry,
      article: 'TJ-9.1-a',
    })

    // A second load is no new stage.
    await bringIn(city, entry, companyFile([syntheticCreditCode(3)]))
    expect((await stagesOf()).length).toBe(5)
  })

  it('[TJ-9.1-a] leaves what is neither shared nor opened at aggregated', async () => {
    const entry = await publishEntry(city, { title: '内部核查信息', sharing: closed, opening: closed })
    await bringIn(city, entry, companyFile([syntheticCreditCode(5)]))
    expect(
      (await taskOf(city.steward, entry)).stages.map(({ stage }: { stage: string }) => stage).sort(),
    ).toEqual(['aggregated', 'connected', 'registered'])
  })

  it('[TJ-8.3-c] counts what a body supplied and what it obtained from others in a month, with the records', async () => {
    city.at('2023-07-10T02:00:00Z')
    const entry = await publishEntry(city, { title: '社会组织信息', sharing: unconditional, opening: closed })
    await bringIn(city, entry, companyFile([syntheticCreditCode(6)]))
    const rows = `/api/v1/entries/${entry}/rows?scenario=${encodeURIComponent('社会救助')}`
    for (const caller of [city.user, city.user, city.steward])
      expect((await caller.get(rows)).status).toBe(200)

    const { body } = await city.authority.get('/api/v1/aggregation/flows?month=2023-07')
    const of = (id: string) =>
      body.items.find((item: { organisation: { id: string } }) => item.organisation.id === id)
    expect(of('market').supplied).toMatchObject([{ entryId: entry, times: 1 }])
    // The provider's own reading is no obtaining.
    expect(of('market').obtained).toEqual([])
    expect(of('civil')).toMatchObject({ supplied: [], obtained: [{ entryId: entry, times: 2 }] })
    const record = await city.user.get(`/api/v1/records/${of('civil').obtained[0].recordId}/receipt`)
    expect(JSON.parse(record.body.record)).toMatchObject({
      kind: 'access.rows',
      organisationId: 'civil',
      entryId: entry,
    })

    expect((await city.authority.get('/api/v1/aggregation/flows?month=2023-08')).body.items).toEqual([])
    // A body sees its own figures.
    const own = (await city.user.get('/api/v1/aggregation/flows?month=2023-07')).body.items
    expect(own.map((item: { organisation: { id: string } }) => item.organisation.id)).toEqual(['civil'])
    expect((await city.authority.get('/api/v1/aggregation/flows?month=2023-13')).status).toBe(400)
  })
})
