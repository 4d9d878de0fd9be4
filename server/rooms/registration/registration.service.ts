import { createHmac, randomBytes } from 'node:crypto'
import { newId } from '@tiaoli/kernel/ids'
import { type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../../foundations/database/index.ts'
import {
  countedAs,
  createAttemptLimit,
  type Identity,
  type Organisation,
  type Origin,
  type Session,
  type User,
} from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { procedureOf, type Rulebook } from '../../foundations/rulebook/index.ts'
import { type RealNameService, RealNameUnavailable } from './real-name.ts'
import { type Stated, type Subject, subjectOf } from './registration.rules.ts'
import * as store from './registration.store.ts'

export type RegistrationDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly identity: Identity
  readonly ledger: Ledger
  readonly realName: RealNameService
  /** Keys the digests of numbers, so that a copy of the database does not let anybody try numbers out. */
  readonly secret: string
  readonly clock: Clock
}

export type Registration = ReturnType<typeof createRegistration>

/** Attempts from one address, and about one subject, within the window: enough for a family and for slips of the pen. */
const most = { fromAddress: 40, aboutSubject: 5 }
const windowMs = 15 * 60_000
const keysKept = 10_000

/** A claim whose account was not made within this time came to nothing: its server was stopped. */
const claimHeldMs = 10 * 60_000

/** Somebody registered as this organisation who was not entitled to. */
const isReleased = ({ registered, dissolvedAt }: Organisation): boolean =>
  registered === true && dissolvedAt != null

