import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { account, cookiesOf, signedIn, signIn, withCookies } from '../kit/accounts.ts'
import { publishEntry } from '../kit/acts.ts'
import { openBusyCity, rowsOnly } from '../kit/busy-city.ts'
import type { Answer, Caller } from '../kit/caller.ts'
import { cityPassword } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { expectProblem } from '../kit/problem.ts'

let city: Awaited<ReturnType<typeof openBusyCity>>
let admin: Caller
beforeAll(async () => {
  city = await openBusyCity()
  await account(city, 'admin', 'authority', ['admin'])
  admin = await signedIn(city, 'admin')
})
afterAll(() => city.close())

const from = (address: string) => ({ 'x-forwarded-for': address })
const kindsOf = (answer: Answer): string[] => answer.body.items.map(({ kind }: { kind: string }) => kind)
const order = (id: string, act: string, caller = admin) =>
  caller.post(`/api/v1/people/${id}/acts/${act}`, { reasons: '依人事变动' })

describe('Lock-out', () => {
  const guess = (username: string, address: string) =>
    signIn(city, username, 'not-the-password', from(address))

  it('of a name that many addresses guess spares the addresses at which its user is known', async () => {
    await account(city, 'wang', 'civil', ['requester'])
    expect((await signIn(city, 'wang', cityPassword, from('198.51.100.9'))).status).toBe(200)
    expect(expectProblem(await guess('wang', '203.0.113.1'))).toBe('wrong-credentials')
    // Forty-eight more from as many addresses, which would take their time here.
    await sql`update sign_in_attempt set attempts = 49 where address = '*'`.execute(city.house.database.db)
    expect(expectProblem(await guess('wang', '203.0.113.2'))).toBe('wrong-credentials')
    expect(expectProblem(await signIn(city, 'wang', cityPassword, from('203.0.113.200')))).toBe(
      'too-many-requests',
    )
    const known = await signIn(city, 'wang', cityPassword, from('198.51.100.9'))
    expect(known.status).toBe(200)
    const own = withCookies(city, cookiesOf(known))
    await noticeOf(own, 'account.locked')
    expect(kindsOf(await own.get('/api/v1/account/events')).slice(0, 3)).toEqual([
      'signed-in',
      'locked',
      'sign-in-refused',
    ])
  })

  it('is told to who looks after accounts, lifted by them alone, and over with its time', async () => {
    const id = await account(city, 'lihua', 'civil', ['requester'])
    for (let n = 0; n < 10; n++) await guess('lihua', '203.0.113.201')
    const there = () => signIn(city, 'lihua', cityPassword, from('203.0.113.201'))
    expect(expectProblem(await there())).toBe('too-many-requests')
    const [person] = (await admin.get('/api/v1/people?q=lihua')).body.items.filter(
      (each: { id: string }) => each.id === id,
    )
    expect(Date.parse(person.lockedUntil)).toBeGreaterThan(Date.now())
    expect(expectProblem(await order(id, 'unlock', city.authority))).toBe('not-allowed')
    expect((await order(id, 'unlock')).body.person.lockedUntil).toBeNull()
    expect((await there()).status).toBe(200)

    for (let n = 0; n < 10; n++) await guess('lihua', '203.0.113.202')
    const locked = () => signIn(city, 'lihua', cityPassword, from('203.0.113.202'))
    expect(expectProblem(await locked())).toBe('too-many-requests')
    await sql`update sign_in_attempt set ends_at = now() - interval '1 second'`.execute(
      city.house.database.db,
    )
    expect((await locked()).status).toBe(200)
  })

  it('keeps no name that was typed: people type passwords there', async () => {
    await signIn(city, 'my-secret-password', 'x')
    const { rows } = await sql<{ kept: string }>`
      select t::text as kept from sign_in_attempt t union all select t::text from account_event t
      union all select t::text from record t`.execute(city.house.database.db)
    for (const { kept } of rows) expect(kept).not.toContain('my-secret-password')
  })
})

