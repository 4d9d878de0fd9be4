import { verifyReceipt } from '@tiaoli/cli/verify/index'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bringIn,
  closed,
  companyFile,
  fileRequest,
  publishEntry,
  requestFields,
  unconditional,
} from '../kit/acts.ts'
import { type City, openCity, storesAtHand } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

describe.each(storesAtHand)('The main job on the store: %s', (store) => {
  let city: City
  let entryId: string
  const codes = Array.from({ length: 1200 }, (_, index) => syntheticCreditCode(index))

  beforeAll(async () => {
    city = await openCity('chongqing', { store })
    city.at('2026-09-28T01:00:00Z')
    entryId = await publishEntry(city, { opening: { ...unconditional } })
  })
  afterAll(() => city.close())

  it('finds the entry in Chinese, with what it takes to get it', async () => {
    await publishEntry(city, {
      title: '婚姻登记信息',
      summary: '婚姻登记的基本信息',
      keywords: ['婚姻'],
      theme: 'society',
      opening: closed,
    })
    const found = (await city.visitor.get(`/api/v1/entries?q=${encodeURIComponent('登记信息')}`)).body
    expect(found.items.map((item: { title: string }) => item.title).sort()).toEqual(
      ['企业登记信息', '婚姻登记信息'].sort(),
    )
    expect(found.total).toBe(2)
    expect(found.facets.theme.map((facet: { key: string }) => facet.key).sort()).toEqual([
      'enterprise',
      'society',
    ])
    const byField = (
      await city.visitor.get(`/api/v1/entries?q=${encodeURIComponent('注册资本')}&theme=enterprise`)
    ).body
    expect(byField.items).toHaveLength(1)
    for (const nothing of ['不存在的词', `'"%_\\ :* & |`, '　'])
      expect((await city.visitor.get(`/api/v1/entries?q=${encodeURIComponent(nothing)}`)).status).toBe(200)
  })

  it('takes a file in, refuses its bad rows by line and cause, and keeps the earlier snapshot readable', async () => {
    const lines = companyFile(codes).split('\n')
    lines[10] = `${codes[9]},"名称里有\n换行",10.5,示例人,13800000009`
    lines[20] = `${codes[19]},示例企业20,不是数,示例人20,13800000019`
    lines[30] = `${codes[29]},少一格`
    lines[40] = `91500000MA0000000?,坏代码,1,示例人,13800000039`
    const batch = await bringIn(city, entryId, lines.join('\n'))
    expect(batch).toMatchObject({ state: 'live', rows: 1197, refusedRows: 3 })
    // The line break inside a cell moves what follows down by one line.
    expect(
      batch.refusals.map(({ line, column, cause }: Record<string, unknown>) => ({ line, column, cause })),
    ).toEqual([
      { line: 22, column: '注册资本', cause: 'not-of-type' },
      { line: 32, column: null, cause: 'too-few-cells' },
      { line: 42, column: '统一社会信用代码', cause: 'not-of-type' },
    ])
    const report = await city.steward.get(`/api/v1/batches/${batch.id}/refused`)
    expect(report.status).toBe(200)
    expect(report.text).toContain('不是数')

    const first = (await city.steward.get(`/api/v1/entries/${entryId}/snapshots`)).body.items[0]
    await bringIn(city, entryId, companyFile(codes))
    const snapshots = (await city.steward.get(`/api/v1/entries/${entryId}/snapshots`)).body.items
    expect(
      snapshots.map((each: { number: number; live: boolean; rows: number }) => [
        each.number,
        each.live,
        each.rows,
      ]),
    ).toEqual([
      [2, true, 1200],
      [1, false, 1197],
    ])
    expect(
      (await city.steward.get(`/api/v1/entries/${entryId}/rows?snapshot=${first.id}&limit=1`)).body.total,
    ).toBe(1197)
    expect((await city.steward.get(`/api/v1/entries/${entryId}/rows?limit=1`)).body.total).toBe(1200)
    // What lists keep of an entry is not older than its load, though that changes nothing that is published.
    const listed = (await city.visitor.get(`/api/v1/entries?q=${encodeURIComponent('登记信息')}`)).body.items
    expect(listed.find(({ id }: { id: string }) => id === entryId).rows).toBe(1200)
  })

  it('takes the grant to rows, page by page, row by key, and as files that hold only what was granted', async () => {
    const filed = await fileRequest(city.user, entryId)
    const granted = await city.authority.post(`/api/v1/cases/${filed.body.id}/acts/grant`)
    const { body: made } = await city.user.post('/api/v1/api-keys', {
      name: '核对系统',
      grantId: granted.body.grantId,
    })
    const system = city.user.withKey(made.key)

    const seen = new Set<string>()
    let cursor = ''
    do {
      const page = (
        await system.get(
          `/api/v1/entries/${entryId}/rows?limit=500&sort=${encodeURIComponent('-注册资本')}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        )
      ).body
      for (const row of page.rows) {
        expect(Object.keys(row)).toEqual(requestFields)
        seen.add(row['统一社会信用代码'])
      }
      cursor = page.nextCursor ?? ''
    } while (cursor !== '')
    expect(seen.size).toBe(1200)

    const where = encodeURIComponent('注册资本:between:100|200')
    expect((await system.get(`/api/v1/entries/${entryId}/rows?where=${where}`)).body.total).toBe(10)
    const one = await system.get(`/api/v1/entries/${entryId}/rows/${codes[6]}`)
    expect(one.body.row).toEqual({ 统一社会信用代码: codes[6], 企业名称: '示例企业7', 注册资本: 70.5 })
    expect((await system.get(`/api/v1/entries/${entryId}/rows/91500000MA9999999X`)).status).toBe(404)

    for (const format of ['csv', 'xlsx', 'json', 'ndjson', 'parquet']) {
      const file = await system.get(`/api/v1/entries/${entryId}/download?format=${format}`)
      expect(file.status).toBe(200)
      expect(file.text).not.toContain('13800000')
    }
    const csv = await system.get(`/api/v1/entries/${entryId}/download?format=csv`)
    expect(
      csv.text.startsWith('\uFEFF统一社会信用代码,企业名称,注册资本\r\n') ||
        csv.text.startsWith('\uFEFF统一社会信用代码,企业名称,注册资本\n'),
    ).toBe(true)
    expect(csv.text.trim().split('\n')).toHaveLength(1201)
  })

  it('serves the public without an account, and only the public fields', async () => {
    const rows = await city.visitor.get(`/api/v1/entries/${entryId}/rows?limit=3`)
    expect(rows.status).toBe(200)
    expect(rows.body.columns.map((column: { name: string }) => column.name)).toEqual(requestFields)
    const bars = await city.visitor.get(
      `/api/v1/entries/${entryId}/aggregate?group=${encodeURIComponent('注册资本:bin:1000')}&measure=count`,
    )
    expect(bars.body.rows.reduce((sum: number, row: { count: number }) => sum + row.count, 0)).toBe(1200)
    const entry = (await city.visitor.get(`/api/v1/entries/${entryId}`)).body
    expect(entry.citation.zh).toContain('企业登记信息')
    expect(entry.catalogueCase).toBeNull()
  })

  it('proves every access: the receipt of a record holds against the public checkpoint', async () => {
    const rows = await city.visitor.get(`/api/v1/entries/${entryId}/rows?limit=1`)
    const receipt = await city.visitor.get(`/api/v1/records/${rows.body.recordId}/receipt`)
    const key = (await city.visitor.get('/ledger/key')).text.trim()
    expect(await verifyReceipt(receipt.body, key)).toMatchObject({ ok: true })
    const altered = { ...receipt.body, record: receipt.body.record.replace('"rows":1', '"rows":2') }
    expect(await verifyReceipt(altered, key)).toMatchObject({ ok: false })
    const mine = (await city.user.get('/api/v1/records')).body.items
    expect(mine.length).toBeGreaterThan(0)
    const others = await city.other.get(`/api/v1/records/${mine[0].id}/receipt`)
    expect(others.status).toBe(404)
  })

  it('calls the record of an act by the title the rulebook gives the act', async () => {
    const acts = (await city.user.get('/api/v1/records?kind=case.act')).body.items
    expect(acts.length).toBeGreaterThan(0)
    for (const { title } of acts) expect(title.zh).not.toBe('办件操作')
    expect(acts.map(({ title }: { title: { zh: string } }) => title.zh)).toContain('提出申请')
  })

  it('lets only the provider’s steward bring data in', async () => {
    for (const caller of [city.user, city.authority, city.citizen]) {
      const answer = await caller.upload(`/api/v1/entries/${entryId}/batches?filename=a.csv`, 'a\n1\n')
      expect(answer.status).toBe(403)
    }
    expect(
      (await city.visitor.upload(`/api/v1/entries/${entryId}/batches?filename=a.csv`, 'a\n1\n')).status,
    ).toBe(401)
  })
})
