import { newId } from '@tiaoli/kernel/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companyRegister } from '../kit/acts.ts'
import { openBusyCity, rowsOnly } from '../kit/busy-city.ts'
import type { Answer, Caller } from '../kit/caller.ts'
import { act, request } from '../kit/requests.ts'

let city: Awaited<ReturnType<typeof openBusyCity>>
let address: string
const scope = 'CQ-25.3-b'

beforeAll(async () => {
  city = await openBusyCity()
  address = `/api/v1/entries/${city.subjects.entryId}`
})
afterAll(() => city.close())

const get = (caller: Caller, path: string) => caller.get(encodeURI(address + path))
/** Every way on which rows of an entry go out to a caller. */
const waysOut = () => [
  '/rows',
  `/rows/${city.subjects.key}`,
  '/aggregate?group=企业名称',
  ...['csv', 'xlsx', 'json', 'ndjson', 'parquet'].map((format) => `/download?format=${format}`),
]
const said = ({ status, body }: Answer) => [status, body.code, body.article ?? null]
const refusalsOf = async (caller: Caller, query: string) =>
  Promise.all(
    waysOut().map(async (way) => {
      const answer = await get(caller, `${way}${way.includes('?') ? '&' : '?'}${query}`)
      expect(answer.text).not.toContain(rowsOnly)
      return said(answer)
    }),
  )

describe('names from outside the grant', () => {
  const places = (name: string) => [
    `/rows?fields=${name}`,
    `/rows?where=${name}:eq:甲`,
    `/rows?sort=-${name}`,
    `/rows/${city.subjects.key}?fields=${name}`,
    `/aggregate?group=${name}`,
    `/aggregate?group=企业名称&measure=max:${name}`,
    `/aggregate?group=企业名称&where=${name}:notnull`,
    `/download?fields=${name}`,
    `/download?where=${name}:prefix:1`,
  ]

  it('are refused wherever they stand, one that is there in the same words as one that is not', async () => {
    const told = async (name: string) =>
      Promise.all(
        places(name).map(async (place) => {
          const answer = await get(city.user, place)
          expect(said(answer)).toEqual([403, 'refused-by-law', scope])
          expect(answer.text).not.toContain('示例人')
          const { recordId, instance, ...rest } = answer.body
          return JSON.stringify(rest).replaceAll(name, '…')
        }),
      )
    expect(await told('法定代表人')).toEqual(await told('没有这一项'))
  })

  it('are not told by an answer that fails otherwise', async () => {
    for (const path of ['/rows?where=法定代表人', '/rows?cursor=xx', '/rows?where=注册资本:gt:不是数']) {
      const { status, text } = await get(city.user, path)
      expect([path, status]).toEqual([path, 400])
      for (const hidden of ['法定代表人', '联系电话', rowsOnly])
        expect(path.includes(hidden) || !text.includes(hidden)).toBe(true)
    }
  })
})