describe('The audit of accounts', () => {
  it('is for administrators and supervisors of the city; everybody sees what concerns them', async () => {
    for (const caller of [city.steward, city.citizen, await signedIn(city, 'other')])
      expect(expectProblem(await caller.get('/api/v1/account-events'))).toBe('not-allowed')
    const id = await account(city, 'zhao', 'civil', ['requester'])
    const zhao = await signedIn(city, 'zhao')
    await signIn(city, 'zhao', 'not-the-password')
    const { key: _, apiKey } = (await zhao.post('/api/v1/api-keys', { name: '核对系统' })).body
    await zhao.delete(`/api/v1/api-keys/${apiKey.id}`)
    await zhao.delete('/api/v1/session')
    const kinds = ['signed-out', 'key-revoked', 'key-made', 'sign-in-refused', 'signed-in']
    for (const overseer of [admin, city.authority])
      expect(kindsOf(await overseer.get(`/api/v1/account-events?person=${id}`))).toEqual(kinds)
    const again = await signedIn(city, 'zhao')
    expect(kindsOf(await again.get('/api/v1/account/events'))).toEqual(['signed-in', ...kinds])
    const made = await admin.get(`/api/v1/account-events?person=${id}&kind=key-made`)
    expect(made.body.items).toHaveLength(1)
    expect(made.body.items[0]).toMatchObject({
      person: { id, name: '示例zhao' },
      details: { name: '核对系统' },
      address: '127.0.0.1',
    })
    // A colleague does not see when and from where somebody signs in.
    expect(expectProblem(await city.user.get(`/api/v1/records/${made.body.items[0].recordId}`))).toBe(
      'not-found',
    )
    const receipt = await city.authority.get(`/api/v1/records/${made.body.items[0].recordId}/receipt`)
    expect(receipt.body.format).toBe('tiaoli-receipt-1')
  })
})

