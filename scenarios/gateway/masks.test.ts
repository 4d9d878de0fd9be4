import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, conditional, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let entryId: string
const codes = [1, 2, 3].map(syntheticCreditCode)
const fields = ['统一社会信用代码', '企业名称', '注册资本', '法定代表人', '联系电话']
const masks = {
  统一社会信用代码: 'none',
  注册资本: 'band:20',
  法定代表人: 'pseudonym',
  联系电话: 'partial',
}

beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2023-03-06T01:00:00Z')
  entryId = await publishEntry(city, { sharing: conditional })
  await bringIn(city, entryId, companyFile(codes))
})
afterAll(() => city.close())

const agreeTo = async (applicant: City['user'], content: object) => {
  const filed = await request(city, applicant, entryId, { fields, scenario: '核对企业情况' })
  return act(city, city.steward, filed.body, 'provide', content)
}
const rowsUnder = (caller: City['user'], query = '') =>
  caller.get(`/api/v1/entries/${entryId}/rows?limit=10${query}`)

describe('a grant with masks', () => {
  it('is refused a mask that does not fit the values, or names no field', async () => {
    for (const wrong of [
      { 企业名称: 'band:10' },
      { 注册资本: 'partial' },
      { 注册资本: 'band:0' },
      { 注册资本: 'band:ten' },
      { 户籍: 'partial' },
      'partial',
      ['partial'],
    ]) {
      const answer = await agreeTo(city.user, { masks: wrong })
      expect([wrong, answer.status]).toEqual([wrong, 422])
    }
  })

  it('shows rows, single rows and files under their masks, and says of each column how', async () => {
    expect((await agreeTo(city.user, { masks })).status).toBe(200)
    const { body } = await rowsUnder(city.user)
    expect(body.columns.map(({ mask }: { mask: string }) => mask)).toEqual([
      'none',
      'none',
      'band:20',
      'pseudonym',
      'partial',
    ])
    const [first] = body.rows
    expect(first).toMatchObject({
      统一社会信用代码: codes[0],
      企业名称: '示例企业1',
      注册资本: '0–20',
      联系电话: '138****0000',
    })
    expect(first.法定代表人).toMatch(/^[\w-]{16}$/)
    const one = await city.user.get(`/api/v1/entries/${entryId}/rows/${codes[0]}`)
    expect(one.body.row).toEqual(first)
    for (const format of ['csv', 'json', 'ndjson']) {
      const file = await city.user.get(`/api/v1/entries/${entryId}/download?format=${format}`)
      expect(file.text).toContain(first.法定代表人)
      for (const hidden of ['示例人1', '13800000000', '10.5']) expect(file.text).not.toContain(hidden)
    }
  })

  it('lays the same masks over a Parquet file, as whoever reads it sees', async () => {
    const address = `/api/v1/entries/${entryId}/download?format=parquet`
    expect((await city.user.get(address)).status).toBe(200)
    const copy = await publishEntry(city, {
      title: '文件读回',
      fields: fields.map((name) => ({ name, type: 'text', meaning: name, sensitivity: 'public' })),
    })
    const batch = await bringIn(city, copy, await city.user.bytes(address), 'masked.parquet')
    expect(batch.state).toBe('live')
    const readBack = (await city.steward.get(`/api/v1/entries/${copy}/rows?limit=10`)).body.rows
    expect(readBack).toEqual((await rowsUnder(city.user)).body.rows)
    expect(readBack[0]).toMatchObject({ 注册资本: '0–20', 联系电话: '138****0000' })
    expect(readBack.map((row: { 法定代表人: string }) => row.法定代表人).join()).toMatch(
      /^[\w-]{16}(,[\w-]{16}){2}$/,
    )
  })

  it('gives no way to ask for what it masks', async () => {
    for (const query of [
      '&where=法定代表人:eq:示例人1',
      '&where=注册资本:gt:15',
      '&sort=注册资本',
      '&sort=-联系电话',
    ]) {
      const answer = await rowsUnder(city.user, encodeURI(query))
      expect([query, answer.status, answer.body.article]).toEqual([query, 403, 'SZ-13.4-b'])
    }
    const sum = await city.user.get(
      encodeURI(`/api/v1/entries/${entryId}/aggregate?group=企业名称&measure=sum:注册资本`),
    )
    expect([sum.status, sum.body.article]).toEqual([403, 'SZ-13.4-b'])
  })

  it('gives the same pseudonym under one grant and another under the next', async () => {
    expect((await agreeTo(city.other, { masks })).status).toBe(200)
    const pseudonymsOf = async (caller: City['user']) =>
      (await rowsUnder(caller)).body.rows.map((row: { 法定代表人: string }) => row.法定代表人)
    const mine = await pseudonymsOf(city.user)
    expect(await pseudonymsOf(city.user)).toEqual(mine)
    const theirs = await pseudonymsOf(city.other)
    expect(new Set([...mine, ...theirs]).size).toBe(6)
  })

  it('says so in the grant and in the case', async () => {
    const [grant] = (await city.user.get('/api/v1/grants')).body.items
    expect(grant.masks).toEqual(masks)
    const found = await city.user.get(`/api/v1/cases/${grant.caseId}`)
    expect(JSON.stringify(found.body)).toContain('法定代表人（以代号替换）')
  })
})
