import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, conditional, publishEntry } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, request } from '../kit/requests.ts'

let city: City
let entryId: string
const names = ['编号', '街道', '行业', '补助金额', '收入']

/** 24 rows: three streets of 12, 9 and 3; amount and income are given in aggregates only, 13 have an income. */
const streets = [...Array(12).fill('东街'), ...Array(9).fill('西街'), ...Array(3).fill('北街')]
const fileOf = (amountOfFirst = 100) =>
  [
    names.join(','),
    ...streets.map(
      (street, at) =>
        `N${String(at).padStart(3, '0')},${street},${at % 2 ? '餐饮' : '零售'},${at === 0 ? amountOfFirst : 100 + at},${at < 13 ? 1000 + at : ''}`,
    ),
    '',
  ].join('\n')

beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2023-03-06T01:00:00Z')
  entryId = await publishEntry(city, {
    title: '补助发放情况',
    sharing: conditional,
    fields: [
      { name: '编号', type: 'text', meaning: '编号', sensitivity: 'internal', key: true },
      { name: '街道', type: 'text', meaning: '街道', sensitivity: 'internal' },
      { name: '行业', type: 'text', meaning: '行业', sensitivity: 'internal' },
      { name: '补助金额', type: 'decimal', meaning: '金额', sensitivity: 'personal' },
      { name: '收入', type: 'decimal', meaning: '收入', sensitivity: 'personal' },
    ],
  })
  await bringIn(city, entryId, fileOf(), '补助.csv')
  for (const applicant of [city.user, city.other]) {
    const filed = await request(city, applicant, entryId, { fields: names, scenario: '补助政策评估' })
    const masks = { 补助金额: 'aggregate', 收入: 'aggregate' }
    expect((await act(city, city.steward, filed.body, 'provide', { masks })).status).toBe(200)
  }
})
afterAll(() => city.close())

const aggregate = (caller: Caller, query: string) =>
  caller.get(encodeURI(`/api/v1/entries/${entryId}/aggregate?${query}`))
const refusalOf = async (caller: Caller, query: string) => {
  const { status, body } = await aggregate(caller, query)
  return [status, body.code, body.article ?? null]
}
const byPlatform = [403, 'refused-by-platform', null]
const sum = 'measure=count,sum:补助金额'

describe('what is given in aggregates only', () => {
  it('is in no row, file, filter or sort', async () => {
    const address = `/api/v1/entries/${entryId}`
    const rows = await city.user.get(`${address}/rows`)
    expect(rows.body.columns.map(({ name }: { name: string }) => name)).toEqual(['编号', '街道', '行业'])
    const file = await city.user.get(`${address}/download?format=csv`)
    expect(file.text).not.toContain('补助金额')
    for (const path of [
      '/rows?fields=补助金额',
      '/rows?where=补助金额:gt:120',
      '/rows?sort=补助金额',
      '/rows/N001?fields=补助金额',
      '/download?fields=补助金额',
      '/download?where=补助金额:gt:120',
    ]) {
      const { status, body } = await city.user.get(encodeURI(address + path))
      expect([path, status, body.code, body.article]).toEqual([path, 403, 'refused-by-law', 'SZ-13.4-b'])
      expect(body.condition.zh).toContain('只提供汇总结果')
    }
  })

  it('gives groups that are large enough, and holds small ones back together with another', async () => {
    const { status, body } = await aggregate(city.user, `group=街道&${sum}`)
    expect(status).toBe(200)
    // The street of 3 alone would be the total less the others: the one of 9 goes with it.
    expect(body.rows.map((row: Record<string, unknown>) => row.街道)).toEqual(['东街'])
    expect(body.withheld).toBe(true)
    const whole = await aggregate(city.user, `group=行业&${sum}`)
    expect([whole.body.rows.length, whole.body.withheld]).toEqual([2, false])
    expect((await aggregate(city.user, `group=街道&${sum}`)).body.rows).toEqual(body.rows)
    const { decision } = (await city.user.get(`/api/v1/records/${body.recordId}/explanation`)).body
    expect(decision).toMatchObject({ agrees: true, plan: { aggregated: ['补助金额'], withheld: true } })
  })

  it('shows no single value, and no group of one by a key', async () => {
    for (const query of [
      'group=街道&measure=max:补助金额',
      'group=行业&measure=min:补助金额',
      'group=补助金额:bin&measure=count',
      `group=编号&${sum}`,
      `group=行业&where=编号:eq:N001&${sum}`,
      `group=补助金额&measure=count`,
    ])
      expect([query, await refusalOf(city.user, query)]).toEqual([query, byPlatform])
  })
})

