import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, conditional, publishEntry } from '../kit/acts.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let entryId: string
const codes = Array.from({ length: 12 }, (_, n) => syntheticCreditCode(n + 1))
type Version = { id: string; number: number; live: boolean; recordId: string } & Record<string, unknown>
let versions: Version[]

const inEntry = (rest: string) => `/api/v1/entries/${entryId}${rest}`
const versionsSeen = async (caller: Caller = city.steward): Promise<Version[]> =>
  (await caller.get(inEntry('/snapshots?limit=50'))).body.items
const numbered = (number: number) => versions.find((each) => each.number === number)!
const actOn = (caller: Caller, number: number, name: string, content?: object) =>
  caller.post(inEntry(`/snapshots/${numbered(number).id}/acts/${name}`), content)
const diff = (caller: Caller, from: number, query = '') =>
  caller.get(inEntry(`/diff?from=${numbered(from).id}${query}`))

beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2023-03-06T01:00:00Z')
  entryId = await publishEntry(city, { sharing: conditional })
  await bringIn(city, entryId, companyFile(codes.slice(0, 10)))
  city.at('2023-04-06T01:00:00Z')
  // One more, one fewer, one with another telephone only, one with another name.
  const second = companyFile([...codes.slice(0, 9), codes[10]!])
    .replace('13800000001', '13900000001')
    .replace('示例企业3', '改名企业3')
  await bringIn(city, entryId, second)
  versions = await versionsSeen()
})
afterAll(() => city.close())

describe('what changed between two versions', () => {
  it('is rows: refused to whom rows are refused, on record', async () => {
    const refused = await diff(city.other, 1)
    expect(refused.body).toMatchObject({ status: 403, code: 'refused-by-law', article: 'SZ-13.2-a' })
    expect((await diff(city.visitor, 1)).status).toBe(403)
    expect((await city.steward.get(inEntry('/diff'))).status).toBe(400)
    const elsewhere = await publishEntry(city, { title: '另一条目', sharing: conditional })
    const crossed = await city.steward.get(`/api/v1/entries/${elsewhere}/diff?from=${numbered(1).id}`)
    expect(crossed.body).toMatchObject({ code: 'no-snapshot' })
  })

  it('is told by key to the provider, counted and paged, with a record that names both', async () => {
    const { body } = await diff(city.steward, 1, '&limit=2')
    expect(body).toMatchObject({ added: 1, changed: 2, removed: 1, snapshot: { number: 2 } })
    expect(body.rows).toHaveLength(2)
    const rest = (await diff(city.steward, 1, `&limit=2&cursor=${body.nextCursor}`)).body
    const kinds = [...body.rows, ...rest.rows].map((row: { kind: string }) => row.kind).toSorted()
    expect(kinds).toEqual(['added', 'changed', 'changed', 'removed'])
    const { record } = (await city.steward.get(`/api/v1/records/${body.recordId}/receipt`)).body
    expect(JSON.parse(record)).toMatchObject({
      kind: 'access.rows',
      snapshotId: numbered(2).id,
      payload: { comparedWith: numbered(1).id, rows: 4 },
    })
  })

  it('tells a holder nothing of fields outside the grant, nor that a masked value changed', async () => {
    const fields = ['统一社会信用代码', '企业名称', '联系电话']
    const filed = await request(city, city.user, entryId, { fields, scenario: '核对企业情况' })
    await act(city, city.steward, filed.body, 'provide', { masks: { 联系电话: 'partial' } })
    const { body } = await diff(city.user, 1)
    expect(body).toMatchObject({ added: 1, changed: 1, removed: 1, notCompared: ['联系电话'] })
    const changed = body.rows.find((row: { kind: string }) => row.kind === 'changed')
    expect([changed.before.企业名称, changed.after.企业名称]).toEqual(['示例企业3', '改名企业3'])
    expect(Object.keys(changed.after).toSorted()).toEqual(fields.toSorted())
    expect(changed.after.联系电话).toContain('*')
    expect((await diff(city.user, 1, '&fields=法定代表人')).body).toMatchObject({ code: 'refused-by-law' })
  })
})

