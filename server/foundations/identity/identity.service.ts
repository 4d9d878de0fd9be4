import { createHash, randomBytes } from 'node:crypto'
import { newId } from '@tiaoli/kernel/ids'
import { type CivilDate, type Clock, endOfCivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { username } from 'better-auth/plugins'
import type { FastifyRequest } from 'fastify'
import type { Database, Tx } from '../database/index.ts'
import { Problem } from '../problems/index.ts'
import { countedAs, isAddressRange, isWithin } from './addresses.ts'
import {
  type ApiKeyRow,
  findApiKeyByDigest,
  findApiKeys,
  insertApiKey,
  rebindApiKeys,
  revokeApiKey,
  touchApiKeys,
} from './api-keys.store.ts'
import { createAttemptLimit } from './attempt-limit.ts'
import { endSessions, retireMembers, writeDissolution } from './dissolution.store.ts'
import { mayAct, nobody, type Organisation, type Power, type Session, type User } from './identity.model.ts'
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
import { createOrganisationList } from './organisation-list.ts'

export type IdentityConfig = {
  readonly database: Database
  readonly clock: Clock
  /** Signs session cookies; kept with the data of the installation. */
  readonly secret: string
  readonly baseUrl: string
  /** Told of a key that was used from elsewhere than its system. */
  readonly onForeignUse?: (use: ForeignUse) => Promise<void>
}

/** Somebody used a key from an address that is none of its system's. */
export type ForeignUse = {
  readonly user: User
  readonly grantId: string | null
  readonly system: string | null
  readonly address: string
}

export type Identity = Awaited<ReturnType<typeof createIdentity>>

const keyPrefix = 'tlk_'
const sessionHours = 12

/** What another node changed (a key revoked, a role taken away) holds on this one within this time. */
const knownForMs = 1000
const keysKept = 10_000

/** Wrong passwords within a quarter of an hour: for one user from one address, and from one address for all users. */
const wrongPasswords = { ofUser: 10, ofAddress: 100 }
const attemptWindowMs = 15 * 60_000

type KnownKey = {
  readonly session: Session
  readonly expiresAt: Date | null
  readonly system: string | null
  readonly addresses: readonly string[]
  readonly readAt: number
}

/** Who is who: organisations, users, sessions (by better-auth), API keys (hashed at rest, shown once). */
export async function createIdentity({ database, clock, secret, baseUrl, onForeignUse }: IdentityConfig) {
  const { db } = database
  const auth = betterAuth({
    database: { db, type: 'postgres' },
    secret,
    baseURL: baseUrl,
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 200 },
    plugins: [username()],
    session: { modelName: 'auth_session', expiresIn: sessionHours * 3600 },
    user: { modelName: 'auth_user' },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    advanced: { cookiePrefix: 'tiaoli' },
  })
  // By the system's time, not by a set clock: this is about programs that guess, not about the law.
  const attempts = { windowMs: attemptWindowMs, keysKept: keysKept, now: Date.now }
  const userAttempts = createAttemptLimit({ ...attempts, most: wrongPasswords.ofUser })
  const addressAttempts = createAttemptLimit({ ...attempts, most: wrongPasswords.ofAddress })
  const used = new Set<string>()
  const keys = new Map<string, KnownKey>()
  const organisations = await createOrganisationList(db)

  type Account = { readonly username: string; readonly name: string; readonly password: string }

  /** Makes the account of a user who belongs to nobody yet. */
  async function signUp({ username, name, password }: Account): Promise<string> {
    const made = await auth.api.signUpEmail({
      // The library wants an address; `.invalid` never receives mail (RFC 2606).
      body: { email: `${username}@users.invalid`, name, password, username },
    })
    return made.user.id
  }

  /** Whose key it is, and until when it works; undefined for none that works. Asked anew once a second for each key. */
  async function lookUpKey(key: string): Promise<KnownKey | undefined> {
    const known = keys.get(key)
    if (known !== undefined && Date.now() - known.readAt < knownForMs) return known
    const loaded = await loadKey(key)
    keys.delete(key)
    if (loaded !== undefined) keys.set(key, loaded)
    if (keys.size > keysKept) keys.delete(keys.keys().next().value!)
    return loaded
  }

  async function loadKey(key: string): Promise<KnownKey | undefined> {
    const readAt = Date.now()
    const row = key.startsWith(keyPrefix) ? await findApiKeyByDigest(db, digestOf(key)) : undefined
    if (row === undefined || row.revoked_at !== null) return undefined
    const user = await findUser(db, row.user_id)
    if (user === undefined || !mayAct(user)) return undefined
    return {
      session: { user, apiKeyId: row.id, keyGrantId: row.grant_id },
      expiresAt: row.expires_at,
      system: row.system,
      addresses: row.addresses,
      readAt,
    }
  }

  async function sessionOfKey(key: string, address: string): Promise<Session> {
    const known = await lookUpKey(key)
    if (known === undefined || (known.expiresAt !== null && known.expiresAt < clock.now()))
      throw new Problem('key-not-valid')
    const { session, system, addresses } = known
    if (addresses.length > 0 && !isWithin(address, addresses)) {
      await onForeignUse?.({ user: session.user!, grantId: session.keyGrantId, system, address })
      throw new Problem('key-not-valid', {
        condition: text('该密钥只能由登记的系统使用', 'The key works from its registered system only'),
        remedy: text(
          '请从登记的系统调用，或为新的系统另建密钥。',
          'Call from that system, or make a key for the new one.',
        ),
      })
    }
    used.add(known.session.apiKeyId!)
    return known.session
  }

  return {
    /**
     * Checks the password and gives the cookies of a new session; throws `wrong-credentials`, or
     * `too-many-requests` where too many wrong passwords came for this user or from this address, or `not-allowed`
     * for who belongs to a body that was dissolved.
     */
    async signIn(
      name: string,
      password: string,
      address: string,
    ): Promise<{ user: User; cookies: string[] }> {
      const from = countedAs(address)
      const who = JSON.stringify([name.toLowerCase(), from])
      const waitSeconds = userAttempts.begin(who) || addressAttempts.begin(from)
      if (waitSeconds > 0) throw new Problem('too-many-requests', { retryAfterSeconds: waitSeconds })
      const signed = await auth.api
        .signInUsername({ body: { username: name, password }, returnHeaders: true })
        .catch(noneIfRefused)
      const user = signed?.response ? await findUser(db, signed.response.user.id) : undefined
      if (signed === null || user === undefined) throw new Problem('wrong-credentials')
      userAttempts.forget(who)
      addressAttempts.giveBack(from)
      if (!mayAct(user)) {
        // Said to who knows the password alone; the library has opened a session by then.
        await endSessions(db, user.id)
        throw ofDissolvedBody(user.organisation!)
      }
      return { user, cookies: signed.headers.getSetCookie() }
    },

    async signOut(request: FastifyRequest): Promise<string[]> {
      const headers = new Headers({ cookie: request.headers.cookie ?? '' })
      const out = await auth.api.signOut({ headers, returnHeaders: true }).catch(noneIfRefused)
      return out?.headers.getSetCookie() ?? []
    },

    /** Who calls: by `Authorization: Bearer` key where there is one, else by session cookie, else nobody. */
    async resolveSession(request: FastifyRequest): Promise<Session> {
      await organisations.refresh()
      const authorization = request.headers.authorization
      if (authorization !== undefined) {
        const key = /^Bearer\s+(\S{1,200})$/i.exec(authorization)?.[1]
        if (key === undefined) throw new Problem('key-not-valid')
        return sessionOfKey(key, request.ip)
      }
      const cookie = request.headers.cookie
      if (cookie === undefined || !cookie.includes('tiaoli.session_token')) return nobody
      const found = await auth.api.getSession({ headers: new Headers({ cookie }) })
      const user = found ? await findUser(db, found.user.id) : undefined
      return user === undefined || !mayAct(user) ? nobody : { user, apiKeyId: null, keyGrantId: null }
    },

    async createUser(
      input: Account & { readonly organisationId: string | null; readonly powers: readonly Power[] },
    ): Promise<string> {
      const userId = await signUp(input)
      await insertMember(db, userId, input.organisationId, input.powers)
      return userId
    },

    async createOrganisation(organisation: Organisation): Promise<void> {
      await insertOrganisation(db, organisation)
      await organisations.reload()
    },

    /**
     * A user who makes the account themself, with the organisation for which they apply where there is one. `also`
     * joins the transaction; where that fails nothing of the account is left.
     */
    async register(
      { organisation, ...account }: Account & { readonly organisation: Organisation | null },
      also: (tx: Tx, userId: string) => Promise<void>,
    ): Promise<void> {
      const nameTaken = () => {
        const message = text('该用户名已被使用，请另取一个', 'This user name is taken; choose another')
        return new Problem('content-incomplete', {
          condition: message,
          errors: [{ path: 'username', message }],
        })
      }
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
      keys.clear()
      return true
    },
    reloadOrganisations: organisations.reload,

    organisations: organisations.all,
    organisation: organisations.get,
    organisationsWithRole: (role: string): readonly Organisation[] =>
      organisations.all().filter((each) => each.roles.includes(role)),
    user: (id: string): Promise<User | undefined> => findUser(db, id),
    userNames: (ids: readonly string[]) => findUserNames(db, ids),
    colleagues: (organisationId: string) => findColleagues(db, organisationId),
    lockOrganisation,
    /** In the transaction of the caller: the embedded store has no second connection to ask on. */
    members: (tx: Tx, organisationId: string, powers: readonly Power[]) =>
      findMembers(tx, organisationId, powers),

    async createApiKey(
      userId: string,
      input: {
        name: string
        grantId?: string
        expiresOn?: CivilDate
        system?: string
        addresses?: readonly string[]
      },
    ): Promise<{ row: ApiKeyRow; key: string }> {
      const key = keyPrefix + randomBytes(24).toString('base64url')
      const expiresAt = input.expiresOn ? endOfCivilDate(input.expiresOn) : null
      if (expiresAt !== null && expiresAt <= clock.now())
        throw new Problem('content-incomplete', {
          condition: text('失效日期须在今天或以后', 'The last day must not be in the past'),
          errors: [{ path: 'expiresOn', message: text('须在今天或以后', 'Must not be in the past') }],
        })
      const strange = input.addresses?.find((address) => !isAddressRange(address))
      if (strange !== undefined)
        throw new Problem('content-incomplete', {
          condition: text(`不是有效的网络地址：${strange}`, `This is no network address: ${strange}`),
          errors: [
            { path: 'addresses', message: text('请填写 IP 地址或者网段', 'Give addresses or ranges (CIDR)') },
          ],
        })
      const row: ApiKeyRow = {
        id: newId(),
        user_id: userId,
        name: input.name,
        prefix: key.slice(0, 10),
        grant_id: input.grantId ?? null,
        created_at: clock.now(),
        expires_at: expiresAt,
        revoked_at: null,
        last_used_at: null,
        system: input.system ?? null,
        addresses: [...(input.addresses ?? [])],
      }
      await insertApiKey(db, row, digestOf(key))
      return { row, key }
    },
    apiKeys: (userId: string, after: string | undefined, limit: number) =>
      findApiKeys(db, userId, after, limit),
    async revokeApiKey(userId: string, keyId: string): Promise<ApiKeyRow> {
      const row = await revokeApiKey(db, userId, keyId, clock.now())
      if (row === undefined) throw new Problem('not-found')
      keys.clear()
      return row
    },

    /** Keys of a grant that goes on by another one follow it; on other nodes within a second. */
    async rebindApiKeys(tx: Tx, fromGrantId: string, toGrantId: string): Promise<void> {
      await rebindApiKeys(tx, fromGrantId, toGrantId)
      keys.clear()
    },

    /** Writes down when keys were last used: now and then, not with each call. */
    async flushKeyUse(): Promise<void> {
      const ids = [...used]
      used.clear()
      if (ids.length > 0) await touchApiKeys(db, ids, clock.now())
    },
  }
}

const ofDissolvedBody = ({ registered }: Organisation): Problem =>
  registered
    ? new Problem('not-allowed', {
        condition: text('该单位的注册已经解除', 'The registration of the organisation was released'),
        remedy: text(
          '确系该单位授权办理的，请由该单位重新注册，或者联系市级数据主管部门。',
          'Register anew if you act for it, or ask the data authority of the city.',
        ),
      })
    : new Problem('not-allowed', {
        condition: text('所在单位已经撤销', 'Your organisation has been dissolved'),
        remedy: text(
          '原有工作由承继单位办理；请使用承继单位的账号，或者联系平台管理员。',
          'Its successor does its work: sign in with an account there, or ask the administrators.',
        ),
      })

/** The library says no by an error of its own; any other failure is not a no. */
function noneIfRefused(error: unknown): null {
  if (error instanceof APIError && error.statusCode < 500) return null
  throw error
}

const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest()
