import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { type ActHappened, termsOf } from '../../foundations/cases/index.ts'
import type { Database, Store, Tx } from '../../foundations/database/index.ts'
import type { GrantFacts } from '../../foundations/gateway/index.ts'
import { areaOf, type Identity, oversees, type Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import type { AccessType, Procedure, Rulebook } from '../../foundations/rulebook/index.ts'
import type { Catalogue, Entry } from '../catalogue/index.ts'
import { requirementsOf } from './access-plan.ts'
import { masksOf, refusalOfGoingOn } from './renewal.rules.ts'
import * as renewals from './renewals.store.ts'
import { requireRequestable } from './requestable.rules.ts'
import {
  factsOf,
  type Grant,
  grantOf,
  isLive,
  requireFields,
  requireRows,
  standingOf,
  unstopped,
} from './sharing.model.ts'
import * as store from './sharing.store.ts'

export type SharingDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly clock: Clock
  /** What else ends with a grant that is revoked, in the transaction that revokes it. */
  readonly onRevoked: (tx: Tx, grant: Grant, revocation: Revocation) => Promise<void>
  /** What is due about a new grant, in the transaction that gives it. */
  readonly onGiven: (tx: Tx, grant: Grant, procedure: string) => Promise<void>
}

/** `ground`: key of a ground that the agreement behind the grant knows, where the grant has one. */
export type Revocation = { readonly reasons: string; readonly basis: string; readonly ground?: string }

export type Sharing = ReturnType<typeof createSharing>

