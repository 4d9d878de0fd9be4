import { routes } from '@tiaoli/contract/index'
import { newId } from '@tiaoli/kernel/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import type { Answer, Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { expectOrderly, expectProblem } from '../kit/problem.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2023-03-01T02:00:00Z')
  entryId = await publishEntry(city, { opening: unconditional })
  await bringIn(city, entryId, companyFile([1, 2, 3].map(syntheticCreditCode)))
})
afterAll(() => city.close())

const ask = (path: string, query: Record<string, string>, caller: Caller = city.visitor): Promise<Answer> =>
  caller.get(`/api/v1/entries/${entryId}/${path}?${new URLSearchParams(query)}`)

describe('rows asked for wrongly', () => {
  it.each([
    ['rows', { where: '企业名称' }, 'bad-filter'],
    ['rows', { where: '企业名称:like:甲' }, 'bad-filter'],
    ['rows', { where: '注册资本:gt:很多' }, 'bad-filter'],
    ['rows', { where: '注册资本:between:1' }, 'bad-filter'],
    ['rows', { where: '没有此项:eq:1' }, 'refused-by-law'],
    ['rows', { where: "企业名称' or '1'='1:eq:1" }, 'refused-by-law'],
    ['rows', { where: '联系电话:prefix:138' }, 'refused-by-law'],
    ['rows', { sort: '联系电话' }, 'refused-by-law'],
    ['rows', { sort: '没有此项' }, 'refused-by-law'],
    ['rows', { fields: '联系电话' }, 'refused-by-law'],
    ['rows', { limit: '0' }, 'bad-request'],
    ['rows', { limit: '1001' }, 'bad-request'],
    ['rows', { limit: '1e2e' }, 'bad-request'],
    ['rows', { limit: 'NaN' }, 'bad-request'],
    ['rows', { snapshot: 'x' }, 'bad-request'],
    ['rows', { grant: newId() }, 'refused-by-law'],
    ['rows', { snapshot: newId() }, 'no-snapshot'],
    ['rows', { filter: '企业名称:eq:甲' }, 'bad-request'],
    ['aggregate', { group: '企业名称', wher: '企业名称:eq:甲' }, 'bad-request'],
    ['download', { format: 'csv', filter: '企业名称:eq:甲' }, 'bad-request'],
    ['aggregate', {}, 'bad-request'],
    ['aggregate', { group: '联系电话' }, 'refused-by-law'],
    ['aggregate', { group: '企业名称', measure: 'max:联系电话' }, 'refused-by-law'],
    ['aggregate', { group: '企业名称', measure: 'median:注册资本' }, 'bad-filter'],
    ['aggregate', { group: '企业名称', measure: 'sum:企业名称' }, 'bad-filter'],
    ['aggregate', { group: '注册资本:bin:0' }, 'bad-filter'],
    ['aggregate', { group: '注册资本:bin:-1' }, 'bad-filter'],
    ['aggregate', { group: '注册资本:bin:e' }, 'bad-filter'],
    ['aggregate', { group: '企业名称:year' }, 'bad-filter'],
    ['aggregate', { group: '企业名称,注册资本,统一社会信用代码' }, 'bad-filter'],
    ['aggregate', { group: '企业名称,企业名称' }, 'bad-filter'],
    ['download', { format: 'exe' }, 'bad-request'],
    ['download', { where: '联系电话:eq:1' }, 'refused-by-law'],
  ])('%s %o', async (path, query, code) => {
    expect(expectProblem(await ask(path, query as Record<string, string>))).toBe(code)
  })

  it('takes numbers at the edge without breaking', async () => {
    for (const width of ['1e-300', '1e300', '0.0000001', '.', '1e', '999999999999999999999'])
      expectOrderly(await ask('aggregate', { group: `注册资本:bin:${width}` }))
    for (const value of ['1e99', '-1e99', '0', '-0', '00', '١', '１'])
      expectOrderly(await ask('rows', { where: `注册资本:eq:${value}` }))
  })

  it('takes a very long query as far as HTTP does', async () => {
    expectOrderly(await ask('rows', { where: `企业名称:eq:${'甲'.repeat(1900)}` }))
    expect(expectProblem(await ask('rows', { where: `企业名称:eq:${'甲'.repeat(3000)}` }))).toBe(
      'bad-request',
    )
    expect(expectProblem(await city.visitor.get(`/api/v1/entries?q=${'a'.repeat(100_000)}`))).toBe(
      'bad-request',
    )
  })
})

describe('keys in the path', () => {
  it.each([
    '%2F..%2F..%2Fetc%2Fpasswd',
    '..%2f..%2f',
    '~',
    '~~~',
    '%25',
    '%E4%BC',
    "'%20or%201=1--",
    '%F0%9F%98%80',
    'a'.repeat(900),
    '%E7%94%B2'.repeat(900),
  ])('%s names no row', async (key) => {
    const answer = await city.visitor.get(`/api/v1/entries/${entryId}/rows/${key}`)
    expect(['not-found', 'bad-request']).toContain(expectProblem(answer))
  })
})

