import { createHash, randomBytes } from 'node:crypto'
import { text } from '@tiaoli/kernel/text'
import type { Database } from '../database/index.ts'
import { Problem } from '../problems/index.ts'
import type { AccountEvents, Origin } from './account-events.ts'
import { countedAs } from './addresses.ts'
import { mayAct, type User } from './identity.model.ts'
import { findUser } from './identity.store.ts'
import { findCredentials } from './passwords.store.ts'
import { type Hashing, isPassword } from './passwords.ts'
import { endStep, insertStep, tryStep } from './second-factor.store.ts'
import type { SecondFactor } from './second-factor.ts'
import { endSession, isSessionSince } from './sessions.store.ts'
import type { SignInAttempts } from './sign-in-attempts.ts'

/** A session, or the step before it: then `user` is null, and a code is asked of who holds the cookie. */
export type SignedIn = { readonly user: User | null; readonly cookies: string[] }

/** How the user was known: by password, or by an identity provider. */
export type SignInMethod = 'password' | 'sign-on'

/** By what somebody who is signed in proves it anew. */
export type Proof = { readonly password?: string | undefined; readonly code?: string | undefined }

export type SignInDeps = {
  readonly database: Database
  readonly hashing: Hashing
  /** Opens a session of the sign-in library and gives its cookies. */
  readonly openSession: (userId: string, origin: Origin) => Promise<{ sessionId: string; cookies: string[] }>
  readonly attempts: SignInAttempts
  readonly secondFactor: SecondFactor
  readonly events: AccountEvents
}

const stepMs = 5 * 60_000
/** How long a session counts as proof of who signed on, where there is no password to ask. */
const freshMs = 10 * 60_000
const mostCodesAStep = 5
export const stepCookie = 'tiaoli.sign_in_step'
const stepPath = '/api/v1/session'

export type SignIn = ReturnType<typeof createSignIn>

