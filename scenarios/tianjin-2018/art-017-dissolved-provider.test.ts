import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, closed, companyFile, fileRequest, publishEntry } from '../kit/acts.ts'
import { foundBody } from '../kit/bodies.ts'
import { type Caller, callerOf } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const basis = '机构改革方案（示例）第三条'

let city: City
let admin: Caller
let successor: Caller
let entryId: string
let waiting: string
let grantId: string
let key: string
/** Of the provider, bound to no grant. */
let ownKey: string
beforeAll(async () => {
  city = await openCity('tianjin')
  city.at('2019-09-09T01:00:00Z')
  const account = { username: 'admin', password: cityPassword }
  await city.house.identity.createUser({
    ...account,
    name: '示例管理员',
    organisationId: 'authority',
    powers: ['admin'],
  })
  admin = await callerOf(city.house, account)
  successor = await foundBody(
    city,
    { id: 'supervision', kind: 'department', level: 'city', roles: [], zh: '示例市场监督管理委员会' },
    ['steward', 'requester'],
  )
  entryId = await publishEntry(city, { opening: closed })
  await bringIn(city, entryId, companyFile([1, 2].map(syntheticCreditCode)))
  const first = await fileRequest(city.other, entryId)
  await city.steward.post(`/api/v1/cases/${first.body.id}/acts/accept`)
  const provided = await city.steward.post(`/api/v1/cases/${first.body.id}/acts/provide`)
  grantId = provided.body.grantId
  key = (await city.other.post('/api/v1/api-keys', { name: '核对', grantId })).body.key
  ownKey = (await city.steward.post('/api/v1/api-keys', { name: '汇聚' })).body.key
  const second = await fileRequest(city.user, entryId)
  waiting = second.body.id
  await city.steward.post(`/api/v1/cases/${waiting}/acts/accept`)
})
afterAll(() => city.close())

const dissolve = (caller: Caller, change: object = {}, id = 'market') =>
  caller.post(`/api/v1/organisations/${id}/acts/dissolve`, { successorId: 'supervision', basis, ...change })
const rows = () => city.visitor.withKey(key).get(`/api/v1/entries/${entryId}/rows`)

