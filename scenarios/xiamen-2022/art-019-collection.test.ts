import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lawBasis, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'

let city: City
beforeAll(async () => {
  city = await openCity('xiamen')
  city.at('2023-05-08T01:00:00Z')
})
afterAll(() => city.close())

const plans = '/api/v1/collection-plans'
const unlisted = { type: '', conditions: '', basis: null }
const register = async (plan: object) => {
  const { body } = await city.steward.post(plans, {
    title: '泳池入场登记',
    purpose: '公共体育服务',
    subjectType: 'natural-person',
    procedureBasis: lawBasis,
    ...plan,
  })
  return city.steward.post(`${plans}/${body.id}/acts/register`)
}
const number = (reason: string) => ({
  name: '会员身份标识',
  type: 'identity-number',
  sensitivity: 'personal',
  reason,
})

describe('Article 19: collection', () => {
  it('[XM-19.1] registers no collection without ground, provision and, for personal data, a reason for each field', async () => {
    const groundless = await register({ fields: [number('')] })
    expect([groundless.status, groundless.body.article]).toEqual([403, 'XM-19.1'])
    expect(groundless.body.errors).toMatchObject([{ path: 'fields.会员身份标识' }])
    const aimless = await register({ purpose: '', fields: [number('深水区核验')] })
    expect(aimless.body.errors).toMatchObject([{ path: 'plan' }])
    const unfounded = await register({ procedureBasis: null, fields: [number('深水区核验')] })
    expect([unfounded.status, unfounded.body.article]).toEqual([403, 'XM-19.1'])
    expect(unfounded.body.condition.zh).toContain('收集程序')
    // What is not personal needs no reason of its own; the field without ground can also be dropped.
    const time = { name: '入场时间', type: 'instant', sensitivity: 'internal' }
    expect((await register({ fields: [number('深水区核验'), time] })).body.state).toBe('registered')
    expect((await register({ fields: [time], procedureBasis: null })).body.state).toBe('registered')
  })

  it('[XM-19.2] refuses what another body shares, offers the request, and asks for a legal exception', async () => {
    const household = await publishEntry(
      city,
      {
        title: '户籍人口',
        opening: unlisted,
        subjectType: 'natural-person',
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
      city.other,
    )
    const address = { name: '家庭住址', type: 'text', sensitivity: 'personal', reason: '社保卡寄送' }
    const refused = await register({ fields: [address] })
    expect([refused.status, refused.body.article]).toEqual([403, 'XM-19.2'])
    const [listed] = (await city.steward.get(plans)).body.items
    const { findings } = (await city.steward.get(`${plans}/${listed.id}`)).body
    expect(findings).toMatchObject([{ kind: 'repeat', offer: { entryId: household, field: '户籍地址' } }])
    expect(new URL(findings[0].offer.apply, 'http://city.invalid').searchParams.get('fields')).toBe(
      '户籍地址',
    )
    const claim = (rank: string) =>
      register({
        fields: [address],
        exceptions: [{ field: '家庭住址', ground: 'provision', basis: { ...lawBasis, rank } }],
      })
    expect((await claim('local-policy')).status).toBe(403)
    const consenting = await register({
      fields: [address],
      exceptions: [{ field: '家庭住址', ground: 'consent', consent: '口头同意' }],
    })
    expect(consenting.status).toBe(403)
    expect((await claim('law')).body.state).toBe('registered')
  })
})
