import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bringIn,
  companyFile,
  companyRegister,
  conditional,
  fileRequest,
  publishEntry,
  unconditional,
} from '../kit/acts.ts'
import { type City, openCity, storesAtHand } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

describe.each(storesAtHand)('Article 22: the catalogue, on the store: %s', (store) => {
  let city: City
  beforeAll(async () => {
    city = await openCity('chongqing', { store })
    city.at('2023-03-01T02:00:00Z')
  })
  afterAll(() => city.close())

  const draft = async (content: object = {}) =>
    (
      await city.steward.post('/api/v1/entries', {
        ...companyRegister,
        sharing: conditional,
        opening: unconditional,
        ...content,
      })
    ).body
  const entry = async (id: string) => (await city.steward.get(`/api/v1/entries/${id}`)).body
  const submit = (id: string) => city.steward.post(`/api/v1/entries/${id}/acts/submit`)
  const change = (id: string, content: object) => city.steward.patch(`/api/v1/entries/${id}`, content)

  it('fixes the content with the submission: a change that was begun before comes too late', async () => {
    const { id, version } = await draft()
    expect((await submit(id)).status).toBe(200)
    const late = await change(id, { title: '提交后的标题', version })
    expect(late.status).toBe(409)
    const other = await draft()
    const [submitted, changed] = await Promise.all([
      submit(other.id),
      change(other.id, { fields: [], version: other.version }),
    ])
    const { status, fields } = await entry(other.id)
    if (submitted.status === 200)
      expect([status, changed.status, fields.length > 0]).toEqual(['submitted', 409, true])
    else expect([status, changed.status, fields]).toEqual(['draft', 200, []])
  })

  it('serves what there is of a revised entry until its new field has data', async () => {
    const id = await publishEntry(city, { title: '可修订的登记信息', opening: unconditional })
    await bringIn(city, id, companyFile([syntheticCreditCode(1)]))
    const published = await entry(id)
    const fields = [...published.fields, { name: '成立日期', type: 'date', sensitivity: 'public' }]
    expect((await change(id, { fields, version: published.version })).status).toBe(200)
    expect(
      (await city.steward.post(`/api/v1/entries/${id}/acts/change`, { content: { note: '增加信息项' } }))
        .status,
    ).toBe(200)
    for (const act of ['confirm', 'publish'])
      expect((await city.authority.post(`/api/v1/entries/${id}/acts/${act}`)).status).toBe(200)
    expect((await entry(id)).fields.map((field: { name: string }) => field.name)).toContain('成立日期')
    const rows = await city.visitor.get(`/api/v1/entries/${id}/rows`)
    expect(rows.status).toBe(200)
    expect(rows.body.columns.map((column: { name: string }) => column.name)).toEqual([
      '统一社会信用代码',
      '企业名称',
      '注册资本',
    ])
    const named = await city.visitor.get(
      `/api/v1/entries/${id}/rows?fields=${encodeURIComponent('成立日期')}`,
    )
    expect(named.status).toBe(400)
    expect((await city.visitor.get(`/api/v1/entries/${id}/download?format=csv`)).status).toBe(200)
  })

  it('takes one request to renew a grant, of two that come at once', async () => {
    const entryId = await publishEntry(city, { title: '续用的登记', sharing: conditional })
    const asked = { scenario: '核对', fields: ['企业名称'] }
    const filed = await fileRequest(city.user, entryId, { ...asked, until: '2023-06-30' })
    const { grantId } = (await city.authority.post(`/api/v1/cases/${filed.body.id}/acts/grant`)).body
    const renew = () =>
      city.user.post(`/api/v1/grants/${grantId}/acts/renew`, { content: { ...asked, until: '2023-12-29' } })
    const both = await Promise.all([renew(), renew(), renew()])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  })
})
