import type { Clock } from '@tiaoli/kernel/instants'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { CaseState, Cases } from '../../foundations/cases/index.ts'
import { actorOf, caseProblem, requirePower } from '../../foundations/casework/index.ts'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import { procedureOf, type Rulebook } from '../../foundations/rulebook/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import { asksForTheSame, mayRenew, statedBefore } from './renewal.rules.ts'
import * as renewals from './renewals.store.ts'
import type { Grant } from './sharing.model.ts'
import type { Sharing } from './sharing.service.ts'
import * as store from './sharing.store.ts'
import { createSuspension } from './suspension.ts'

export type GrantLife = ReturnType<typeof createGrantLife>

/** Jobs about one grant each: its end is near, its end has come. */
export const grantExpiringJob = 'grant.expiring'
export const grantExpiredJob = 'grant.expired'

/** The platform's own rhythm; no regulation sets one. */
export const warnDaysBefore = 15
const dayMs = 86_400_000

/** What happens to a grant between its beginning and its end: it is suspended, resumed, renewed, and runs out. */
export function createGrantLife(deps: {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: Catalogue
  readonly cases: () => Cases
  readonly sharing: Sharing
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly jobs: Jobs
  readonly clock: Clock
}) {
  const { database, rulebook, catalogue, cases, sharing, identity, ledger, notices, jobs, clock } = deps
  const { db } = database

  const holders = async (tx: Tx, grant: Grant): Promise<string[]> =>
    grant.organisationId === null
      ? [grant.userId!]
      : identity.members(tx, grant.organisationId, ['requester'])
  const provider = (tx: Tx, grant: Grant) => identity.members(tx, grant.providerId, ['steward'])

  const record = (tx: Tx, grant: Grant, by: Session | null, what: string, payload: object) =>
    ledger.record(tx, {
      kind: `grant.${what}`,
      userId: by?.user?.id ?? null,
      organisationId: by?.user?.organisation?.id ?? null,
      entryId: grant.entryId,
      caseId: grant.caseId,
      grantId: grant.id,
      article: grant.article,
      outcome: what,
      payload: { ...payload },
    })

  const tell = (tx: Tx, told: readonly string[], grant: Grant, kind: string, title: Text, body: Text) =>
    notices.send(tx, told, {
      kind: `grant.${kind}`,
      title: text(`${title.zh}（办件 ${grant.caseNumber}）`, `${title.en} (case ${grant.caseNumber})`),
      body,
      link: `/desk/grants/${grant.id}`,
    })

  async function alreadyAsked(tx: Tx, grant: Grant): Promise<{ renewed: boolean; asked: boolean }> {
    const renewed = (await renewals.findRenewal(tx, grant.id, clock.now())) !== undefined
    for (const caseId of await renewals.findRenewalCases(tx, grant.id)) {
      const view = await cases().get(caseId, null, tx)
      if (view?.state.outcome === null) return { renewed, asked: true }
    }
    return { renewed, asked: false }
  }

  /** The grant with the procedure by which it was given, as it is today; not there for who does not hold it. */
  async function requireHeld(session: Session, id: string) {
    const grant = await sharing.requireGrant(session, id)
    if (!sharing.holds(session, grant)) throw new Problem('not-found')
    const before = await cases().get(grant.caseId, null)
    const procedure = before && procedureOf(rulebook, before.procedure.key)
    const entry = await catalogue.find(grant.entryId)
    if (before === undefined || procedure === undefined || entry === undefined) throw new Problem('not-found')
    return { grant, procedure, entry, opening: before.state.opening }
  }

  return {
    ...createSuspension({ database, sharing, ledger, clock, holders, record, tell }),

    /** Of each: whether the caller could ask for it to go on, and by which grant it does already. */
    async outlookOf(session: Session, grants: readonly Grant[]) {
      const found = await renewals.findRenewals(
        db,
        grants.map(({ id }) => id),
        clock.now(),
      )
      return (grant: Grant) => {
        const renewal = found.get(grant.id)
        const already = { renewed: renewal?.stands ?? false, asked: false }
        return {
          renewedBy: renewal?.id ?? null,
          canRenew: sharing.holds(session, grant) && mayRenew(grant, clock.now(), already).ok,
        }
      }
    },

    /** What a request that goes on from this grant starts with. */
    async startOf(session: Session, id: string) {
      const { grant, procedure, entry, opening } = await requireHeld(session, id)
      sharing.requireRequestable(procedure, entry)
      // Said before the form is filled in, not after.
      const may = await database.inTransaction(async (tx) =>
        mayRenew(grant, clock.now(), await alreadyAsked(tx, grant)),
      )
      const names = entry.content.fields.map(({ name }) => name)
      return {
        procedure: procedure.key,
        entryId: entry.id,
        obstacle: may.ok
          ? null
          : { article: null, condition: may.refusal.condition, remedy: may.refusal.remedy },
        ...statedBefore(procedure, opening, grant, names),
      }
    },

    /** Files the request by which the grant is to go on; it is decided like any other. */
    async renew(
      session: Session,
      id: string,
      content: Readonly<Record<string, unknown>>,
    ): Promise<CaseState> {
      const { grant, procedure, entry } = await requireHeld(session, id)
      sharing.requireRequestable(procedure, entry)
      const opener = Object.values(procedure.roles).find(({ from }) => from === 'opener')
      if (opener !== undefined) requirePower(session, opener)
      const same = asksForTheSame(rulebook.use, grant, content)
      if (!same.ok) throw refusalProblem('refused-by-law', same.refusal)
      return database.inTransaction(async (tx) => {
        await renewals.lockRenewal(tx, id)
        const now = (await store.findGrant(tx, id))!
        const may = mayRenew(now, clock.now(), await alreadyAsked(tx, grant))
        if (!may.ok) throw refusalProblem('act-not-available', may.refusal)
        const opened = await cases().open({
          procedure: procedure.key,
          entryId: entry.id,
          actor: actorOf(session),
          content,
          tx,
        })
        if (!opened.ok) throw caseProblem(opened.refusal)
        await renewals.insertRenewal(tx, opened.value.id, grant.id)
        return opened.value
      })
    },

    /** Files what is due about a new grant that has an end. An agreement behind it tells of the end itself. */
    async onGiven(tx: Tx, grant: Grant, procedure: string): Promise<void> {
      if (grant.validUntil === null) return
      await jobs.file(tx, grantExpiredJob, grant.id, new Date(grant.validUntil.getTime() + 1))
      const warnAt = new Date(grant.validUntil.getTime() - warnDaysBefore * dayMs)
      const agreed = rulebook.rooms.opening?.agreement?.procedure === procedure
      if (!agreed && warnAt > clock.now()) await jobs.file(tx, grantExpiringJob, grant.id, warnAt)
    },

    async warnOfExpiry(grantId: string): Promise<void> {
      await database.inTransaction(async (tx) => {
        const grant = await store.findGrant(tx, grantId)
        if (grant === undefined || grant.revokedAt !== null || grant.validUntil === null) return
        const renewal = await renewals.findRenewal(tx, grantId, clock.now())
        if (renewal !== undefined && sharing.isLive(renewal)) return
        const on = civilDateOf(grant.validUntil)
        await tell(
          tx,
          await holders(tx, grant),
          grant,
          'expiring',
          text('使用许可即将到期', 'A grant is about to end'),
          text(
            `使用许可至 ${on} 止，届时停止提供数据；需要继续使用的，请在到期前申请续用。提前 ${warnDaysBefore} 日提醒为平台设置（非法定）。`,
            `The grant ends on ${on}, and no data are given afterwards; ask for renewal before that day if you still need them. Being told ${warnDaysBefore} days ahead is a setting of the platform, not of the regulation.`,
          ),
        )
      })
    },

    /** The end has come: it is noted, both sides are told, and keys go over to what renews the grant. */
    async expire(grantId: string): Promise<void> {
      await database.inTransaction(async (tx) => {
        const grant = await store.findGrant(tx, grantId)
        if (grant === undefined || grant.revokedAt !== null) return
        if (grant.validUntil === null || grant.validUntil >= clock.now()) return
        const renewal = await renewals.findRenewal(tx, grantId, clock.now())
        await record(tx, grant, null, 'expired', { renewedBy: renewal?.id ?? null })
        if (renewal !== undefined) await identity.keys.rebind(tx, grant.id, renewal.id)
        // While a renewal stands still nothing is given: that is told.
        if (renewal !== undefined && sharing.isLive(renewal)) return
        await tell(
          tx,
          [...(await holders(tx, grant)), ...(await provider(tx, grant))],
          grant,
          'expired',
          text('使用许可已到期', 'A grant has ended'),
          text(
            '已停止提供数据。继续使用须重新申请。',
            'No data are given any more. Further use needs a new request.',
          ),
        )
      })
    },
  }
}