describe('A provider that is dissolved while a request waits for it', () => {
  it('is dissolved by the administrator alone, in favour of a body that can take its place', async () => {
    expect((await dissolve(city.authority)).body).toMatchObject({ status: 403, code: 'not-allowed' })
    expect((await dissolve(admin, { successorId: 'nobody' })).body).toMatchObject({
      status: 422,
      errors: [{ path: 'successorId' }],
    })
    expect((await dissolve(admin, { successorId: 'market' })).body).toMatchObject({
      status: 422,
      errors: [{ path: 'successorId' }],
    })
    const lacking = await dissolve(admin)
    expect(lacking.body).toMatchObject({ status: 422, errors: [{ path: 'successorId' }] })
    expect(lacking.body.condition.zh).toContain('department')
    expect((await dissolve(admin, { basis: ' ' })).status).toBe(422)
    expect((await dissolve(admin, {}, 'nowhere')).status).toBe(404)
    await admin.post('/api/v1/organisations/supervision/roles', { roles: ['department'] })
  })

  it('is no matter for an administrator of another body, and takes no successor unlike the body', async () => {
    const district = await foundBody(
      city,
      { id: 'district_admin', kind: 'authority', level: 'district', roles: [], zh: '示例区数据主管部门' },
      ['admin'],
    )
    const own = await foundBody(
      city,
      { id: 'bureau', kind: 'department', level: 'city', zh: '示例信息中心' },
      ['admin', 'steward'],
    )
    for (const caller of [own, district]) {
      expect((await dissolve(caller, { successorId: 'bureau' })).body).toMatchObject({
        status: 403,
        code: 'not-allowed',
      })
      const given = await caller.post('/api/v1/organisations/bureau/roles', { roles: ['authority-district'] })
      expect(given.body).toMatchObject({ status: 403, code: 'not-allowed' })
    }
    const unlike = { zh: '示例单位', roles: ['department'] }
    await foundBody(city, { ...unlike, id: 'unlike_kind', kind: 'public-service', level: 'city' }, [])
    await foundBody(city, { ...unlike, id: 'unlike_level', kind: 'department', level: 'district' }, [])
    await foundBody(
      city,
      { ...unlike, id: 'applied', kind: 'department', level: 'city', registered: true },
      [],
    )
    for (const successorId of ['unlike_kind', 'unlike_level', 'applied']) {
      const refused = await dissolve(admin, { successorId })
      expect(refused.body, successorId).toMatchObject({ status: 422, errors: [{ path: 'successorId' }] })
      expect(refused.body.condition.zh).toContain('同类、同级')
    }
    expect(
      (await admin.post('/api/v1/organisations/applied/roles', { roles: ['department'] })).body,
    ).toMatchObject({ status: 422, errors: [{ path: 'roles' }] })
  })

  it('[TJ-17.2-a] leaves its entries, its cases and its grants to its successor; the period runs on', async () => {
    const done = await dissolve(admin)
    expect(done.body, done.text).toMatchObject({
      organisation: { id: 'market' },
      successor: { id: 'supervision' },
      // The request, and the case by which the entry is catalogued.
      moved: { entries: 1, cases: 2, grants: 1 },
    })
    const after = (await city.user.get(`/api/v1/cases/${waiting}`)).body
    expect(after.provider).toMatchObject({ id: 'supervision' })
    // Accepted on Monday the 9th: two working days, whoever answers now.
    expect(after.due).toMatchObject({ clock: 'supply', dueOn: '2019-09-11', overdue: false })
    expect(after.clocks).toContainEqual(
      expect.objectContaining({ key: 'supply', dueOn: '2019-09-11', article: 'TJ-17.2-a', workingDays: 2 }),
    )
    expect(after.events.at(-1).title.zh).toContain('承继')
    expect(
      (await successor.get('/api/v1/cases?box=inbox')).body.items.map(({ id }: { id: string }) => id),
    ).toContain(waiting)
    expect((await successor.get('/api/v1/notices')).body.items[0].body.zh).toContain(basis)
    city.at('2019-09-11T16:00:01Z')
    await city.settle()
    const late = (await successor.get(`/api/v1/cases/${waiting}`)).body
    expect(late).toMatchObject({
      waitsForMe: true,
      due: { dueOn: '2019-09-11', overdue: true },
    })
    await noticeOf(successor, 'case.overdue')
    expect((await city.visitor.get(`/api/v1/entries/${entryId}`)).body.provider.id).toBe('supervision')

    expect((await city.steward.post(`/api/v1/cases/${waiting}/acts/provide`)).body).toMatchObject({
      status: 401,
      code: 'not-signed-in',
    })
    const provided = await successor.post(`/api/v1/cases/${waiting}/acts/provide`)
    expect(provided.body).toMatchObject({ outcome: 'granted' })
    const given = (await successor.get('/api/v1/grants?side=given&standing=current')).body.items
    expect(given).toHaveLength(2)
    expect((await rows()).status).toBe(200)
  })

  it('acts no more: its people file nothing, its keys open nothing, and nobody names it', async () => {
    const filed = await fileRequest(city.steward, entryId)
    expect(filed.body).toMatchObject({ status: 401, code: 'not-signed-in' })
    expect((await city.steward.get('/api/v1/session')).body.user).toBe(null)
    const account = { username: 'steward', password: cityPassword }
    const again = await city.visitor.post('/api/v1/session', account)
    expect(again.body).toMatchObject({ status: 403, code: 'not-allowed' })
    expect(again.body.condition.zh).toContain('撤销')
    expect(again.headers['set-cookie']).toBeUndefined()
    const wrong = await city.visitor.post('/api/v1/session', { ...account, password: 'another-password' })
    expect(wrong.body).toMatchObject({ status: 401, code: 'wrong-credentials' })
    const dead = await city.visitor.withKey(ownKey).get('/api/v1/grants')
    expect(dead.body).toMatchObject({ status: 401, code: 'key-not-valid' })
    expect(
      (await admin.post('/api/v1/organisations/market/roles', { roles: ['department'] })).body,
    ).toMatchObject({ status: 422, errors: [{ path: 'roles' }] })
    const bodies = (await city.visitor.get('/api/v1/organisations')).body.items
    expect(bodies.map(({ id }: { id: string }) => id)).not.toContain('market')
    expect((await dissolve(admin)).body).toMatchObject({ status: 409, code: 'act-not-available' })
    const revoked = await successor.post(`/api/v1/grants/${grantId}/acts/revoke`, {
      reasons: '职责调整',
      basis,
    })
    expect(revoked.body).toMatchObject({ standing: 'revoked' })
    expect((await rows()).status).toBe(403)
  })
})