describe('files of the ledger', () => {
  it.each([
    'tile/../../ledger-key.pem',
    'tile/..%2f..%2fledger-key.pem',
    'tile/%2e%2e/%2e%2e/ledger-key.pem',
    'tile/0/000/../../../ledger-key.pem',
    'tile//etc/passwd',
    'tile/0/x001/..%5c..%5c000',
    'tile/0/000%00',
    'tile/entries/000.p/0',
    'tile/99/999',
    '../ledger-key.pem',
  ])('%s is not one of them', async (path) => {
    const answer = await city.visitor.get(`/ledger/${path}`)
    expect(['not-found', 'bad-request']).toContain(expectProblem(answer))
    expect(answer.text).not.toMatch(/PRIVATE KEY|root:/)
  })
})

describe('ids', () => {
  const withIds = routes.filter((route) =>
    /\{(?:entryId|batchId|caseId|grantId|recordId|keyId)\}/.test(route.path),
  )
  /** Without these the query would be told of first. */
  const demanded: Record<string, string> = { aggregateRows: '?group=a', diffRows: `?from=${newId()}` }
  it.each(withIds.map((route) => [route.id, route] as const))(
    '%s: what is no id names nothing',
    async (_id, route) => {
      for (const id of [
        '1',
        'null',
        '00000000-0000-0000-0000-00000000000g',
        "'--",
        '%00',
        '甲',
        newId().toUpperCase(),
      ]) {
        const path = route.path
          .replace(/\{(?:act|key)\}/, 'submit')
          .replace(/\{\w+\}/, encodeURIComponent(id === '%00' ? '\0' : id))
        const answer = await city.authority.send(
          route.method,
          path + (demanded[route.id] ?? ''),
          route.body === 'stream'
            ? Buffer.from('甲\n')
            : route.body && { version: 1, reasons: '甲', basis: '乙' },
          route.body === 'stream' ? { 'content-type': 'application/octet-stream' } : undefined,
        )
        // In capitals it is an id of nothing; a body of which parts are missing may be told of first.
        const wellFormed = route.body !== undefined && /^[0-9A-F-]{36}$/.test(id)
        expect(['not-found', ...(wellFormed ? ['content-incomplete'] : [])]).toContain(
          expectProblem(answer, route),
        )
      }
    },
  )
})

describe('cursors', () => {
  const lists: readonly (readonly [string, () => Caller])[] = [
    ['entries', () => city.authority],
    ['entries?sort=title', () => city.authority],
    ['organisations', () => city.authority],
    ['api-keys', () => city.authority],
    ['notices', () => city.authority],
    ['batches', () => city.steward],
    ['cases', () => city.authority],
    ['cases?box=all', () => city.authority],
    ['grants', () => city.authority],
    ['records', () => city.authority],
    ['entries/{entry}/snapshots', () => city.authority],
    ['entries/{entry}/rows', () => city.authority],
  ]
  const forged = (text: string) => Buffer.from(text).toString('base64url')
  const garbage = [
    'x',
    '%00',
    '甲',
    forged('null'),
    forged('[]'),
    forged('["entries",null]'),
    forged('["notices","\\u0000"]'),
    forged(`["api-keys","' or 1=1"]`),
    forged('["organisations",{"a":1}]'),
    forged('2023|00000000-0000-7000-8000-000000000000'),
    forged('|00000000-0000-7000-8000-000000000000'),
  ]

  it.each(lists)('%s: garbage is told from a cursor', async (list, caller) => {
    for (const cursor of garbage) {
      const url = `/api/v1/${list.replace('{entry}', entryId)}`
      const answer = await caller().get(
        `${url}${url.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}&scenario=${encodeURIComponent('核对')}`,
      )
      const expected = cursor === '%00' ? ['bad-cursor'] : ['bad-cursor', 'bad-request', 'refused-by-law']
      expect(expected).toContain(expectProblem(answer))
    }
  })

  it('of one list, or of one search, is none of another', async () => {
    for (let n = 0; n < 3; n++) await city.user.post('/api/v1/api-keys', { name: `密钥${n}` })
    const { nextCursor } = (await city.user.get('/api/v1/api-keys?limit=1')).body
    expect((await city.user.get(`/api/v1/api-keys?limit=1&cursor=${nextCursor}`)).status).toBe(200)
    for (const list of ['notices', 'batches', 'grants', 'records', 'organisations', 'entries', 'cases'])
      expect(expectProblem(await city.user.get(`/api/v1/${list}?cursor=${nextCursor}`))).toBe('bad-cursor')

    const rows = (await ask('rows', { limit: '1', sort: '企业名称' })).body.nextCursor
    expect((await ask('rows', { limit: '1', sort: '企业名称', cursor: rows })).status).toBe(200)
    expect(expectProblem(await ask('rows', { limit: '1', cursor: rows }))).toBe('bad-cursor')
    expect(expectProblem(await ask('rows', { limit: '1', sort: '-企业名称', cursor: rows }))).toBe(
      'bad-cursor',
    )

    const records = (await city.authority.get('/api/v1/records?limit=1&kind=case.act')).body.nextCursor
    expect((await city.authority.get(`/api/v1/records?kind=case.act&cursor=${records}`)).status).toBe(200)
    expect(expectProblem(await city.authority.get(`/api/v1/records?cursor=${records}`))).toBe('bad-cursor')
  })
})
