import { text } from '@tiaoli/kernel/text'
import type { Database } from '../database/index.ts'
import type { SecretSeal } from '../outbound/index.ts'
import { Problem } from '../problems/index.ts'
import type { AccountEvents, Origin } from './account-events.ts'
import type { User } from './identity.model.ts'
import {
  addressOf,
  backupDigest,
  isOneTimeCode,
  newBackupCodes,
  newSecret,
  stepOfCode,
} from './one-time-codes.ts'
import * as store from './second-factor.store.ts'
import { endSessions } from './sessions.store.ts'
import type { SignInAttempts } from './sign-in-attempts.ts'

export type SecondFactorDeps = {
  readonly database: Database
  readonly seal: SecretSeal
  /** Keys the digests of backup codes. */
  readonly secret: string
  /** As authenticator apps name the account. */
  readonly issuer: string
  readonly events: AccountEvents
  readonly attempts: SignInAttempts
  readonly now: () => Date
}

export type SecondFactor = ReturnType<typeof createSecondFactor>

/** One-time codes beside the password (双重验证): set up, asked for, given up, and reset by an administrator. */
export function createSecondFactor(deps: SecondFactorDeps) {
  const { database, seal, secret, issuer, events, attempts, now } = deps
  const { db } = database

  /** Codes are made by the clock of a telephone: the system's time, not a set clock. */
  async function takeOneTimeCode(userId: string, code: string): Promise<boolean> {
    const row = await store.findSecondFactor(db, userId)
    if (row === undefined) return false
    const step = stepOfCode(seal.open(row.sealed_secret), code, new Date())
    return step !== undefined && store.takeStep(db, userId, step)
  }

  /**
   * Takes a code, each once: a one-time code, or a backup code.
   *
   * @throws Problem `second-factor-wrong`, or `too-many-requests` after ten wrong ones within an hour
   */
  async function take(userId: string, code: string, origin: Origin): Promise<'code' | 'backup-code'> {
    const attempt = await attempts.beginCode(userId)
    // Chinese input methods write digits in full width.
    const digits = code.normalize('NFKC').replace(/\s/g, '')
    const taken = isOneTimeCode(digits)
      ? (await takeOneTimeCode(userId, digits)) && 'code'
      : (await store.takeBackup(db, userId, backupDigest(secret, userId, code))) && 'backup-code'
    if (taken !== false) {
      await attempt.succeeded()
      return taken
    }
    await events.failed(userId, 'wrong-code', origin, attempt.failed())
    throw new Problem('second-factor-wrong')
  }

  const digestsOf = (userId: string, codes: readonly string[]) =>
    codes.map((code) => backupDigest(secret, userId, code))

  return {
    take,

    async standing(userId: string): Promise<{ on: boolean; backupCodesLeft: number }> {
      const row = await store.findSecondFactor(db, userId)
      const on = row?.verified_at != null
      return { on, backupCodesLeft: on ? row.backup_count : 0 }
    },

    /** A new secret, which counts once a code has confirmed it. */
    async begin(user: User): Promise<{ secret: string; address: string }> {
      const made = newSecret()
      if (!(await store.beginSecondFactor(db, user.id, seal.seal(made), now()))) throw alreadyOn()
      return { secret: made, address: addressOf(made, user.username, issuer) }
    },

    /** Codes are asked for from now on; other sessions, opened without, end. Gives the backup codes, this once. */
    async confirm(user: User, code: string, sessionId: string, origin: Origin): Promise<string[]> {
      const row = await store.findSecondFactor(db, user.id)
      if (row === undefined || row.verified_at !== null) throw row ? alreadyOn() : notBegun()
      // A backup code cannot confirm: there are none yet.
      await take(user.id, code, origin)
      const codes = newBackupCodes()
      await database.inTransaction(async (tx) => {
        if (!(await store.verifySecondFactor(tx, user.id, digestsOf(user.id, codes), now())))
          throw alreadyOn()
        await endSessions(tx, user.id, sessionId)
        await events.write(tx, { kind: 'second-factor-on', userId: user.id, by: user.id, origin })
      })
      return codes
    },

    async renewBackups(user: User, code: string, origin: Origin): Promise<string[]> {
      if (!user.secondFactor) throw notOn()
      await take(user.id, code, origin)
      const codes = newBackupCodes()
      await database.inTransaction(async (tx) => {
        await store.writeBackups(tx, user.id, digestsOf(user.id, codes))
        await events.write(tx, { kind: 'backup-codes', userId: user.id, by: user.id, origin })
      })
      return codes
    },

    async end(user: User, code: string, origin: Origin): Promise<void> {
      if (!user.secondFactor) throw notOn()
      await take(user.id, code, origin)
      await database.inTransaction(async (tx) => {
        if (!(await store.removeSecondFactor(tx, user.id))) throw notOn()
        await events.write(tx, { kind: 'second-factor-off', userId: user.id, by: user.id, origin })
      })
    },
  }
}

const alreadyOn = (): Problem =>
  new Problem('act-not-available', {
    condition: text('双重验证已经启用', 'The second factor is set up already'),
    remedy: text('更换设备的，请先停用再启用。', 'To change the device, give it up and set it up anew.'),
  })
const notBegun = (): Problem =>
  new Problem('act-not-available', {
    condition: text('尚未开始启用双重验证', 'Setting up has not begun'),
    remedy: text('请重新开始。', 'Begin again.'),
  })
const notOn = (): Problem =>
  new Problem('act-not-available', {
    condition: text('双重验证没有启用', 'The second factor is not set up'),
  })
