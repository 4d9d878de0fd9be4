import { newId } from '@tiaoli/kernel/ids'
import { addDays, civilDateOf, endOfCivilDate, startOfCivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { ActHappened, Actor, CaseState } from '../../foundations/cases/index.ts'
import type { Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { type AgreementRules, procedureOf } from '../../foundations/rulebook/index.ts'
import type { Grant, Revocation } from '../sharing/index.ts'
import type { Agreement, Signature } from './agreement.model.ts'
import { holds, isAuthorityOf, sees } from './agreement.policy.ts'
import { datesOf, textOf } from './agreement.rules.ts'
import { createSigning } from './agreement.signing.ts'
import * as store from './agreement.store.ts'
import type { AgreementModels } from './model-texts.ts'
import type { OpeningDeps } from './opening.deps.ts'
import { partiesOf } from './parties.ts'
import type { AgreementTasks } from './tasks.service.ts'

export type Agreements = ReturnType<typeof createAgreements>

/** Jobs by which the period of an agreement ends, and is told of before. */
export const expireJob = 'agreement.expire'
export const expiringJob = 'agreement.expiring'
const warnDaysBefore = 7

/** Agreements on the use of opened data: drawn up in their case, signed by both sides, kept as signed. */
export function createAgreements(deps: OpeningDeps, models: AgreementModels, tasks: AgreementTasks) {
  const { database, rulebook, catalogue, sharing, identity, ledger, notices, jobs, clock } = deps
  const { db } = database
  const parties = partiesOf(identity)
  const signing = createSigning(deps)

  const pageOf = (agreement: Pick<Agreement, 'id'>): string => `/desk/agreements/${agreement.id}`

  /** The first side has signed: its terms are what the other side is offered. @article CQ-29.1-a CQ-29.2-a */
  async function offer(rules: AgreementRules, happened: ActHappened): Promise<void> {
    const { tx, state, event } = happened
    const today = civilDateOf(clock.now())
    const { until, feedback } = datesOf(rules, event.content)
    requireAhead(today, rules.until, until)
    if (feedback[0] !== undefined) requireAhead(today, rules.feedback.first, feedback[0])
    await store.closeOffers(tx, state.id, 'superseded')
    const actor = event.actor!
    const entry = state.entryId === null ? undefined : await catalogue.find(state.entryId, tx)
    if (entry === undefined) throw new Error(`case ${state.id}: an agreement about no entry`)
    const agreement = {
      id: newId(),
      number: `${state.number}-${(await store.countOfCase(tx, state.id)) + 1}`,
      caseId: state.id,
      entryId: entry.id,
      providerId: entry.providerId,
      authorityId: actor.organisationId!,
      ...openerOf(state),
      modelVersion: (await models.inForce(tx))?.version ?? null,
      matters: event.content,
      offered: signatureOf(actor, event.at),
      untilOn: until,
      createdAt: clock.now(),
    }
    const signed = await signing.offered(rules, happened, agreement)
    await store.insertAgreement(tx, { ...agreement, ...signed })
  }

  /** The second side has signed: the agreement stands, and what follows from it is set going. @article CQ-28.1-b CQ-29.1-a */
  async function conclude(rules: AgreementRules, happened: ActHappened): Promise<void> {
    const { tx, state, event } = happened
    const agreement = await store.findOfCase(tx, state.id)
    const grantId = await sharing.grantOfCase(state.id, tx)
    if (agreement === undefined || agreement.standing !== 'offered' || grantId === null)
      throw new Error(`case ${state.id}: signed without an offer or without a grant`)
    const accepted = signatureOf(event.actor!, event.at)
    const signed = await signing.accepted(rules, happened, agreement, accepted, grantId)
    const { sha256 } = signed
    const subject = { entryId: agreement.entryId, caseId: agreement.caseId, grantId }
    const record = await ledger.record(tx, {
      ...subject,
      kind: 'agreement.signed',
      userId: accepted.userId,
      organisationId: accepted.organisationId,
      article: rules.article,
      outcome: 'in-force',
      payload: { number: agreement.number, sha256, model: agreement.modelVersion, until: agreement.untilOn },
    })
    await store.writeSigned(tx, agreement.id, { ...signed, recordId: record.id, grantId })
    await deliverCopy(tx, rules, agreement, subject)
    await tasks.open(tx, rules, agreement)
    await jobs.file(tx, expireJob, agreement.id, new Date(endOfCivilDate(agreement.untilOn).getTime() + 1))
    const warnAt = startOfCivilDate(addDays(agreement.untilOn, -warnDaysBefore))
    if (warnAt > clock.now()) await jobs.file(tx, expiringJob, agreement.id, warnAt)
  }

  /** The provider has its copy in the same moment, and the delivery is recorded. @article CQ-29.1-b */
  async function deliverCopy(
    tx: Tx,
    rules: AgreementRules,
    agreement: Agreement,
    subject: { entryId: string; caseId: string; grantId: string },
  ): Promise<void> {
    await store.insertCopy(tx, agreement.id, agreement.providerId, clock.now())
    await ledger.record(tx, {
      ...subject,
      kind: 'agreement.copied',
      userId: null,
      organisationId: agreement.authorityId,
      article: rules.copy.article,
      outcome: 'delivered',
      payload: { number: agreement.number, to: agreement.providerId },
    })
    await notices.send(tx, await parties.provider(tx, agreement), {
      kind: 'agreement.copy',
      title: text(`协议抄送：${agreement.number}`, `Copy of an agreement: ${agreement.number}`),
      body: text(
        `本单位提供的数据已签订${rules.name.zh}，副本已送达。`,
        `Data of your organisation are used under a signed agreement; this is your copy.`,
      ),
      link: pageOf(agreement),
    })
  }

  async function requireAgreement(session: Session, id: string): Promise<Agreement> {
    const agreement = await store.findAgreement(db, id)
    if (agreement === undefined || !sees(session, agreement, identity.organisation(agreement.providerId)))
      throw new Problem('not-found')
    return agreement
  }

  /** Closes an agreement in force and opens what its end asks for; nothing where it had ended before. */
  async function close(
    tx: Tx,
    agreement: Agreement,
    standing: 'expired' | 'ended',
    ending: Agreement['ending'],
  ): Promise<void> {
    const rules = rulebook.rooms.opening?.agreement
    if (rules === undefined || !(await store.writeEnded(tx, agreement.id, standing, clock.now(), ending)))
      return
    await ledger.record(tx, {
      kind: `agreement.${standing}`,
      userId: null,
      organisationId: agreement.authorityId,
      entryId: agreement.entryId,
      caseId: agreement.caseId,
      grantId: agreement.grantId,
      article: rules.disposal.article,
      outcome: standing,
      payload: { number: agreement.number, ground: ending?.ground ?? null },
    })
    // Who goes on using the data under a later agreement disposes of them at its end.
    const { grantId } = agreement
    if (standing === 'expired' && grantId !== null && (await sharing.isRenewed(tx, grantId))) return
    await tasks.openDisposal(tx, agreement, textOf(agreement.matters[rules.disposal.key]))
    await notices.send(tx, await parties.all(tx, agreement), {
      kind: `agreement.${standing}`,
      title: text(`协议已终止：${agreement.number}`, `Agreement at an end: ${agreement.number}`),
      body: text(
        '数据访问已关闭，请使用方按约定处置数据并报告处置情况。',
        'Access is closed; the user disposes of the data as agreed and reports it.',
      ),
      link: pageOf(agreement),
    })
  }

  return {
    /** What acts of the opening case mean for its agreement. */
    async onAct(happened: ActHappened): Promise<void> {
      const rules = rulebook.rooms.opening?.agreement
      const { tx, state, event } = happened
      if (rules === undefined) return
      if (event.act === rules.offeredBy) await offer(rules, happened)
      else if (event.act === rules.acceptedBy) await conclude(rules, happened)
      else if (state.outcome !== null) await store.closeOffers(tx, state.id, 'lapsed')
    },

    /** A grant that is revoked ends the agreement behind it. */
    async onRevoked(tx: Tx, grant: Grant, { reasons, ground }: Revocation): Promise<void> {
      const agreement = await store.findOfGrant(tx, grant.id)
      if (agreement !== undefined) await close(tx, agreement, 'ended', { ground: ground ?? null, reasons })
    },

    requireAgreement,

    async list(session: Session, box: store.AgreementBox, before: string | undefined, limit: number) {
      const { id: userId, organisation } = session.user!
      return store.listAgreements(db, {
        box,
        userId,
        organisationId: organisation?.id ?? null,
        before,
        limit,
      })
    },

    /** Receipt of a signature; one that was recorded a moment ago may still wait for its place in the log. */
    async receipt(recordId: string) {
      const receipt = await ledger.receipt(recordId).catch((cause: unknown) => {
        throw new Problem('record-unavailable', { retryAfterSeconds: 2 }, cause)
      })
      return { ...receipt, proof: [...receipt.proof] }
    },

    succeedProvider: store.succeedProvider,
    countInForceOf: store.countInForceOf,
    copiesOf: (agreements: readonly Agreement[]) =>
      store.findCopies(
        db,
        agreements.map(({ id }) => id),
      ),
    findAll: (ids: readonly string[]) => store.findAgreements(db, ids),
    ofCase: (caseId: string) => store.findOfCase(db, caseId),
    ofGrant: (grantId: string) => store.findOfGrant(db, grantId),

    /** The provider has opened its copy: when it did so first is kept. */
    async opened(session: Session, agreement: Agreement): Promise<void> {
      if (session.user?.organisation?.id === agreement.providerId)
        await store.writeOpened(db, agreement.id, clock.now())
    },

    /** Ends the access under an agreement on one of the grounds that it knows. @article CQ-29.3-a CQ-29.3-c */
    async end(session: Session, id: string, given: { ground: string; reasons: string }): Promise<Agreement> {
      const agreement = await requireAgreement(session, id)
      const ground = rulebook.rooms.opening?.agreement?.endings.find(({ key }) => key === given.ground)
      if (!isAuthorityOf(session, agreement))
        throw new Problem('not-allowed', {
          condition: text(
            '协议由签署协议的数据主管部门终止',
            'The authority that signed it ends an agreement',
          ),
        })
      if (agreement.standing !== 'in-force' || agreement.grantId === null)
        throw new Problem('act-not-available', {
          article: ground?.article,
          condition: text('协议不在有效期内', 'The agreement is not in force'),
        })
      if (ground === undefined)
        throw new Problem('content-incomplete', {
          condition: text(
            '终止事由不在协议所列范围内',
            'The ground is none of those that the agreement knows',
          ),
          errors: [{ path: 'ground', message: text('请选择终止事由', 'Choose a ground') }],
        })
      await sharing.revoke(session, agreement.grantId, {
        reasons: `${ground.term.zh}：${given.reasons}`,
        basis: ground.article,
        ground: ground.key,
      })
      return (await store.findAgreement(db, id))!
    },

    /** The period of use is over. @article CQ-29.2-a CQ-29.3-a */
    async expire(agreementId: string): Promise<void> {
      await database.inTransaction(async (tx) => {
        const agreement = await store.findAgreement(tx, agreementId)
        if (agreement !== undefined && civilDateOf(clock.now()) > agreement.untilOn)
          await close(tx, agreement, 'expired', null)
      })
    },

    async warnOfExpiry(agreementId: string): Promise<void> {
      await database.inTransaction(async (tx) => {
        const agreement = await store.findAgreement(tx, agreementId)
        if (agreement?.standing !== 'in-force') return
        await notices.send(tx, await parties.user(tx, agreement), {
          kind: 'agreement.expiring',
          title: text(`协议即将到期：${agreement.number}`, `Agreement about to end: ${agreement.number}`),
          body: text(
            `使用期限至 ${agreement.untilOn}，届时访问关闭，须按约定处置数据。`,
            `The period of use ends on ${agreement.untilOn}; access closes and the data are to be disposed of as agreed.`,
          ),
          link: pageOf(agreement),
        })
      })
    },

    mayEnd: (session: Session, agreement: Agreement): boolean =>
      agreement.standing === 'in-force' && isAuthorityOf(session, agreement),
    mayFile: (session: Session, agreement: Agreement): boolean => holds(session, agreement),
  }

  function openerOf(state: CaseState): { organisationId: string | null; userId: string | null } {
    const { roles } = procedureOf(rulebook, state.procedure)!
    const role = Object.keys(roles).find((each) => roles[each]!.from === 'opener')!
    return state.parties[role]!
  }
}

const signatureOf = (actor: Actor, at: string): Signature => ({ ...actor, at })

function requireAhead(today: string, key: string, on: string): void {
  if (on >= today) return
  const message = text('日期不能早于今天', 'The date lies in the past')
  throw new Problem('content-incomplete', { condition: message, errors: [{ path: key, message }] })
}
