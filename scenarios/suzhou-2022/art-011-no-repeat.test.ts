import { afterAll, beforeAll, expect, it } from 'vitest'
import { publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'

let city: City
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2024-03-04T01:00:00Z')
})
afterAll(() => city.close())

const plans = '/api/v1/collection-plans'

it('[SZ-11.3] refuses to collect what is shareable unless a provision or a consent is on record', async () => {
  const marriage = await publishEntry(
    city,
    {
      title: '婚姻登记',
      subjectType: 'natural-person',
      fields: [
        { name: '登记证号', type: 'text', sensitivity: 'personal', key: true, required: true },
        { name: '婚姻登记信息', type: 'text', sensitivity: 'personal' },
      ],
    },
    city.user,
  )
  const register = async (exceptions: object[]) => {
    const { body } = await city.steward.post(plans, {
      title: '住房补贴申请',
      purpose: '住房保障',
      subjectType: 'natural-person',
      fields: [{ name: '婚姻状况', type: 'text', sensitivity: 'personal', reason: '核定家庭人口' }],
      exceptions,
    })
    return city.steward.post(`${plans}/${body.id}/acts/register`)
  }
  const provision = (rank: string) => ({
    field: '婚姻状况',
    ground: 'provision',
    basis: { rank, instrument: '示例条例', article: '第三条' },
  })
  const refused = await register([])
  expect([refused.status, refused.body.article]).toEqual([403, 'SZ-11.3'])
  expect(refused.body.errors[0].message.zh).toContain('示例民政局《婚姻登记》')
  const [listed] = (await city.steward.get(plans)).body.items
  const { findings } = (await city.steward.get(`${plans}/${listed.id}`)).body
  expect(findings[0].offer).toMatchObject({ entryId: marriage })
  expect(findings[0].offer.apply).toContain(`/desk/apply/${marriage}`)

  expect((await register([provision('normative-document')])).status).toBe(403)
  expect((await register([{ field: '婚姻状况', ground: 'consent', consent: '' }])).status).toBe(403)
  for (const exception of [
    provision('local-regulation'),
    { field: '婚姻状况', ground: 'consent', consent: '申请表内书面同意，随档留存' },
  ]) {
    const lawful = await register([exception])
    expect(lawful.body.state, lawful.text).toBe('registered')
    expect(lawful.body.exceptions).toMatchObject([{ field: '婚姻状况', ground: exception.ground }])
    expect(lawful.body.findings).toMatchObject([{ kind: 'repeat', blocking: false }])
  }
})
