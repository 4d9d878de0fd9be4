import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, lawBasis, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, grantOf, request } from '../kit/requests.ts'
import { openSource, reachableHere } from '../kit/source.ts'
import { openSourceDatabase } from '../kit/source-database.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'
import { taskOf, toldOf } from '../kit/tasks.ts'

/** An entry that is on nobody's opening list: in Xiamen that is no type of its own. */
const unlisted = { opening: { type: '', conditions: '', basis: null } }

describe('Articles 14 and 24: all that should be aggregated is aggregated', () => {
  let city: City
  beforeAll(async () => {
    city = await openCity('xiamen', { reachable: reachableHere })
    city.at('2023-04-03T02:00:00Z')
  })
  afterAll(() => city.close())

  it('[XM-24.1-a] holds what is here against what lies at the source: rows missing, and how far behind', async () => {
    const entry = await publishEntry(city, { ...unlisted, title: '商事主体登记' })
    await bringIn(city, entry, companyFile([syntheticCreditCode(1), syntheticCreditCode(2)]))
    const path = `/api/v1/aggregation/tasks/${entry}/source`
    expect((await city.user.post(path, { rows: 5, changedAt: '2023-04-03T01:00:00Z' })).status).toBe(404)
    expect((await city.steward.post(path, { rows: 5, changedAt: '2023-04-04T01:00:00Z' })).status).toBe(422)
    expect((await city.steward.post(path, { rows: -1, changedAt: '2023-04-03T01:00:00Z' })).status).toBe(422)

    city.at('2023-04-03T06:00:00Z')
    const reported = await city.steward.post(path, { rows: 5, changedAt: '2023-04-03T05:00:00Z' })
    expect(reported.body).toMatchObject({
      state: 'short',
      faults: ['partial', 'lagging'],
      rows: 2,
      source: { rows: 5 },
      missingRows: 3,
      lagSeconds: 3 * 3600,
    })
    for (const told of [city.steward, city.authority])
      expect(await toldOf(told, 'task.short')).toEqual(['《商事主体登记》汇聚不完整'])

    await bringIn(city, entry, companyFile([1, 2, 3, 4, 5].map(syntheticCreditCode)))
    expect(await taskOf(city.steward, entry)).toMatchObject({
      state: 'aggregated',
      missingRows: 0,
      lagSeconds: 0,
    })
  })

  it('[XM-24.1-a] counts at a registered source itself: rows and newest time are read there and reported by nobody', async () => {
    city.at('2023-04-03T07:00:00Z')
    const source = await openSourceDatabase('scenario_shops')
    try {
      await source.query('create table shops (code text primary key, name text, changed timestamptz)')
      const put = (number: number, at: string) =>
        source.query('insert into shops values ($1, $2, $3)', [
          syntheticCreditCode(number),
          `示例商户${number}`,
          at,
        ])
      await put(1, '2023-04-03T06:00:00Z')
      await put(2, '2023-04-03T06:30:00Z')
      const entry = await publishEntry(city, {
        ...unlisted,
        title: '商户登记',
        fields: [
          {
            name: '统一社会信用代码',
            type: 'credit-code',
            meaning: '代码',
            sensitivity: 'public',
            key: true,
          },
          { name: '名称', type: 'text', meaning: '名称', sensitivity: 'public' },
        ],
      })
      const system = (
        await city.steward.post('/api/v1/source-systems', {
          name: '商户登记库',
          url: source.url,
          user: source.user,
          limitSeconds: null,
        })
      ).body
      const entries = `/api/v1/source-systems/${system.id}/entries`
      const columns = [
        { field: '统一社会信用代码', column: 'code' },
        { field: '名称', column: 'name' },
      ]
      const linked = await city.steward.post(entries, {
        entryId: entry,
        atSource: false,
        table: { name: 'shops', columns, changedColumn: 'changed' },
      })
      expect(linked.status).toBe(200)
      expect(await taskOf(city.steward, entry)).toMatchObject({
        state: 'short',
        faults: ['never-loaded'],
        source: { rows: 2, changedAt: '2023-04-03T06:30:00.000Z', measured: true },
        missingRows: 2,
      })
      expect((await city.steward.post(`${entries}/${entry}/loads`)).status).toBe(202)
      await city.settle()
      expect(await taskOf(city.steward, entry)).toMatchObject({
        state: 'aggregated',
        rows: 2,
        missingRows: 0,
        lagSeconds: 0,
      })

      // The source goes on; three hours later the platform's own look finds what is missing, and how far behind it is.
      await put(3, '2023-04-03T09:00:00Z')
      await put(4, '2023-04-03T10:00:00Z')
      city.at('2023-04-03T10:30:00Z')
      await city.settle()
      expect(await taskOf(city.authority, entry)).toMatchObject({
        state: 'short',
        faults: ['partial', 'lagging'],
        rows: 2,
        source: { rows: 4, changedAt: '2023-04-03T10:00:00.000Z', measured: true },
        missingRows: 2,
        lagSeconds: 3 * 3600,
        organisation: { id: 'market' },
      })
      const told = async (caller: City['steward']) =>
        (await toldOf(caller, 'task.short')).filter((title) => title.includes('商户登记')).length
      // Once when nothing was here, once now; looking again at the same numbers tells nobody anything.
      for (const caller of [city.steward, city.authority]) expect(await told(caller)).toBe(2)
      city.at('2023-04-03T10:40:00Z')
      await city.settle()
      expect(await told(city.steward)).toBe(2)

      // Where the platform counts, no steward's number takes the place of its own.
      const reported = await city.steward.post(`/api/v1/aggregation/tasks/${entry}/source`, {
        rows: 2,
        changedAt: '2023-04-03T07:00:00Z',
      })
      expect([reported.status, reported.body.article]).toEqual([409, 'XM-24.1-a'])
    } finally {
      await source.close()
    }
  })

  it('[XM-24.1-b] takes an exception on a law or administrative regulation only, and on the authority’s confirmation only', async () => {
    const entry = await publishEntry(city, { ...unlisted, title: '案件卷宗信息' })
    const open = (basis: object) =>
      city.steward.post('/api/v1/cases', {
        procedure: 'aggregation-exception',
        entryId: entry,
        content: { basis, reasons: '办案材料依法不得汇集。' },
      })
    const notice = { rank: 'normative-document', instrument: '内部工作通知', article: '第三条' }
    const refused = await open(notice)
    expect(refused.status).toBe(422)
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toContain('basis.rank')
    expect(
      (
        await city.user.post('/api/v1/cases', {
          procedure: 'aggregation-exception',
          entryId: entry,
          content: { basis: lawBasis, reasons: '非提供单位' },
        })
      ).status,
    ).toBe(403)

    const filed = await open(lawBasis)
    expect(filed.status).toBe(201)
    expect((await taskOf(city.steward, entry)).state).toBe('short')
    const confirm = `/api/v1/cases/${filed.body.id}/acts/confirm`
    expect((await city.steward.post(confirm, { content: {} })).status).toBe(403)
    expect((await city.authority.post(confirm, { content: {} })).status).toBe(200)
    expect(await taskOf(city.steward, entry)).toMatchObject({
      state: 'excepted',
      faults: ['no-interface'],
      exceptionCaseId: filed.body.id,
    })
    const missing = (await city.authority.get('/api/v1/aggregation/tasks?fault=never-loaded')).body.items
    expect(missing.map((task: { entryId: string }) => task.entryId)).not.toContain(entry)
  })

  it('[XM-24.1-b] leaves the duty running where the authority does not confirm', async () => {
    const entry = await publishEntry(city, { ...unlisted, title: '另一案件信息' })
    const filed = await city.steward.post('/api/v1/cases', {
      procedure: 'aggregation-exception',
      entryId: entry,
      content: { basis: lawBasis, reasons: '说明' },
    })
    const reject = `/api/v1/cases/${filed.body.id}/acts/reject`
    expect((await city.authority.post(reject, { content: {} })).status).toBe(422)
    expect((await city.authority.post(reject, { content: { reasons: '所引条款不适用。' } })).status).toBe(200)
    expect(await taskOf(city.steward, entry)).toMatchObject({ state: 'short', faults: ['never-loaded'] })
  })

  it('[XM-24.1-c] shares confirmed exceptions through an interface behind the platform, and says where one is missing', async () => {
    const source = await openSource()
    const [excepted] = (await city.steward.get('/api/v1/aggregation/tasks?state=excepted')).body.items
    const entry: string = excepted.entryId
    expect((await taskOf(city.steward, entry)).faults).toEqual(['no-interface'])
    const system = (
      await city.steward.post('/api/v1/source-systems', {
        name: '案件查询接口',
        url: source.url,
        limitSeconds: null,
      })
    ).body
    await city.steward.post(`/api/v1/source-systems/${system.id}/entries`, { entryId: entry, atSource: true })
    expect(await taskOf(city.steward, entry)).toMatchObject({ state: 'excepted', faults: [] })

    const code = syntheticCreditCode(7)
    source.rows.set(code, { 统一社会信用代码: code, 企业名称: '示例企业', 联系电话: '13800000000' })
    const path = `/api/v1/entries/${entry}/rows/${code}`
    expect((await city.user.get(path)).status).toBe(403)
    // Nothing was asked of the source for a call that was refused.
    expect(source.asked.filter((each) => each.path.includes('/rows/'))).toEqual([])

    const filed = await request(city, city.user, entry, { fields: ['统一社会信用代码', '企业名称'] })
    await grantOf(city, city.user, filed)
    const row = await city.user.get(path)
    expect(row.body).toMatchObject({ heldAt: '案件查询接口', snapshot: null })
    expect(row.body.row).toEqual({ 统一社会信用代码: code, 企业名称: '示例企业' })
    const receipt = await city.user.get(`/api/v1/records/${row.body.recordId}/receipt`)
    expect(JSON.parse(receipt.body.record)).toMatchObject({ entryId: entry, outcome: 'answered' })
    await source.close()
  })

  it('[XM-14.1-a] shows of each body what is aggregated of what is due, how long replies took and what is open, down to the items', async () => {
    const open = await publishEntry(city, {
      title: '开放的名录',
      opening: { type: 'unconditional', conditions: '', basis: null },
    })
    // A request that takes five hours from its filing to the receipt of the data.
    city.at('2023-04-04T02:00:00Z')
    const filed = await request(city, city.user, open, { fields: ['统一社会信用代码', '企业名称'] })
    city.at('2023-04-04T07:00:00Z')
    const granted = await grantOf(city, city.user, filed)
    expect((await act(city, city.user, granted, 'confirm-receipt')).status).toBe(200)

    const { items } = (await city.authority.get('/api/v1/aggregation/coverage')).body
    const market = items.find((item: { organisation: { id: string } }) => item.organisation.id === 'market')
    expect(market).toMatchObject({ catalogued: 5, excepted: 1, due: 4, aggregated: 2, opened: 1 })
    expect(market.missing.map(({ title }: { title: string }) => title).sort()).toEqual(
      ['另一案件信息', '开放的名录'].sort(),
    )
    expect(market.missing.map(({ entryId }: { entryId: string }) => entryId)).toContain(open)
    expect(market.requests).toEqual({ answered: 1, medianHours: 5 })
    expect((await city.user.get('/api/v1/aggregation/coverage')).body.items).toEqual([])
  })
})
