import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, conditional, publishEntry, unconditional } from '../kit/acts.ts'
import { callerOf } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2024-03-04T01:00:00Z')
})
afterAll(() => city.close())

/** A body of the county-level city of Zhangjiagang, with somebody who acts for it. */
async function districtBody(
  id: string,
  kind: 'authority' | 'department',
  role: string,
  power: 'officer' | 'steward',
) {
  await city.house.identity.createOrganisation({
    id,
    name: { zh: `示例张家港${id}`, en: id },
    kind,
    level: 'district',
    divisionCode: '320582',
    creditCode: syntheticCreditCode(city.house.identity.organisations().length + 1),
    roles: [role],
    budgetFunded: true,
  })
  const username = id.replaceAll('-', '')
  const account = { username, password: cityPassword }
  await city.house.identity.createUser({
    ...account,
    name: `示例${id}`,
    organisationId: id,
    powers: [power],
  })
  return callerOf(city.house, account)
}

const publishCatalogue = (caller: City['citizen']) =>
  caller.post('/api/v1/opening-lists', { list: 'open-catalogue' })

describe('Article 14.3: the open catalogue', () => {
  it('[SZ-14.3-a] is published by the authority of each level for its own level, with a machine-readable export of the same', async () => {
    const authority = await districtBody('zjg-authority', 'authority', 'authority-district', 'officer')
    const steward = await districtBody('zjg-transport', 'department', 'department', 'steward')
    const local = await publishEntry(city, { title: '张家港公交站点', opening: unconditional }, steward)
    await publishEntry(city, { title: '苏州公园', opening: unconditional })
    await publishEntry(city, { title: '苏州停车', opening: conditional })
    await publishEntry(city, { title: '不开放的条目' })
    expect((await publishCatalogue(steward)).status).toBe(403)
    for (const publisher of [authority, city.authority])
      expect((await publishCatalogue(publisher)).status).toBe(201)

    const { items } = (await city.visitor.get('/api/v1/opening-lists?owner=zjg-authority')).body
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      owner: { id: 'zjg-authority' },
      publishedAt: '2024-03-04T01:00:00.000Z',
    })
    const list = (await city.visitor.get(`/api/v1/opening-lists/${items[0].id}`)).body
    expect(list.items.map((line: { entryId: string }) => line.entryId)).toEqual([local])
    const file = await city.visitor.get(`/api/v1/opening-lists/${items[0].id}/export?format=json`)
    expect(file.body).toMatchObject({
      owner: { id: 'zjg-authority' },
      publishedAt: '2024-03-04T01:00:00.000Z',
    })
    expect(file.body.entries).toHaveLength(list.items.length)

    const municipal = (await city.visitor.get('/api/v1/opening-lists?owner=authority')).body.items[0]
    const lines = (await city.visitor.get(`/api/v1/opening-lists/${municipal.id}`)).body.items
    expect(lines.map((line: { title: string }) => line.title)).toEqual(['苏州公园', '苏州停车'])
    const csv = await city.visitor.get(`/api/v1/opening-lists/${municipal.id}/export?format=csv`)
    expect(csv.text.trim().split('\r\n')).toHaveLength(3)
  })

  it('[SZ-14.3-b] what is typed unconditional and has no data is listed as not fulfilled, and its page says that data are missing', async () => {
    const id = await publishEntry(city, { title: '公共厕所', opening: unconditional })
    const notice = await noticeOf(city.steward, '开放尚未落实')
    expect(notice.title.zh).toBe('开放尚未落实：公共厕所')
    const unfulfilled = async (caller: City['citizen']) =>
      (await caller.get('/api/v1/opening/unfulfilled')).body.items.map(
        (item: { entry: { id: string } }) => item.entry.id,
      )
    expect(await unfulfilled(city.steward)).toContain(id)
    expect(await unfulfilled(city.other)).not.toContain(id)
    expect(await unfulfilled(city.authority)).toContain(id)
    const page = (await city.visitor.get(`/api/v1/entries/${id}`)).body
    expect(page.snapshot).toBeNull()
    expect((await city.visitor.get(`/api/v1/entries/${id}/rows`)).body.code).toBe('no-snapshot')

    await bringIn(city, id, companyFile([syntheticCreditCode(1)]))
    expect(await unfulfilled(city.steward)).not.toContain(id)
    expect((await city.visitor.get(`/api/v1/entries/${id}/download`)).status).toBe(200)
  })
})
