import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closed, companyRegister, conditional, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { editionOf, titles } from '../kit/compiling.ts'

let city: City
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-03-04T01:00:00Z')
})
afterAll(() => city.close())

const notOpened = { type: 'none', conditions: '', basis: null }
const listed = async (catalogue: string) =>
  titles((await city.visitor.get(`/api/v1/catalogues/${catalogue}/entries`)).body.items)

describe('Article 10: three catalogues of the city', () => {
  it('[TJ-10.2-b] forms the sharing and the opening catalogue from confirmed entries by their types', async () => {
    const inAll = await publishEntry(city, {
      title: '共享并开放的条目',
      sharing: unconditional,
      opening: { type: 'conditional', conditions: '登记用途', basis: null },
    })
    await publishEntry(city, { title: '不共享不开放的条目', sharing: closed, opening: notOpened })
    expect(await listed('government-data')).toEqual(['不共享不开放的条目', '共享并开放的条目'])
    expect(await listed('sharing')).toEqual(['共享并开放的条目'])
    expect(await listed('opening')).toEqual(['共享并开放的条目'])
    const { items } = (await city.visitor.get('/api/v1/catalogues/sharing/entries')).body
    expect(items).toMatchObject([{ id: inAll, sharingType: 'unconditional', openingType: 'conditional' }])

    for (const catalogue of ['government-data', 'sharing', 'opening'])
      expect((await editionOf(city, catalogue)).body.number).toBe(1)
    // A type that is confirmed anew moves the entry between the catalogues; editions show it.
    const { version } = (await city.steward.get(`/api/v1/entries/${inAll}`)).body
    await city.steward.patch(`/api/v1/entries/${inAll}`, { opening: notOpened, version })
    await city.steward.post(`/api/v1/entries/${inAll}/acts/change`, { content: { note: '调整开放类型' } })
    expect(await listed('opening')).toEqual(['共享并开放的条目'])
    for (const act of ['confirm', 'publish'])
      await city.authority.post(`/api/v1/entries/${inAll}/acts/${act}`)
    expect(await listed('opening')).toEqual([])
    const second = (await editionOf(city, 'opening')).body
    const { differences } = (await city.visitor.get(`/api/v1/editions/${second.id}`)).body
    expect(titles(differences.withdrawn)).toEqual(['共享并开放的条目'])
    expect((await city.visitor.get(`/api/v1/editions/${second.id}/export`)).body.entries).toEqual([])
  })

  it('[TJ-10.2-c] sets an interval of review as the city’s own, lists what is past it and tells the unit', async () => {
    const id = await publishEntry(city, { title: '文化场馆' })
    await city.authority.post('/api/v1/local-targets', {
      key: 'review',
      months: 12,
      instrument: '示例目录更新工作规则',
    })
    city.at('2020-04-05T01:00:00Z')
    await city.settle()
    const due = (await city.authority.get('/api/v1/local-targets/due?key=review')).body
    expect(due.target).toMatchObject({ months: 12, statutory: false })
    expect(due.items.map((item: { subject: string }) => item.subject)).toContain(id)
    const notices = (await city.steward.get('/api/v1/notices')).body.items
    const told = notices.find((each: { title: { zh: string } }) => each.title.zh === '《文化场馆》该复核了')
    expect(told.body.zh).toContain('非法定')
    // Changes of the catalogue are proposed, confirmed and kept as versions.
    const { version } = (await city.steward.get(`/api/v1/entries/${id}`)).body
    await city.steward.patch(`/api/v1/entries/${id}`, { summary: '更新后的摘要。', version })
    await city.steward.post(`/api/v1/entries/${id}/acts/change`, { content: { note: '年度更新' } })
    for (const act of ['confirm', 'publish']) await city.authority.post(`/api/v1/entries/${id}/acts/${act}`)
    const versions = (await city.visitor.get(`/api/v1/entries/${id}/versions`)).body.items
    expect(versions).toMatchObject([
      { number: 2, note: '年度更新', changes: [{ property: 'summary', after: '更新后的摘要。' }] },
      { number: 1 },
    ])
    const after = (await city.authority.get('/api/v1/local-targets/due?key=review')).body.items
    expect(after.map((item: { subject: string }) => item.subject)).not.toContain(id)
  })

  it('[TJ-10.3-a] takes an import, sends on what is complete and returns the rest naming the item', async () => {
    const entries = Array.from({ length: 20 }, (_, n) => ({
      ...companyRegister,
      title: `水务条目 ${n + 1}`,
      sharing: conditional,
      opening: notOpened,
      parentItem: n === 0 ? '国家政务信息资源目录 306' : '',
      updateCycle: n < 2 ? null : 'monthly',
    }))
    const imported = await city.steward.post('/api/v1/entry-imports', { entries })
    expect(imported.body.drafted).toBe(20)
    const entryIds = imported.body.items.map((item: { entryId: string }) => item.entryId)
    const sent = (await city.steward.post('/api/v1/entry-submissions', { entryIds })).body
    expect(sent).toMatchObject({ ready: 18, returned: 2 })
    for (const item of sent.items.slice(0, 2)) {
      expect(item).toMatchObject({
        submitted: false,
        article: 'TJ-10.3-a',
        faults: [{ path: 'updateCycle' }],
      })
      expect(item.faults[0].message.zh).toContain('更新时限')
    }
    expect((await city.steward.get(`/api/v1/entries/${entryIds[0]}`)).body.parentItem).toContain('306')
    const bare = await city.steward.post('/api/v1/entries', { title: '空白条目' })
    const refused = await city.steward.post(`/api/v1/entries/${bare.body.id}/acts/submit`)
    expect(refused.status).toBe(422)
    const missing = refused.body.errors.map((error: { path: string }) => error.path)
    for (const path of ['format', 'fields', 'updateCycle', 'sharingMode', 'openingMode', 'useRequirements'])
      expect(missing).toContain(path)
  })
})
