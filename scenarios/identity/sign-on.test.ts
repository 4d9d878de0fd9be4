import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  account,
  codeOf,
  cookiesOf,
  setUpSecondFactor,
  signedIn,
  signIn,
  withCookies,
} from '../kit/accounts.ts'
import type { Answer, Caller } from '../kit/caller.ts'
import { type City, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'
import {
  clientId,
  clientSecret,
  journey,
  type Lie,
  openLiar,
  openProvider,
  type People,
  walkThrough,
} from '../kit/sign-on-provider.ts'

const people: People = new Map<string, Record<string, unknown>>([
  ['zhang', { name: '示例张', group: 'civil-staff' }],
  ['stranger', { name: '示例客', group: 'unknown-staff', email: 'user@users.invalid', email_verified: true }],
  ['holder', { name: '示例持' }],
])
const mapping = [{ value: 'civil-staff', organisationId: 'civil', powers: ['requester'] }]

let city: City
let admin: Caller
let provider: Awaited<ReturnType<typeof openProvider>>
let liar: Awaited<ReturnType<typeof openLiar>>
let real: string
let lying: string

const settings = (issuer: string, change: object = {}) => ({
  issuer,
  clientId,
  clientSecret,
  label: { zh: '示例市统一身份认证', en: 'Example city sign-on' },
  claim: 'group',
  mapping,
  enabled: true,
  ...change,
})
const add = (body: object, caller = admin) => caller.post('/api/v1/sign-on-providers', body)

beforeAll(async () => {
  city = await openCity('chongqing', { reachableBySignOn: '127.0.0.0/8' })
  await account(city, 'admin', 'authority', ['admin'])
  admin = await signedIn(city, 'admin')
  provider = await openProvider(people)
  liar = await openLiar()
  real = (await add(settings(provider.issuer))).body.id
  lying = (await add(settings(liar.issuer))).body.id
})
afterAll(async () => {
  await city.close()
  provider.close()
  liar.close()
})

const signOn = async (as: string, given: { link?: boolean; cookie?: string } = {}): Promise<Answer> => {
  const { address, back } = await journey(city, real, given)
  return back(await walkThrough(address, as))
}
const refusal = (answer: Answer): string => {
  expect(expectProblem(answer)).toBe('sign-on-refused')
  return answer.body.condition.en
}

describe('Setting a provider up', () => {
  it('is for administrators of the city, over TLS, without the power to look after accounts', async () => {
    for (const caller of [city.authority, city.user, city.citizen])
      expect(expectProblem(await add(settings('https://id.city.invalid'), caller))).toBe('not-allowed')
    const { key } = (await admin.post('/api/v1/api-keys', { name: '示例' })).body
    expect(expectProblem(await add(settings('https://id.city.invalid'), city.visitor.withKey(key)))).toBe(
      'not-allowed',
    )
    for (const change of [
      { issuer: 'ftp://id.city.invalid' },
      { issuer: 'https://id.city.invalid/?x=1' },
      { mapping: [{ ...mapping[0], powers: ['admin'] }] },
      { mapping: [{ ...mapping[0], organisationId: 'nowhere' }] },
      { issuer: provider.issuer },
    ])
      expect(expectProblem(await add(settings('https://id.city.invalid', change)))).toBe('content-incomplete')
  })

  it('keeps its secret sealed, and shows it to nobody', async () => {
    expect((await admin.get('/api/v1/sign-on-providers')).text).not.toContain(clientSecret)
    expect((await city.authority.get('/api/v1/records?kind=account.setting')).text).not.toContain(
      clientSecret,
    )
    const { rows } = await sql<{ kept: string }>`select p::text as kept from sign_on_provider p`.execute(
      city.house.database.db,
    )
    for (const { kept } of rows) expect(kept).not.toContain(clientSecret)
    expect((await city.visitor.get('/api/v1/sign-on')).body.items).toHaveLength(2)
  })

  it('does not reach into inner networks that were not opened for it', async () => {
    const { id } = (await add(settings('http://10.1.2.3', { mapping: [] }))).body
    const answer = await city.visitor.post(`/api/v1/sign-on/${id}/begin`, {})
    expect(refusal(answer)).toContain('cannot be reached')
    const off = settings('http://10.1.2.3', { mapping: [], enabled: false })
    expect((await admin.post(`/api/v1/sign-on-providers/${id}`, off)).status).toBe(200)
    expect(expectProblem(await city.visitor.post(`/api/v1/sign-on/${id}/begin`, {}))).toBe('not-found')
  })
})

describe('A sign-on is refused', () => {
  it('to a subject that nobody knows and no mapping admits, whatever its e-mail address', async () => {
    const before = (await admin.get('/api/v1/people?limit=200')).body.items.length
    expect(refusal(await signOn('stranger'))).toContain('No account belongs')
    expect((await admin.get('/api/v1/people?limit=200')).body.items).toHaveLength(before)
  })

  it('where the provider declines', async () => {
    expect(refusal(await signOn('nobody-there'))).toContain('did not agree')
  })

  it('without the cookie of the browser that began, with a state that was made up, or twice', async () => {
    const { address, back } = await journey(city, real)
    const query = await walkThrough(address, 'zhang')
    const state = new URLSearchParams(query).get('state')!
    for (const [parameters, cookie] of [
      [query, ''],
      [query, 'tiaoli.sign_on=made-up'],
      [query.replace(state, 'made-up'), undefined],
      ['', undefined],
    ] as const)
      expect(refusal(await back(parameters, cookie))).toContain('No sign-on of this browser')
    // A stranger's attempt does not use it up; its own does.
    expect((await back(query)).status).toBe(200)
    expect(refusal(await back(query))).toContain('No sign-on of this browser')
  })

  it('with a code that was used, or that belongs to another journey (PKCE)', async () => {
    const first = await journey(city, real)
    const used = await walkThrough(first.address, 'zhang')
    expect((await first.back(used)).status).toBe(200)
    const second = await journey(city, real)
    const fresh = await walkThrough(second.address, 'zhang')
    const replayed = new URLSearchParams(fresh)
    replayed.set('code', new URLSearchParams(used).get('code')!)
    expect(refusal(await second.back(`?${replayed}`))).toContain('did not take its code back')

    const [third, fourth] = [await journey(city, real), await journey(city, real)]
    const theirs = new URLSearchParams(await walkThrough(third.address, 'zhang')).get('code')!
    const mine = new URLSearchParams(await walkThrough(fourth.address, 'holder'))
    mine.set('code', theirs)
    expect(refusal(await fourth.back(`?${mine}`))).toContain('did not take its code back')
  })

  it('that names another issuer in its answer (mix-up)', async () => {
    const { address, back } = await journey(city, real)
    const query = new URLSearchParams(await walkThrough(address, 'zhang'))
    query.set('iss', 'https://elsewhere.invalid')
    expect(refusal(await back(`?${query}`))).toContain('malformed')
  })

  it.each<[string, Lie, string]>([
    ['issuer', { claims: { iss: 'https://elsewhere.invalid' } }, 'do not belong'],
    ['audience', { claims: { aud: 'another-client' } }, 'do not belong'],
    ['nonce', { claims: { nonce: 'another' } }, 'do not belong'],
    ['no nonce', { claims: { nonce: undefined } }, 'malformed'],
    ['a time that has passed', { claims: { exp: 1_000_000_000 } }, 'do not belong'],
    ['no subject', { claims: { sub: '' } }, 'malformed'],
    ['a key that is none of its own', { strangeKey: true }, 'malformed'],
    ['no signature', { unsigned: true }, 'malformed'],
    ['no token', { withoutToken: true }, 'malformed'],
  ])('for the token’s sake: %s', async (_what, lie, words) => {
    const { address, back } = await journey(city, lying)
    expect(refusal(await back(liar.tells(address, lie)))).toContain(words)
  })

  it('and each refusal is in the audit', async () => {
    const { items } = (await admin.get('/api/v1/account-events?kind=sign-in-refused&limit=200')).body
    const reasons = new Set(items.map(({ details }: { details: { reason: string } }) => details.reason))
    for (const reason of [
      'subject-unknown',
      'declined',
      'code-refused',
      'token-not-for-this',
      'token-unsound',
    ])
      expect(reasons).toContain(reason)
  })
})

describe('A sign-on', () => {
  it('makes the account that the mapping says, once, without a password', async () => {
    const first = await signOn('zhang')
    expect(first.body).toMatchObject({ secondFactor: false, linked: false })
    expect(first.body.user).toMatchObject({
      name: '示例张',
      organisation: { id: 'civil' },
      powers: ['requester'],
    })
    const own = withCookies(city, cookiesOf(first))
    expect((await own.get('/api/v1/account')).body.hasPassword).toBe(false)
    const again = await signOn('zhang')
    expect(again.body.user.id).toBe(first.body.user.id)
    expect(expectProblem(await own.delete(`/api/v1/account/sign-on/${real}`))).toBe('act-not-available')
    expect(expectProblem(await signIn(city, first.body.user.username, 'x'))).toBe('wrong-credentials')
  })

  it('follows the mapping: other powers with another group, and none without', async () => {
    const { user } = (await signOn('zhang')).body
    const both = [...mapping, { value: 'market-staff', organisationId: 'market', powers: ['steward'] }]
    const changed = await admin.post(
      `/api/v1/sign-on-providers/${real}`,
      settings(provider.issuer, { mapping: both, clientSecret: undefined }),
    )
    expect(changed.status).toBe(200)
    people.set('zhang', { name: '示例张', group: 'market-staff' })
    const moved = await signOn('zhang')
    expect(moved.body.user).toMatchObject({
      id: user.id,
      organisation: { id: 'market' },
      powers: ['steward'],
    })
    const { key } = (await withCookies(city, cookiesOf(moved)).post('/api/v1/api-keys', { name: '示例' }))
      .body
    const byKey = () => city.visitor.withKey(key).get('/api/v1/grants')
    expect((await byKey()).status).toBe(200)
    people.set('zhang', { name: '示例张', group: 'left' })
    expect(refusal(await signOn('zhang'))).toContain('belong to no organisation')
    expect(expectProblem(await withCookies(city, cookiesOf(moved)).get('/api/v1/account'))).toBe(
      'not-signed-in',
    )
    expect(expectProblem(await byKey())).toBe('key-not-valid')
    const { items } = (await admin.get(`/api/v1/account-events?kind=closed&limit=200`)).body
    expect(items[0]).toMatchObject({ person: { id: user.id }, by: null, details: { provider: real } })
    // The claim alone does not open it again: what was closed is opened by an administrator.
    people.set('zhang', { name: '示例张', group: 'civil-staff' })
    expect(expectProblem(await signOn('zhang'))).toBe('not-allowed')
    await admin.post(`/api/v1/people/${user.id}/acts/reopen`, { reasons: '返岗' })
    expect((await signOn('zhang')).body.user.powers).toEqual(['requester'])
  })

  it('reaches an account that its user linked, and asks its second factor; nobody links for another', async () => {
    await account(city, 'linker', 'market', ['steward'])
    const cookie = cookiesOf(await signIn(city, 'linker'))
    const own = withCookies(city, cookie)
    expect(expectProblem(await city.visitor.post(`/api/v1/sign-on/${real}/begin`, { link: true }))).toBe(
      'not-allowed',
    )
    // A browser that was left open is not enough: the password is asked again.
    const unproven = await own.post(`/api/v1/sign-on/${real}/begin`, { link: true })
    expect([expectProblem(unproven), unproven.body.condition.zh]).toEqual([
      'password-wrong',
      '更改登录方式须再次输入密码',
    ])
    expect(
      expectProblem(await own.post(`/api/v1/sign-on/${real}/begin`, { link: true, password: 'another one' })),
    ).toBe('password-wrong')
    // Began by one, and brought back by another.
    const { address, back } = await journey(city, real, { link: true, cookie })
    const browser = cookiesOf(await city.visitor.send('POST', `/api/v1/sign-on/${real}/begin`, {}, {}))
    expect(browser).toContain('tiaoli.sign_on=')
    expect((await back(await walkThrough(address, 'holder'))).body).toMatchObject({ linked: true })
    expect((await own.get('/api/v1/account/sign-on')).body.items).toHaveLength(1)
    expect((await signOn('holder')).body.user.username).toBe('linker')

    await account(city, 'second', 'market', ['steward'])
    const other = cookiesOf(await signIn(city, 'second'))
    expect(refusal(await signOn('holder', { link: true, cookie: other }))).toContain('linked with another')

    const { secret, backupCodes } = await setUpSecondFactor(own)
    const half = await signOn('holder')
    expect(half.body).toEqual({ user: null, secondFactor: true, linked: false })
    const whole = await city.visitor.send(
      'POST',
      '/api/v1/session/second-factor',
      { code: codeOf(secret, 1) },
      { cookie: cookiesOf(half) },
    )
    expect(whole.body.user.username).toBe('linker')

    const byCode = (code: string) => own.post(`/api/v1/sign-on/${real}/begin`, { link: true, code })
    expect(expectProblem(await byCode('000000'))).toBe('second-factor-wrong')
    expect((await byCode(backupCodes[0]!)).status).toBe(200)

    expect((await own.delete(`/api/v1/account/sign-on/${real}`)).body).toEqual({ unlinked: true })
    expect(refusal(await signOn('holder'))).toContain('No account belongs')
  })

  it('asks an account without a password for a sign-on of the last ten minutes before its ways in change', async () => {
    const cookie = cookiesOf(await signOn('zhang'))
    const own = withCookies(city, cookie)
    const { items } = (await own.get('/api/v1/account/sessions')).body
    const present = items.find(({ current }: { current: boolean }) => current)
    const aged = (minutes: number) =>
      sql`update auth_session set "createdAt" = ${new Date(Date.now() - minutes * 60_000)}
        where "id" = ${present.id}`.execute(city.house.database.db)
    await aged(11)
    for (const [path, body] of [
      [`/api/v1/sign-on/${real}/begin`, { link: true }],
      ['/api/v1/account/second-factor', {}],
    ] as const) {
      const answer = await own.post(path, body)
      expect([expectProblem(answer), answer.body.condition.zh]).toEqual([
        'sign-in-again',
        '更改登录方式须在最近十分钟内登录过',
      ])
    }
    await aged(9)
    expect((await own.post(`/api/v1/sign-on/${real}/begin`, { link: true })).status).toBe(200)
    expect((await own.post('/api/v1/account/second-factor', {})).status).toBe(200)
  })

  it('does not open an account that was closed', async () => {
    const { user } = (await signOn('zhang')).body
    await admin.post(`/api/v1/people/${user.id}/acts/close`, { reasons: '离职' })
    const answer = await signOn('zhang')
    expect([expectProblem(answer), answer.body.condition.zh]).toEqual(['not-allowed', '该账号已停用'])
  })

  it('is counted by address on the way back too: made-up states fill no ledger', async () => {
    const back = () => city.visitor.post('/api/v1/sign-on/return', { parameters: '?state=made-up' })
    const refused = async () =>
      (await admin.get('/api/v1/account-events?kind=sign-in-refused&limit=200')).body.items.length
    for (let times = 0; times < 60; times++) await back()
    const before = await refused()
    expect(expectProblem(await back())).toBe('too-many-requests')
    expect(await refused()).toBe(before)
  })
})
