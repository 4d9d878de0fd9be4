import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientError,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  ResponseBodyError,
} from 'openid-client'
import { type AddressGuard, guardedFetch, OutboundError } from '../../foundations/outbound/index.ts'
import { type RefusalCause, SignOnFailure } from './sign-on.errors.ts'
import type { Claims } from './sign-on.rules.ts'

export type ClientSettings = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | undefined
}

export type ProviderClientConfig = {
  readonly guard: AddressGuard
  readonly returnAddress: string
  /** For tests on this machine: providers are spoken to over TLS alone. */
  readonly withoutTls: boolean
}

export type Way = { readonly state: string; readonly nonce: string; readonly verifier: string }

/** What a provider says of itself is believed for so long. */
const knownForMs = 10 * 60_000
const scope = 'openid profile email'

export type ProviderClient = ReturnType<typeof createProviderClient>

/**
 * Speaks with identity providers: discovery, code flow with PKCE, state and nonce, and an ID token whose signature,
 * issuer, audience, nonce and time are checked (OpenID Connect Core 1.0, 3.1.3.7; RFC 9700).
 */
export function createProviderClient({ guard, returnAddress, withoutTls }: ProviderClientConfig) {
  const known = new Map<string, { readonly configuration: Configuration; readonly readAt: number }>()
  const fetchGuarded = guardedFetch(guard)

  async function configurationOf(settings: ClientSettings): Promise<Configuration> {
    const key = JSON.stringify([settings.issuer, settings.clientId, settings.clientSecret])
    const found = known.get(key)
    if (found !== undefined && Date.now() - found.readAt < knownForMs) return found.configuration
    const configuration = await discovery(
      new URL(settings.issuer),
      settings.clientId,
      settings.clientSecret,
      undefined,
      {
        [customFetch]: fetchGuarded,
        // The token comes over TLS from the issuer; its signature is looked at all the same.
        execute: [enableNonRepudiationChecks, ...(withoutTls ? [allowInsecureRequests] : [])],
      },
    )
    known.clear()
    known.set(key, { configuration, readAt: Date.now() })
    return configuration
  }

  return {
    returnAddress,

    /** Where the browser goes. @throws SignOnFailure */
    async leave(settings: ClientSettings, { state, nonce, verifier }: Way): Promise<string> {
      const configuration = await configurationOf(settings).catch(asFailure)
      return buildAuthorizationUrl(configuration, {
        redirect_uri: returnAddress,
        scope,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).href
    },

    /** Who came back, by the query of the address that the provider led to. @throws SignOnFailure */
    async arrive(
      settings: ClientSettings,
      parameters: URLSearchParams,
      { state, nonce, verifier }: Way,
    ): Promise<Claims> {
      try {
        const configuration = await configurationOf(settings)
        const address = new URL(returnAddress)
        address.search = parameters.toString()
        const tokens = await authorizationCodeGrant(configuration, address, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        const claims = tokens.claims()!
        if (!isSubject(claims.sub)) throw new SignOnFailure('token-unsound')
        return claims
      } catch (error) {
        return asFailure(error)
      }
    },
  }
}

/** At most 255 signs of ASCII, and not none (OpenID Connect Core 1.0, 2). */
const isSubject = (subject: string): boolean => /^[\x20-\x7e]{1,255}$/.test(subject)

function asFailure(error: unknown): never {
  if (error instanceof SignOnFailure) throw error
  throw new SignOnFailure(causeOf(error), error)
}

function causeOf(error: unknown): RefusalCause {
  if (error instanceof AuthorizationResponseError) return 'declined'
  // The provider does not take the code: it was used before, or is not of this client.
  if (error instanceof ResponseBodyError) return 'code-refused'
  for (let each = error; each instanceof Error; each = each.cause)
    if (each instanceof OutboundError) return 'unreachable'
  if (!(error instanceof ClientError)) throw error
  switch (error.code) {
    case 'OAUTH_JWT_CLAIM_COMPARISON_FAILED':
    case 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED':
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return 'token-not-for-this'
    case 'OAUTH_HTTP_REQUEST_FORBIDDEN':
    case 'OAUTH_REQUEST_PROTOCOL_FORBIDDEN':
    case 'OAUTH_TIMEOUT':
    case 'OAUTH_RESPONSE_IS_NOT_CONFORM':
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
      return 'unreachable'
    default:
      return 'token-unsound'
  }
}
