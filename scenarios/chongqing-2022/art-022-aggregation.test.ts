import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry } from '../kit/acts.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'
import { expectLocalDue, expectToldAsLocal, taskOf, toldOf } from '../kit/tasks.ts'

describe('Article 22: data are brought in as the catalogue says', () => {
  let city: City
  beforeAll(async () => {
    city = await openCity('chongqing')
    city.at('2023-03-01T02:00:00Z')
  })
  afterAll(() => city.close())

  it('[CQ-22.3-b] shows an entry that promised monthly loads and got none as not aggregated as catalogued', async () => {
    const entry = await publishEntry(city, { title: '交通事故信息', updateCycle: 'monthly' })
    expect(await taskOf(city.steward, entry)).toMatchObject({
      state: 'short',
      faults: ['never-loaded'],
      cycle: 'monthly',
      article: 'CQ-22.3-b',
      rows: null,
    })
    await bringIn(city, entry, companyFile([syntheticCreditCode(1), syntheticCreditCode(2)]))
    expect(await taskOf(city.steward, entry)).toMatchObject({ state: 'aggregated', faults: [], rows: 2 })

    // On the last moment it is still in time; nobody is told of anything.
    city.at('2023-04-01T02:00:00Z')
    await city.settle()
    expect((await taskOf(city.steward, entry)).faults).toEqual([])
    expect(await toldOf(city.steward, 'task.late')).toEqual([])

    city.at('2023-04-02T02:00:00Z')
    await city.settle()
    expect(await taskOf(city.steward, entry)).toMatchObject({ state: 'short', faults: ['late'] })
    for (const told of [city.steward, city.authority])
      expect(await toldOf(told, 'task.late')).toEqual(['《交通事故信息》未按目录汇聚'])
    for (const told of [city.steward, city.authority]) await expectToldAsLocal(told, 'task.late')
    await expectLocalDue(city.steward, entry, '目录登记的更新周期')
    const short = (await city.authority.get('/api/v1/aggregation/tasks?organisation=market&state=short')).body
    expect(short.items.map((task: { entryId: string }) => task.entryId)).toEqual([entry])
    expect(short.counts).toMatchObject({ short: 1, aggregated: 0, excepted: 0 })

    // Loaded late, it is as catalogued again, and the next month begins with that load.
    await bringIn(city, entry, companyFile([syntheticCreditCode(3)]))
    expect(await taskOf(city.steward, entry)).toMatchObject({
      state: 'aggregated',
      dueAt: '2023-05-03T02:00:00.000Z',
    })
  })

  it('[CQ-22.3-b] shows a body its own tasks and nobody else’s', async () => {
    const entry = await publishEntry(city, { title: '仅供核对的条目' })
    expect((await city.user.get(`/api/v1/aggregation/tasks/${entry}`)).status).toBe(404)
    expect((await city.user.get('/api/v1/aggregation/tasks')).body.items).toEqual([])
    expect((await city.visitor.get('/api/v1/aggregation/tasks')).status).toBe(401)
    expect((await city.citizen.get('/api/v1/aggregation/tasks')).body.items).toEqual([])
  })

  it('[CQ-22.4-b] binds a public-service organisation that no budget funds, and turns its entry to aggregated with date and count', async () => {
    await city.house.identity.createOrganisation({
      id: 'gas',
      name: { zh: '示例燃气公司', en: 'gas' },
      kind: 'public-service',
      level: 'city',
      creditCode: syntheticCreditCode(90),
      roles: ['public-service-organisation'],
      budgetFunded: false,
    })
    await city.house.identity.createUser({
      username: 'gas',
      name: '示例gas',
      password: cityPassword,
      organisationId: 'gas',
      powers: ['steward'],
    })
    const gas = await city.signIn('gas')
    const entry = await publishEntry(
      city,
      { title: '燃气用户信息', part: 'public-service', theme: 'energy' },
      gas,
    )
    expect(await taskOf(gas, entry)).toMatchObject({
      article: 'CQ-22.4-b',
      state: 'short',
      faults: ['never-loaded'],
    })
    // The regulator of the sector sees how it stands, and no other body does.
    const lead = (caller: City['user'], organisationId: string) =>
      caller.post('/api/v1/sectors/energy/lead', { organisationId })
    const own = await lead(city.user, 'civil')
    expect([own.status, own.body.code]).toEqual([403, 'not-allowed'])
    expect((await lead(city.authority, 'nobody')).status).toBe(422)
    expect((await lead(city.authority, 'civil')).body).toMatchObject({
      theme: 'energy',
      lead: { id: 'civil' },
      entries: 1,
      institutions: 1,
    })
    // Who leads another sector sees nothing of this one.
    expect(
      (await city.authority.post('/api/v1/sectors/education/lead', { organisationId: 'health' })).body,
    ).toMatchObject({
      theme: 'education',
      lead: { id: 'health' },
    })
    const sectorTasks = async (caller: City['user']) =>
      (await caller.get('/api/v1/aggregation/tasks')).body.items.map(
        (item: { entryId: string }) => item.entryId,
      )
    // What is no public-service data is under no regulator, though it is of the same sector.
    const government = await publishEntry(city, { title: '能源审批信息', theme: 'energy' })
    expect((await city.user.get(`/api/v1/aggregation/tasks/${government}`)).status).toBe(404)
    expect(await sectorTasks(city.user)).toEqual([entry])
    expect(await taskOf(city.user, entry)).toMatchObject({ state: 'short', acts: [] })
    expect(await sectorTasks(city.other)).not.toContain(entry)
    expect((await city.other.get(`/api/v1/aggregation/tasks/${entry}`)).status).toBe(404)
    // The month in which the entry promises a load goes by: the regulator hears of it, and that no law set the date.
    city.at('2023-06-20T02:00:00Z')
    await city.settle()
    const late = await noticeOf(city.user, 'task.late')
    expect(late).toMatchObject({ link: expect.stringContaining(entry) })
    expect(late.body.zh).toContain('非法定')

    await bringIn(city, entry, companyFile([syntheticCreditCode(4)]), '燃气用户.csv', gas)
    expect(await taskOf(city.authority, entry)).toMatchObject({
      state: 'aggregated',
      rows: 1,
      loadedAt: '2023-06-20T02:00:00.000Z',
      organisation: { id: 'gas' },
    })
  })
})
