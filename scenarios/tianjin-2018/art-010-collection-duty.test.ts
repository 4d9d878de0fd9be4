import { afterAll, beforeAll, expect, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'
import { addBody, draftEntry } from '../kit/compiling.ts'

let city: City
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-03-04T01:00:00Z')
})
afterAll(() => city.close())

const fields = [
  { name: '学籍号', type: 'text', sensitivity: 'internal', key: true, required: true },
  { name: '居住地址', type: 'text', sensitivity: 'personal', selfCollected: true },
]

it('[TJ-10.2-a] each item has one collecting unit; a second claim waits for the authority', async () => {
  await addBody(city, 'police', '示例公安局')
  const assigned = await city.authority.post('/api/v1/collection-duties', {
    element: '居住地址',
    organisationId: 'police',
  })
  expect(assigned.status, assigned.text).toBe(201)
  const foreign = await city.steward.post('/api/v1/collection-duties', {
    element: '姓名',
    organisationId: 'market',
  })
  expect([foreign.status, foreign.body.article]).toEqual([403, 'TJ-10.2-a'])

  // The education commission's part is played by civil affairs here.
  const id = await draftEntry(city.user, { title: '学籍信息', fields })
  expect((await city.user.post(`/api/v1/entries/${id}/acts/submit`)).status).toBe(200)
  const { body } = await city.authority.get('/api/v1/collection-duties')
  expect(body.conflicts).toMatchObject([
    { element: assigned.body.element, holder: { id: 'police' }, claimant: { id: 'civil' }, entryId: id },
  ])
  const blocked = await city.authority.post(`/api/v1/entries/${id}/acts/confirm`)
  expect([blocked.status, blocked.body.article]).toEqual([422, 'TJ-10.2-a'])

  const decide = `/api/v1/collection-duties/conflicts/${body.conflicts[0].id}/acts/decide`
  expect((await city.user.post(decide, { assign: 'claimant', reasons: '自行决定' })).status).toBe(403)
  const decided = await city.authority.post(decide, { assign: 'holder', reasons: '住址以公安机关登记为准' })
  expect(decided.body.decision).toMatchObject({ assigned: { id: 'police' } })
  // Decided against the claim: it stays out until the claim is dropped.
  expect((await city.authority.post(`/api/v1/entries/${id}/acts/confirm`)).status).toBe(422)
  await city.authority.post(`/api/v1/entries/${id}/acts/return`, { content: { reasons: '住址不属自行采集' } })
  const { version } = (await city.user.get(`/api/v1/entries/${id}`)).body
  const dropped = fields.map((field) => ({ ...field, selfCollected: false }))
  await city.user.patch(`/api/v1/entries/${id}`, { fields: dropped, version })
  await city.user.post(`/api/v1/entries/${id}/acts/submit`)
  expect((await city.authority.post(`/api/v1/entries/${id}/acts/confirm`)).status).toBe(200)
})

it('[TJ-10.2-a] decided for the claimant, the duty moves and the entry can be confirmed', async () => {
  await city.authority.post('/api/v1/collection-duties', { element: '学籍照片', organisationId: 'police' })
  const claimed = [
    fields[0],
    { name: '学籍照片', type: 'text', sensitivity: 'personal', selfCollected: true },
  ]
  const id = await draftEntry(city.user, { title: '学籍照片', fields: claimed })
  await city.user.post(`/api/v1/entries/${id}/acts/submit`)
  const { conflicts } = (await city.authority.get('/api/v1/collection-duties')).body
  await city.authority.post(`/api/v1/collection-duties/conflicts/${conflicts[0].id}/acts/decide`, {
    assign: 'claimant',
    reasons: '由学校采集',
  })
  expect((await city.authority.post(`/api/v1/entries/${id}/acts/confirm`)).status).toBe(200)
  const duties = (await city.authority.get('/api/v1/collection-duties')).body.items
  expect(duties.find(({ element }: { element: string }) => element === '学籍照片')).toMatchObject({
    organisation: { id: 'civil' },
  })
})

it('a body that is party to the conflict does not decide it', async () => {
  await city.authority.post('/api/v1/collection-duties', {
    element: '监护人',
    organisationId: 'authority',
  })
  const claimed = [fields[0], { name: '监护人', type: 'text', sensitivity: 'personal', selfCollected: true }]
  const id = await draftEntry(city.user, { title: '监护人', fields: claimed })
  await city.user.post(`/api/v1/entries/${id}/acts/submit`)
  const { conflicts } = (await city.authority.get('/api/v1/collection-duties')).body
  const path = `/api/v1/collection-duties/conflicts/${conflicts[0].id}/acts/decide`
  const decided = await city.authority.post(path, { assign: 'holder', reasons: '由本单位采集' })
  expect([decided.status, decided.body.code, decided.body.article]).toEqual([403, 'not-allowed', undefined])
  expect(decided.body.condition.zh).toContain('非法定')
})