/** Signing in: first who it is, then, where the user has set it up, a code; then a session, and its record. */
export function createSignIn(deps: SignInDeps) {
  const { database, hashing, openSession, attempts, secondFactor, events } = deps
  const { db } = database

  async function requireOpen(userId: string, origin: Origin): Promise<User> {
    const user = await findUser(db, userId)
    if (user === undefined) throw new Problem('wrong-credentials')
    if (mayAct(user)) return user
    // Said to who is known to be the user alone.
    await events.failed(userId, 'closed', origin, undefined)
    throw closed(user)
  }

  /** The session is given out once its record is kept, and never without. */
  async function open(user: User, method: string, origin: Origin): Promise<SignedIn> {
    const { sessionId, cookies } = await openSession(user.id, origin)
    try {
      const details = { method, from: countedAs(origin.address) }
      await events.note({ kind: 'signed-in', userId: user.id, by: user.id, origin, details })
    } catch (error) {
      await database.inTransaction((tx) => endSession(tx, user.id, sessionId))
      throw error
    }
    return { user, cookies }
  }

  /** Whoever is known to be the user gets a session, or is asked for a code first. */
  async function proceed(userId: string, method: SignInMethod, origin: Origin): Promise<SignedIn> {
    const user = await requireOpen(userId, origin)
    if (!user.secondFactor) return open(user, method, origin)
    const token = randomBytes(32).toString('base64url')
    const now = new Date()
    const expiresAt = new Date(now.getTime() + stepMs)
    await insertStep(db, { digest: digestOf(token), userId, method, now, expiresAt })
    const cookie = `${stepCookie}=${token}; Max-Age=${stepMs / 1000}; Path=${stepPath}; HttpOnly; SameSite=Strict`
    return { user: null, cookies: [cookie] }
  }

  return {
    proceed,

    /**
     * Checks the password.
     *
     * @throws Problem `wrong-credentials`, `too-many-requests` where too many wrong passwords came, or `not-allowed`
     *   for who belongs to a body that was dissolved or whose account was closed
     */
    async withPassword(name: string, password: string, origin: Origin): Promise<SignedIn> {
      const found = await findCredentials(db, name)
      const attempt = await attempts.begin(name, found?.userId, origin.address)
      if (!(await isPassword(hashing, found?.hash ?? null, password))) {
        await events.failed(found?.userId ?? null, 'wrong-password', origin, attempt.failed())
        throw new Problem('wrong-credentials')
      }
      await attempt.succeeded()
      return proceed(found!.userId, 'password', origin)
    },

    /**
     * The second step: `token` is of the cookie that the first one gave.
     *
     * @throws Problem `second-factor-wrong`, `too-many-requests`, or `sign-in-again` where the step has ended
     */
    async withCode(
      token: string | undefined,
      code: string,
      origin: Origin,
    ): Promise<SignedIn & { user: User }> {
      const digest = digestOf(token ?? '')
      const step = await tryStep(db, digest, new Date(), mostCodesAStep)
      if (step === undefined) throw new Problem('sign-in-again')
      const user = await requireOpen(step.userId, origin)
      const by = await secondFactor.take(step.userId, code, origin)
      // Of two requests with two good codes one ends the step.
      if (!(await endStep(db, digest))) throw new Problem('sign-in-again')
      const { cookies } = await open(user, `${step.method} ${by}`, origin)
      return {
        user,
        cookies: [...cookies, `${stepCookie}=; Max-Age=0; Path=${stepPath}; HttpOnly; SameSite=Strict`],
      }
    },

    confirmPassword,

    /**
     * Asks who is signed in to prove it anew, before ways of signing in are added: by a code of the second factor, or
     * by the password. An account that has neither has to have signed on within the last ten minutes: a browser that
     * was left open is not enough.
     *
     * @throws Problem `second-factor-wrong`, `password-wrong`, `too-many-requests`, or `sign-in-again`
     */
    async confirm(
      {
        user,
        sessionId,
        origin,
      }: { readonly user: User; readonly sessionId: string; readonly origin: Origin },
      proof: Proof,
    ): Promise<void> {
      if (user.secondFactor && proof.code !== undefined) {
        await secondFactor.take(user.id, proof.code, origin)
        return
      }
      if (await confirmPassword(user, proof.password, origin)) return
      const since = new Date(Date.now() - freshMs)
      if (!(await isSessionSince(db, user.id, sessionId, since))) throw signOnAnew()
    },
  }

  /** Checks the password of who is signed in already; false where the account has none. */
  async function confirmPassword(user: User, password: string | undefined, origin: Origin): Promise<boolean> {
    const found = await findCredentials(db, user.username)
    if (found === undefined || found.hash === null) return false
    if (password === undefined) throw passwordAsked()
    const attempt = await attempts.begin(user.username, user.id, origin.address)
    if (!(await isPassword(hashing, found.hash, password))) {
      await events.failed(user.id, 'wrong-password', origin, attempt.failed())
      throw new Problem('password-wrong')
    }
    await attempt.succeeded()
    return true
  }
}

const passwordAsked = (): Problem =>
  new Problem('password-wrong', {
    condition: text('更改登录方式须再次输入密码', 'Ways of signing in are changed with the password'),
    errors: [{ path: 'password', message: text('请输入当前密码', 'Enter your present password') }],
  })

const signOnAnew = (): Problem =>
  new Problem('sign-in-again', {
    condition: text(
      '更改登录方式须在最近十分钟内登录过',
      'Ways of signing in are changed within ten minutes of signing on',
    ),
    remedy: text('请退出后重新登录，随即办理。', 'Sign out, sign on again, and do it then.'),
  })

const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

function closed({ organisation, disabled }: User): Problem {
  if (disabled)
    return new Problem('not-allowed', {
      condition: text('该账号已停用', 'The account has been closed'),
      remedy: text('请联系市级数据主管部门的系统管理员。', 'Ask an administrator at the data authority.'),
    })
  return organisation!.registered
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
}
