import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'
import { expectLocalDue, expectToldAsLocal, taskOf, toldOf } from '../kit/tasks.ts'

const requirement = {
  cycle: 'monthly',
  issuer: '示例市经济和信息化局',
  instrument: '公共数据汇聚工作要求',
  on: '2023-02-20',
}

describe('Article 16: aggregation as required', () => {
  let city: City
  beforeAll(async () => {
    city = await openCity('beijing')
    city.at('2023-03-01T02:00:00Z')
  })
  afterAll(() => city.close())

  it('[BJ-16.1-d] holds an entry to the cycle of a recorded requirement, and tells institution and centre what is late', async () => {
    const centre = await city.signIn('centre')
    const entry = await publishEntry(city, { title: '幼儿园名录', updateCycle: 'irregular' })
    const path = `/api/v1/aggregation/tasks/${entry}/requirement`
    // Without a requirement nothing is ever late: the text names no frequency.
    expect(await taskOf(centre, entry)).toMatchObject({ dueAt: null, faults: ['never-loaded'] })

    expect((await city.steward.post(path, requirement)).status).toBe(403)
    expect((await city.user.post(path, requirement)).status).toBe(404)
    expect((await centre.post(path, { ...requirement, issuer: '' })).status).toBe(422)
    const recorded = await centre.post(path, requirement)
    expect(recorded.status).toBe(200)
    expect(recorded.body).toMatchObject({
      cycle: 'monthly',
      requirement: { issuer: requirement.issuer, instrument: requirement.instrument, on: '2023-02-20' },
      dueAt: '2023-04-01T02:00:00.000Z',
    })
    expect(await toldOf(city.steward, 'task.requirement')).toEqual(['《幼儿园名录》有新的汇聚要求'])

    await bringIn(city, entry, companyFile([syntheticCreditCode(1)]))
    city.at('2023-04-02T02:00:00Z')
    await city.settle()
    expect(await taskOf(city.steward, entry)).toMatchObject({ state: 'short', faults: ['late'] })
    for (const told of [city.steward, centre])
      expect(await toldOf(told, 'task.late')).toEqual(['《幼儿园名录》未按目录汇聚'])
    for (const told of [city.steward, centre]) await expectToldAsLocal(told, 'task.late')
    await expectLocalDue(centre, entry, '示例市经济和信息化局《公共数据汇聚工作要求》')

    // Each delivery is kept, with its time, its rows and its result.
    const batches = (await city.steward.get(`/api/v1/batches?entry=${entry}`)).body.items
    expect(batches).toMatchObject([{ state: 'live', rows: 1, finishedAt: '2023-03-01T02:00:00.000Z' }])
  })
})
