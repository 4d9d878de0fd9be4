import { randomBytes } from 'node:crypto'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { username } from 'better-auth/plugins'
import type { FastifyRequest } from 'fastify'
import type { Database, Tx } from '../database/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Notices } from '../notices/index.ts'
import type { SecretSeal } from '../outbound/index.ts'
import { Problem } from '../problems/index.ts'
import { createAccount } from './account.ts'
import { createAccountEvents, type Origin } from './account-events.ts'
import { createApiKeys, type ForeignUse } from './api-keys.ts'
import { retireMembers, writeDissolution } from './dissolution.store.ts'
import {
  asksSecondFactor,
  mayAct,
  nobody,
  type Organisation,
  type Power,
  type Session,
  type User,
  unreadyOf,
} from './identity.model.ts'
import {
  deleteUser,
  findColleagues,
  findMembers,
  findOrganisations,
  findUser,
  findUserNames,
  insertMember,
  insertOrganisation,
  isUsernameTaken,
  lockOrganisation,
  lockOrganisations,
  writeRoles,
} from './identity.store.ts'
import { sessionOpener } from './open-session.ts'
import { createOrganisationList } from './organisation-list.ts'
import { createPeople } from './people.ts'
import { createSecondFactor } from './second-factor.ts'
import { createSignIn } from './sign-in.ts'
import { createSignInAttempts } from './sign-in-attempts.ts'
import { createSignInSetting } from './sign-in-setting.ts'

export type IdentityConfig = {
  readonly database: Database
  readonly clock: Clock
  readonly ledger: Pick<Ledger, 'record'>
  readonly notices: Pick<Notices, 'send'>
  /** Signs session cookies and keys digests; kept with the data of the installation. */
  readonly secret: string
  /** Seals the secrets of second factors. */
  readonly seal: SecretSeal
  /** As authenticator apps name the platform. */
  readonly issuer: string
  readonly baseUrl: string
  /** Told of a key that was used from elsewhere than its system. */
  readonly onForeignUse?: (use: ForeignUse) => Promise<void>
  /** Files the warning that a key is about to end. */
  readonly warnOfKey: (tx: Tx, keyId: string, at: Date) => Promise<void>
}

export type Identity = Awaited<ReturnType<typeof createIdentity>>

const sessionHours = 12

