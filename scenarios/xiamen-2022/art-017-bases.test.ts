import { afterAll, beforeAll, expect, it } from 'vitest'
import { bringIn, companyFile, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
beforeAll(async () => {
  city = await openCity('xiamen')
  city.at('2023-05-08T01:00:00Z')
})
afterAll(() => city.close())

const opening = { type: '', conditions: '', basis: null }

it('[XM-17.1] shows the sources of the five base databases, each with coverage and freshness; more can be added', async () => {
  const listed = (await city.visitor.get('/api/v1/bases')).body.items
  expect(listed.map(({ term }: { term: { zh: string } }) => term.zh)).toEqual([
    '人口',
    '法人',
    '自然资源和空间地理',
    '信用',
    '电子证照',
  ])
  const legal = '/api/v1/bases/legal-persons'
  await city.authority.post(`${legal}/acts/lead`, { organisationId: 'market' })
  const keyField = '统一社会信用代码'
  const register = await publishEntry(city, { title: '法人登记', opening })
  await bringIn(city, register, companyFile([1, 2].map(syntheticCreditCode)))
  const tax = await publishEntry(city, { title: '纳税人状态', opening, updateCycle: 'weekly' }, city.other)
  await city.authority.post(`${legal}/acts/attach`, { entryId: register, keyField })
  const attached = await city.authority.post(`${legal}/acts/attach`, { entryId: tax, keyField })
  const source = (body: { sources: { entryId: string }[] }) =>
    body.sources.find(({ entryId }) => entryId === tax)
  expect(source(attached.body)).toMatchObject({ title: '纳税人状态', liveAt: null, coverage: null })
  await bringIn(city, tax, companyFile([syntheticCreditCode(2)]), '纳税人.csv', city.other)
  expect(source((await city.visitor.get(legal)).body)).toMatchObject({
    provider: { id: 'health' },
    liveAt: '2023-05-08T01:00:00.000Z',
    late: false,
    coverage: { keys: 2, matched: 1, share: 0.5 },
  })
  city.at('2023-05-20T01:00:00Z')
  expect(source((await city.visitor.get(legal)).body)).toMatchObject({ late: true })
  const marine = { key: 'marine', term: { zh: '海洋', en: 'sea' }, identifier: null }
  expect((await city.steward.post('/api/v1/bases', marine)).status).toBe(403)
  expect((await city.authority.post('/api/v1/bases', marine)).status).toBe(201)
})
