import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Configuration } from 'oidc-provider'
import { Provider } from 'oidc-provider'
import { cookiesOf } from './accounts.ts'
import type { Answer } from './caller.ts'
import { type City, cityPassword } from './city.ts'

export const clientId = 'city-platform'
export const clientSecret = 'a-synthetic-client-secret'
export const returnAddress = 'https://data.city.invalid/sign-in/return'

/** What the provider says of its people, by their subject; a test changes it. */
export type People = Map<string, Record<string, unknown>>

const listen = (server: Server): Promise<string> =>
  new Promise((listening) =>
    server.listen(0, '127.0.0.1', () =>
      listening(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    ),
  )

/** An identity provider of the trade, on this machine, that signs in whoever `login_as` names. */
export async function openProvider(people: People) {
  const server = createServer()
  const issuer = await listen(server)
  const configuration: Configuration = {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [returnAddress],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name', 'group'], email: ['email', 'email_verified'] },
    // Claims in the ID token, as most providers of cities give them.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, subject) =>
      people.has(subject)
        ? { accountId: subject, claims: () => ({ sub: subject, ...people.get(subject) }) }
        : undefined,
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client!.clientId,
        accountId: context.oidc.session!.accountId!,
      })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
    cookies: { keys: ['a-synthetic-cookie-key'] },
    jwks: { keys: [{ ...(newKey().export({ format: 'jwk' }) as { kty: 'RSA' }), kid: 'one', use: 'sig' }] },
  }
  const provider = new Provider(issuer, configuration)
  const callback = provider.callback()
  server.on('request', async (request, response) => {
    if (!request.url!.startsWith('/interaction/')) return void callback(request, response)
    const accountId = String(request.headers['x-login-as'])
    const result = people.has(accountId)
      ? { login: { accountId } }
      : { error: 'access_denied', error_description: 'nobody of that name' }
    await provider.interactionFinished(request, response, result)
  })
  return {
    issuer,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Follows the provider's ways as a browser does, signing in as that person; gives the query it leads back with. */
export async function walkThrough(address: string, loginAs: string): Promise<string> {
  const jar = new Map<string, string>()
  let next = address
  for (let hops = 0; hops < 10; hops++) {
    if (next.startsWith(returnAddress)) return new URL(next).search
    const response = await fetch(next, {
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-login-as': loginAs,
      },
    })
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';')[0]!.split(/=(.*)/)
      jar.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) throw new Error(`${next}: ${response.status} ${await response.text()}`)
    next = new URL(location, next).href
  }
  throw new Error('the provider leads round in circles')
}

const newKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

/** What a provider that lies puts into its token instead of what belongs there. */
export type Lie = {
  claims?: Record<string, unknown>
  /** Signs with a key that is not in its key set. */
  strangeKey?: boolean
  unsigned?: boolean
  withoutToken?: boolean
}

/** A provider that answers any code with the token that the test orders. */
export async function openLiar() {
  const [key, strange] = [newKey(), newKey()]
  let lie: Lie = {}
  let nonce = ''
  const server = createServer((request, response) => {
    const answer = (body: object) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(body))
    }
    if (request.url === '/.well-known/openid-configuration')
      return answer({
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      })
    if (request.url === '/jwks') {
      const { kty, n, e } = key.export({ format: 'jwk' })
      return answer({ keys: [{ kty, n, e, kid: 'one', alg: 'RS256', use: 'sig' }] })
    }
    answer({
      access_token: 'synthetic',
      token_type: 'Bearer',
      ...(lie.withoutToken ? {} : { id_token: tokenOf() }),
    })
  })
  const issuer = await listen(server)

  function tokenOf(): string {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: issuer,
      aud: clientId,
      sub: 'liar',
      nonce,
      iat: now,
      exp: now + 300,
      group: 'civil-staff',
      ...lie.claims,
    }
    const head = lie.unsigned ? { alg: 'none' } : { alg: 'RS256', kid: 'one' }
    const input = [head, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const signature = lie.unsigned
      ? ''
      : sign('sha256', Buffer.from(input), lie.strangeKey ? strange : key).toString('base64url')
    return `${input}.${signature}`
  }

  return {
    issuer,
    /** What it answers next to a browser that was sent to this address. */
    tells(address: string, told: Lie): string {
      const asked = new URL(address).searchParams
      nonce = asked.get('nonce')!
      lie = told
      return `?code=any&state=${asked.get('state')}`
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** One journey of a browser: it begins, and comes back with a query. `cookie` are those it has besides. */
export async function journey(
  city: City,
  providerId: string,
  { link = false, cookie = '', password = cityPassword } = {},
) {
  const begun = await city.visitor.send(
    'POST',
    `/api/v1/sign-on/${providerId}/begin`,
    link ? { link, password } : {},
    cookie === '' ? {} : { cookie },
  )
  if (begun.status !== 200) throw new Error(begun.text)
  const browser = cookiesOf(begun)
  return {
    address: begun.body.address as string,
    back: (parameters: string, cookies: string = browser): Promise<Answer> =>
      city.visitor.send(
        'POST',
        '/api/v1/sign-on/return',
        { parameters },
        { cookie: [cookies, cookie].filter(Boolean).join('; ') },
      ),
  }
}