/** Who is who: organisations, users, sessions (by better-auth), second factor, API keys. */
export async function createIdentity(config: IdentityConfig) {
  const { database, clock, secret, baseUrl } = config
  const { db } = database
  const auth = betterAuth({
    database: { db, type: 'postgres' },
    secret,
    baseURL: baseUrl,
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    // A session is opened by signing in, never by the way when an account is made.
    emailAndPassword: { enabled: true, autoSignIn: false, minPasswordLength: 8, maxPasswordLength: 200 },
    plugins: [username(), sessionOpener()],
    session: { modelName: 'auth_session', expiresIn: sessionHours * 3600 },
    user: { modelName: 'auth_user' },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    advanced: { cookiePrefix: 'tiaoli' },
  })
  const context = await auth.$context
  const hashing = context.password
  const organisations = await createOrganisationList(db)
  const events = createAccountEvents(config)
  const attempts = createSignInAttempts({ db, secret, clock })
  const setting = createSignInSetting({ database, events })
  const secondFactor = createSecondFactor({ ...config, events, attempts, now: () => clock.now() })
  const signIn = createSignIn({
    database,
    hashing,
    openSession: async (userId, { address, agent }) => {
      const opened = await auth.api.openSession({ body: { userId, address, agent }, returnHeaders: true })
      return { sessionId: opened.response.sessionId, cookies: opened.headers.getSetCookie() }
    },
    attempts,
    secondFactor,
    events,
  })
  const keys = createApiKeys({
    database,
    clock,
    events,
    onForeignUse: config.onForeignUse,
    asksMore: async (user) => asksSecondFactor(user, await setting.secondFactorFor()),
    warnAt: config.warnOfKey,
  })
  const account = createAccount({ database, hashing, events, secondFactor, setting, signIn })

  type Account = { readonly username: string; readonly name: string; readonly password: string }

  /** Makes the account of a user who belongs to nobody yet. */
  async function signUp({ username, name, password }: Account): Promise<string> {
    const made = await auth.api.signUpEmail({
      // The library wants an address; `.invalid` never receives mail (RFC 2606).
      body: { email: `${username}@users.invalid`, name, password, username },
    })
    return made.user.id
  }

  /** `also` joins the transaction that makes somebody of the account; where that fails nothing of it is left. */
  async function createUser(
    input: Account & { readonly organisationId: string | null; readonly powers: readonly Power[] },
    also?: (tx: Tx, userId: string) => Promise<void>,
  ): Promise<string> {
    const userId = await signUp(input)
    try {
      await database.inTransaction(async (tx) => {
        await insertMember(tx, userId, input.organisationId, input.powers)
        await also?.(tx, userId)
      })
    } catch (error) {
      await deleteUser(db, userId)
      throw error
    }
    return userId
  }

  const nameTaken = (): Problem => {
    const message = text('该用户名已被使用，请另取一个', 'This user name is taken; choose another')
    return new Problem('content-incomplete', { condition: message, errors: [{ path: 'username', message }] })
  }

  const people = createPeople({
    database,
    clock,
    hashing,
    events,
    attempts,
    organisation: organisations.get,
    forgetKeys: keys.forget,
    makeUser: async (input, also) => {
      if (await isUsernameTaken(db, input.username)) throw nameTaken()
      return createUser(input, also)
    },
  })

  return {
    /** Signing in, by password or by who an identity provider says it is. */
    signIn,
    secondFactor,
    /** What users do with their own accounts. */
    account,
    /** What administrators do with the accounts of others. */
    people,
    keys,
    setting,
    accountEvents: events,

    async signOut(request: FastifyRequest, origin: Origin): Promise<string[]> {
      const headers = new Headers({ cookie: request.headers.cookie ?? '' })
      const found = await auth.api.getSession({ headers }).catch(noneIfRefused)
      const out = await auth.api.signOut({ headers, returnHeaders: true }).catch(noneIfRefused)
      if (found) await events.note({ kind: 'signed-out', userId: found.user.id, by: found.user.id, origin })
      return out?.headers.getSetCookie() ?? []
    },

    /** Who calls: by `Authorization: Bearer` key where there is one, else by session cookie, else nobody. */
    async resolveSession(request: FastifyRequest): Promise<Session> {
      await organisations.refresh()
      const authorization = request.headers.authorization
      if (authorization !== undefined) {
        const key = /^Bearer\s+(\S{1,200})$/i.exec(authorization)?.[1]
        if (key === undefined) throw new Problem('key-not-valid')
        return await keys.sessionOf(key, request.ip)
      }
      const cookie = request.headers.cookie
      if (cookie === undefined || !cookie.includes('tiaoli.session_token')) return nobody
      const found = await auth.api.getSession({ headers: new Headers({ cookie }) })
      const user = found ? await findUser(db, found.user.id) : undefined
      if (found === null || user === undefined || !mayAct(user)) return nobody
      const unready = unreadyOf(user, await setting.secondFactorFor())
      return {
        user,
        apiKeyId: null,
        keyGrantId: null,
        sessionId: found.session.id,
        ...(unready !== undefined && { unready }),
      }
    },

    createUser,

    async createOrganisation(organisation: Organisation): Promise<void> {
      await insertOrganisation(db, organisation)
      await organisations.reload()
    },

    /**
     * Makes the account of somebody whom an identity provider vouches for: it has no password. `also` joins the
     * transaction; where that fails nothing of the account is left.
     */
    async provision(
      { name, organisationId, powers }: { name: string; organisationId: string; powers: readonly Power[] },
      also: (tx: Tx, userId: string) => Promise<void>,
    ): Promise<string> {
      const username = `sso_${randomBytes(10).toString('hex')}`
      const { id } = await context.internalAdapter.createUser(
        {
          email: `${username}@users.invalid`,
          emailVerified: false,
          name,
          username,
          displayUsername: username,
        },
        { method: 'identity-provider' },
      )
      try {
        await database.inTransaction(async (tx) => {
          await insertMember(tx, id, organisationId, powers)
          await also(tx, id)
        })
      } catch (error) {
        await deleteUser(db, id)
        throw error
      }
      return id
    },

    /**
     * A user who makes the account themself, with the organisation for which they apply where there is one. `also`
     * joins the transaction; where that fails nothing of the account is left.
     */
    async register(
      { organisation, ...account }: Account & { readonly organisation: Organisation | null },
      also: (tx: Tx, userId: string) => Promise<void>,
    ): Promise<void> {
      if (await isUsernameTaken(db, account.username)) throw nameTaken()
      const userId = await signUp(account).catch(async (error: unknown) => {
        // Somebody else may have taken the name meanwhile.
        throw (await isUsernameTaken(db, account.username)) ? nameTaken() : error
      })
      try {
        await database.inTransaction(async (tx) => {
          if (organisation !== null) await insertOrganisation(tx, organisation)
          await insertMember(tx, userId, organisation?.id ?? null, organisation === null ? [] : ['requester'])
          await also(tx, userId)
        })
      } catch (error) {
        await deleteUser(db, userId)
        throw error
      }
      await organisations.reload()
    },

    /**
     * Gives an organisation these roles. `check` sees all organisations as they stand while nobody else changes them
     * and throws against it; `also` joins the transaction, so that what is recorded stands or falls with the change.
     */
    async setRoles(
      id: string,
      roles: readonly string[],
      check: (organisations: readonly Organisation[]) => void,
      also: (tx: Tx, before: readonly string[]) => Promise<void>,
    ): Promise<Organisation> {
      await database.inTransaction(async (tx) => {
        await lockOrganisations(tx)
        const standing = await findOrganisations(tx)
        check(standing)
        await writeRoles(tx, id, roles)
        await also(tx, standing.find((each) => each.id === id)?.roles ?? [])
      })
      await organisations.reload()
      return organisations.get(id)!
    },

    /** All organisations as they stand while nobody else changes them. */
    async lockedOrganisations(tx: Tx): Promise<readonly Organisation[]> {
      await lockOrganisations(tx)
      return findOrganisations(tx)
    },
    /**
     * A body is no more: no roles, no members who act, no keys. False where that was so before. Without a successor
     * where it never was the body that it registered as.
     */
    async dissolve(tx: Tx, id: string, successorId: string | null): Promise<boolean> {
      if (!(await writeDissolution(tx, id, successorId, clock.now()))) return false
      await retireMembers(tx, id, clock.now())
      keys.forget()
      return true
    },
    reloadOrganisations: organisations.reload,

    organisations: organisations.all,
    organisation: organisations.get,
    organisationsWithRole: (role: string): readonly Organisation[] =>
      organisations.all().filter((each) => each.roles.includes(role)),
    user: (id: string, tx?: Tx): Promise<User | undefined> => findUser(tx ?? db, id),
    userNames: (ids: readonly string[]) => findUserNames(db, ids),
    colleagues: (organisationId: string) => findColleagues(db, organisationId),
    lockOrganisation,
    /** In the transaction of the caller: the embedded store has no second connection to ask on. */
    members: (tx: Tx, organisationId: string, powers: readonly Power[]) =>
      findMembers(tx, organisationId, powers),
  }
}

/** The library says no by an error of its own; any other failure is not a no. */
function noneIfRefused(error: unknown): null {
  if (error instanceof APIError && error.statusCode < 500) return null
  throw error
}