describe('what belongs to another', () => {
  it('opens nothing: a grant that is stated, a key that is bound to it, a key without powers of its own', async () => {
    const { grantId, entryId } = city.subjects
    for (const caller of [city.other, city.citizen])
      for (const refusal of await refusalsOf(caller, `grant=${grantId}`))
        expect(refusal).toEqual([403, 'refused-by-law', expect.stringMatching(/^CQ-/)])
    expect((await city.other.post('/api/v1/api-keys', { name: '他人许可', grantId })).status).toBe(404)
    const { key } = (await city.user.post('/api/v1/api-keys', { name: '许可', grantId })).body
    const bound = city.visitor.withKey(key)
    expect((await get(bound, '/rows')).status).toBe(200)
    expect(said(await get(bound, `/rows?grant=${newId()}`))).toEqual([403, 'refused-by-law', scope])
    const forged = city.visitor.withKey(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)
    for (const refusal of await refusalsOf(forged, `grant=${grantId}`))
      expect(refusal).toEqual([401, 'key-not-valid', null])
    const unknown = await city.other.get(`/api/v1/entries/${newId()}/rows`)
    expect([said(unknown), entryId in unknown.body]).toEqual([[404, 'not-found', null], false])
  })

  it('tells of an entry that is not published no more than of one that is not there, on record too', async () => {
    const [code, name, ...rest] = companyRegister.fields
    const unpublished = async (fields: readonly object[]) =>
      (await city.steward.post('/api/v1/entries', { ...companyRegister, fields })).body.id
    const ids = [
      await unpublished([code, { ...name, key: true, required: true }, ...rest]),
      await unpublished([{ ...code, key: false }, name, ...rest]),
      await unpublished(companyRegister.fields),
    ]
    const told = async (id: string) => {
      const answers = [
        ...(await Promise.all(
          ['rows/甲', 'rows/甲~乙', 'rows'].map((way) =>
            city.other.get(encodeURI(`/api/v1/entries/${id}/${way}`)),
          ),
        )),
        await city.other.post(`/api/v1/entries/${id}/exports`, {}),
      ]
      const records = await Promise.all(
        answers.map(async ({ body }) => {
          expect(said({ body, status: body.status } as Answer)).toEqual([404, 'not-found', null])
          const receipt = await city.other.get(`/api/v1/records/${body.recordId}/receipt`)
          return JSON.parse(receipt.body.record).payload
        }),
      )
      return [
        answers.map(({ body: { recordId, instance, ...rest } }) => rest),
        records.map(({ salt, ...payload }) => payload),
      ]
    }
    const unknown = await told(newId())
    for (const id of ids) expect(await told(id)).toEqual(unknown)
  })

  it('tells of a record no more than of one that is not there', async () => {
    const { recordId } = (await get(city.user, '/rows')).body
    for (const caller of [city.other, city.citizen, city.visitor])
      for (const part of ['', '/receipt', '/explanation']) {
        const told = async (id: string) => {
          const { status, text } = await caller.get(`/api/v1/records/${id}${part}`)
          return [status, text.replaceAll(id, '…')]
        }
        expect(await told(recordId)).toEqual(await told(newId()))
      }
  })
})

it('offers no list of look-ups about oneself where the regulation gives no such right', async () => {
  expect((await city.citizen.get('/api/v1/records/about-me')).status).toBe(404)
})

describe('a grant that no longer stands', () => {
  it('opens no way out while it is suspended, once it has ended, and once it is withdrawn', async () => {
    const { grantId } = city.subjects
    const grounds = { reasons: '核查使用情况', basis: '某规定第一条' }
    const acts = (name: string) => city.steward.post(`/api/v1/grants/${grantId}/acts/${name}`, grounds)
    expect((await acts('suspend')).status).toBe(200)
    for (const refusal of await refusalsOf(city.user, ''))
      expect(refusal).toEqual([403, 'refused-by-platform', null])
    expect((await acts('resume')).status).toBe(200)
    expect((await get(city.user, '/rows')).status).toBe(200)
    expect((await acts('revoke')).status).toBe(200)
    for (const refusal of await refusalsOf(city.user, `grant=${grantId}`))
      expect(refusal).toEqual([403, 'refused-by-law', expect.stringMatching(/^CQ-26/)])

    const filed = await request(city, city.user, city.subjects.entryId, {
      fields: ['统一社会信用代码', '企业名称'],
      scenario: '短期核查',
    })
    const given = await act(city, city.authority, filed.body, 'grant', { until: '2023-03-10' })
    expect(given.status).toBe(200)
    expect((await get(city.user, '/rows')).status).toBe(200)
    city.at('2023-03-11T02:00:00Z')
    for (const refusal of await refusalsOf(city.user, `grant=${given.body.grantId}`))
      expect(refusal).toEqual([403, 'refused-by-law', expect.stringMatching(/^CQ-26/)])
  })
})