/** Grants: what sharing and opening procedures end in, and how they end themselves. */
export function createSharing({
  database,
  rulebook,
  catalogue,
  identity,
  ledger,
  notices,
  clock,
  onRevoked,
  onGiven,
}: SharingDeps) {
  const { db } = database

  const articlesOfGrants = (types: readonly AccessType[]) =>
    new Set(
      types.flatMap(({ procedure }) =>
        (rulebook.procedures.find(({ key }) => key === procedure)?.acts ?? []).flatMap(
          ({ effect, article }) => (effect === 'grant' && article !== undefined ? [article] : []),
        ),
      ),
    )
  const sharedBy = articlesOfGrants(rulebook.catalogue.sharingTypes)
  const openedBy = articlesOfGrants(rulebook.catalogue.openingTypes)
  /** Whether a grant with this article came of sharing or of opening; nothing where the text has one article for both. */
  const givenByOpening = (article: string): { opened?: boolean } =>
    sharedBy.has(article) === openedBy.has(article) ? {} : { opened: openedBy.has(article) }

  const holderOf = (session: Session): store.Holder => ({
    organisationId: session.user?.organisation?.id ?? null,
    userId: session.user?.id ?? null,
  })

  const holds = (session: Session, grant: Grant): boolean =>
    (grant.organisationId !== null && grant.organisationId === session.user?.organisation?.id) ||
    (grant.userId !== null && grant.userId === session.user?.id)

  /** Whoever decides on sharing, and whoever provides the data, can end a grant. */
  function mayRevoke(session: Session, grant: Grant): boolean {
    const organisation = session.user?.organisation
    if (organisation == null) return false
    if (grant.organisationId === organisation.id) return false
    if (organisation.id === grant.providerId) return session.user!.powers.includes('steward')
    return oversees(session, identity.organisation(grant.providerId), 'officer')
  }

  async function requireGrant(session: Session, id: string): Promise<Grant> {
    const grant = await store.findGrant(db, id)
    const sees =
      grant !== undefined &&
      (holds(session, grant) ||
        grant.providerId === session.user?.organisation?.id ||
        mayRevoke(session, grant))
    if (!sees) throw new Problem('not-found')
    return grant
  }

  /** What follows from a revocation, in its transaction. */
  async function revoked(tx: Tx, session: Session, grant: Grant, revocation: Revocation): Promise<void> {
    await ledger.record(tx, {
      kind: 'grant.revoked',
      userId: session.user!.id,
      organisationId: session.user!.organisation!.id,
      entryId: grant.entryId,
      caseId: grant.caseId,
      grantId: grant.id,
      article: grant.article,
      outcome: 'revoked',
      payload: { ...revocation },
    })
    await onRevoked(tx, grant, revocation)
    const holders = grant.organisationId
      ? await identity.members(tx, grant.organisationId, ['requester'])
      : [grant.userId!]
    await notices.send(tx, holders, {
      kind: 'grant.revoked',
      title: text(`使用许可已撤销（办件 ${grant.caseNumber}）`, `Grant revoked (case ${grant.caseNumber})`),
      body: text(
        `理由：${unstopped(revocation.reasons)}。依据：${unstopped(revocation.basis)}。`,
        `Reasons: ${unstopped(revocation.reasons)}. Basis: ${unstopped(revocation.basis)}.`,
      ),
      link: `/desk/grants/${grant.id}`,
    })
  }

  /** Data that are held elsewhere have to be delivered now that they are granted: their holder is told. */
  async function askForDelivery(tx: Tx, grant: Grant): Promise<void> {
    const entry = await catalogue.publishedEntry(grant.entryId, tx)
    if (entry === undefined || entry.live !== null || entry.heldAt !== null) return
    await notices.send(tx, await identity.members(tx, entry.providerId, ['steward']), {
      kind: 'grant.awaits-data',
      title: text(`待送达数据：${entry.title}`, `To be delivered: ${entry.title}`),
      body: text(
        `办件 ${grant.caseNumber} 已同意提供，平台上尚无这份数据。请汇聚数据，或者接入其所在系统；条例没有另定送达期限。`,
        `Case ${grant.caseNumber} gave these data and the platform does not have them. Bring them in or connect the system that holds them; the regulation sets no further period.`,
      ),
      link: `/desk/grants/${grant.id}`,
    })
  }

  return {
    holds,
    mayRevoke,
    requireRequestable: (procedure: Procedure, entry: Entry) =>
      requireRequestable(rulebook, procedure, entry),
    requireGrant,
    find: (id: string): Promise<Grant | undefined> => store.findGrant(db, id),
    isLive: (grant: Grant) => isLive(grant, clock.now()),
    standingOf: (grant: Grant) => standingOf(grant, clock.now()),
    grantOfCase: async (caseId: string, tx: Store | Tx = db): Promise<string | null> =>
      (await store.findGrantOfCase(tx, caseId))?.id ?? null,
    liveGrants: (entryId: string): Promise<number> => store.countLiveGrants(db, entryId, clock.now()),

    liveGrantsByParty: () => store.countLiveByParty(database.db, clock.now()),

    /** Users who hold a live grant on the entry, or act for a body that does. */
    async holdersOf(tx: Tx, entryId: string): Promise<string[]> {
      const holders = await store.findLiveHolders(tx, entryId, clock.now())
      const members = []
      for (const { organisationId, userId } of holders)
        members.push(
          ...(organisationId === null
            ? [userId!]
            : await identity.members(tx, organisationId, ['requester', 'steward'])),
        )
      return members
    },

    async list(
      session: Session,
      {
        current,
        ...search
      }: Omit<store.GrantSearch, 'holder' | 'standingAt' | 'providers'> & { current: boolean },
    ): Promise<Grant[]> {
      const area = search.side === 'overseen' ? areaOf(session, identity.organisations(), 'officer') : null
      if (area === undefined)
        throw new Problem('not-allowed', {
          condition: text('全部使用许可由数据主管部门查看', 'All grants are seen by the data authority'),
        })
      return store.findGrants(db, {
        ...search,
        providers: area,
        standingAt: current ? clock.now() : undefined,
        holder: holderOf(session),
      })
    },

    /** Procedures by which entries are asked for. */
    requestedBy: [
      ...new Set(
        [...rulebook.catalogue.sharingTypes, ...rulebook.catalogue.openingTypes].flatMap(
          ({ procedure }) => procedure ?? [],
        ),
      ),
    ],

    /** A request carries the conditions that the entry stated when it was filed. @article SZ-14.3-c */
    async onRequest({ tx, procedure, state }: ActHappened): Promise<void> {
      if (state.version !== 1 || state.entryId === null) return
      const entry = await catalogue.find(state.entryId, tx)
      const requirements = entry ? requirementsOf(rulebook, entry, procedure.key) : null
      if (requirements !== null)
        await store.insertTerms(tx, {
          caseId: state.id,
          entryId: state.entryId,
          requirements,
          at: clock.now(),
        })
    },
    requirementsOfCase: (caseId: string) => store.findTerms(db, caseId),

    /** Consent becomes access in the transaction of the act that gives it. @article CQ-26.1-b TJ-17.2-a */
    async onAct({ tx, procedure, state, event }: ActHappened): Promise<void> {
      const { entryId } = state
      const entry = entryId === null ? undefined : await catalogue.caseFacts(entryId, tx)
      if (entryId === null || entry === undefined)
        throw new Error(`case ${state.id} grants an entry that is not there`)
      const article = procedure.acts.find((act) => act.key === event.act)?.article ?? procedure.articles[0]!
      const renewed = await renewals.lockRenewed(tx, state.id)
      const refusal = renewed && refusalOfGoingOn(renewed)
      if (refusal !== undefined) throw refusalProblem('act-not-available', refusal)
      const given = requireFields(grantOf(state, procedure, article, entry), entry.fieldNames)
      const grant: Grant = {
        id: newId(),
        entryId,
        ...given,
        masks: masksOf(given, renewed),
        rows: given.rows.length > 0 ? given.rows : (renewed?.rows ?? []),
        limits: Object.keys(given.limits).length > 0 ? given.limits : (renewed?.limits ?? {}),
        validFrom: clock.now(),
        revokedAt: null,
        revocation: null,
        suspendedAt: null,
        suspension: null,
        renews: renewed?.id ?? null,
      }
      requireRows(grant, entry.typeOf)
      await store.insertGrant(tx, grant)
      await onGiven(tx, grant, procedure.key)
      await ledger.record(tx, {
        kind: 'grant.given',
        userId: event.actor?.userId ?? null,
        organisationId: event.actor?.organisationId ?? null,
        entryId: grant.entryId,
        caseId: grant.caseId,
        grantId: grant.id,
        article: grant.article,
        outcome: 'granted',
        payload: {
          fields: grant.fields,
          scenario: grant.scenario,
          holder: grant.organisationId ?? grant.userId,
          until: grant.validUntil?.toISOString() ?? null,
          ...(Object.keys(grant.masks).length > 0 && { masks: grant.masks }),
          ...(grant.rows.length > 0 && { rows: grant.rows }),
          ...(Object.keys(grant.limits).length > 0 && { limits: grant.limits }),
          ...(grant.renews !== null && { renews: grant.renews }),
        },
      })
      await ledger.turnEpoch(tx)
      await askForDelivery(tx, grant)
    },

    /** Grants on an entry that has another provider now are given, and ended, by that one. */
    async onProviderChanged({ tx, procedure, state }: ActHappened): Promise<void> {
      const { body } = termsOf(procedure, state)
      if (state.entryId !== null) await store.writeProvider(tx, state.entryId, String(body))
    },

    succeed: store.succeed,
    /** Whether the use goes on by another grant. */
    isRenewed: async (tx: Tx, grantId: string): Promise<boolean> =>
      (await renewals.findRenewal(tx, grantId, clock.now())) !== undefined,
    /** The grant that a request is to renew, for requests that are to renew one. */
    renewedByCase: (caseId: string): Promise<Grant | undefined> => renewals.findRenewed(db, caseId),

    /** Ends a grant before its time, and with it what renews it; the next call is refused. */
    async revoke(session: Session, id: string, revocation: Revocation): Promise<Grant> {
      const grant = await requireGrant(session, id)
      if (!mayRevoke(session, grant))
        throw new Problem('not-allowed', {
          article: grant.article,
          condition: text(
            '使用许可由数据主管部门或者数据提供单位撤销',
            'A grant is revoked by the data authority or by the provider',
          ),
          remedy: text(
            '请由数据主管部门的经办人员或者提供单位的数据管理员办理。',
            'Leave it to an officer of the data authority or to a data steward of the provider.',
          ),
        })
      await database.inTransaction(async (tx) => {
        await renewals.alongRenewals(tx, grant, async (each) => {
          const over = each.id !== id && standingOf(each, clock.now()) === 'expired'
          if (over) return
          if (await store.writeRevocation(tx, each.id, clock.now(), revocation))
            return revoked(tx, session, each, revocation)
          if (each.id === id)
            throw new Problem('act-not-available', {
              article: grant.article,
              condition: text('该许可此前已撤销', 'The grant was revoked before'),
              remedy: text('无须再次撤销。', 'Nothing is left to be revoked.'),
            })
        })
        await ledger.turnEpoch(tx)
      })
      return (await store.findGrant(db, id))!
    },

    /** What the gateway has to know of a holder's grants. */
    async gatewayFacts(holder: store.Holder, entryId: string): Promise<readonly GrantFacts[]> {
      if (holder.organisationId === null && holder.userId === null) return []
      return (await store.findGrantsOn(db, holder, entryId)).map((grant) => ({
        ...factsOf(grant),
        ...givenByOpening(grant.article),
      }))
    },
  }
}
