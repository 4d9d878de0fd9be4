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
import { type City, cityPassword, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { expectProblem } from '../kit/problem.ts'

let city: City
beforeAll(async () => {
  city = await openCity('chongqing')
  await account(city, 'admin', 'authority', ['admin'])
})
afterAll(() => city.close())

const step = (cookie: string, code: string) =>
  city.visitor.send('POST', '/api/v1/session/second-factor', { code }, { cookie })
const wrongCode = (right: string) => (right === '000000' ? '000001' : '000000')

describe('Setting up the second factor', () => {
  it('asks for the password again, and for a code of the secret before it counts', async () => {
    await account(city, 'setter', 'civil', ['requester'])
    const setter = await signedIn(city, 'setter')
    const begin = (password?: string) => setter.post('/api/v1/account/second-factor', { password })
    expect(expectProblem(await begin())).toBe('password-wrong')
    expect(expectProblem(await begin('not-the-password'))).toBe('password-wrong')
    const confirm = (code: string) => setter.post('/api/v1/account/second-factor/confirmation', { code })
    expect(expectProblem(await confirm('123456'))).toBe('act-not-available')

    const begun = await begin(cityPassword)
    expect(begun.body.address).toMatch(/^otpauth:\/\/totp\//)
    const right = codeOf(begun.body.secret)
    expect(expectProblem(await confirm(wrongCode(right)))).toBe('second-factor-wrong')
    // Not confirmed: nothing is asked for yet.
    expect((await signIn(city, 'setter')).body.secondFactor).toBe(false)
    const confirmed = await confirm(right)
    expect(confirmed.body.backupCodes).toHaveLength(10)
    expect((await setter.get('/api/v1/account')).body.secondFactor).toEqual({
      on: true,
      backupCodesLeft: 10,
      demanded: false,
    })
    expect(expectProblem(await begin(cityPassword))).toBe('act-not-available')
  })

  it('ends the sessions that were opened without it', async () => {
    await account(city, 'mover', 'civil', ['requester'])
    const former = await signedIn(city, 'mover')
    const present = await signedIn(city, 'mover')
    await setUpSecondFactor(present)
    expect(expectProblem(await former.get('/api/v1/account'))).toBe('not-signed-in')
    expect((await present.get('/api/v1/account')).status).toBe(200)
  })

  it('is done by who signed in, not by a key, and keeps neither secret nor codes readable', async () => {
    await account(city, 'keeper', 'civil', ['requester'])
    const keeper = await signedIn(city, 'keeper')
    const { key } = (await keeper.post('/api/v1/api-keys', { name: '示例' })).body
    const byKey = city.visitor.withKey(key)
    for (const path of ['/api/v1/account/second-factor', '/api/v1/account/password', '/api/v1/api-keys'])
      expect(expectProblem(await byKey.post(path, { name: '示例', password: cityPassword }))).toBe(
        'not-allowed',
      )
    const { secret, backupCodes } = await setUpSecondFactor(keeper)
    const { rows } = await sql<{
      kept: string
    }>`select second_factor::text as kept from second_factor`.execute(city.house.database.db)
    for (const { kept } of rows) for (const told of [secret, ...backupCodes]) expect(kept).not.toContain(told)
  })
})

describe('Signing in with a second factor', () => {
  let secret: string
  let backupCodes: string[]
  beforeAll(async () => {
    await account(city, 'officer', 'authority', ['officer'])
    const set = await setUpSecondFactor(await signedIn(city, 'officer'))
    secret = set.secret
    backupCodes = set.backupCodes
  })
  const first = async () => {
    const answer = await signIn(city, 'officer')
    expect([answer.status, answer.body]).toEqual([200, { user: null, secondFactor: true }])
    return cookiesOf(answer)
  }

  it('gives no session for the password alone', async () => {
    const cookie = await first()
    expect(cookie).not.toContain('session_token')
    expect(expectProblem(await withCookies(city, cookie).get('/api/v1/account'))).toBe('not-signed-in')
  })

  it('takes no code without the first step, nor of a step that is made up', async () => {
    for (const cookie of ['', 'tiaoli.sign_in_step=', 'tiaoli.sign_in_step=made-up'])
      expect(expectProblem(await step(cookie, codeOf(secret, 1)))).toBe('sign-in-again')
  })

  it('takes a code once, and the step once', async () => {
    const cookie = await first()
    // Setting up took the code of the step then.
    const code = codeOf(secret, 1)
    const answer = await step(cookie, code)
    expect(answer.body.user.username).toBe('officer')
    expect((await withCookies(city, cookiesOf(answer)).get('/api/v1/account')).status).toBe(200)
    expect(expectProblem(await step(cookie, code))).toBe('sign-in-again')
    expect(expectProblem(await step(await first(), code))).toBe('second-factor-wrong')
  })

  it('of two requests with one backup code lets one in', async () => {
    const [code = ''] = backupCodes
    const cookies = [await first(), await first()]
    const answers = await Promise.all(cookies.map((cookie) => step(cookie, code.toUpperCase())))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
    const inside = answers.find(({ status }) => status === 200)!
    const own = withCookies(city, cookiesOf(inside))
    expect((await own.get('/api/v1/account')).body.secondFactor.backupCodesLeft).toBe(9)
    const renewed = await own.post('/api/v1/account/second-factor/backup-codes', { code: backupCodes[1] })
    expect(renewed.body.backupCodes).toHaveLength(10)
    expect(expectProblem(await step(await first(), backupCodes[2]!))).toBe('second-factor-wrong')
  })

  it('ends a step after five wrong codes, and locks codes after ten, until an administrator unlocks', async () => {
    await account(city, 'guessed', 'civil', ['requester'])
    const guessed = await setUpSecondFactor(await signedIn(city, 'guessed'))
    const begin = async () => cookiesOf(await signIn(city, 'guessed'))
    const [one, two] = [await begin(), await begin()]
    for (const cookie of [one, two]) {
      for (let n = 0; n < 5; n++)
        expect(expectProblem(await step(cookie, wrongCode(codeOf(guessed.secret, 1))))).toBe(
          'second-factor-wrong',
        )
      expect(expectProblem(await step(cookie, codeOf(guessed.secret, 1)))).toBe('sign-in-again')
    }
    const third = await begin()
    const locked = await step(third, guessed.backupCodes[0]!)
    expect(expectProblem(locked)).toBe('too-many-requests')
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(60)

    const admin = await signedIn(city, 'admin')
    const [person] = (await admin.get('/api/v1/people?q=guessed')).body.items
    expect(person.lockedUntil).not.toBeNull()
    const unlocked = await admin.post(`/api/v1/people/${person.id}/acts/unlock`, { reasons: '本人来访核实' })
    expect(unlocked.body.person.lockedUntil).toBeNull()
    const inside = await step(third, guessed.backupCodes[0]!)
    expect(inside.status).toBe(200)
    const notices = (await withCookies(city, cookiesOf(inside)).get('/api/v1/notices')).body.items
    expect(notices.map(({ kind }: { kind: string }) => kind)).toEqual(['account.unlocked', 'account.locked'])
  })
})

describe('Where the administrator asks for a second factor', () => {
  const ask = async (...powers: string[]) => {
    const admin = await signedIn(city, 'admin')
    const answer = await admin.post('/api/v1/sign-in-setting', { secondFactorFor: powers })
    expect(answer.body).toEqual({ secondFactorFor: powers })
  }
  afterAll(() => ask())

  it('nobody else sets it', async () => {
    for (const caller of [city.authority, city.user, city.citizen])
      expect(expectProblem(await caller.post('/api/v1/sign-in-setting', { secondFactorFor: [] }))).toBe(
        'not-allowed',
      )
  })

  it('who holds the power acts only after setting it up; others go on as before', async () => {
    await account(city, 'clerk', 'authority', ['officer'])
    const clerk = await signedIn(city, 'clerk')
    const { key } = (await clerk.post('/api/v1/api-keys', { name: '示例' })).body
    const byKey = city.visitor.withKey(key)
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    await ask('officer', 'supervisor')

    expect(expectProblem(await clerk.get('/api/v1/cases'))).toBe('second-factor-needed')
    expect(expectProblem(await clerk.post('/api/v1/entries', {}))).toBe('second-factor-needed')
    expect((await clerk.get('/api/v1/session')).body).toMatchObject({
      user: { username: 'clerk' },
      unready: 'second-factor',
    })
    // What the public sees, and no more.
    expect((await clerk.get('/api/v1/entries')).body).toEqual(
      (await city.visitor.get('/api/v1/entries')).body,
    )
    expect((await city.user.get('/api/v1/cases')).status).toBe(200)

    // A key is one factor: it reads on, and acts no more.
    expect((await byKey.get('/api/v1/cases')).status).toBe(200)
    expect(expectProblem(await byKey.post('/api/v1/notices/read', {}))).toBe('not-allowed')

    const { secret } = await setUpSecondFactor(clerk)
    expect((await clerk.get('/api/v1/cases')).status).toBe(200)
    const end = await clerk.post('/api/v1/account/second-factor/end', { code: codeOf(secret, 1) })
    expect(expectProblem(end)).toBe('not-allowed')
    await ask()
    const ended = await clerk.post('/api/v1/account/second-factor/end', { code: codeOf(secret, 1) })
    expect(ended.body).toEqual({ on: false })
    expect((await signIn(city, 'clerk')).body.secondFactor).toBe(false)
  })

  it('a reset by an administrator ends the sessions, is recorded and told to the person', async () => {
    const id = await account(city, 'lost', 'civil', ['requester'])
    const lost = await signedIn(city, 'lost')
    const admin = await signedIn(city, 'admin')
    const reset = (caller = admin) =>
      caller.post(`/api/v1/people/${id}/acts/reset-second-factor`, { reasons: '手机遗失' })
    expect(expectProblem(await reset())).toBe('act-not-available')
    await setUpSecondFactor(lost)
    expect(expectProblem(await reset(city.authority))).toBe('not-allowed')
    expect((await reset()).body.person.secondFactor).toBe(false)
    expect(expectProblem(await lost.get('/api/v1/account'))).toBe('not-signed-in')
    const back = await signedIn(city, 'lost')
    expect(await noticeOf(back, 'account.second-factor-reset')).toMatchObject({
      kind: 'account.second-factor-reset',
    })
    const [event] = (await back.get('/api/v1/account/events')).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'second-factor-reset',
    )
    expect(event).toMatchObject({ by: { name: '示例admin' }, details: { reasons: '手机遗失' } })
    expect((await city.authority.get(`/api/v1/records/${event.recordId}`)).body).toMatchObject({
      kind: 'account.second-factor-reset',
      details: { of: id, reasons: '手机遗失' },
    })
  })
})
