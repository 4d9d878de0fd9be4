import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry } from '../kit/acts.ts'
import { foundBody, foundDistrict } from '../kit/bodies.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2023-05-08T01:00:00Z')
})
afterAll(() => city.close())

describe('Article 8.4: whose the data are', () => {
  it('[SZ-8.4] is put to the government of the level, whose decision names the institution in the entry', async () => {
    const entryId = await publishEntry(city, { title: '住房租赁登记' })
    const government = await city.signIn('government')
    const submit = (caller: typeof government, other = 'civil') =>
      request(city, caller, entryId, { other, statement: '两个部门都主张负责' }, 'responsibility')
    const housing = await foundBody(
      city,
      { id: 'housing', zh: '示例住房局', kind: 'department', level: 'city' },
      ['officer'],
    )
    const foreign = await submit(housing)
    expect([foreign.status, foreign.body.article]).toEqual([403, 'SZ-8.4'])
    for (const caller of [city.steward, city.user]) {
      const refused = await submit(caller)
      expect([refused.status, refused.body.code]).toEqual([403, 'not-allowed'])
    }
    const submitted = await submit(city.authority)
    expect(submitted.body).toMatchObject({
      waitsFor: [{ organisation: { id: 'government' } }],
      clocks: [{ kind: 'waiting', dueOn: null }],
    })
    // Both institutions see the matter and may say what they think; neither of them decides, nor does the authority.
    for (const caller of [city.steward, city.user]) {
      expect((await act(city, caller, submitted.body, 'state-view', { view: '由本机构负责' })).status).toBe(
        200,
      )
      expect((await act(city, caller, submitted.body, 'decide', { body: 'civil' })).status).toBe(403)
    }
    expect((await act(city, city.authority, submitted.body, 'decide', { body: 'civil' })).status).toBe(403)
    expect((await city.visitor.get(`/api/v1/entries/${entryId}`)).body.provider.id).toBe('market')

    const decision = { body: 'civil', reference: '示例府函〔2023〕12号' }
    const decided = await act(city, government, submitted.body, 'decide', decision)
    expect(decided.body.outcome).toBe('closed')
    const entry = (await city.visitor.get(`/api/v1/entries/${entryId}`)).body
    expect(entry).toMatchObject({
      provider: { id: 'civil' },
      decisions: [
        {
          about: 'responsible-body',
          value: { zh: '示例民政局' },
          reference: decision.reference,
          article: 'SZ-8.4',
          caseId: submitted.body.id,
        },
      ],
    })
    // It is now for that institution to compile it and to bring its data in, and no longer for the other.
    const loaded = await bringIn(city, entryId, companyFile([syntheticCreditCode(1)]), '租赁.csv', city.user)
    expect(loaded.state).toBe('live')
    const late = await city.steward.patch(`/api/v1/entries/${entryId}`, {
      version: entry.version,
      summary: '改',
    })
    expect(late.status).toBe(403)
    const changed = await city.user.get(`/api/v1/entries/${entryId}`)
    expect(changed.body.catalogueCase.acts.map(({ key }: { key: string }) => key)).toContain('withdraw')
  })

  it('[SZ-8.4] moves a request that waits to the institution that now answers for the data', async () => {
    const entryId = await publishEntry(city, { title: '物业服务企业' })
    const asked = (await request(city, city.other, entryId, { fields: ['企业名称'] })).body
    const government = await city.signIn('government')
    const submitted = (
      await request(
        city,
        city.authority,
        entryId,
        { other: 'civil', statement: '职责已调整' },
        'responsibility',
      )
    ).body
    await act(city, government, submitted, 'decide', { body: 'civil', reference: '示例府函〔2023〕13号' })
    expect((await city.steward.get(`/api/v1/cases/${asked.id}`)).status).toBe(404)
    const granted = await act(city, city.user, asked, 'provide')
    expect(granted.body.outcome).toBe('granted')
    expect(granted.body.events.map((event: { act: string }) => event.act)).toEqual([
      'file',
      'provider-replaced',
      'provide',
    ])
  })

  it('[SZ-8.4] stays at its level: a district’s authority brings it to the district’s government, and neither the city’s', async () => {
    const gusu = await foundDistrict(city, 'gusu', '姑苏区', '320508')
    const wuzhong = await foundDistrict(city, 'wuzhong', '吴中区', '320506')
    const government = await city.signIn('government')
    const entryId = await publishEntry(city, { title: '姑苏区住房租赁登记' }, gusu.bureaus[0])
    const submit = (caller: typeof government, entry = entryId, other = 'gusu_second') =>
      request(city, caller, entry, { other, statement: '两个局都主张负责' }, 'responsibility')
    for (const authority of [city.authority, wuzhong.authority]) {
      const refused = await submit(authority)
      expect([refused.status, refused.body.article]).toEqual([403, 'SZ-8.4'])
    }
    const submitted = await submit(gusu.authority)
    expect(submitted.status, submitted.text).toBe(201)
    expect(submitted.body.waitsFor).toMatchObject([{ organisation: { id: 'gusu_government' } }])

    const decision = { body: 'gusu_second', reference: '示例姑苏府函〔2023〕5号' }
    for (const stranger of [government, wuzhong.government])
      expect((await act(city, stranger, submitted.body, 'decide', decision)).status).toBe(404)
    const ownSide = await act(city, gusu.authority, submitted.body, 'decide', decision)
    expect([ownSide.status, ownSide.body.article]).toEqual([403, 'SZ-8.4'])
    const decided = await act(city, gusu.government, submitted.body, 'decide', decision)
    expect(decided.body.outcome).toBe('closed')
    expect((await city.visitor.get(`/api/v1/entries/${entryId}`)).body).toMatchObject({
      provider: { id: 'gusu_second' },
      decisions: [{ about: 'responsible-body', reference: decision.reference, article: 'SZ-8.4' }],
    })

    // The reverse: what municipal bodies dispute is no district's, and neither is what bodies of two levels do.
    const municipal = await publishEntry(city, { title: '市级住房租赁登记' })
    const usurped = await submit(gusu.authority, municipal, 'civil')
    expect([usurped.status, usurped.body.article]).toEqual([403, 'SZ-8.4'])
    const brought = await submit(city.authority, municipal, 'civil')
    expect(brought.body.waitsFor).toMatchObject([{ organisation: { id: 'government' } }])
    expect(
      (await act(city, gusu.government, brought.body, 'decide', { ...decision, body: 'civil' })).status,
    ).toBe(404)
    const mixed = await publishEntry(city, { title: '姑苏区物业登记' }, gusu.bureaus[0])
    expect((await submit(gusu.authority, mixed, 'civil')).status).toBe(403)
    const across = await submit(city.authority, mixed, 'civil')
    expect(across.body.waitsFor).toMatchObject([{ organisation: { id: 'government' } }])
  })
})
