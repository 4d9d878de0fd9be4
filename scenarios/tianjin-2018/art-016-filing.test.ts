import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companyRegister, conditional, lawBasis, publishEntry, unconditional } from '../kit/acts.ts'
import { foundBody } from '../kit/bodies.ts'
import type { Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'

let city: City
let district: Caller
let districtAuthority: Caller
let neighbour: Caller
const nothingOpened = { type: 'none', conditions: '', basis: null }
const bureau = { kind: 'department', level: 'district' } as const
const bodyOfHongqiao = { divisionCode: '120106' }
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-03-04T01:00:00Z')
  district = await foundBody(
    city,
    { ...bureau, ...bodyOfHongqiao, id: 'hongqiaohousing', zh: '示例红桥区住房和建设委员会' },
    ['steward'],
  )
})
afterAll(() => city.close())

async function submit(steward: Caller, title: string, sharing: object) {
  const { body } = await steward.post('/api/v1/entries', {
    ...companyRegister,
    title,
    sharing,
    opening: nothingOpened,
  })
  expect((await steward.post(`/api/v1/entries/${body.id}/acts/submit`)).status).toBe(200)
  return body.id as string
}
const filings = async (caller: Caller, entryId?: string) =>
  (await caller.get(`/api/v1/filings${entryId ? `?entry=${entryId}` : ''}`)).body.items
const missing = async (caller: Caller) =>
  (await caller.get('/api/v1/filings/missing')).body.items.map(
    ({ entry }: { entry: { id: string } }) => entry.id,
  )

describe('Article 16.2: filing of restricted types with the authority of the own level', () => {
  let early: string

  it('[TJ-16.2-b] lists a restricted entry as not filed where its district has no authority yet', async () => {
    early = await submit(district, '保障房申请', conditional)
    expect(await filings(district)).toEqual([])
    expect(await missing(district)).toEqual([early])
    // It is not the municipal authority's to take.
    expect(await missing(city.authority)).toEqual([])
    expect((await district.post('/api/v1/filings', { entryId: early })).status).toBe(409)
  })

  it('[TJ-16.2-b] brings the filing to the authority of the district, with number and date, and not to the municipal one', async () => {
    const authority = { kind: 'authority', level: 'district', roles: ['authority-district'] } as const
    districtAuthority = await foundBody(
      city,
      { ...authority, ...bodyOfHongqiao, id: 'hongqiao', zh: '示例红桥区互联网信息办公室' },
      ['officer'],
    )
    neighbour = await foundBody(
      city,
      { ...authority, divisionCode: '120104', id: 'nankai', zh: '示例南开区互联网信息办公室' },
      ['officer'],
    )
    expect(await missing(districtAuthority)).toEqual([early])
    expect(await missing(neighbour)).toEqual([])
    const late = await district.post('/api/v1/filings', { entryId: early })
    expect(late.status).toBe(201)
    expect(await missing(districtAuthority)).toEqual([])

    city.at('2019-03-05T01:00:00Z')
    const id = await submit(district, '直管公房', conditional)
    const [filing] = await filings(districtAuthority, id)
    expect(filing).toMatchObject({
      number: expect.stringMatching(/^TJ-BA-2019-\d{6}$/),
      filedAt: '2019-03-05T01:00:00.000Z',
      sharingType: 'conditional',
      basis: lawBasis,
      provider: { id: 'hongqiaohousing' },
      authority: { id: 'hongqiao' },
      article: 'TJ-16.2-b',
    })
    expect(filing.number).not.toBe(late.body.number)
    for (const stranger of [city.authority, neighbour, city.other])
      expect(await filings(stranger, id)).toEqual([])
  })

  it('[TJ-16.2-b] files what a municipal department restricts with the municipal authority, and nothing unrestricted', async () => {
    const restricted = await submit(city.steward, '案件线索', {
      type: 'none',
      conditions: '',
      basis: lawBasis,
    })
    const free = await submit(city.steward, '路灯位置', unconditional)
    expect(await filings(city.authority, restricted)).toEqual([
      expect.objectContaining({
        sharingType: 'none',
        authority: expect.objectContaining({ id: 'authority' }),
      }),
    ])
    expect(await filings(districtAuthority, restricted)).toEqual([])
    expect(await filings(city.steward, free)).toEqual([])
  })

  it('[TJ-16.2-b] files anew when a listed entry becomes restricted, or rests on another basis', async () => {
    const id = await publishEntry(city, {
      title: '停车场库',
      sharing: unconditional,
      opening: nothingOpened,
    })
    const before = (await city.steward.get(`/api/v1/entries/${id}`)).body
    await city.steward.patch(`/api/v1/entries/${id}`, { sharing: conditional, version: before.version })
    await city.steward.post(`/api/v1/entries/${id}/acts/change`, { content: { note: '改为有条件共享' } })
    expect(await filings(city.steward, id)).toHaveLength(1)
    await city.authority.post(`/api/v1/entries/${id}/acts/return`, { content: { reasons: '依据不妥' } })
    const returned = (await city.steward.get(`/api/v1/entries/${id}`)).body
    const basis = { rank: 'rule', instrument: '某规章', article: '第五条' }
    await city.steward.patch(`/api/v1/entries/${id}`, {
      sharing: { ...conditional, basis },
      version: returned.version,
    })
    await city.steward.post(`/api/v1/entries/${id}/acts/submit`)
    const both = await filings(city.steward, id)
    expect(both).toHaveLength(2)
    expect(both[0].basis).toEqual(basis)
  })
})