/** People and companies who want to apply make themselves known (申请人注册). */
export function createRegistration(deps: RegistrationDeps) {
  const { database, rulebook, identity, ledger, realName, secret, clock } = deps
  const { db } = database
  // By the system's time, not by a set clock: this is about programs that guess.
  const attempts = { windowMs, keysKept, now: Date.now }
  const fromAddress = createAttemptLimit({ ...attempts, most: most.fromAddress })
  const aboutSubject = createAttemptLimit({ ...attempts, most: most.aboutSubject })

  /** The article by which those who are no public bodies apply; none where the regulation has no such request. */
  const article = (() => {
    const type = rulebook.catalogue.openingTypes.find(({ effect }) => effect === 'by-request')
    const procedure = type?.procedure === undefined ? undefined : procedureOf(rulebook, type.procedure)
    return procedure?.acts.find(({ from }) => from.length === 0)?.article ?? type?.article ?? null
  })()

  const digestOf = ({ kind, number }: Subject): Buffer =>
    createHmac('sha256', secret)
      .update(`${kind === 'natural-person' ? 'person' : 'organisation'} ${number}`)
      .digest()

  function requireAttempt(limit: ReturnType<typeof createAttemptLimit>, key: string): void {
    const retryAfterSeconds = limit.begin(key)
    if (retryAfterSeconds > 0) throw new Problem('too-many-requests', { retryAfterSeconds })
  }

  const incomplete = (errors: readonly { path: string; message: ReturnType<typeof text> }[]): Problem =>
    new Problem('content-incomplete', {
      article: article ?? undefined,
      condition: errors[0]!.message,
      remedy: text('请核对后重新填写', 'Check it and fill it in again'),
      errors,
    })

  const taken = (subject: Subject): Problem =>
    new Problem('act-not-available', {
      article: article ?? undefined,
      condition:
        subject.kind === 'natural-person'
          ? text('该证件号码已经注册', 'This number is registered already')
          : text('该单位已经注册或者登记在册', 'This organisation is registered already'),
      remedy:
        subject.kind === 'natural-person'
          ? text(
              '请直接登录；忘记密码的，请联系平台管理员',
              'Sign in; where the password is lost, ask the administrators',
            )
          : text('请由该单位已有的用户登录办理', 'Let a user of that organisation sign in'),
    })

  async function requireBelongTogether(subject: Subject): Promise<void> {
    const together = await realName.belongTogether(subject).catch((cause: unknown) => {
      if (!(cause instanceof RealNameUnavailable)) throw cause
      throw new Problem(
        'source-unavailable',
        {
          condition: text(
            '实名核验服务暂时无法应答，没有注册',
            'The real-name service does not answer; nothing was registered',
          ),
          remedy: text('请稍后再试', 'Try again later'),
        },
        cause,
      )
    })
    if (together) return
    const person = subject.kind === 'natural-person'
    const message = text('名称与号码核验不一致', 'Name and number do not belong together')
    throw incomplete([{ path: person ? 'identityNumber' : 'creditCode', message }])
  }

  const organisationOf = (subject: Subject): Organisation | null =>
    subject.kind === 'natural-person'
      ? null
      : {
          id: newId(),
          name: text(subject.name, subject.name),
          kind: 'company',
          level: 'city',
          creditCode: subject.number,
          roles: [],
          budgetFunded: false,
          registered: true,
        }

  return {
    terms: { article, checkedBy: realName.checkedBy, synthetic: realName.synthetic === true },

    /** Digest of the number of a person whose name and number were checked by the real-name service. */
    verifiedDigest: (userId: string) => store.findVerifiedDigest(db, userId),

    /** The registration of a party, where it registered itself. */
    find: (party: { userId: string | null; organisationId: string | null }) =>
      store.findRegistration(db, party),

    async register(stated: Stated, origin: Origin): Promise<{ user: User; cookies: string[] }> {
      requireAttempt(fromAddress, countedAs(origin.address))
      const subject = subjectOf(stated, civilDateOf(clock.now()))
      if (!('number' in subject)) throw incomplete(subject)
      const digest = digestOf(subject)
      requireAttempt(aboutSubject, digest.toString('hex'))
      await requireBelongTogether(subject)
      if (identity.organisations().some((each) => each.creditCode === subject.number && !isReleased(each)))
        throw taken(subject)
      const now = clock.now()
      if (!(await store.claim(db, digest, subject.kind, now, new Date(now.getTime() - claimHeldMs))))
        throw taken(subject)
      const organisation = organisationOf(subject)
      const account = { username: stated.username, name: stated.name, password: stated.password }
      try {
        await identity.register({ ...account, organisation }, async (tx, userId) => {
          const checkedBy = realName.checkedBy
          await store.complete(tx, digest, {
            userId,
            organisationId: organisation?.id ?? null,
            checkedBy,
            at: now,
          })
          await ledger.record(tx, {
            kind: 'applicant.registered',
            userId,
            organisationId: organisation?.id ?? null,
            article: article ?? undefined,
            outcome: 'registered',
            payload: { kind: subject.kind, checkedBy, ...(organisation && { creditCode: subject.number }) },
          })
        })
      } catch (cause) {
        await store.release(db, digest)
        throw cause
      }
      const { user, cookies } = await identity.signIn.withPassword(stated.username, stated.password, origin)
      // A new account has no second factor yet.
      return { user: user!, cookies }
    },

    digestOf,

    /**
     * Ends a registration by which somebody took the name of an organisation: its users act no more, and the
     * organisation itself can register. What was done under it stays on record.
     */
    async release(
      session: Session,
      organisationId: string,
      reasons: string,
      origin: Origin,
    ): Promise<store.Registered> {
      const found = identity.organisation(organisationId)?.registered
        ? await store.findRegistration(db, { userId: null, organisationId })
        : undefined
      if (found === undefined) throw new Problem('not-found')
      const { userId } = found
      await database.inTransaction((tx) =>
        releaseIn(tx, session, { userId, organisationId }, reasons, origin),
      )
      await forgetReleased()
      return (await store.findRegistration(db, { userId: null, organisationId }))!
    },

    releaseIn,
    forgetReleased,
  }

  /** The same within the caller's transaction, of a person too; `forgetReleased` follows it. */
  async function releaseIn(
    tx: Tx,
    session: Session,
    { userId, organisationId }: { readonly userId: string; readonly organisationId: string | null },
    reasons: string,
    origin: Origin,
  ): Promise<void> {
    const by = session.user!
    const ended =
      organisationId === null
        ? await identity.people.closeIn(tx, userId, { by, reasons, origin })
        : await identity.dissolve(tx, organisationId, null)
    if (!ended && organisationId !== null)
      throw new Problem('act-not-available', {
        condition: text('该注册此前已经解除', 'The registration was released before'),
      })
    await store.writeRelease(tx, userId, clock.now(), randomBytes(32))
    const creditCode = organisationId === null ? null : identity.organisation(organisationId)!.creditCode
    await ledger.record(tx, {
      kind: 'applicant.released',
      userId: by.id,
      organisationId: by.organisation!.id,
      article: article ?? undefined,
      outcome: 'released',
      payload: { of: organisationId ?? userId, ...(creditCode !== null && { creditCode }), reasons },
    })
    await ledger.turnEpoch(tx)
  }

  async function forgetReleased(): Promise<void> {
    identity.keys.forget()
    await identity.reloadOrganisations()
  }
}
