import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '@tiaoli/kernel/instants'
import type { Database } from '../../foundations/database/index.ts'
import {
  countedAs,
  createAttemptLimit,
  type Identity,
  type Origin,
  type Proof,
  type Session,
  type SignedIn,
  type User,
} from '../../foundations/identity/index.ts'
import type { SecretSeal } from '../../foundations/outbound/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { ProviderClient, Way } from './provider-client.ts'
import { type RefusalCause, SignOnFailure, signOnRefused } from './sign-on.errors.ts'
import { type Claims, differs, mappedBy, nameOf } from './sign-on.rules.ts'
import * as store from './sign-on.store.ts'

export type SignOnDeps = {
  readonly database: Database
  readonly identity: Identity
  readonly client: ProviderClient
  readonly seal: SecretSeal
  readonly clock: Clock
}

/** Times on the way to a provider, and as often on the way back, from one address. */
const most = { attempts: 60, windowMs: 15 * 60_000, keysKept: 10_000 }
export const wayMs = 10 * 60_000

/** Who came back, or that the account that is signed in was linked. */
export type Arrived = (SignedIn & { readonly linked: false }) | { readonly user: User; readonly linked: true }

/** Sign-on by identity providers (OpenID Connect): to the provider and back, links, and accounts that a mapping makes. */
export function createSignOnService({ database, identity, client, seal, clock }: SignOnDeps) {
  const { db } = database
  const events = identity.accountEvents
  const limit = () => createAttemptLimit({ ...most, most: most.attempts, now: Date.now })
  /** Apart, so that who began can come back. */
  const [leaving, returning] = [limit(), limit()]

  function count(way: typeof leaving, { address }: Origin): void {
    const retryAfterSeconds = way.begin(countedAs(address))
    if (retryAfterSeconds > 0) throw new Problem('too-many-requests', { retryAfterSeconds })
  }

  const settingsOf = ({ issuer, clientId, sealedSecret }: store.Provider) => ({
    issuer,
    clientId,
    clientSecret: sealedSecret === null ? undefined : seal.open(sealedSecret),
  })

  /** Records why a sign-on came to nothing, and says so. */
  async function refuse(
    reason: RefusalCause,
    origin: Origin,
    about: { readonly provider?: string; readonly userId?: string; readonly cause?: unknown } = {},
  ): Promise<never> {
    await events.note({
      kind: 'sign-in-refused',
      userId: about.userId ?? null,
      by: null,
      origin,
      details: { reason, ...(about.provider !== undefined && { provider: about.provider }) },
    })
    throw signOnRefused(reason, about.cause)
  }

  async function link(attempt: store.SignOnAttempt, claims: Claims, session: Session, origin: Origin) {
    const { user } = session
    const provider = attempt.providerId
    if (user === null || user.id !== attempt.linkingUserId || session.apiKeyId !== null)
      return refuse('other-user', origin, { provider })
    const { label } = (await store.findProvider(db, provider))!
    const linked = await database.inTransaction(async (tx) => {
      const made = await store.insertLink(tx, {
        providerId: provider,
        subject: claims.sub,
        userId: user.id,
        byMapping: false,
        linkedAt: clock.now(),
      })
      if (!made) return false
      await events.write(tx, { kind: 'linked', userId: user.id, by: user.id, origin, details: { provider } })
      await events.tell(tx, user.id, { what: 'linked', provider: label })
      return true
    })
    if (!linked) return refuse('linked-elsewhere', origin, { provider, userId: user.id })
    return { user, linked: true } as const
  }

  /** An account that a mapping made stays what the mapping says, or is nothing any more. */
  async function follow(provider: store.Provider, claims: Claims, userId: string, origin: Origin) {
    const mapped = mappedBy(provider, claims)
    if (mapped === undefined) {
      await identity.people.closeFollowing(userId, origin, provider.id)
      return refuse('mapping-gone', origin, { provider: provider.id, userId })
    }
    const user = await identity.user(userId)
    if (user !== undefined && differs(mapped, user))
      await identity.people.follow(userId, mapped, origin, provider.id)
  }

  /** The account of a subject that is not linked, where the mapping admits it. */
  async function provision(provider: store.Provider, claims: Claims, origin: Origin): Promise<string> {
    const mapped = mappedBy(provider, claims)
    if (mapped === undefined) return refuse('subject-unknown', origin, { provider: provider.id })
    const { organisationId, powers } = mapped
    return identity.provision({ name: nameOf(claims), organisationId, powers }, async (tx, userId) => {
      const linked = await store.insertLink(tx, {
        providerId: provider.id,
        subject: claims.sub,
        userId,
        byMapping: true,
        linkedAt: clock.now(),
      })
      // The same person came twice at once; the other request made the account.
      if (!linked) throw signOnRefused('linked-elsewhere')
      const details = { provider: provider.id, organisation: organisationId, powers: [...powers] }
      await events.write(tx, { kind: 'made', userId, by: null, origin, details })
    })
  }

  return {
    /**
     * Where the browser goes, and the token by which it is known when it comes back. A link is a further way of signing
     * in: who wants one proves anew who they are.
     */
    async begin(
      providerId: string,
      linking: { readonly user: User; readonly sessionId: string; readonly proof: Proof } | null,
      origin: Origin,
    ): Promise<{ address: string; browser: string }> {
      count(leaving, origin)
      const provider = await store.findProvider(db, providerId)
      if (provider === undefined || !provider.enabled) throw new Problem('not-found')
      if (linking !== null) await identity.signIn.confirm({ ...linking, origin }, linking.proof)
      const way: Way = { state: random(), nonce: random(), verifier: random() }
      const browser = random()
      const address = await client.leave(settingsOf(provider), way).catch((error: unknown) => {
        if (!(error instanceof SignOnFailure)) throw error
        return refuse(error.reason, origin, { provider: providerId, cause: error })
      })
      const now = new Date()
      await store.insertAttempt(
        db,
        {
          stateDigest: digestOf(way.state),
          browserDigest: digestOf(browser),
          providerId,
          nonce: way.nonce,
          verifier: way.verifier,
          linkingUserId: linking?.user.id ?? null,
        },
        now,
        new Date(now.getTime() + wayMs),
      )
      return { address, browser }
    },

    /** Comes back with the query that the provider gave; `browser` is the token of `begin`. */
    async complete(
      query: string,
      browser: string | undefined,
      session: Session,
      origin: Origin,
    ): Promise<Arrived> {
      count(returning, origin)
      const parameters = new URLSearchParams(query)
      const state = parameters.get('state') ?? ''
      const attempt = await store.takeAttempt(db, digestOf(state), digestOf(browser ?? ''), new Date())
      if (attempt === undefined) return refuse('attempt-unknown', origin)
      const provider = (await store.findProvider(db, attempt.providerId))!
      if (!provider.enabled) throw new Problem('not-found')
      const { nonce, verifier } = attempt
      const claims = await client
        .arrive(settingsOf(provider), parameters, { state, nonce, verifier })
        .catch((error: unknown) => {
          if (!(error instanceof SignOnFailure)) throw error
          return refuse(error.reason, origin, { provider: provider.id, cause: error })
        })
      if (attempt.linkingUserId !== null) return link(attempt, claims, session, origin)
      const known = await store.findLink(db, provider.id, claims.sub)
      if (known?.byMapping) await follow(provider, claims, known.userId, origin)
      const userId = known?.userId ?? (await provision(provider, claims, origin))
      return { ...(await identity.signIn.proceed(userId, 'sign-on', origin)), linked: false }
    },

    offered: async () => (await store.findProviders(db, undefined, 100)).filter(({ enabled }) => enabled),

    async links(userId: string) {
      const links = await store.findLinksOf(db, userId)
      return Promise.all(
        links.map(async (each) => ({
          ...each,
          label: (await store.findProvider(db, each.providerId))!.label,
        })),
      )
    },

    async unlink(user: User, providerId: string, origin: Origin): Promise<void> {
      const link = (await store.findLinksOf(db, user.id)).find((each) => each.providerId === providerId)
      if (link === undefined) throw new Problem('not-found')
      // Whose account it made could not come in any more.
      if (link.byMapping) throw new Problem('act-not-available')
      await database.inTransaction(async (tx) => {
        if (!(await store.deleteLink(tx, user.id, providerId))) throw new Problem('not-found')
        const details = { provider: providerId }
        await events.write(tx, { kind: 'unlinked', userId: user.id, by: user.id, origin, details })
      })
    },
  }
}

const random = (): string => randomBytes(32).toString('base64url')
const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url')
