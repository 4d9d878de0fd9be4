import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lawBasis, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { act, openingContent } from '../kit/requests.ts'

const notShared = { type: 'none', conditions: '', basis: lawBasis }
const unlisted = { type: '', conditions: '', basis: null }

let city: City
beforeAll(async () => {
  city = await openCity('xiamen')
  city.at('2023-05-08T01:00:00Z')
})
afterAll(() => city.close())

const entryOf = async (id: string) => (await city.steward.get(`/api/v1/entries/${id}`)).body
const raise = (entryId: string, caller = city.authority) =>
  caller.post('/api/v1/cases', {
    procedure: 'attribute-dispute',
    entryId,
    content: openingContent(city, 'attribute-dispute', { 'sharing-type': 'conditional' }),
  })

describe('Article 26.5: the authority objects to a sharing attribute', () => {
  it('[XM-26.5] consults, brings both positions before the municipal government, and holds its decision', async () => {
    const entryId = await publishEntry(city, { title: '企业年金', sharing: notShared, opening: unlisted })
    const government = await city.signIn('government')
    const raised = (await raise(entryId)).body
    expect(
      raised.waitsFor.map(({ organisation }: { organisation: { id: string } }) => organisation.id),
    ).toContain('market')
    // Without the provider's position there is nothing to bring before the government.
    expect((await act(city, city.authority, raised, 'submit')).status).toBe(409)
    expect((await act(city, government, raised, 'decide')).status).toBe(409)
    await act(city, city.steward, raised, 'disagree', { position: '年金信息不宜扩散' })
    const submitted = await act(city, city.authority, raised, 'submit', { record: '两次协商未能一致' })
    expect(submitted.body.clocks.length).toBeGreaterThan(0)
    for (const clock of submitted.body.clocks) expect(clock.dueOn).toBeNull()
    expect((await act(city, city.authority, raised, 'decide')).status).toBe(403)
    expect((await entryOf(entryId)).sharing.type).toBe('none')

    const decision = { 'sharing-type': 'conditional', reference: '示例政函〔2023〕7号' }
    const decided = await act(city, government, raised, 'decide', decision)
    expect(decided.body.outcome).toBe('closed')
    const written = decided.body.events.flatMap(({ content }: { content: { value: unknown }[] }) =>
      content.map(({ value }) => value),
    )
    expect(written).toEqual(expect.arrayContaining(['年金信息不宜扩散', '两次协商未能一致']))
    const entry = await entryOf(entryId)
    expect(entry).toMatchObject({
      sharingType: 'conditional',
      decisions: [
        {
          about: 'sharing-type',
          value: { zh: '有条件共享' },
          reference: decision.reference,
          article: 'XM-26.5',
          caseNumber: raised.number,
        },
      ],
    })
    const back = await city.steward.patch(`/api/v1/entries/${entryId}`, {
      version: entry.version,
      sharing: notShared,
    })
    expect(back.status).toBe(403)
    expect(back.body).toMatchObject({ code: 'refused-by-law', article: 'XM-26.5' })
    expect(back.body.condition.zh).toContain(decision.reference)
    const other = await city.steward.patch(`/api/v1/entries/${entryId}`, {
      version: entry.version,
      summary: '其他内容可以照常更新。',
    })
    expect(other.status).toBe(200)
  })

  it('[XM-26.5] changes the attribute where both sides agree, and leaves the provider free afterwards', async () => {
    const entryId = await publishEntry(city, { title: '用水量', sharing: notShared, opening: unlisted })
    const raised = (await raise(entryId)).body
    const agreed = await act(city, city.steward, raised, 'agree')
    expect(agreed.body.outcome).toBe('granted')
    const entry = await entryOf(entryId)
    expect(entry).toMatchObject({ sharingType: 'conditional', decisions: [] })
    const back = await city.steward.patch(`/api/v1/entries/${entryId}`, {
      version: entry.version,
      sharing: notShared,
    })
    expect(back.status).toBe(200)
  })

  it('[XM-26.5] is for the authority alone to raise', async () => {
    const entryId = await publishEntry(city, { title: '用电量', sharing: notShared, opening: unlisted })
    for (const caller of [city.user, city.steward]) {
      const refused = await raise(entryId, caller)
      expect(refused.status).toBe(403)
      expect((await entryOf(entryId)).sharingType).toBe('none')
    }
  })
})
