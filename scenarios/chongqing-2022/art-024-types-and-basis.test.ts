import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closed, companyRegister, conditional, lawBasis, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'

let city: City
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2026-03-02T01:00:00Z')
})
afterAll(() => city.close())

const draft = (change: object = {}) =>
  city.steward.post('/api/v1/entries', {
    ...companyRegister,
    sharing: conditional,
    opening: closed,
    ...change,
  })

describe('Article 24: types and their basis', () => {
  it('[CQ-24.3] refuses a restrictive type whose basis is a municipal notice, naming the ranks that would do', async () => {
    const answer = await draft({
      sharing: {
        type: 'none',
        conditions: '',
        basis: { rank: 'normative-document', instrument: '某市通知', article: '第三条' },
      },
    })
    expect(answer.status).toBe(403)
    expect(answer.body).toMatchObject({
      code: 'refused-by-law',
      article: 'CQ-24.3',
      errors: [{ path: 'sharing.basis.rank' }],
    })
    expect(answer.body.condition.zh).toContain('行政法规')
  })

  it('[CQ-24.3] does not take a restrictive type without any basis to the authority, on either axis', async () => {
    const { body } = await draft({
      sharing: { ...conditional, basis: null },
      opening: { ...conditional, basis: null },
    })
    const answer = await city.steward.post(`/api/v1/entries/${body.id}/acts/submit`)
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual(
      expect.arrayContaining(['sharing.basis', 'opening.basis']),
    )
    expect((await city.steward.get(`/api/v1/entries/${body.id}`)).body.status).toBe('draft')
  })

  it('[CQ-22.1-b] does not take a conditional type without conditions', async () => {
    const { body } = await draft({ sharing: { ...conditional, conditions: '  ' } })
    const answer = await city.steward.post(`/api/v1/entries/${body.id}/acts/submit`)
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toEqual([expect.objectContaining({ path: 'sharing.conditions' })])
    expect(answer.body.article).toBe('CQ-22.1-b')
  })

  it('[CQ-22.1-b] does not take an entry without its range, its types or the conditions of its opening', async () => {
    for (const [missing, path] of [
      [{ fields: [] }, 'fields'],
      [{ opening: { ...conditional, conditions: '' } }, 'opening.conditions'],
    ] as const) {
      const { body } = await draft(missing)
      const answer = await city.steward.post(`/api/v1/entries/${body.id}/acts/submit`)
      expect([path, answer.status]).toEqual([path, 422])
      expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path)
      expect(answer.body.article).toBe('CQ-22.1-b')
      // What was not handed over cannot be published by anybody.
      expect((await city.authority.post(`/api/v1/entries/${body.id}/acts/publish`)).status).toBe(404)
    }
    for (const axis of ['sharing', 'opening']) {
      const untyped = await draft({ [axis]: { type: '', conditions: '', basis: null } })
      expect(untyped.body).toMatchObject({
        status: 403,
        code: 'refused-by-law',
        article: axis === 'sharing' ? 'CQ-24.1' : 'CQ-27.2',
        errors: [{ path: `${axis}.type` }],
      })
    }
  })

  it('[CQ-24.2-a] does not take an entry whose types rest on no recorded assessment', async () => {
    const without = { contains: '企业基本信息', personalInformation: true, conclusion: '  ' }
    for (const assessment of [null, without]) {
      const { body } = await draft({ assessment })
      const answer = await city.steward.post(`/api/v1/entries/${body.id}/acts/submit`)
      expect(answer.status).toBe(422)
      expect(answer.body.errors).toEqual([expect.objectContaining({ path: 'assessment' })])
      expect(answer.body.article).toBe('CQ-24.2-a')
    }
  })

  it('[CQ-24.2-a] keeps who assessed the data and when, readable beside the types, anew with each change', async () => {
    city.at('2026-03-03T01:00:00Z')
    const id = await publishEntry(city, { title: '经评估的条目' })
    const seen = async (caller: City['user']) => (await caller.get(`/api/v1/entries/${id}`)).body
    const recorded = { assessor: '示例steward', assessedAt: '2026-03-03T01:00:00.000Z' }
    for (const caller of [city.steward, city.authority])
      expect((await seen(caller)).assessment).toMatchObject({
        ...companyRegister.assessment,
        ...recorded,
      })
    // Everyone reads what was found and when; the person is not named to the public.
    expect((await seen(city.visitor)).assessment).toMatchObject({ ...recorded, assessor: null })

    city.at('2026-03-05T01:00:00Z')
    const patch = async (change: object) =>
      city.steward.patch(`/api/v1/entries/${id}`, { ...change, version: (await seen(city.steward)).version })
    expect((await patch({ summary: '摘要的修改不是评估' })).status).toBe(200)
    expect((await seen(city.steward)).assessment).toMatchObject(recorded)
    const again = { ...companyRegister.assessment, conclusion: '复评后仍按原类型' }
    expect((await patch({ assessment: again })).status).toBe(200)
    expect((await seen(city.steward)).assessment).toMatchObject({
      ...again,
      assessedAt: '2026-03-05T01:00:00.000Z',
    })
  })

  it('[CQ-24.1] knows three types on each axis and no others', async () => {
    const answer = await draft({ sharing: { type: 'partial', conditions: '', basis: null } })
    expect(answer.status).toBe(403)
    expect(answer.body.condition.zh).toMatch(/无条件共享、有条件共享、不予共享/)
    const rulebook = await city.visitor.get('/api/v1/rulebook')
    expect(
      rulebook.body.catalogue.openingTypes.map((type: { term: { zh: string } }) => type.term.zh),
    ).toEqual(['无条件开放', '有条件开放', '不予开放'])
  })

  it('[CQ-24.1] keeps the sharing type and the opening type apart', async () => {
    const id = await publishEntry(city, {
      title: '医院床位',
      sharing: unconditional,
      opening: { ...conditional, basis: lawBasis },
    })
    expect((await city.visitor.get(`/api/v1/entries/${id}`)).body).toMatchObject({
      sharingType: 'unconditional',
      openingType: 'conditional',
    })
  })

  it('[CQ-25.1] starts a new entry from unconditional sharing', async () => {
    const { body } = await city.steward.post('/api/v1/entries', { title: '路灯位置' })
    expect(body.sharing.type).toBe('unconditional')
  })

  it('lets nobody confirm who compiled the entry, and asks for reasons when it is returned', async () => {
    const { body } = await draft()
    await city.steward.post(`/api/v1/entries/${body.id}/acts/submit`)
    expect((await city.steward.post(`/api/v1/entries/${body.id}/acts/confirm`)).status).toBe(403)
    const bare = await city.authority.post(`/api/v1/entries/${body.id}/acts/return`, {
      content: { reasons: '   ' },
    })
    expect(bare.status).toBe(422)
    expect(bare.body.errors[0].path).toContain('reasons')
    const returned = await city.authority.post(`/api/v1/entries/${body.id}/acts/return`, {
      content: { reasons: '请补充信息项含义' },
    })
    expect(returned.body.status).toBe('returned')
    expect((await city.steward.get(`/api/v1/entries/${body.id}`)).body.editable).toBe(true)
  })

  it('shows an entry to nobody else before it is published, and keeps the published version while a change is checked', async () => {
    const { body } = await draft({ title: '尚未发布的条目' })
    expect((await city.visitor.get(`/api/v1/entries/${body.id}`)).status).toBe(404)
    expect((await city.user.get(`/api/v1/entries/${body.id}`)).status).toBe(404)

    const id = await publishEntry(city, { title: '原标题' })
    const seen = (await city.steward.get(`/api/v1/entries/${id}`)).body
    await city.steward.patch(`/api/v1/entries/${id}`, { title: '新标题', version: seen.version })
    await city.steward.post(`/api/v1/entries/${id}/acts/change`, { content: { note: '更正标题' } })
    expect((await city.visitor.get(`/api/v1/entries/${id}`)).body.title).toBe('原标题')
    await city.authority.post(`/api/v1/entries/${id}/acts/confirm`)
    await city.authority.post(`/api/v1/entries/${id}/acts/publish`)
    expect((await city.visitor.get(`/api/v1/entries/${id}`)).body.title).toBe('新标题')
  })

  it('tells the second of two editors that the draft has changed, and loses neither text', async () => {
    const { body } = await draft()
    const first = await city.steward.patch(`/api/v1/entries/${body.id}`, {
      summary: '甲的修改',
      version: body.version,
    })
    const second = await city.steward.patch(`/api/v1/entries/${body.id}`, {
      summary: '乙的修改',
      version: body.version,
    })
    expect([first.status, second.status]).toEqual([200, 409])
    const now = (await city.steward.get(`/api/v1/entries/${body.id}`)).body
    expect(now.summary).toBe('甲的修改')
    expect(now.fields).toHaveLength(companyRegister.fields.length)
  })
})
