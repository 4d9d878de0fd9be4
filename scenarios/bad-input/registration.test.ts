import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { creditCodeCheck, identityNumberCheck } from '@tiaoli/kernel/identifiers'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conditional, publishEntry } from '../kit/acts.ts'
import { foundBody } from '../kit/bodies.ts'
import { type Answer, type Caller, callerOf } from '../kit/caller.ts'
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'
import { syntheticCreditCode, syntheticIdentityNumber } from '../kit/synthetic.ts'

let city: City
let unanswered = false
/** Stands for the city's real-name service: knows everybody but the person of that name. */
const service = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => {
    body += part
  })
  request.on('end', () => {
    if (unanswered) return void response.writeHead(500).end()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ matches: JSON.parse(body).name !== '示例他人' }))
  })
})
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2026-03-02T01:00:00Z')
})
afterAll(async () => {
  await city.close()
  service.close()
})

let number = 0
const account = () => {
  number += 1
  return { username: `applicant${number}`, password: 'a-synthetic-secret' }
}
const person = (change: object = {}) => ({
  kind: 'natural-person',
  name: '示例申请人',
  identityNumber: syntheticIdentityNumber(number + 1),
  ...account(),
  ...change,
})
const company = (change: object = {}) => ({
  kind: 'legal-person',
  name: '示例经办人',
  organisationName: '示例数据应用有限公司',
  creditCode: syntheticCreditCode(7000 + number),
  ...account(),
  ...change,
})
const register = (body: object, at = city) => at.visitor.post('/api/v1/registrations', body)
const faultsOf = (answer: Answer): string[] => {
  expect(expectProblem(answer)).toBe('content-incomplete')
  expect(answer.body.article).toBe('CQ-27.3')
  return answer.body.errors.map(({ path }: { path: string }) => path)
}

/** Which tables of the store hold a text, in whatever column. */
async function tablesHolding(words: string): Promise<string[]> {
  const { db } = city.house.database
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db)
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['registration', 'auth_user', 'record']),
  )
  const holding: string[] = []
  for (const { schema, name } of tables) {
    const { rows } = await sql`select 1 from ${sql.table(`${schema}.${name}`)} t
      where strpos(t::text, ${words}) > 0 limit 1`.execute(db)
    if (rows.length > 0) holding.push(name)
  }
  return holding
}

/** The last character changed: the check character no longer fits. */
const miswritten = (code: string) => code.slice(0, -1) + (code.endsWith('1') ? '2' : '1')
const identityNumber = (first17: string) => first17 + identityNumberCheck(first17)
const creditCode = (first17: string) => first17 + creditCodeCheck(first17)