describe('a version', () => {
  it('has an address and a citation for good; who cites it keeps it', async () => {
    const { body } = await city.visitor.get(inEntry('/snapshots/1'))
    expect(body.path).toBe(`/entries/${entryId}/snapshots/1`)
    expect(body.citation.zh).toContain('第 1 版）[DS/OL]. (2023-03-06)')
    expect(body.citation.zh).toContain(body.version.sha256)
    expect((await city.visitor.get(inEntry('/snapshots/9'))).status).toBe(404)
    expect((await actOn(city.visitor, 1, 'cite')).status).toBe(401)
    expect((await actOn(city.other, 1, 'cite')).body).toMatchObject({ number: 1, cited: true })
  })

  it('is pinned, restored and given an end by its provider alone', async () => {
    for (const caller of [city.user, city.other, city.authority]) {
      expect((await actOn(caller, 2, 'pin', { note: '年报' })).body).toMatchObject({ code: 'not-allowed' })
      expect((await actOn(caller, 1, 'restore', { note: '有误' })).body).toMatchObject({
        code: 'not-allowed',
      })
      const rule = await caller.post(inEntry('/retention'), { rule: { keepDays: 30, keepLeast: 1 } })
      expect(rule.body).toMatchObject({ code: 'not-allowed' })
    }
    expect((await actOn(city.steward, 2, 'pin', { note: ' ' })).status).toBe(422)
    expect((await actOn(city.steward, 2, 'pin', { note: '年报' })).body.pinned.note).toBe('年报')
    expect((await actOn(city.steward, 2, 'unpin')).body.pinned).toBeNull()
  })

  it('is restored as a new version that equals it, on record; the live one is not restored', async () => {
    const live = await actOn(city.steward, 2, 'restore', { note: '有误' })
    expect(live.body).toMatchObject({ status: 409, code: 'act-not-available' })
    expect(live.body.article).toBeUndefined()
    const restored = (await actOn(city.steward, 1, 'restore', { note: '第 2 版有误' })).body
    expect(restored).toMatchObject({ number: 3, mode: 'restore', rows: 10, live: true })
    expect(restored.sha256).toBe(numbered(1).sha256)
    versions = await versionsSeen()
    expect((await diff(city.steward, 1)).body).toMatchObject({ added: 0, changed: 0, removed: 0, rows: [] })
    const found = await city.steward.get(inEntry(`/rows/${codes[9]}`))
    expect(found.body).toMatchObject({ row: { 企业名称: '示例企业10' }, snapshot: { number: 3 } })
    const { record } = (await city.steward.get(`/api/v1/records/${restored.recordId}/receipt`)).body
    expect(JSON.parse(record)).toMatchObject({
      kind: 'snapshot.live',
      payload: { mode: 'restore', restores: numbered(1).id, note: '第 2 版有误' },
    })
  })

  it('is destroyed when its time has passed, unless something keeps it, and says so from then on', async () => {
    const rule = { keepDays: 30, keepLeast: 1 }
    const faulty = await city.steward.post(inEntry('/retention'), { rule: { keepDays: 0, keepLeast: 1 } })
    expect(faulty.status).toBe(422)
    expect((await city.visitor.get(inEntry('/retention'))).body.rule).toBeNull()
    expect((await city.steward.post(inEntry('/retention'), { rule })).body.rule).toEqual(rule)
    city.at('2023-04-07T02:00:00Z')
    await city.settle()
    expect((await versionsSeen()).every(({ destroyedAt }) => destroyedAt === null)).toBe(true)
    city.at('2023-06-01T02:00:00Z')
    await city.settle()
    versions = await versionsSeen()
    expect(versions.map(({ number, destroyedAt }) => [number, destroyedAt !== null])).toEqual([
      [3, false],
      [2, true],
      // It was cited.
      [1, false],
    ])
    expect(existsSync(join(city.dataFolder, 'lake', 'snapshots', numbered(2).id))).toBe(false)
    const receipt = await city.steward.get(`/api/v1/records/${numbered(2).destructionRecord}/receipt`)
    expect(JSON.parse(receipt.body.record)).toMatchObject({
      kind: 'snapshot.destroyed',
      payload: { number: 2, rows: 10, rule },
    })
    const rows = await city.steward.get(inEntry(`/rows?snapshot=${numbered(2).id}`))
    expect(rows.body).toMatchObject({ code: 'no-snapshot' })
    expect((await diff(city.steward, 2)).body).toMatchObject({ code: 'no-snapshot' })
    for (const [name, content] of [
      ['restore', { note: '恢复' }],
      ['pin', { note: '保留' }],
      ['cite', undefined],
    ] as const)
      expect((await actOn(city.steward, 2, name, content)).body).toMatchObject({ code: 'act-not-available' })
    expect((await city.visitor.get(inEntry('/snapshots/2'))).body.version.destroyedAt).not.toBeNull()
    expect((await city.steward.post(inEntry('/retention'), { rule: null })).body.rule).toBeNull()
  })
})
