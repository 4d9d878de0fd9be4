import type { ApplicantKind } from '@tiaoli/contract/registration'
import type { ContestOutcome } from '@tiaoli/contract/registration-contests'
import { newId } from '@tiaoli/kernel/ids'
import { type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../../foundations/database/index.ts'
import {
  countedAs,
  createAttemptLimit,
  type Identity,
  type Origin,
  type Session,
} from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import * as store from './contests.store.ts'
import { creditCodeFault, identityFault, written } from './registration.rules.ts'
import type { Registration } from './registration.service.ts'

export type ContestDeps = {
  readonly database: Database
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly registration: Pick<Registration, 'digestOf' | 'releaseIn' | 'forgetReleased'>
  readonly clock: Clock
}

/** What somebody states who finds their number taken. */
export type StatedContest = {
  readonly kind: ApplicantKind
  readonly number: string
  readonly name: string
  readonly contact: string
  readonly statement: string
}

export type Contests = ReturnType<typeof createContests>

const most = { fromAddress: 10, aboutNumber: 3 }
const times = { windowMs: 60 * 60_000, keysKept: 10_000, now: Date.now }

/**
 * Where only the form of a number is checked, somebody can register under another's. Its rightful holder says so here,
 * without an account, and an administrator of the city decides. A rule of the platform: no article asks for it.
 */
export function createContests(deps: ContestDeps) {
  const { database, identity, ledger, notices, registration, clock } = deps
  const { db } = database
  const fromAddress = createAttemptLimit({ ...times, most: most.fromAddress })
  const aboutNumber = createAttemptLimit({ ...times, most: most.aboutNumber })

  function requireAttempt(limit: typeof fromAddress, key: string): void {
    const retryAfterSeconds = limit.begin(key)
    if (retryAfterSeconds > 0) throw new Problem('too-many-requests', { retryAfterSeconds })
  }

  async function administrators(tx: Tx): Promise<readonly string[]> {
    const found = []
    for (const organisation of identity.organisations())
      if (organisation.kind === 'authority' && organisation.level === 'city')
        found.push(...(await identity.members(tx, organisation.id, ['admin'])))
    return found
  }

  return {
    async file(stated: StatedContest, session: Session, { address }: Origin) {
      requireAttempt(fromAddress, countedAs(address))
      const number = written(stated.number)
      const person = stated.kind === 'natural-person'
      const fault = person ? identityFault(number, civilDateOf(clock.now())) : creditCodeFault(number)
      if (fault !== undefined)
        throw new Problem('content-incomplete', {
          condition: fault,
          errors: [{ path: 'number', message: fault }],
        })
      const digest = registration.digestOf({ kind: stated.kind, name: stated.name, number })
      requireAttempt(aboutNumber, digest.toString('hex'))
      const contested = await store.findByNumber(db, digest)
      if (contested === undefined)
        throw new Problem('act-not-available', {
          condition: text('该号码没有注册', 'Nobody registered under this number'),
          remedy: text('可以直接注册。', 'You can register.'),
        })
      const filedAt = clock.now()
      const { kind, name, contact, statement } = stated
      const contest = { ...contested, id: newId(), kind, name, contact, statement, filedAt }
      await database.inTransaction(async (tx) => {
        if (!(await store.insertContest(tx, contest)))
          throw new Problem('act-not-available', {
            condition: text('对该注册的异议正在处理', 'A contest of this registration is being looked at'),
            remedy: text('请等待处理结果。', 'Wait for its decision.'),
          })
        // Neither name nor contact of who contests it: they stand in a table from which they can be taken away.
        await ledger.record(tx, {
          kind: 'applicant.contested',
          userId: session.user?.id ?? null,
          organisationId: session.user?.organisation?.id ?? null,
          outcome: 'filed',
          payload: { contest: contest.id, kind },
        })
        await notices.send(tx, await administrators(tx), {
          kind: 'registration.contested',
          title: text('有人对一项注册提出异议', 'A registration is contested'),
          body: text('请核实号码的持有人后处理。', 'Find out who holds the number, and decide.'),
          link: '/desk/registration-contests',
        })
        await notices.send(tx, [contested.userId], {
          kind: 'registration.contested',
          title: text('有人对您的注册提出异议', 'Your registration is contested'),
          body: text(
            '处理期间账号照常使用；主管部门可能与您核实。',
            'Your account works meanwhile; the authority may ask you about it.',
          ),
          link: '/desk/account',
        })
      })
      return { id: contest.id, filedAt }
    },

    async find(id: string): Promise<store.KeptContest> {
      const found = await store.findContest(db, id)
      if (found === undefined) throw new Problem('not-found')
      return found
    },

    list: (after: string | undefined, limit: number) => store.findContests(db, after, limit),

    /** Releases the registration, or keeps it. Whoever holds the account is told. */
    async decide(
      session: Session,
      id: string,
      { outcome, reasons }: { readonly outcome: ContestOutcome; readonly reasons: string },
      origin: Origin,
    ): Promise<store.KeptContest> {
      const by = session.user!
      const contest = await store.findContest(db, id)
      if (contest === undefined) throw new Problem('not-found')
      await database.inTransaction(async (tx) => {
        if (!(await store.decide(tx, id, { outcome, reasons, by: by.id, at: clock.now() })))
          throw new Problem('act-not-available', {
            condition: text('该异议已经处理', 'It was decided before'),
          })
        await ledger.record(tx, {
          kind: 'applicant.contest-decided',
          userId: by.id,
          organisationId: by.organisation!.id,
          outcome,
          payload: { contest: id, reasons },
        })
        if (outcome === 'released') await registration.releaseIn(tx, session, contest, reasons, origin)
        else
          await notices.send(tx, [contest.userId], {
            kind: 'registration.kept',
            title: text('对您的注册的异议已处理：维持注册', 'Your registration is kept'),
            body: text(reasons, reasons),
            link: '/desk/account',
          })
      })
      if (outcome === 'released') await registration.forgetReleased()
      return (await store.findContest(db, id))!
    },
  }
}
