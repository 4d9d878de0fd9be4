import { createHmac } from 'node:crypto'
import type { Clock } from '@tiaoli/kernel/instants'
import type { Store, Tx } from '../database/index.ts'
import { Problem } from '../problems/index.ts'
import { hasSignedInFrom } from './account-events.ts'
import { countedAs } from './addresses.ts'
import { createAttemptLimit } from './attempt-limit.ts'
import {
  beginAttempt,
  elsewhere,
  findLocks,
  forgetAttempts,
  forgetEnded,
  giveBackAttempt,
} from './sign-in-attempts.store.ts'

/** Wrong attempts within a quarter of an hour: for one name from one address, and from one address for all names. */
const most = { here: 10, ofAddress: 100 }
/** Wrong attempts within an hour for one name, from all addresses together that are not known to be the user's. */
const mostElsewhere = 50
/** Wrong codes of the second factor within an hour, from everywhere: who gives them knows the password already. */
const mostCodes = 10
const windowMs = { here: 15 * 60_000, elsewhere: 60 * 60_000, codes: 60 * 60_000 }
/** An address is known for so long after the user signed in from it. */
const knownForMs = 30 * 86_400_000
const addressesKept = 10_000
/** Codes are counted wherever they come from. */
const anywhere = 'codes'

/** An attempt that was begun: it failed, or it was lawful. */
export type Attempt = {
  /** True with the failure that locks the name, for one address or for all unknown ones. */
  readonly failed: () => 'here' | 'elsewhere' | 'codes' | undefined
  readonly succeeded: () => Promise<void>
}

export type SignInAttempts = ReturnType<typeof createSignInAttempts>

/**
 * Keeps programs from guessing. A name is locked for the address that guesses; where many addresses guess, for all
 * addresses but those from which its user has signed in lately. So nobody can lock others out of where they work.
 */
export function createSignInAttempts({ db, secret, clock }: { db: Store; secret: string; clock: Clock }) {
  // By the system's time, not by a set clock: this is about programs that guess, not about the law.
  const now = () => new Date()
  const addresses = createAttemptLimit({
    most: most.ofAddress,
    windowMs: windowMs.here,
    keysKept: addressesKept,
    now: Date.now,
  })
  const subjectOf = (name: string): string =>
    createHmac('sha256', secret).update(`sign-in ${name.toLowerCase()}`).digest('base64url')

  const codesOf = (userId: string): string =>
    createHmac('sha256', secret).update(`codes ${userId}`).digest('base64url')

  return {
    /**
     * Counts a code of the second factor.
     *
     * @throws Problem `too-many-requests`
     */
    async beginCode(userId: string): Promise<Attempt> {
      const subject = codesOf(userId)
      const counted = await beginAttempt(db, {
        subject,
        address: anywhere,
        now: now(),
        windowMs: windowMs.codes,
      })
      if (counted.attempts > mostCodes) throw lockedUntil(counted.endsAt)
      return {
        failed: () => (counted.attempts === mostCodes ? 'codes' : undefined),
        succeeded: () => forgetAttempts(db, subject, anywhere),
      }
    },

    /**
     * Counts an attempt under a name from an address; `userId` is of the user of that name, if there is one.
     *
     * @throws Problem `too-many-requests`
     */
    async begin(name: string, userId: string | undefined, address: string): Promise<Attempt> {
      const from = countedAs(address)
      const subject = subjectOf(name)
      const waitSeconds = addresses.begin(from)
      if (waitSeconds > 0) throw new Problem('too-many-requests', { retryAfterSeconds: waitSeconds })
      const at = { subject, now: now() }
      const own = await beginAttempt(db, { ...at, address: from, windowMs: windowMs.here })
      if (own.attempts > most.here) throw lockedUntil(own.endsAt)
      if (own.attempts === 1) await forgetEnded(db, at.now)
      const since = new Date(clock.now().getTime() - knownForMs)
      const known = userId !== undefined && (await hasSignedInFrom(db, userId, from, since))
      const all = known
        ? undefined
        : await beginAttempt(db, { ...at, address: elsewhere, windowMs: windowMs.elsewhere })
      if (all !== undefined && all.attempts > mostElsewhere) throw lockedUntil(all.endsAt)
      return {
        failed: () =>
          own.attempts === most.here ? 'here' : all?.attempts === mostElsewhere ? 'elsewhere' : undefined,
        succeeded: async () => {
          addresses.giveBack(from)
          await forgetAttempts(db, subject, from)
          if (all !== undefined) await giveBackAttempt(db, subject, elsewhere)
        },
      }
    },

    /** Lets a user try again from everywhere. */
    async unlock(tx: Tx, user: { readonly id: string; readonly username: string }): Promise<void> {
      await forgetAttempts(tx, subjectOf(user.username))
      await forgetAttempts(tx, codesOf(user.id))
    },

    /** Until when users are locked somewhere, by id. */
    async locks(
      users: readonly { readonly id: string; readonly username: string }[],
    ): Promise<ReadonlyMap<string, Date>> {
      const subjects = new Map(
        users.flatMap(({ id, username }) => [
          [subjectOf(username), id],
          [codesOf(id), id],
        ]),
      )
      const found = await findLocks(
        db,
        [...subjects.keys()],
        { here: most.here, elsewhere: mostElsewhere },
        now(),
      )
      const until = new Map<string, Date>()
      for (const [subject, at] of found) {
        const id = subjects.get(subject)!
        if (at > (until.get(id) ?? new Date(0))) until.set(id, at)
      }
      return until
    },
  }
}

const lockedUntil = (endsAt: Date): Problem =>
  new Problem('too-many-requests', {
    retryAfterSeconds: Math.max(1, Math.ceil((endsAt.getTime() - Date.now()) / 1000)),
  })
