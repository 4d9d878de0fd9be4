import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bringIn,
  companyFile,
  companyRegister,
  passChecks,
  publishEntry,
  unconditional,
} from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-03-04T01:00:00Z')
})
afterAll(() => city.close())

const opened = { sharing: unconditional, opening: unconditional }

/** An entry that is confirmed and lacks nothing but its publication. */
async function confirmed(title: string, change: object = {}): Promise<string> {
  const { body } = await city.steward.post('/api/v1/entries', {
    ...companyRegister,
    title,
    ...opened,
    ...change,
  })
  expect((await city.steward.post(`/api/v1/entries/${body.id}/acts/submit`)).status).toBe(200)
  expect((await city.authority.post(`/api/v1/entries/${body.id}/acts/confirm`)).status).toBe(200)
  return body.id
}
const publish = (id: string) => city.authority.post(`/api/v1/entries/${id}/acts/publish`)
const check = (id: string, kind: string, passed: boolean, caller = city.steward) =>
  caller.post(`/api/v1/entries/${id}/publication-checks`, { kind, passed, note: '已核' })

describe('Article 20: free of charge', () => {
  it('[TJ-20.1-b] refuses a price on an entry, with the article, and keeps the data free', async () => {
    const priced = await city.steward.post('/api/v1/entries', {
      ...companyRegister,
      title: '气象观测',
      ...opened,
      price: 100,
    })
    expect(priced.status).toBe(403)
    expect(priced.body).toMatchObject({ article: 'TJ-20.1-b', errors: [{ path: 'price' }] })
    const id = await publishEntry(city, { title: '气象观测', ...opened })
    await bringIn(city, id, companyFile([syntheticCreditCode(1)]))
    const { version } = (await city.steward.get(`/api/v1/entries/${id}`)).body
    expect((await city.steward.patch(`/api/v1/entries/${id}`, { price: 1, version })).body.article).toBe(
      'TJ-20.1-b',
    )
    expect((await city.visitor.get(`/api/v1/entries/${id}/download?format=csv`)).status).toBe(200)
  })

  it('[TJ-20.1-b] takes no fee with an opening request or its answer', async () => {
    const id = await publishEntry(city, {
      title: '客流统计',
      sharing: unconditional,
      opening: { type: 'conditional', conditions: '用于研究', basis: null },
    })
    const content = { scenario: '研究', fields: ['企业名称'] }
    const file = (more: object) =>
      city.citizen.post('/api/v1/cases', {
        procedure: 'opening-request',
        entryId: id,
        content: { ...content, ...more },
      })
    expect((await file({ fee: 100 })).status).toBe(422)
    const { body } = await file({})
    await city.steward.post(`/api/v1/cases/${body.id}/acts/accept`)
    const answer = await city.steward.post(`/api/v1/cases/${body.id}/acts/provide`, { content: { fee: 100 } })
    expect(answer.status).toBe(422)
  })
})

describe('Article 20.2: checks before opening', () => {
  it('[TJ-20.2] refuses to publish an entry to be opened until both checks are recorded and passed', async () => {
    const id = await confirmed('地图数据')
    const refused = await publish(id)
    expect(refused.status).toBe(403)
    expect(refused.body.article).toBe('TJ-20.2')
    expect(refused.body.condition.zh).toMatch(/保密审查、政府信息公开审查$/)
    expect((await check(id, 'secrecy', true)).status).toBe(201)
    expect((await publish(id)).body.condition.zh).toMatch(/：政府信息公开审查$/)
    await check(id, 'disclosure', false)
    expect((await publish(id)).status).toBe(403)
    await check(id, 'disclosure', true)
    expect((await publish(id)).body.status).toBe('published')
    const { checks } = (await city.authority.get(`/api/v1/entries/${id}/publication-checks`)).body
    expect(checks).toHaveLength(3)
    expect(checks[0]).toMatchObject({
      kind: 'disclosure',
      passed: true,
      checkedBy: '示例steward',
      checkedAt: '2019-03-04T01:00:00.000Z',
      current: true,
    })
    expect(checks[0].recordId).toBeDefined()
  })

  it('[TJ-20.2] lets the provider alone record them, and asks for them again when the entry changes', async () => {
    const id = await confirmed('地名', {})
    expect((await check(id, 'secrecy', true, city.authority)).body).toMatchObject({
      ...{ status: 403, code: 'not-allowed', article: 'TJ-20.2' },
      remedy: { zh: expect.stringContaining('提供单位') },
    })
    expect((await check(id, 'secrecy', true, city.other)).status).toBe(404)
    expect((await check(id, 'blessing', true)).status).toBe(422)
    await passChecks(id, city.steward)
    await publish(id)
    const { version } = (await city.steward.get(`/api/v1/entries/${id}`)).body
    const fields = [
      ...companyRegister.fields,
      { name: '坐标', type: 'text', meaning: '', sensitivity: 'public' },
    ]
    await city.steward.patch(`/api/v1/entries/${id}`, { fields, version })
    await city.steward.post(`/api/v1/entries/${id}/acts/change`, { content: { note: '增加坐标' } })
    await city.authority.post(`/api/v1/entries/${id}/acts/confirm`)
    expect((await publish(id)).body).toMatchObject({ status: 403, article: 'TJ-20.2' })
    await passChecks(id, city.steward)
    expect((await publish(id)).status).toBe(200)
  })

  it('asks no check of what is not to be opened', async () => {
    const id = await confirmed('内部名录', { opening: { type: 'none', conditions: '', basis: null } })
    expect((await publish(id)).status).toBe(200)
  })
})

