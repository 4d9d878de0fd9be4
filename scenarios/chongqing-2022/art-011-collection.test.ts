import { identityNumberCheck } from '@tiaoli/kernel/identifiers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, closed, conditional, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { addBody, draftEntry } from '../kit/compiling.ts'

let city: City
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2023-03-01T02:00:00Z')
})
afterAll(() => city.close())

const identityNumber = (n: number) => {
  const first17 = `50010119900101${String(n).padStart(3, '0')}`
  return first17 + identityNumberCheck(first17)
}
const numberField = { name: '身份证号', type: 'identity-number', sensitivity: 'personal', reason: '核验身份' }
const plan = (fields: object[], more: object = {}) => ({
  title: '泳池年卡登记',
  purpose: '公共体育场馆服务',
  kind: '办理年卡的市民的身份信息',
  subjectType: 'natural-person',
  fields,
  ...more,
})

describe('Article 11: collection', () => {
  it('[CQ-11.1(1)] registers no plan of which a field has no link to the duty', async () => {
    const marital = { name: '婚姻状况', type: 'text', sensitivity: 'personal', reason: '' }
    const { body } = await city.steward.post('/api/v1/collection-plans', plan([numberField, marital]))
    expect(body.findings).toMatchObject([
      { field: '婚姻状况', kind: 'reason', article: 'CQ-11.1(1)', blocking: true },
    ])
    const refused = await city.steward.post(`/api/v1/collection-plans/${body.id}/acts/register`)
    expect(refused.status).toBe(403)
    expect(refused.body).toMatchObject({ article: 'CQ-11.1(1)', errors: [{ path: 'fields.婚姻状况' }] })
    const { id, version } = body
    await city.steward.patch(`/api/v1/collection-plans/${id}`, { ...plan([numberField]), version })
    const registered = await city.steward.post(`/api/v1/collection-plans/${id}/acts/register`)
    expect(registered.body.state).toBe('registered')
    const idle = await city.steward.post('/api/v1/collection-plans', plan([numberField], { purpose: '' }))
    const pointless = await city.steward.post(`/api/v1/collection-plans/${idle.body.id}/acts/register`)
    expect(pointless.body).toMatchObject({ article: 'CQ-11.1(1)', errors: [{ path: 'plan' }] })
  })

  it('[CQ-11.1(2)] refuses to collect what is shareable, offers the request, and lets go once one was refused', async () => {
    const police = await addBody(city, 'police', '示例公安局')
    const household = await publishEntry(
      city,
      {
        title: '户籍登记',
        fields: [
          {
            name: '公民身份号码',
            type: 'identity-number',
            sensitivity: 'personal',
            key: true,
            required: true,
          },
          { name: '户籍地址', type: 'text', sensitivity: 'personal' },
        ],
      },
      police,
    )
    // The form asks in other words; it is the same thing.
    const address = { name: '家庭住址', type: 'text', sensitivity: 'personal', reason: '划片入学' }
    const content = plan([{ ...numberField, name: '学生身份号码', type: 'identity-number' }, address], {
      title: '入学登记',
      purpose: '义务教育入学',
    })
    const { body } = await city.user.post('/api/v1/collection-plans', content)
    const repeat = body.findings.find(({ kind }: { kind: string }) => kind === 'repeat')
    expect(repeat).toMatchObject({
      field: '家庭住址',
      article: 'CQ-11.1(2)',
      blocking: true,
      offer: { entryId: household, title: '户籍登记', field: '户籍地址' },
    })
    expect(decodeURIComponent(repeat.offer.apply)).toBe(
      `/desk/apply/${household}?fields=户籍地址&scenario=义务教育入学`,
    )
    const register = () => city.user.post(`/api/v1/collection-plans/${body.id}/acts/register`)
    const refused = await register()
    expect([refused.status, refused.body.article]).toEqual([403, 'CQ-11.1(2)'])
    expect(refused.body.errors[0].message.zh).toMatch(/示例公安局《户籍登记》/)

    const filed = await city.user.post('/api/v1/cases', {
      procedure: 'sharing-request',
      entryId: household,
      content: { scenario: '义务教育入学', fields: ['户籍地址'] },
    })
    expect(filed.status, filed.text).toBe(201)
    expect((await register()).status).toBe(403)
    const decline = await city.authority.post(`/api/v1/cases/${filed.body.id}/acts/refuse`, {
      content: {
        reasons: '批量提供超出最小必要范围',
        basis: { rank: 'law', instrument: '中华人民共和国个人信息保护法', article: '第六条' },
      },
    })
    expect(decline.status, decline.text).toBe(200)
    expect((await register()).body.state).toBe('registered')
    // The refusal was to one body; another one still has to ask.
    const other = await city.other.post('/api/v1/collection-plans', content)
    expect((await city.other.post(`/api/v1/collection-plans/${other.body.id}/acts/register`)).status).toBe(
      403,
    )
  })

  it('[CQ-11.1(2)] refuses an entry that is said to be collected although it can be had by sharing', async () => {
    const id = await draftEntry(city.steward, {
      subjectType: 'natural-person',
      fields: [
        { name: '公民身份号码', type: 'identity-number', sensitivity: 'personal', key: true, required: true },
        { name: '家庭住址', type: 'text', sensitivity: 'personal', selfCollected: true },
      ],
    })
    const refused = await city.steward.post(`/api/v1/entries/${id}/acts/submit`)
    expect([refused.status, refused.body.article]).toEqual([422, 'CQ-11.1(2)'])
    expect(refused.body.condition.zh).toContain('户籍登记')
  })

  it('[CQ-11.1(3)] takes company data in only under the unified social credit code', async () => {
    const fields = [
      { name: '企业名称', type: 'text', sensitivity: 'public', key: true, required: true },
      { name: '注册资本', type: 'decimal', sensitivity: 'public' },
    ]
    const id = await draftEntry(city.steward, {
      title: '按名称登记的企业',
      subjectType: 'organisation',
      fields,
    })
    const submitted = await city.steward.post(`/api/v1/entries/${id}/acts/submit`)
    expect(submitted.body).toMatchObject({ status: 422, article: 'CQ-11.1(3)' })
    expect(submitted.body.condition.zh).toContain('统一社会信用代码')
    const sent = await city.steward.upload(
      `/api/v1/entries/${id}/batches?accept=auto&filename=a.csv`,
      '企业名称,注册资本\n示例企业,10\n',
    )
    expect([sent.status, sent.body.article]).toEqual([403, 'CQ-11.1(3)'])
    expect((await city.steward.get(`/api/v1/batches?entry=${id}`)).body.items).toEqual([])
    const silent = await draftEntry(city.steward, { subjectType: null })
    const unstated = await city.steward.post(`/api/v1/entries/${silent}/acts/submit`)
    expect(unstated.body).toMatchObject({ status: 422, errors: [{ path: 'subjectType' }] })
    for (const subjectType of ['natural-person', 'geospatial']) {
      const wrong = await draftEntry(city.steward, { subjectType })
      const answer = await city.steward.post(`/api/v1/entries/${wrong}/acts/submit`)
      expect([answer.status, answer.body.article]).toEqual([422, 'CQ-11.1(3)'])
    }
  })

  it('[CQ-11.1(3)] refuses values of an identifier by format and by check digit', async () => {
    const id = await publishEntry(city, {
      title: '公共体育场馆年卡',
      sharing: conditional,
      opening: closed,
      fields: [
        { name: '公民身份号码', type: 'identity-number', sensitivity: 'personal', key: true, required: true },
        { name: '卡号', type: 'text', sensitivity: 'internal' },
      ],
    })
    const good = identityNumber(1)
    const wrongDigit = good.slice(0, 17) + (good[17] === '1' ? '2' : '1')
    const batch = await bringIn(
      city,
      id,
      ['公民身份号码,卡号', `${good},A1`, `${wrongDigit},A2`, '5001,A3', ''].join('\n'),
      '年卡.csv',
    )
    expect(batch).toMatchObject({ state: 'live', rows: 1, refusedRows: 2 })
    expect(batch.refusals.map(({ column }: { column: string }) => column)).toEqual([
      '公民身份号码',
      '公民身份号码',
    ])
  })
})
