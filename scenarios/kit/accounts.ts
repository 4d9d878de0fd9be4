import type { Organisation, Power } from '@tiaoli/server/foundations/identity/index'
import { Secret, TOTP } from 'otpauth'
import { type Answer, type Caller, callerOf } from './caller.ts'
import { type City, cityPassword } from './city.ts'

/** Makes an account in the city, and gives its id. */
export const account = (
  { house }: City,
  username: string,
  organisationId: Organisation['id'] | null,
  powers: Power[],
): Promise<string> =>
  house.identity.createUser({
    username,
    name: `示例${username}`,
    password: cityPassword,
    organisationId,
    powers,
  })

export const signIn = (
  { visitor }: City,
  username: string,
  password: string = cityPassword,
  headers: Record<string, string> = {},
): Promise<Answer> => visitor.send('POST', '/api/v1/session', { username, password }, headers)

/** The cookies that an answer sets, as a browser sends them back. */
export const cookiesOf = (answer: Answer): string =>
  [answer.headers['set-cookie']]
    .flat()
    .filter((each) => each !== undefined)
    .map((each) => String(each).split(';')[0])
    .join('; ')

/** Calls with these cookies and no others. */
export const withCookies = ({ visitor }: City, cookie: string): Pick<Caller, 'get' | 'post' | 'delete'> => ({
  get: (path) => visitor.get(path, { cookie }),
  post: (path, body = {}) => visitor.send('POST', path, body as object, { cookie }),
  delete: (path) => visitor.send('DELETE', path, undefined, { cookie }),
})

/** The code that an authenticator app shows now, or so many steps of thirty seconds away. */
export const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 })

/** Sets the second factor up. The code of the present step is used up by it; that of the next one is good once more. */
export async function setUpSecondFactor(
  caller: Pick<Caller, 'post'>,
): Promise<{ secret: string; backupCodes: string[] }> {
  const begun = await caller.post('/api/v1/account/second-factor', { password: cityPassword })
  if (begun.status !== 200) throw new Error(begun.text)
  const confirmed = await caller.post('/api/v1/account/second-factor/confirmation', {
    code: codeOf(begun.body.secret),
  })
  if (confirmed.status !== 200) throw new Error(confirmed.text)
  return { secret: begun.body.secret, backupCodes: confirmed.body.backupCodes }
}

export const signedIn = (city: City, username: string): Promise<Caller> =>
  callerOf(city.house, { username, password: cityPassword })