describe('Article 22: machine-readable standard formats', () => {
  it('[TJ-22.1-a] does not take an entry to be opened unconditionally as a PDF, and asks for a standard format', async () => {
    const { body } = await city.steward.post('/api/v1/entries', {
      ...companyRegister,
      title: '统计表',
      ...opened,
      format: 'PDF 扫描件',
    })
    const answer = await city.steward.post(`/api/v1/entries/${body.id}/acts/submit`)
    expect(answer.status).toBe(422)
    expect(answer.body).toMatchObject({ article: 'TJ-22.1-a', errors: [{ path: 'format' }] })
    expect(answer.body.errors[0].message.zh).toContain('CSV')
    const { version } = body
    await city.steward.patch(`/api/v1/entries/${body.id}`, { format: '表格（CSV）', version })
    expect((await city.steward.post(`/api/v1/entries/${body.id}/acts/submit`)).status).toBe(200)
  })

  it('[TJ-22.1-a] refuses a PDF file for such an entry and publishes nothing of it', async () => {
    const id = await publishEntry(city, { title: '公园', ...opened })
    const pdf = await city.steward.upload(
      `/api/v1/entries/${id}/batches?accept=auto&filename=${encodeURIComponent('公园.pdf')}`,
      '%PDF-1.4 表格',
    )
    expect(pdf.status).toBe(403)
    expect(pdf.body).toMatchObject({ article: 'TJ-22.1-a' })
    expect(pdf.body.remedy.zh).toContain('可机读标准格式')
    // A PDF under another name is told by what it is.
    const renamed = await city.steward.upload(
      `/api/v1/entries/${id}/batches?accept=auto&filename=a.csv`,
      Buffer.from('%PDF-1.4\n%âãÏÓ\n1 0 obj\n<< >>\nendobj\n', 'latin1'),
    )
    expect(renamed.status).toBe(202)
    await city.settle()
    expect((await city.steward.get(`/api/v1/batches/${renamed.body.id}`)).body.state).toBe('failed')
    expect((await city.visitor.get(`/api/v1/entries/${id}/rows`)).status).toBe(409)
    const batch = await bringIn(city, id, companyFile([syntheticCreditCode(2)]))
    expect(batch.state).toBe('live')
    expect((await city.visitor.get(`/api/v1/entries/${id}/download?format=csv`)).status).toBe(200)
  })
})

describe('Article 24: fields that are opened first', () => {
  it('[TJ-24.1-b] shows the nine fields with what is open in each, and who answers for a field at zero', async () => {
    const conditionally = { type: 'conditional', conditions: '用于研究', basis: null }
    await publishEntry(city, { title: '公交线路', ...opened, priorityField: 'transport' })
    await publishEntry(city, {
      title: '轨道客流',
      ...opened,
      opening: conditionally,
      priorityField: 'transport',
    })
    await publishEntry(city, {
      title: '就诊',
      ...opened,
      opening: { type: 'none', conditions: '', basis: null },
      priorityField: 'medical',
    })
    const assign = (caller: City['user']) =>
      caller.post('/api/v1/priority-fields/weather/responsible', { organisationId: 'health' })
    expect((await assign(city.steward)).body).toMatchObject({
      ...{ status: 403, code: 'not-allowed', article: 'TJ-24.1-b' },
      remedy: { zh: expect.stringContaining('数据主管部门') },
    })
    expect((await assign(city.authority)).status).toBe(200)
    const { items } = (await city.visitor.get('/api/v1/priority-fields')).body
    expect(items.map(({ term }: { term: { zh: string } }) => term.zh)).toEqual(
      '信用、交通、医疗、就业、社保、教育、环境、气象、企业登记监管'.split('、'),
    )
    const field = (key: string) => items.find((each: { key: string }) => each.key === key)
    expect(field('transport')).toMatchObject({ open: 1, conditional: 1, notOpened: 0 })
    expect(field('medical')).toMatchObject({ open: 0, conditional: 0, notOpened: 1 })
    expect(field('weather')).toMatchObject({
      open: 0,
      conditional: 0,
      article: 'TJ-24.1-b',
      responsible: { id: 'health' },
    })
    const listed = (await city.visitor.get('/api/v1/entries?priority=transport')).body.items
    expect(listed.map(({ title }: { title: string }) => title).sort()).toEqual(['公交线路', '轨道客流'])
    const unknown = await city.steward.post('/api/v1/entries', {
      ...companyRegister,
      priorityField: 'astrology',
    })
    expect(unknown.status).toBe(403)
    expect(unknown.body).toMatchObject({ article: 'TJ-24.1-b', errors: [{ path: 'priorityField' }] })
  })
})