describe('Sessions', () => {
  it('are listed to their user, ended one by one or all but this, and nobody else’s', async () => {
    await account(city, 'sun', 'civil', ['requester'])
    const one = await signedIn(city, 'sun')
    const two = await signedIn(city, 'sun')
    const three = await signedIn(city, 'sun')
    const { items } = (await two.get('/api/v1/account/sessions')).body
    expect(items).toHaveLength(3)
    expect(items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1)
    expect(items[0]).toMatchObject({ address: '127.0.0.1', agent: expect.stringContaining('light') })
    const ofOther = (await city.user.get('/api/v1/account/sessions')).body.items[0]
    expect(expectProblem(await two.delete(`/api/v1/account/sessions/${ofOther.id}`))).toBe('not-found')
    const current = (await one.get('/api/v1/account/sessions')).body.items.find(
      (each: { current: boolean }) => each.current,
    )
    expect((await two.delete(`/api/v1/account/sessions/${current.id}`)).body).toEqual({ ended: 1 })
    expect(expectProblem(await one.get('/api/v1/account'))).toBe('not-signed-in')
    expect((await two.post('/api/v1/account/sessions/end-others')).body).toEqual({ ended: 1 })
    expect(expectProblem(await three.get('/api/v1/account'))).toBe('not-signed-in')
    expect((await two.get('/api/v1/account')).status).toBe(200)
  })

  it('end with a new password, which the former one has to be given for', async () => {
    await account(city, 'qian', 'civil', ['requester'])
    const here = await signedIn(city, 'qian')
    const there = await signedIn(city, 'qian')
    const change = (password: string, newPassword: string) =>
      here.post('/api/v1/account/password', { password, newPassword })
    expect(expectProblem(await change('not-the-password', 'another-synthetic'))).toBe('password-wrong')
    for (const poor of ['short', 'qian-and-more-signs', cityPassword])
      expect(expectProblem(await change(cityPassword, poor))).toBe('content-incomplete')
    expect((await change(cityPassword, 'another-synthetic')).status).toBe(200)
    expect(expectProblem(await there.get('/api/v1/account'))).toBe('not-signed-in')
    expect((await here.get('/api/v1/account')).status).toBe(200)
    expect(expectProblem(await signIn(city, 'qian'))).toBe('wrong-credentials')
    expect((await signIn(city, 'qian', 'another-synthetic')).status).toBe(200)
  })

  it('end when powers change; nobody changes their own, nor joins what is kept apart', async () => {
    const id = await account(city, 'zhou', 'civil', ['requester'])
    const zhou = await signedIn(city, 'zhou')
    const assign = (powers: string[], person = id, caller = admin) =>
      caller.post(`/api/v1/people/${person}/powers`, { powers, reasons: '岗位调整' })
    expect(expectProblem(await assign(['steward'], id, city.authority))).toBe('not-allowed')
    const own = (await admin.get('/api/v1/people?q=admin')).body.items[0].id
    expect(expectProblem(await assign(['admin', 'officer'], own))).toBe('not-allowed')
    expect(expectProblem(await assign(['admin', 'officer']))).toBe('content-incomplete')
    expect(expectProblem(await assign(['steward'], 'nobody'))).toBe('not-found')
    const citizen = (await admin.get('/api/v1/people?q=citizen')).body.items[0].id
    expect(expectProblem(await assign(['officer'], citizen))).toBe('content-incomplete')
    const assigned = await assign(['steward', 'requester'])
    expect(assigned.body.powers).toEqual(['steward', 'requester'])
    expect(expectProblem(await zhou.get('/api/v1/account'))).toBe('not-signed-in')
    const again = await signIn(city, 'zhou')
    expect(again.body.user.powers).toEqual(['steward', 'requester'])
    const [event] = (await admin.get(`/api/v1/account-events?person=${id}&kind=powers`)).body.items
    expect(event.details).toEqual({
      before: ['requester'],
      after: ['steward', 'requester'],
      reasons: '岗位调整',
    })
  })

  it('and keys end with a closed account, which opens again by an administrator’s word alone', async () => {
    const id = await account(city, 'wugang', 'civil', ['requester'])
    const wu = await signedIn(city, 'wugang')
    const { key } = (await wu.post('/api/v1/api-keys', { name: '示例' })).body
    const byKey = city.visitor.withKey(key)
    expect((await byKey.get('/api/v1/cases')).status).toBe(200)
    expect((await order(id, 'close')).body.person.closedAt).not.toBeNull()
    expect(expectProblem(await order(id, 'close'))).toBe('act-not-available')
    expect(expectProblem(await wu.get('/api/v1/account'))).toBe('not-signed-in')
    expect(expectProblem(await byKey.get('/api/v1/cases'))).toBe('key-not-valid')
    const refused = await signIn(city, 'wugang')
    expect([expectProblem(refused), refused.body.condition.zh]).toEqual(['not-allowed', '该账号已停用'])
    expect((await order(id, 'reopen')).status).toBe(200)
    expect((await signIn(city, 'wugang')).status).toBe(200)
  })

  it('of a new account allow nothing until the password that was handed on is changed', async () => {
    const make = (change: object = {}, caller = admin) =>
      caller.post('/api/v1/people', {
        username: 'newcomer',
        name: '示例新人',
        organisationId: 'civil',
        powers: ['requester'],
        ...change,
      })
    expect(expectProblem(await make({}, city.authority))).toBe('not-allowed')
    expect(expectProblem(await make({ organisationId: 'nowhere' }))).toBe('not-found')
    expect(expectProblem(await make({ powers: ['admin', 'steward'] }))).toBe('content-incomplete')
    expect(expectProblem(await make({ username: 'admin' }))).toBe('content-incomplete')
    // No account without its record, nor one half made.
    const { db } = city.house.database
    await sql`alter table account_event add constraint none_made check (kind <> 'made') not valid`.execute(db)
    expect(expectProblem(await make())).toBe('internal')
    await sql`alter table account_event drop constraint none_made`.execute(db)
    expect((await admin.get('/api/v1/people?q=newcomer')).body.items).toEqual([])
    const made = await make()
    expect(made.status).toBe(201)
    const { password } = made.body
    const first = await signIn(city, 'newcomer', password)
    const own = withCookies(city, cookiesOf(first))
    expect(expectProblem(await own.get('/api/v1/cases'))).toBe('new-password-needed')
    expect((await own.get('/api/v1/session')).body.unready).toBe('new-password')
    await own.post('/api/v1/account/password', { password, newPassword: cityPassword })
    expect((await own.get('/api/v1/cases')).status).toBe(200)

    const given = await order(made.body.person.id, 'give-password')
    expect(expectProblem(await own.get('/api/v1/cases'))).toBe('not-signed-in')
    expect(expectProblem(await signIn(city, 'newcomer'))).toBe('wrong-credentials')
    expect((await signIn(city, 'newcomer', given.body.password)).status).toBe(200)
    const { text } = await city.authority.get('/api/v1/records?kind=account.password-given')
    expect(text).not.toContain(given.body.password)
  })
})

