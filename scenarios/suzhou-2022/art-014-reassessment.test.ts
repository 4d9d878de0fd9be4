import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, conditional, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { request } from '../kit/requests.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('suzhou')
  city.at('2024-03-04T01:00:00Z')
  entryId = await publishEntry(city, { title: '停车位占用', opening: conditional })
  await bringIn(city, entryId, companyFile([syntheticCreditCode(1)]))
})
afterAll(() => city.close())

const find = async () =>
  (await city.steward.get('/api/v1/opening/reassessments')).body.items.find(
    (item: { entry: { id: string } }) => item.entry.id === entryId,
  )
const assess = (finding: string, caller = city.steward, reasons = '不涉及个人信息，需求广泛') =>
  caller.post(`/api/v1/entries/${entryId}/opening-assessments`, { finding, reasons })

describe('Article 14.2: conditionally opened data are assessed again', () => {
  it('[SZ-14.2-a] by a date of the city’s own setting, since the text gives no interval', async () => {
    expect((await find()).nextOn).toBeNull()
    const setting = { everyMonths: 12, instrument: '示例开放工作细则' }
    expect((await city.steward.post('/api/v1/opening/reassessments/setting', setting)).status).toBe(403)
    const bare = { everyMonths: 12, instrument: ' ' }
    expect((await city.authority.post('/api/v1/opening/reassessments/setting', bare)).status).toBe(422)
    expect((await city.authority.post('/api/v1/opening/reassessments/setting', setting)).status).toBe(200)
    expect(await find()).toMatchObject({ nextOn: '2025-03-04', due: false })
    city.at('2025-03-04T01:00:00Z')
    expect((await find()).due).toBe(true)
  })

  it('[SZ-14.2-a] ends in keeping the conditions, or in a finding that stays listed until it is carried out', async () => {
    expect((await assess('keep', city.other)).status).toBe(403)
    expect((await assess('keep', city.steward, ' ')).status).toBe(422)
    expect((await assess('keep')).body.entry.openingType).toBe('conditional')
    expect(await find()).toMatchObject({ nextOn: '2026-03-04', waitsForConversion: false })
    await assess('qualifies')
    expect(await find()).toMatchObject({ waitsForConversion: true, last: { finding: 'qualifies' } })
  })

  it('[SZ-14.2-a] converts and publishes in one step: a download appears, and applicants with open requests are told', async () => {
    const filed = await request(
      city,
      city.citizen,
      entryId,
      { scenario: '找车位应用', fields: ['企业名称'] },
      'opening-request',
    )
    expect(filed.status, filed.text).toBe(201)
    expect((await city.visitor.get(`/api/v1/entries/${entryId}/download`)).status).toBe(403)
    const done = await assess('converted')
    expect(done.body.entry.openingType).toBe('unconditional')
    expect((await city.visitor.get(`/api/v1/entries/${entryId}`)).body.openingType).toBe('unconditional')
    expect((await city.visitor.get(`/api/v1/entries/${entryId}/download`)).status).toBe(200)
    const [notice] = (await city.citizen.get('/api/v1/notices')).body.items
    expect(notice.title.zh).toContain('停车位占用')
    expect(await find()).toBeUndefined()
    expect((await assess('keep')).status).toBe(409)
  })
})
