import { afterAll, beforeAll, expect, it } from 'vitest'
import { bringIn, commit, companyFile, publishEntry, unconditional } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
beforeAll(async () => {
  city = await openCity('beijing')
  city.at('2023-03-01T02:00:00Z')
})
afterAll(() => city.close())

it('[BJ-17.2-f] base databases are built by the centre, show overlaps, and check the lists of others', async () => {
  const centre = await city.signIn('centre')
  const bases = '/api/v1/bases'
  const listed = (await city.visitor.get(bases)).body.items
  expect(listed.map(({ key }: { key: string }) => key)).toEqual([
    'person',
    'legal-person',
    'credit',
    'spatial',
    'certificate',
    'seal',
  ])
  const register = await publishEntry(city, { title: '企业登记', sharing: unconditional })
  const codes = [1, 2, 3, 4].map(syntheticCreditCode)
  await bringIn(city, register, companyFile(codes))
  const commerce = await publishEntry(city, { title: '外贸备案企业', sharing: unconditional }, city.other)
  await bringIn(city, commerce, companyFile([codes[0]!, syntheticCreditCode(50)]), '备案.csv', city.other)

  const legal = `${bases}/legal-person`
  const keyField = '统一社会信用代码'
  // The authority makes the rules; building is the centre's.
  expect((await city.authority.post(`${legal}/acts/lead`, { organisationId: 'market' })).status).toBe(403)
  await centre.post(`${legal}/acts/lead`, { organisationId: 'market' })
  for (const entryId of [register, commerce])
    expect((await centre.post(`${legal}/acts/attach`, { entryId, keyField })).status).toBe(200)
  const { sources } = (await city.visitor.get(legal)).body
  expect(sources).toMatchObject([
    { entryId: register, reference: true },
    { entryId: commerce, coverage: { keys: 4, here: 2, matched: 1, share: 0.25 } },
  ])

  const list = {
    rows: [{ name: '示例企业2' }, { key: codes[2] }, { name: '无此企业' }, { key: syntheticCreditCode(99) }],
    nameField: '企业名称',
    scenario: '外贸企业名录核对',
  }
  // As with any use of the data, the safe-use commitment comes first.
  expect((await city.other.post(`${legal}/checks`, list)).status).toBe(403)
  await commit(city, city.other, register)
  const checked = await city.other.post(`${legal}/checks`, list)
  expect(checked.status, checked.text).toBe(200)
  expect(checked.body).toMatchObject({ matched: 1, proposed: 1, unmatched: 2 })
  expect(checked.body.rows).toEqual([
    { row: 1, state: 'proposed', key: codes[1] },
    { row: 2, state: 'matched', key: null },
    { row: 3, state: 'unmatched', key: null },
    { row: 4, state: 'unmatched', key: null },
  ])
  // The look went through the gateway, which has it on record; whoever may not have the data is told nothing.
  const record = (await city.other.get(`/api/v1/records/${checked.body.recordId}`)).body
  expect(record).toMatchObject({ kind: 'access.rows', entry: { id: register } })
  const citizen = await city.citizen.post(`${legal}/checks`, list)
  expect(citizen.status).toBe(403)
  expect(citizen.text).not.toContain(codes[1])
})