describe('A key', () => {
  const make = (body: object) => city.user.post('/api/v1/api-keys', { name: '示例', ...body })
  const today = () => new Date(city.house.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  const daysOn = (days: number) =>
    new Date(Date.parse(today()) + days * 86_400_000).toISOString().slice(0, 10)

  it('ends within a year: by itself where nobody says when, and never later', async () => {
    const answer = await make({ expiresOn: daysOn(366) })
    expect(expectProblem(answer)).toBe('content-incomplete')
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual(['expiresOn'])
    expect((await make({ expiresOn: daysOn(365) })).status).toBe(201)
    const { apiKey } = (await make({})).body
    expect(apiKey.expiresAt.slice(0, 10)).toBe(daysOn(365))
  })

  it('makes no other key', async () => {
    const { key } = (await make({})).body
    expect(expectProblem(await city.visitor.withKey(key).post('/api/v1/api-keys', { name: '乙' }))).toBe(
      'not-allowed',
    )
  })

  it('kept to entries takes data of those, and of no other, and acts for nobody', async () => {
    const { entryId } = city.subjects
    const other = await publishEntry(city, {})
    expect(expectProblem(await make({ entryIds: [entryId, city.subjects.grantId] }))).toBe('not-found')
    const { key, apiKey } = (await make({ entryIds: [entryId] })).body
    expect(apiKey.entries).toHaveLength(1)
    const kept = city.visitor.withKey(key)
    expect((await kept.get(`/api/v1/entries/${entryId}/rows`)).text).toContain(rowsOnly)
    expect(expectProblem(await kept.get('/api/v1/cases'))).toBe('not-allowed')
    const elsewhere = (await make({ entryIds: [other] })).body.key
    const refused = await city.visitor.withKey(elsewhere).get(`/api/v1/entries/${entryId}/rows`)
    expect(expectProblem(refused)).toBe('refused-by-platform')
    expect(refused.body.condition.zh).toContain('密钥限定了目录条目')
    expect(refused.body.article).toBeUndefined()
  })

  it('is told to be ending a week before, once, and not when it was revoked', async () => {
    await account(city, 'jiang', 'civil', ['requester'])
    const jiang = await signedIn(city, 'jiang')
    const soon = (name: string) => jiang.post('/api/v1/api-keys', { name, expiresOn: daysOn(10) })
    await soon('将到期')
    const gone = (await soon('已撤销')).body.apiKey
    await jiang.delete(`/api/v1/api-keys/${gone.id}`)
    const told = async () =>
      (await jiang.get('/api/v1/notices')).body.items.filter(
        ({ kind }: { kind: string }) => kind === 'account.key-ending',
      )
    await city.settle()
    expect(await told()).toEqual([])
    const now = city.house.clock.now()
    city.at(new Date(now.getTime() + 4 * 86_400_000).toISOString())
    await city.settle()
    await city.settle()
    expect((await told()).map(({ body }: { body: { zh: string } }) => body.zh.includes('将到期'))).toEqual([
      true,
    ])
    city.at(now.toISOString())
  })
})
