import { newId } from '@tiaoli/kernel/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closed, companyRegister, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'

let city: City
beforeAll(async () => {
  city = await openCity('beijing')
  city.at('2023-03-01T02:00:00Z')
})
afterAll(() => city.close())

describe('Article 16: the catalogue', () => {
  it('[BJ-16.1-a] lets nothing be shared, opened or asked for that is not a published entry', async () => {
    const { body: draft } = await city.steward.post('/api/v1/entries', {
      ...companyRegister,
      title: '公交车定位',
      sharing: unconditional,
      opening: unconditional,
    })
    expect(draft.number).toMatch(/^BJ-\d{6}$/)
    for (const caller of [city.visitor, city.user]) {
      expect((await caller.get(`/api/v1/entries/${draft.id}`)).status).toBe(404)
      expect((await caller.get(`/api/v1/entries/${draft.id}/rows`)).status).toBe(404)
    }
    const filed = await city.user.post('/api/v1/cases', {
      procedure: 'sharing-request',
      entryId: draft.id,
      content: { scenario: '客流分析', fields: ['企业名称'] },
    })
    expect(filed.status).toBe(404)
    // Nor does it get onto the opening list: the way to an entry is offered instead.
    const listed = async (entryId: string) =>
      city.steward.post('/api/v1/opening-lists', {
        list: 'yearly-opening-list',
        year: 2023,
        kind: 'list',
        lines: [{ entryId, plannedOn: '2023-06-30', plannedType: 'unconditional' }],
      })
    for (const entryId of [draft.id, newId()]) {
      const refused = await listed(entryId)
      expect([refused.status, refused.body.code, refused.body.article]).toEqual([
        403,
        'refused-by-law',
        'BJ-16.1-a',
      ])
      expect(refused.body.remedy.zh).toContain('/desk/entries/new')
    }
    const published = await city.steward.post(`/api/v1/entries/${draft.id}/acts/publish`)
    expect(published.body).toMatchObject({ status: 'published', number: draft.number })
    expect((await city.visitor.get(`/api/v1/entries/${draft.id}`)).status).toBe(200)
    const now = await listed(draft.id)
    expect(now.status, now.text).toBe(201)
  })

  it('[BJ-16.1-c] lets an institution compile, publish, change and withdraw its own entries', async () => {
    const theme = { theme: 'education', sharing: unconditional, opening: closed }
    const ids = [
      await publishEntry(city, { ...theme, title: '幼儿园名录' }, city.other),
      await publishEntry(city, { ...theme, title: '中小学名录' }, city.other),
    ]
    await publishEntry(city, { title: '商户名录' })
    const theirs = await publishEntry(city, { ...theme, title: '民办学校登记' }, city.user)
    // The department's catalogue has its own; that of the sector gathers what all its institutions compiled.
    for (const [filter, expected] of [
      ['organisation=health', ids],
      ['theme=education', [...ids, theirs]],
    ] as const) {
      const { items } = (await city.visitor.get(`/api/v1/entries?${filter}`)).body
      expect(items.map((item: { id: string }) => item.id).sort()).toEqual([...expected].sort())
    }
    // Under the department that leads the sector, as the authority has recorded it.
    const led = await city.authority.post('/api/v1/sectors/education/lead', { organisationId: 'health' })
    expect(led.status, led.text).toBe(200)
    const sectors = (await city.visitor.get('/api/v1/sectors')).body
    expect(sectors.article).toBe('BJ-16.1-c')
    expect(sectors.items).toContainEqual({
      theme: 'education',
      lead: { id: 'health', name: expect.anything() },
      entries: 3,
      institutions: 2,
    })
    const usurper = await city.other.post('/api/v1/sectors/education/lead', { organisationId: 'civil' })
    expect([usurper.status, usurper.body.code]).toEqual([403, 'not-allowed'])
    for (const [each, provider] of [
      [ids[0], 'health'],
      [ids[1], 'health'],
      [theirs, 'civil'],
    ])
      expect((await city.visitor.get(`/api/v1/entries/${each}`)).body).toMatchObject({
        provider: { id: provider },
        version: 2,
        publishedAt: '2023-03-01T02:00:00.000Z',
      })
    const [id] = ids
    const before = (await city.other.get(`/api/v1/entries/${id}`)).body
    expect(before).toMatchObject({ version: expect.any(Number), publishedAt: '2023-03-01T02:00:00.000Z' })

    const stranger = await city.steward.patch(`/api/v1/entries/${id}`, {
      title: '改名',
      version: before.version,
    })
    expect(stranger.status).toBe(403)
    const foreign = await city.authority.post(`/api/v1/entries/${id}/acts/withdraw`, {})
    expect([foreign.status, foreign.body.code]).toEqual([403, 'not-allowed'])

    city.at('2023-04-03T02:00:00Z')
    const changed = await city.other.patch(`/api/v1/entries/${id}`, {
      title: '幼儿园名录（新）',
      version: before.version,
    })
    expect(changed.status).toBe(200)
    expect((await city.visitor.get(`/api/v1/entries/${id}`)).body.title).toBe('幼儿园名录')
    const again = await city.other.post(`/api/v1/entries/${id}/acts/publish-change`, {
      content: { note: '更名' },
    })
    expect(again.status).toBe(200)
    const after = (await city.visitor.get(`/api/v1/entries/${id}`)).body
    expect(after.title).toBe('幼儿园名录（新）')
    expect(after.version).toBeGreaterThan(before.version)
    const history = (await city.other.get(`/api/v1/entries/${id}`)).body.catalogueCase.events
    expect(history.map(({ act }: { act: string }) => act)).toEqual(['draft', 'publish', 'publish-change'])
    // Each version is kept as it was, with the day and the body that published it.
    const versions = (await city.visitor.get(`/api/v1/entries/${id}/versions`)).body.items
    expect(versions).toMatchObject([
      { number: 2, publishedAt: '2023-04-03T02:00:00.000Z', note: '更名' },
      { number: 1, publishedAt: '2023-03-01T02:00:00.000Z', changes: [] },
    ])
    expect(versions[0].changes).toContainEqual({
      property: 'title',
      before: '幼儿园名录',
      after: '幼儿园名录（新）',
    })
    const gone = await city.other.post(`/api/v1/entries/${id}/acts/withdraw`, {
      content: { reasons: '机构调整' },
    })
    expect(gone.body.status).toBe('withdrawn')
    expect((await city.visitor.get(`/api/v1/entries/${id}`)).status).toBe(404)
  })

  it('refuses a change that changes nothing, and an entry without fields', async () => {
    const id = await publishEntry(city, { title: '路名' })
    expect(
      (await city.steward.post(`/api/v1/entries/${id}/acts/publish-change`, { content: { note: '无' } }))
        .status,
    ).toBe(422)
    const { body: empty } = await city.steward.post('/api/v1/entries', { ...companyRegister, fields: [] })
    expect((await city.steward.post(`/api/v1/entries/${empty.id}/acts/publish`)).status).toBe(422)
  })
})
