import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { addBody } from '../kit/compiling.ts'
import { noticeOf } from '../kit/notices.ts'

let city: City
let certificates: string
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-03-04T01:00:00Z')
  certificates = await publishEntry(
    city,
    {
      title: '婚姻登记证照',
      subjectType: 'natural-person',
      sharing: unconditional,
      fields: [
        { name: '结婚证号', type: 'text', sensitivity: 'personal', key: true, required: true },
        { name: '登记日期', type: 'date', sensitivity: 'internal' },
      ],
    },
    city.user,
  )
})
afterAll(() => city.close())

const plans = '/api/v1/collection-plans'
const law = { rank: 'law', instrument: '中华人民共和国民法典', article: '第一千零四十九条' }

/** An entry of the housing commission (played by market regulation) under which it collects. */
const ownEntry = () =>
  publishEntry(city, {
    title: '公租房申请',
    fields: [
      { name: '申请编号', type: 'text', sensitivity: 'internal', key: true, required: true },
      { name: '结婚证', type: 'text', sensitivity: 'personal' },
    ],
  })
const form = (entryId: string | null, more: object = {}) => ({
  title: '公租房申请表',
  purpose: '住房保障',
  subjectType: 'natural-person',
  entryId,
  fields: [{ name: '结婚证', type: 'text', sensitivity: 'personal', reason: '核验婚姻状况' }],
  ...more,
})

describe('Articles 11 and 19: collection by the catalogue, and not twice', () => {
  it('[TJ-19.2-a] refuses a field that the sharing platform has, unless a law or regulation is cited', async () => {
    const entryId = await ownEntry()
    const { body } = await city.steward.post(plans, form(entryId))
    expect(body.findings).toMatchObject([
      {
        field: '结婚证',
        article: 'TJ-19.2-a',
        blocking: true,
        offer: { entryId: certificates, provider: { id: 'civil' }, apply: `/entries/${certificates}#data` },
      },
    ])
    const register = (id: string) => city.steward.post(`${plans}/${id}/acts/register`)
    const refused = await register(body.id)
    expect([refused.status, refused.body.article]).toEqual([403, 'TJ-19.2-a'])
    expect(refused.body.errors[0].message.zh).toContain('示例民政局《婚姻登记证照》')

    const claiming = (rank: string) =>
      city.steward.post(
        plans,
        form(entryId, { exceptions: [{ field: '结婚证', ground: 'provision', basis: { ...law, rank } }] }),
      )
    expect((await register((await claiming('normative-document')).body.id)).status).toBe(403)
    const lawful = await register((await claiming('law')).body.id)
    expect(lawful.body.state).toBe('registered')
    // What lifted the ban stays visible with the plan.
    expect(lawful.body.findings).toMatchObject([{ field: '结婚证', blocking: false }])
    expect(lawful.body.exceptions[0].basis.article).toBe('第一千零四十九条')
  })

  it('[TJ-19.2-b] stops a bureau that has districts report what is shared; a district can object to a task', async () => {
    const district = await addBody(city, 'hedong', '示例河东区', {
      level: 'district',
      roles: ['district-government'],
    })
    await publishEntry(
      city,
      {
        title: '在校学生数',
        sharing: unconditional,
        fields: [
          { name: '学校代码', type: 'text', sensitivity: 'internal', key: true, required: true },
          { name: '在校生人数', type: 'integer', sensitivity: 'internal' },
        ],
      },
      city.other,
    )
    const entryId = await publishEntry(city, {
      title: '各区上报数据',
      fields: [
        { name: '区名', type: 'text', sensitivity: 'internal', key: true, required: true },
        { name: '学生人数', type: 'integer', sensitivity: 'internal' },
        { name: '校车数量', type: 'integer', sensitivity: 'internal' },
      ],
    })
    const task = (name: string) =>
      form(entryId, {
        title: `${name}上报`,
        audience: 'below',
        addressees: ['hedong'],
        subjectType: 'other',
        fields: [{ name, type: 'integer', sensitivity: 'internal', reason: '年度统计' }],
      })
    const repeated = await city.steward.post(plans, task('学生人数'))
    const refused = await city.steward.post(`${plans}/${repeated.body.id}/acts/register`)
    expect([refused.status, refused.body.article]).toEqual([403, 'TJ-19.2-b'])
    expect(refused.body.errors[0].message.zh).toContain('在校学生数')
    expect((await district.get(`${plans}/${repeated.body.id}`)).status).toBe(404)

    const { body } = await city.steward.post(plans, task('校车数量'))
    await city.steward.post(`${plans}/${body.id}/acts/register`)
    expect((await city.other.post(`${plans}/${body.id}/acts/object`, { reasons: '与我无关' })).status).toBe(
      404,
    )
    const objected = await district.post(`${plans}/${body.id}/acts/object`, { reasons: '数据已在市平台' })
    expect(objected.status, objected.text).toBe(200)
    const seen = (await city.authority.get(`${plans}/${body.id}`)).body
    expect(seen.objections).toMatchObject([{ organisation: { id: 'hedong' }, reasons: '数据已在市平台' }])
    await noticeOf(city.authority, '校车数量上报')
  })

  it('[TJ-11.1-a] creates a task only for an entry of the confirmed catalogue', async () => {
    const draft = await city.steward.post('/api/v1/entries', { title: '尚未确认的条目' })
    for (const entryId of [null, draft.body.id, certificates]) {
      const { body } = await city.steward.post(
        plans,
        form(entryId, { fields: [{ name: '床位数', type: 'integer', sensitivity: 'public' }] }),
      )
      const refused = await city.steward.post(`${plans}/${body.id}/acts/register`)
      expect([refused.status, refused.body.article]).toEqual([403, 'TJ-11.1-a'])
    }
  })

  it('[TJ-11.1-a] reports the fields of a file that the entry does not list and does not take them in', async () => {
    const names = ['编号', '名称', '区', '街道', '床位', '护理床位', '电话', '开业日期']
    const id = await publishEntry(city, {
      title: '养老床位',
      sharing: unconditional,
      fields: names.map((name, n) => ({
        name,
        type: 'text',
        sensitivity: 'public',
        key: n === 0,
        required: n === 0,
      })),
    })
    const header = [...names, '内部评分', '备注']
    const batch = await bringIn(
      city,
      id,
      [header.join(','), header.map((_, n) => `值${n}`).join(','), ''].join('\n'),
    )
    expect(batch.state).toBe('live')
    const surplus = batch.tables[0].columns.filter(({ field }: { field: string | null }) => field === null)
    expect(surplus.map(({ source }: { source: string }) => source)).toEqual(['内部评分', '备注'])
    const taken = (await city.steward.get(`/api/v1/entries/${id}/rows`)).body
    expect(taken.columns.map(({ name }: { name: string }) => name)).toEqual(names)
    expect(JSON.stringify(taken.rows)).not.toContain('值8')
  })
})