describe('Registration is refused', () => {
  it.each([
    ['no number at all', undefined, '请填写'],
    ['a number that is too short', '5000001900010100', '18 位'],
    ['fifteen digits of the old kind', '500000900101001', '18 位'],
    ['a day that does not exist', identityNumber('50000019900230001'), '出生日期'],
    ['a day that has not come', identityNumber('50000020990101001'), '出生日期'],
    ['a wrong check character', miswritten(syntheticIdentityNumber(1)), '校验码'],
    ['an unknown province', identityNumber('99000019900101001'), '构成'],
  ])('to a person with %s', async (_name, identityNumber, words) => {
    const answer = await register(person({ identityNumber }))
    expect(faultsOf(answer)).toEqual(['identityNumber'])
    expect(answer.body.condition.zh).toContain(words)
    if (identityNumber) expect(answer.text).not.toContain(identityNumber)
  })

  it.each([
    ['no code', undefined, '请填写'],
    ['a code that is too short', '91500000MA000', '18 位'],
    ['a letter that is not used', `9150000OMA${'0'.repeat(8)}`, '不使用字符“O”'],
    ['a wrong check character', miswritten(syntheticCreditCode(1)), '校验码'],
    ['a code that begins with nothing known', creditCode('01500000MA0000001'), '构成'],
  ])('to a company with %s', async (_name, creditCode, words) => {
    const answer = await register(company({ creditCode }))
    expect(faultsOf(answer)).toEqual(['creditCode'])
    expect(answer.body.condition.zh).toContain(words)
  })

  it('with every fault named at once, and nothing kept', async () => {
    const answer = await register(
      company({ organisationName: ' ', creditCode: 'X', name: '', username: 'ab', password: 'short' }),
    )
    expect(faultsOf(answer)).toEqual(['organisationName', 'creditCode', 'name', 'username', 'password'])
    expect(faultsOf(await register(person({ username: 'somebody', password: 'is-somebody-here' })))).toEqual([
      'password',
    ])
    for (const word of ['somebody', 'is-somebody-here']) expect(await tablesHolding(word)).toEqual([])
  })

  it('under a user name that is taken, without taking the number', async () => {
    const given = person({ username: 'citizen' })
    const refused = await register(given)
    expect(refused.body).toMatchObject({ status: 422, errors: [{ path: 'username' }] })
    expect((await register({ ...given, username: 'citizen2' })).status).toBe(201)
  })

  it('a second time with the same number or code, however it is written; and to a body on the list', async () => {
    const given = person()
    expect((await register(given)).status).toBe(201)
    const again = await register({ ...given, ...account(), identityNumber: ` ${given.identityNumber} ` })
    expect(again.body).toMatchObject({ status: 409, code: 'act-not-available', article: 'CQ-27.3' })

    const firm = company()
    expect((await register(firm)).status).toBe(201)
    const spaced = firm.creditCode.toLowerCase().replace(/(.{4})/g, '$1 ')
    const twice = await register(company({ creditCode: spaced }))
    expect(twice.body).toMatchObject({ status: 409, code: 'act-not-available' })
    const listed = city.house.identity.organisation('market')!.creditCode
    expect((await register(company({ creditCode: listed }))).body).toMatchObject({ status: 409 })
  })

  it('of two that come at once with the same number, but to one', async () => {
    const given = person()
    const both = await Promise.all([register(given), register({ ...given, ...account() })])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  it('to who tries numbers out', async () => {
    const given = person()
    for (let attempt = 0; attempt < 5; attempt++) await register({ ...given, username: 'citizen' })
    const answer = await register(given)
    expect(expectProblem(answer)).toBe('too-many-requests')
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  })
})

describe('Registration leads to applying', () => {
  it('signs in at once, and a company applies for conditionally open data under its own name', async () => {
    const entryId = await publishEntry(city, { title: '停车记录', opening: conditional })
    const firm = company({ organisationName: '示例停车数据有限公司' })
    const answer = await register(firm)
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body).toMatchObject({
      user: {
        name: '示例经办人',
        organisation: { name: { zh: '示例停车数据有限公司' } },
        powers: ['requester'],
      },
      registration: { kind: 'legal-person', checkedBy: 'form' },
    })
    const cookie = [answer.headers['set-cookie']]
      .flat()
      .map((each) => String(each).split(';')[0])
      .join('; ')
    const signedIn = { cookie, 'content-type': 'application/json' }
    const filed = await city.visitor.send(
      'POST',
      '/api/v1/cases',
      { procedure: 'opening-request', entryId, content: { scenario: '车位预测', fields: ['企业名称'] } },
      signedIn,
    )
    expect(filed.status, filed.text).toBe(201)
    expect(filed.body.registration).toEqual({
      kind: 'legal-person',
      checkedBy: 'form',
      agent: 'not-verified',
      releasedAt: null,
    })
    expect(filed.body.clocks[0]).toMatchObject({ dueOn: '2026-03-09', article: 'CQ-28.1-a' })
    const seen = (await city.authority.get('/api/v1/cases?box=inbox')).body.items
    expect(seen.map(({ id }: { id: string }) => id)).toContain(filed.body.id)
    const shared = await city.visitor.send(
      'POST',
      '/api/v1/cases',
      { procedure: 'sharing-request', entryId, content: { scenario: '车位预测', fields: ['企业名称'] } },
      signedIn,
    )
    expect(shared.body).toMatchObject({ status: 403, article: 'CQ-25.2' })
  })

  it('is released with reasons where somebody took the name of a company, which then registers itself', async () => {
    const firm = company({ organisationName: '示例被冒名有限公司' })
    const { user } = (await register(firm)).body
    const administrator = (id: string, kind: 'authority' | 'department') =>
      foundBody(city, { id, kind, level: 'city', roles: [], zh: '示例管理单位' }, ['admin'])
    const admin = await administrator('cityadmin', 'authority')
    const release = (
      caller: Caller,
      reasons = '经该公司书面反映，经办人并无授权',
      id = user.organisation.id,
    ) => caller.post(`/api/v1/organisations/${id}/acts/release-registration`, { reasons })
    for (const caller of [city.authority, await administrator('bureauadmin', 'department')])
      expect((await release(caller)).body).toMatchObject({ status: 403, code: 'not-allowed' })
    expect((await release(admin, ' ')).body).toMatchObject({ status: 422, errors: [{ path: 'reasons' }] })
    // A body on the list registered nowhere.
    expect((await release(admin, '误操作', 'market')).status).toBe(404)
    const agent = await callerOf(city.house, firm)
    expect((await register({ ...firm, ...account() })).status).toBe(409)
    expect((await release(admin)).body.registration).toMatchObject({
      kind: 'legal-person',
      agent: 'not-verified',
      releasedAt: '2026-03-02T01:00:00.000Z',
    })
    expect((await release(admin)).body).toMatchObject({ status: 409, code: 'act-not-available' })
    expect((await agent.get('/api/v1/api-keys')).body).toMatchObject({ status: 401, code: 'not-signed-in' })
    const { username, password } = firm
    const again = await city.visitor.post('/api/v1/session', { username, password })
    expect(again.body).toMatchObject({ status: 403, code: 'not-allowed' })
    expect(again.body.condition.zh).toContain('注册已经解除')
    const [record] = (await city.authority.get('/api/v1/records?kind=applicant.released')).body.items
    expect(record.details).toMatchObject({
      of: user.organisation.id,
      reasons: expect.stringContaining('授权'),
    })
    const own = await register({ ...firm, ...account() })
    expect(own.status, own.text).toBe(201)
    expect(own.body.user.organisation.id).not.toBe(user.organisation.id)
  })

  it('is contested by the rightful holder, who has no account, and decided by an administrator alone', async () => {
    const contests = '/api/v1/registration-contests'
    const admin = await callerOf(city.house, { username: 'cityadmin', password: cityPassword })
    const given = person()
    const file = (content: object = {}) =>
      city.visitor.post(contests, {
        kind: 'natural-person',
        number: given.identityNumber,
        name: '示例持有人',
        contact: 'holder@users.invalid',
        statement: '本人从未注册',
        ...content,
      })
    expect((await file()).body).toMatchObject({ status: 409, code: 'act-not-available' })
    const registered = await register(given)
    const own = await callerOf(city.house, given)
    const wrong = await file({ number: miswritten(given.identityNumber) })
    expect(wrong.body).toMatchObject({ status: 422, errors: [{ path: 'number' }] })

    const filed = await file()
    expect([filed.status, Object.keys(filed.body)]).toEqual([201, ['id', 'filedAt']])
    expect((await file()).body).toMatchObject({ status: 409, code: 'act-not-available' })
    expect(expectProblem(await file())).toBe('too-many-requests')
    const { id } = filed.body
    expect((await city.visitor.get(`${contests}/${id}`)).body.decision).toBeNull()
    for (const caller of [admin, own]) {
      const told = (await caller.get('/api/v1/notices')).body.items
      expect(told[0]).toMatchObject({ kind: 'registration.contested' })
    }
    // Whoever reads the ledger learns neither who contests it nor how they are reached.
    const [record] = (await city.authority.get('/api/v1/records?kind=applicant.contested')).body.items
    expect(record.details).toEqual({ contest: id, kind: 'natural-person' })
    expect(await tablesHolding(given.identityNumber)).toEqual([])

    const decide = (caller: Caller, outcome: string, reasons = '经核验，号码属于异议人') =>
      caller.post(`${contests}/${id}/decision`, { outcome, reasons })
    expect(expectProblem(await city.visitor.get(contests))).toBe('not-signed-in')
    for (const caller of [own, city.authority, city.steward]) {
      expect(expectProblem(await caller.get(contests))).toBe('not-allowed')
      expect(expectProblem(await decide(caller, 'released'))).toBe('not-allowed')
    }
    expect((await admin.get(contests)).body.items).toMatchObject([
      { id, contact: 'holder@users.invalid', contested: { person: { id: registered.body.user.id } } },
    ])
    expect((await decide(admin, 'released', ' ')).body).toMatchObject({ status: 422 })
    const done = await decide(admin, 'released')
    expect(done.body).toMatchObject({ contact: null, decision: { outcome: 'released' } })
    expect(expectProblem(await decide(admin, 'kept'))).toBe('act-not-available')
    expect((await city.visitor.get(`${contests}/${id}`)).body.decision).toMatchObject({ outcome: 'released' })
    expect((await own.get('/api/v1/account')).body).toMatchObject({ status: 401, code: 'not-signed-in' })
    expect((await register({ ...given, ...account() })).status).toBe(201)
  })

  it('keeps no number, shows none, and leaves applicants out of the public list of bodies', async () => {
    const given = person()
    const answer = await register(given)
    expect(answer.status).toBe(201)
    const cookie = [answer.headers['set-cookie']]
      .flat()
      .map((each) => String(each).split(';')[0])
      .join('; ')
    const mine = await city.visitor.get('/api/v1/registration', { cookie })
    expect(mine.body.registration).toMatchObject({ kind: 'natural-person', checkedBy: 'form' })
    expect(await tablesHolding(given.username)).toContain('auth_user')
    expect(await tablesHolding(given.identityNumber)).toEqual([])
    const bodies = (await city.visitor.get('/api/v1/organisations')).body.items
    expect(bodies.map(({ name }: { name: { zh: string } }) => name.zh)).not.toContain('示例数据应用有限公司')
    const { items } = (await city.authority.get('/api/v1/records?kind=applicant.registered')).body
    expect(items[0].details).toMatchObject({ kind: 'natural-person', checkedBy: 'form' })
    expect(JSON.stringify(items)).not.toContain(given.identityNumber)
  })
})

describe('With a real-name service', () => {
  let served: City
  beforeAll(async () => {
    await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening))
    const { port } = service.address() as AddressInfo
    served = await openCity('xiamen', { realNameUrl: `http://127.0.0.1:${port}/` })
  })
  afterAll(() => served.close())

  it('name and number have to belong together, and what was checked is told', async () => {
    expect((await served.visitor.get('/api/v1/registration-terms')).body.checkedBy).toBe('service')
    const stranger = await register(person({ name: '示例他人' }), served)
    expect(stranger.body).toMatchObject({ status: 422, errors: [{ path: 'identityNumber' }] })
    const known = await register(person(), served)
    expect(known.body.registration).toMatchObject({ checkedBy: 'service' })
  })

  it('nothing is registered while it does not answer', async () => {
    const given = person()
    unanswered = true
    expect(expectProblem(await register(given, served))).toBe('source-unavailable')
    unanswered = false
    expect((await register(given, served)).status).toBe(201)
  })
})
