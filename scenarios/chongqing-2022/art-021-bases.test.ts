import { afterAll, beforeAll, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode, syntheticIdentityNumber } from '../kit/synthetic.ts'

let city: City
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2023-03-01T02:00:00Z')
})
afterAll(() => city.close())

const bases = '/api/v1/bases'
const codes = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => syntheticCreditCode(from + n))

it('[CQ-21.2-a] has six base databases, each joined by its identifier, with lead, sources and coverage', async () => {
  const listed = (await city.visitor.get(bases)).body
  expect(listed.items.map(({ key }: { key: string }) => key)).toEqual([
    'natural-person',
    'legal-person',
    'credit',
    'e-licence',
    'geospatial',
    'iot',
  ])
  const legal = `${bases}/legal-person/acts`
  const foreign = await city.steward.post(`${legal}/lead`, { organisationId: 'market' })
  expect([foreign.status, foreign.body.article]).toEqual([403, 'CQ-21.2-a'])
  const led = await city.authority.post(`${legal}/lead`, { organisationId: 'market' })
  expect(led.body).toMatchObject({ lead: { id: 'market' }, identifier: 'credit-code' })

  const register = await publishEntry(city, { title: '市场主体登记' })
  await bringIn(city, register, companyFile(codes(1, 10)))
  const social = await publishEntry(city, { title: '社会组织年检' }, city.user)
  await bringIn(city, social, companyFile([...codes(8, 3), ...codes(100, 2)]), '年检.csv', city.user)
  // By name alone nothing is joined.
  const byName = await city.steward.post(`${legal}/attach`, { entryId: register, keyField: '企业名称' })
  expect(byName.body).toMatchObject({ status: 422, errors: [{ path: 'keyField' }] })
  const keyField = '统一社会信用代码'
  // A body maps its own entries; those of others are mapped by the lead or the authority.
  expect((await city.other.post(`${legal}/attach`, { entryId: social, keyField })).status).toBe(403)
  expect((await city.user.post(`${legal}/attach`, { entryId: social, keyField })).status).toBe(200)
  expect((await city.authority.post(`${legal}/attach`, { entryId: register, keyField })).status).toBe(200)

  const { sources } = (await city.visitor.get(`${bases}/legal-person`)).body
  const of = (entryId: string) => sources.find((source: { entryId: string }) => source.entryId === entryId)
  expect(of(register)).toMatchObject({
    reference: true,
    rows: 10,
    coverage: { keys: 10, matched: 10, share: 1 },
  })
  expect(of(social)).toMatchObject({
    reference: false,
    provider: { id: 'civil' },
    coverage: { keys: 10, here: 5, matched: 3, share: 0.3 },
  })

  // How many people two registers share is not told to everybody: a list of one would tell of that one.
  const people = `${bases}/natural-person`
  const fields = [
    {
      name: '身份证号',
      type: 'identity-number',
      meaning: '公民身份号码',
      sensitivity: 'personal',
      key: true,
      required: true,
    },
  ]
  const person = syntheticIdentityNumber(1)
  const file = (numbers: string[]) => ['身份证号', ...numbers, ''].join('\n')
  const known = await publishEntry(city, { title: '户籍人口', fields })
  await bringIn(city, known, file([person, syntheticIdentityNumber(2)]))
  const one = await publishEntry(city, { title: '一人名单', fields }, city.user)
  await bringIn(city, one, file([person]), '名单.csv', city.user)
  await city.authority.post(`${people}/acts/attach`, { entryId: known, keyField: '身份证号' })
  const own = await city.user.post(`${people}/acts/attach`, { entryId: one, keyField: '身份证号' })
  const overlap = (body: { sources: { entryId: string; coverage: object | null }[] }) =>
    body.sources.find(({ entryId }) => entryId === one)!.coverage
  expect([own.status, overlap(own.body)]).toEqual([200, null])
  expect(overlap((await city.visitor.get(people)).body)).toBeNull()
  expect(overlap((await city.authority.get(people)).body)).toMatchObject({ keys: 2, here: 1, matched: 1 })

  // The list is open, for the authority alone.
  const bridge = { key: 'bridges', term: { zh: '桥梁隧道', en: 'bridges and tunnels' }, identifier: null }
  expect((await city.steward.post(bases, bridge)).status).toBe(403)
  expect((await city.authority.post(bases, bridge)).body).toMatchObject({ named: false, entries: 0 })
  expect((await city.authority.post(bases, bridge)).status).toBe(422)
  expect((await city.visitor.get(bases)).body.items).toHaveLength(7)
})