describe('taking one answer from another', () => {
  it('is refused where everything but a few rows is asked for', async () => {
    const refused = await aggregate(city.other, `group=行业&where=编号:ne:N001&${sum}`)
    expect([refused.status, refused.body.code]).toEqual([403, 'refused-by-platform'])
    expect(refused.body.condition.zh).toContain('平台规则，非法定')
    const { body } = await city.other.get(`/api/v1/records/${refused.body.recordId}/explanation`)
    expect(body.decision).toMatchObject({ granted: false, agrees: true })
    expect(body.record.outcome).toBe('aggregate-not-safe')
  })

  it('is refused across two filters of which each alone would do', async () => {
    const first = await aggregate(city.other, `group=&where=编号:lt:N012&${sum}`)
    expect([first.status, first.body.rows[0].count]).toEqual([200, 12])
    // One row more than before: both are large, their difference is one row.
    expect(await refusalOf(city.other, `group=&where=编号:lt:N013&${sum}`)).toEqual(byPlatform)
    // And as a third way to the same row, through groups.
    expect(await refusalOf(city.other, `group=街道&where=编号:lt:N013&${sum}`)).toEqual(byPlatform)
    // What keeps to the same rows is answered as often as it is asked for.
    expect((await aggregate(city.other, `group=&where=编号:lt:N012&${sum}`)).status).toBe(200)
  })

  it('is refused when two ask at once', async () => {
    const queries = [`where=编号:lt:N006`, `where=编号:lt:N007`, `where=编号:lt:N008`]
    const answers = await Promise.all(queries.map((query) => aggregate(city.other, `group=&${query}&${sum}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403])
  })

  it('is refused across keys and grants of one holder, and remembered of each holder by itself', async () => {
    const key = await city.other.post('/api/v1/api-keys', { name: '汇总' })
    expect(key.status).toBe(201)
    const withKey = city.other.withKey(key.body.key)
    expect(await refusalOf(withKey, `group=&where=编号:lt:N013&${sum}`)).toEqual(byPlatform)
    expect((await aggregate(city.user, `group=&where=编号:lt:N013&${sum}`)).status).toBe(403)
    expect((await aggregate(city.user, `group=行业&${sum}`)).status).toBe(200)
  })

  it('counts the rows that have a value, not those that have none', async () => {
    const income = 'measure=count,sum:收入'
    // Of nine rows in the street one has an income.
    expect(await refusalOf(city.user, `group=&where=街道:eq:西街&measure=avg:收入`)).toEqual(byPlatform)
    expect((await aggregate(city.user, `group=&${income}`)).status).toBe(200)
    // 12 rows and 12 without them, but 12 incomes of the 13 that were summed.
    expect(await refusalOf(city.user, `group=&where=街道:eq:东街&${income}`)).toEqual(byPlatform)
    expect((await aggregate(city.user, `group=&where=街道:eq:东街&${sum}`)).status).toBe(200)
  })

  it('is refused across snapshots, where the next one has the same rows', async () => {
    await bringIn(city, entryId, fileOf(101), '补助.csv')
    expect(await refusalOf(city.other, `group=&where=编号:lt:N013&${sum}`)).toEqual(byPlatform)
    expect((await aggregate(city.other, `group=&where=编号:lt:N012&${sum}`)).status).toBe(200)
  })

  it('is refused altogether after so many refusals in a day, which tell something too', async () => {
    const key = await city.other.post('/api/v1/api-keys', { name: '次日' })
    const other = city.other.withKey(key.body.key)
    const small = `group=&where=编号:lt:N013&${sum}`
    for (let time = 0; time < 20; time++) expect((await aggregate(other, small)).status).toBe(403)
    const { status, body } = await aggregate(other, small)
    expect([status, body.code, body.condition.zh]).toEqual([
      403,
      'refused-by-platform',
      '今天对该目录条目已有 20 次汇总因分组过小未予提供（平台规则，非法定）。',
    ])
    // What was answered before is answered still.
    expect((await aggregate(other, `group=&where=编号:lt:N012&${sum}`)).status).toBe(200)
    city.at('2023-03-06T17:00:00Z')
    expect((await aggregate(other, small)).body.condition.zh).toContain('少于 5 行')
  })

  it('does not bind the provider, whose rows they are', async () => {
    expect((await aggregate(city.steward, `group=编号&${sum}`)).body.rows).toHaveLength(24)
  })
})
