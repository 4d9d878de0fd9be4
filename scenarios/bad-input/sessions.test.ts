import { newId } from '@tiaoli/kernel/ids'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBusyCity, rowsOnly } from '../kit/busy-city.ts'
import { callerOf } from '../kit/caller.ts'
import { expectProblem } from '../kit/problem.ts'

const password = 'a-synthetic-password'

let city: Awaited<ReturnType<typeof openBusyCity>>
beforeAll(async () => {
  city = await openBusyCity()
})
afterAll(() => city.close())

const rowsPath = () => `/api/v1/entries/${city.subjects.entryId}/rows`
const account = async (username: string, organisationId: string | null = null) => {
  await city.house.identity.createUser({
    username,
    name: username,
    password,
    organisationId,
    powers: ['requester'],
  })
  return { username, password }
}
const signIn = (credentials: object, headers: Record<string, string> = {}) =>
  city.visitor.send('POST', '/api/v1/session', credentials, headers)
const cookiesOf = (answer: { headers: Record<string, unknown> }) =>
  [answer.headers['set-cookie']].flat().map(String)
const tokenOf = (answer: { headers: Record<string, unknown> }) => cookiesOf(answer)[0]!.split(';')[0]!

describe('a session', () => {
  it('has a cookie that scripts cannot read and other sites do not send', async () => {
    const answer = await signIn(await account('zhao'))
    for (const cookie of cookiesOf(answer)) {
      expect(cookie).toMatch(/; HttpOnly/i)
      expect(cookie).toMatch(/; SameSite=(?:Lax|Strict)/i)
      expect(cookie).toMatch(/; Path=\//i)
      expect(cookie).not.toMatch(/; Secure/i)
    }
    const behindTls = await signIn({ username: 'zhao', password }, { 'x-forwarded-proto': 'https' })
    for (const cookie of cookiesOf(behindTls)) expect(cookie).toMatch(/; Secure/i)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('begins anew with each sign-in, whatever cookie came along', async () => {
    const credentials = await account('qian')
    const first = tokenOf(await signIn(credentials))
    const second = tokenOf(await signIn(credentials, { cookie: first }))
    const planted = tokenOf(await signIn(credentials, { cookie: 'tiaoli.session_token=planted.value' }))
    expect(new Set([first, second, planted, 'tiaoli.session_token=planted.value']).size).toBe(4)
  })

  it('ends with the sign-out: the cookie that somebody kept is worth nothing', async () => {
    const cookie = tokenOf(await signIn(await account('sun')))
    expect((await city.visitor.get('/api/v1/api-keys', { cookie })).status).toBe(200)
    const out = await city.visitor.send('DELETE', '/api/v1/session', undefined, { cookie })
    expect(out.body).toEqual({ signedOut: true })
    expect(cookiesOf(out)[0]).toMatch(/Max-Age=0/i)
    expect(expectProblem(await city.visitor.get('/api/v1/api-keys', { cookie }))).toBe('not-signed-in')
  })

  it('of a garbled cookie is nobody’s', async () => {
    for (const cookie of [
      'tiaoli.session_token=',
      'tiaoli.session_token=%00',
      'tiaoli.session_token=a.b; tiaoli.session_token=c',
      `tiaoli.session_token=${'x'.repeat(4000)}`,
    ])
      expect(expectProblem(await city.visitor.get('/api/v1/api-keys', { cookie }))).toBe('not-signed-in')
  })

  it('is not lent to pages of other sites', async () => {
    const cookie = tokenOf(await signIn(await account('liang')))
    for (const origin of ['https://elsewhere.invalid', 'null', 'garbage', 'http://', 'file://', '%%'])
      expect(
        expectProblem(
          await city.visitor.send(
            'POST',
            '/api/v1/api-keys',
            { name: '甲' },
            { cookie, origin, host: 'city.invalid' },
          ),
        ),
      ).toBe('not-allowed')
    const own = { cookie, origin: 'http://city.invalid', host: 'city.invalid' }
    expect((await city.visitor.send('POST', '/api/v1/api-keys', { name: '甲' }, own)).status).toBe(201)
  })
})

describe('sign-in', () => {
  it('gives up on a user after ten wrong passwords, right or wrong after that, and says how long', async () => {
    const credentials = await account('zhou')
    const wrong = { username: 'ZHOU', password: 'not-the-password' }
    for (let n = 0; n < 10; n++) expect(expectProblem(await signIn(wrong))).toBe('wrong-credentials')
    const refused = await signIn(credentials)
    expect(expectProblem(refused)).toBe('too-many-requests')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60)
    expect((await signIn(credentials, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(200)
  })

  it('does not let many guesses at once through together', async () => {
    const { username } = await account('wuhao')
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        signIn({ username, password: `guess-number-${n}` }, { 'x-forwarded-for': '203.0.113.8' }),
      ),
    )
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(20)
  })

  it('does not count what was right', async () => {
    const credentials = await account('zheng')
    for (let n = 0; n < 25; n++) expect((await signIn(credentials)).status).toBe(200)
  })

  it('answers alike whether or not there is such a user', async () => {
    const known = await signIn({ username: 'citizen', password: 'not-the-password' })
    const unknown = await signIn({ username: 'no-such-user', password: 'not-the-password' })
    expect(unknown.body).toEqual(known.body)
  })
})

describe('a key', () => {
  const make = async (body: object, caller = city.user) => (await caller.post('/api/v1/api-keys', body)).body

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer tlk_',
    'Bearer tlk_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'Basic dXNlcjpwYXNz',
    'bearer \ttlk_x',
    `Bearer ${'x'.repeat(5000)}`,
    "Bearer ' or 1=1--",
    'null',
  ])('that is none (%s) is told as such, also where nobody may call', async (authorization) => {
    expect(expectProblem(await city.visitor.get('/api/v1/session', { authorization }))).toBe('key-not-valid')
    expect((await city.visitor.get('/api/v1/rulebook', { authorization })).status).toBe(200)
  })

  it('stops the moment it is revoked, and can be revoked by nobody else', async () => {
    const { key, apiKey } = await make({ name: '示例' })
    const holder = city.visitor.withKey(key)
    expect((await holder.get(rowsPath())).status).toBe(200)
    expect(expectProblem(await city.other.delete(`/api/v1/api-keys/${apiKey.id}`))).toBe('not-found')
    expect((await city.user.delete(`/api/v1/api-keys/${apiKey.id}`)).status).toBe(200)
    expect(expectProblem(await holder.get(rowsPath()))).toBe('key-not-valid')
  })

  it('bound to a grant takes rows under it and does nothing else', async () => {
    const { key } = await make({ name: '绑定', grantId: city.subjects.grantId })
    const bound = city.visitor.withKey(key)
    expect((await bound.get(rowsPath())).text).toContain(rowsOnly)
    expect(expectProblem(await bound.post('/api/v1/api-keys', { name: '另一个' }))).toBe('not-allowed')
    expect(expectProblem(await bound.get('/api/v1/cases'))).toBe('not-allowed')
    expect(expectProblem(await bound.get(`${rowsPath()}?grant=${newId()}`))).toBe('refused-by-law')
  })

  it('is bound only to a grant that one holds oneself', async () => {
    for (const caller of [city.other, city.steward, city.authority]) {
      const answer = await caller.post('/api/v1/api-keys', { name: '示例', grantId: city.subjects.grantId })
      expect(expectProblem(answer)).toBe('not-found')
    }
  })

  it.each(['2023-02-31', '0000-00-00', '2023-13-01', '2022-12-31'])(
    'does not end on %s',
    async (expiresOn) => {
      const answer = await city.user.post('/api/v1/api-keys', { name: '示例', expiresOn })
      expect(expectProblem(answer)).toBe('content-incomplete')
    },
  )

  it('has the powers that its user has now, not those of the day it was made', async () => {
    const { username } = await account('feng', 'civil')
    const feng = await callerOf(city.house, { username, password })
    const holder = city.visitor.withKey((await make({ name: '示例' }, feng)).key)
    expect((await holder.get(rowsPath())).status).toBe(200)
    await sql`update member set organisation_id = null, powers = '{}' where user_id =
      (select id from auth_user where username = 'feng')`.execute(city.house.database.db)
    // The user of a key is known for a second.
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    expect(expectProblem(await holder.get(rowsPath()))).toBe('refused-by-law')
    expect(expectProblem(await feng.get(rowsPath()))).toBe('refused-by-law')
  })

  it('is shown once, and kept only as a digest', async () => {
    const { key } = await make({ name: '示例' })
    expect((await city.user.get('/api/v1/api-keys')).text).not.toContain(key)
    const { rows } = await sql<{ text: string }>`select api_key::text as text from api_key`.execute(
      city.house.database.db,
    )
    for (const row of rows) expect(row.text).not.toContain(key)
  })
})

describe('answers', () => {
  it('carry the headers that keep pages and caches in order', async () => {
    const { headers } = await city.user.get(rowsPath())
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
    })
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'")
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })

  it('that report a fault of ours give away neither cause nor stack nor SQL', async () => {
    await sql`alter table notice rename to notice_away`.execute(city.house.database.db)
    const answer = await city.user.get('/api/v1/notices')
    await sql`alter table notice_away rename to notice`.execute(city.house.database.db)
    expect(expectProblem(answer)).toBe('internal')
    expect(answer.text).not.toMatch(/notice_away|relation|select|\bat .*\.ts|node_modules/)
  })
})
