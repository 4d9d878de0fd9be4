import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { openSource, reachableHere } from '../kit/source.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'
import { expectLocalDue, expectToldAsLocal, taskOf, toldOf } from '../kit/tasks.ts'

describe('Article 12: public data come together on the platform', () => {
  let city: City
  beforeAll(async () => {
    city = await openCity('suzhou', { reachable: reachableHere })
    city.at('2023-03-06T02:00:00Z')
  })
  afterAll(() => city.close())

  it('[SZ-12.1-a] shows a daily entry as late after two days without a load, to its institution and the authority', async () => {
    const daily = await publishEntry(city, { title: '营业执照信息', updateCycle: 'daily' })
    const never = await publishEntry(city, { title: '从未汇聚的条目', updateCycle: 'irregular' })
    await bringIn(city, daily, companyFile([syntheticCreditCode(1)]))
    expect(await taskOf(city.steward, daily)).toMatchObject({ state: 'aggregated', rows: 1 })

    city.at('2023-03-08T02:00:01Z')
    await city.settle()
    expect(await taskOf(city.steward, daily)).toMatchObject({ faults: ['late'], article: 'SZ-12.1-a' })
    for (const told of [city.steward, city.authority])
      expect(await toldOf(told, 'task.late')).toEqual(['《营业执照信息》未按目录汇聚'])
    for (const told of [city.steward, city.authority]) await expectToldAsLocal(told, 'task.late')
    await expectLocalDue(city.steward, daily, '目录登记的更新周期')
    expect(await taskOf(city.steward, never)).toMatchObject({ dueAt: null, dueKind: null })

    // Looked at again, nobody is told a second time of the same date.
    city.at('2023-03-09T02:00:00Z')
    await city.settle()
    expect((await toldOf(city.steward, 'task.late')).length).toBe(1)

    const listed = (await city.authority.get('/api/v1/aggregation/tasks?fault=never-loaded')).body.items
    expect(listed.map((task: { entryId: string }) => task.entryId)).toEqual([never])
  })

  it('[SZ-12.2-a] leaves rows with the institution unless they are brought in: logical is the mode where none was named', async () => {
    const source = await openSource()
    const entry = await publishEntry(city, { title: '工程建设项目信息' })
    expect(await taskOf(city.steward, entry)).toMatchObject({ mode: 'logical', rows: null })
    const system = (
      await city.steward.post('/api/v1/source-systems', {
        name: '工程建设系统',
        url: source.url,
        limitSeconds: null,
      })
    ).body
    await city.steward.post(`/api/v1/source-systems/${system.id}/entries`, { entryId: entry, atSource: true })
    expect((await city.steward.post(`/api/v1/source-systems/${system.id}/checks`)).body.state).toBe(
      'connected',
    )
    // After the run the platform holds entry, schema and connection, and no row.
    expect(await taskOf(city.steward, entry)).toMatchObject({
      mode: 'logical',
      state: 'at-source',
      heldAt: '工程建设系统',
      rows: null,
      faults: [],
    })
    expect((await city.user.get(`/api/v1/entries/${entry}`)).body).toMatchObject({
      heldAt: '工程建设系统',
      rows: null,
      snapshot: null,
    })
    const loaded = await publishEntry(city, { title: '集中存放的条目' })
    await bringIn(city, loaded, companyFile([syntheticCreditCode(2)]))
    expect(await taskOf(city.steward, loaded)).toMatchObject({ mode: 'physical', rows: 1 })
    await source.close()
  })
})
