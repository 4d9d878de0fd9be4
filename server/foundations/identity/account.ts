import { text } from '@tiaoli/kernel/text'
import type { Database } from '../database/index.ts'
import { Problem } from '../problems/index.ts'
import {
  type AccountEventFilter,
  type AccountEvents,
  findAccountEvents,
  type Origin,
} from './account-events.ts'
import { asksSecondFactor, type User } from './identity.model.ts'
import { findCredentials } from './passwords.store.ts'
import { type Hashing, passwordFault, setPassword } from './passwords.ts'
import type { SecondFactor } from './second-factor.ts'
import { endSession, endSessions, findSessions } from './sessions.store.ts'
import type { SignIn } from './sign-in.ts'
import type { SignInSetting } from './sign-in-setting.ts'

export type AccountDeps = {
  readonly database: Database
  readonly hashing: Hashing
  readonly events: AccountEvents
  readonly secondFactor: SecondFactor
  readonly setting: SignInSetting
  readonly signIn: SignIn
}

/** A user who signed in, and the session they did it in. */
export type Own = { readonly user: User; readonly sessionId: string; readonly origin: Origin }

/** What users do with their own accounts. */
export function createAccount(deps: AccountDeps) {
  const { database, hashing, events, secondFactor, setting, signIn } = deps
  const { db } = database

  const isDemanded = async (user: User): Promise<boolean> =>
    asksSecondFactor(user, await setting.secondFactorFor())

  return {
    async standing(user: User) {
      const found = await findCredentials(db, user.username)
      return {
        hasPassword: found !== undefined && found.hash !== null,
        secondFactor: { ...(await secondFactor.standing(user.id)), demanded: await isDemanded(user) },
      }
    },

    sessions: (userId: string) => findSessions(db, userId, new Date()),

    /** Ends one session of the user, or all but the one in which it is asked; says how many. */
    endSessions: ({ user, sessionId, origin }: Own, one?: string): Promise<number> =>
      database.inTransaction(async (tx) => {
        if (one !== undefined && !(await endSession(tx, user.id, one))) throw new Problem('not-found')
        const ended = one === undefined ? await endSessions(tx, user.id, sessionId) : 1
        if (ended > 0)
          await events.write(tx, {
            kind: 'sessions-ended',
            userId: user.id,
            by: user.id,
            origin,
            details: { ended },
          })
        return ended
      }),

    events: (filter: AccountEventFilter) => findAccountEvents(db, filter),

    /** Asks for the present password; the other sessions of the user end. */
    async changePassword({ user, sessionId, origin }: Own, present: string, next: string): Promise<void> {
      await signIn.confirmPassword(user, present, origin)
      const message =
        passwordFault(next, user.username) ??
        (next === present ? text('新密码须与原密码不同', 'Choose another password than before') : undefined)
      if (message !== undefined)
        throw new Problem('content-incomplete', {
          condition: message,
          errors: [{ path: 'newPassword', message }],
        })
      const hash = await hashing.hash(next)
      await database.inTransaction(async (tx) => {
        await setPassword(tx, { userId: user.id, hash, now: new Date(), givenAt: null })
        await endSessions(tx, user.id, sessionId)
        await events.write(tx, { kind: 'password-changed', userId: user.id, by: user.id, origin })
      })
    },

    /** Asks for the password, or for a sign-on of the last ten minutes. */
    async beginSecondFactor(own: Own, password: string | undefined) {
      await signIn.confirm(own, { password })
      return secondFactor.begin(own.user)
    },

    confirmSecondFactor: ({ user, sessionId, origin }: Own, code: string): Promise<string[]> =>
      secondFactor.confirm(user, code, sessionId, origin),

    renewBackupCodes: ({ user, origin }: Own, code: string): Promise<string[]> =>
      secondFactor.renewBackups(user, code, origin),

    /** Of whom it is asked cannot give it up. */
    async endSecondFactor({ user, origin }: Own, code: string): Promise<void> {
      if (await isDemanded(user))
        throw new Problem('not-allowed', {
          condition: text(
            '您承担的职责须启用双重验证（平台规则，非法定）',
            'Your powers ask for a second factor (a rule of the platform)',
          ),
          remedy: text(
            '更换设备的，请联系系统管理员重置。',
            'To change the device, ask an administrator to reset it.',
          ),
        })
      await secondFactor.end(user, code, origin)
    },
  }
}
