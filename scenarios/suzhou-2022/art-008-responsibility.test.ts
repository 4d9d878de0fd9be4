import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry } from '../kit/acts.ts'
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
    for (const caller of [city.steward, city.user]) {
      const refused = await submit(caller)
      expect(refused.status).toBe(403)
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
})
