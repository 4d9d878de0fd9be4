import * as contract from '@tiaoli/contract/cases'
import { getAccessPlan } from '@tiaoli/contract/catalogue'
import * as grantContract from '@tiaoli/contract/grants'
import { civilDateOf } from '@tiaoli/kernel/instants'
import type { Cases } from '../../foundations/cases/index.ts'
import { actorOf, stranger } from '../../foundations/casework/index.ts'
import { type Caller, callerOf, type Gateway } from '../../foundations/gateway/index.ts'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { procedureOf, type Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, type Entry, typeOf } from '../catalogue/index.ts'
import { presentNow, presentRefusal, presentRequest, shownRows } from './access-plan.ts'
import type { GrantLife } from './grant-life.ts'
import type { Grant } from './sharing.model.ts'
import type { Sharing } from './sharing.service.ts'

export type SharingRoutesDeps = {
  readonly sharing: Sharing
  readonly grantLife: GrantLife
  readonly ledger: Ledger
  readonly now: () => Date
  readonly catalogue: Catalogue
  readonly cases: Cases
  readonly gateway: Gateway
  readonly identity: Identity
  readonly rulebook: Rulebook
}

export function mountSharing(
  mount: Mount,
  {
    sharing,
    grantLife,
    ledger,
    catalogue,
    cases,
    gateway,
    identity,
    rulebook,
    now: today,
  }: SharingRoutesDeps,
): void {
  mount(getAccessPlan, async ({ params, session }) => {
    const entry = await catalogue.requireEntry(session, params.entryId)
    const caller = callerOf(session)
    const plan = await gateway.plan(caller, entry.id, undefined, {})
    // Where only a stated scenario is missing the answer is yes, with that question to come.
    const withScenario = plan.ok ? plan : await gateway.plan(caller, entry.id, undefined, { scenario: '—' })
    const now = plan.ok ? plan.value : withScenario.ok ? { ...withScenario.value, scenario: null } : null
    const grant = now?.grantId ? await sharing.requireGrant(session, now.grantId) : undefined
    const key = procedureFor(rulebook, entry, caller)
    const procedure = key === undefined ? undefined : procedureOf(rulebook, key)
    const opener = session.user ? actorOf(session) : stranger
    return {
      now: now && presentNow(now, !plan.ok, grant?.validUntil?.toISOString() ?? null),
      refusal: plan.ok ? null : presentRefusal(plan.refusal),
      request:
        procedure === undefined
          ? null
          : presentRequest(
              rulebook,
              entry,
              procedure,
              await cases.preview({ procedure: procedure.key, entryId: entry.id, opener }),
              identity.organisation,
            ),
    }
  })

  async function showGrants(session: Session, grants: readonly Grant[]) {
    const entries = new Map(
      (await catalogue.findAll(grants.map((grant) => grant.entryId))).map((entry) => [entry.id, entry]),
    )
    const users = await identity.userNames(
      grants.flatMap((grant) => (grant.userId === null ? [] : [grant.userId])),
    )
    const outlook = await grantLife.outlookOf(session, grants)
    const uses = await ledger.usesOfGrants(
      grants.map(({ id }) => id),
      new Date(today().getTime() - useShownForMs),
    )
    const taken = await gateway.useOfGrants(grants.filter(hasLimits).map(({ id }) => id))
    return grants.map((grant) => {
      const use = uses.get(grant.id)
      const organisation =
        grant.organisationId === null ? undefined : identity.organisation(grant.organisationId)
      return {
        id: grant.id,
        entry: { id: grant.entryId, title: entries.get(grant.entryId)?.content.title ?? '' },
        caseId: grant.caseId,
        caseNumber: grant.caseNumber,
        organisation: organisation ? { id: organisation.id, name: organisation.name } : null,
        userName: grant.userId === null ? null : (users.get(grant.userId) ?? null),
        fields: [...grant.fields],
        masks: grant.masks,
        rows: shownRows(grant.rows),
        limits: grant.limits,
        scenario: grant.scenario,
        article: grant.article,
        validFrom: grant.validFrom.toISOString(),
        validUntil: grant.validUntil?.toISOString() ?? null,
        revokedAt: grant.revokedAt?.toISOString() ?? null,
        revocation: grant.revocation,
        suspendedAt: grant.suspendedAt?.toISOString() ?? null,
        suspension: grant.suspension,
        standing: sharing.standingOf(grant),
        renews: grant.renews,
        use: { times: use?.times ?? 0, rows: use?.rows ?? 0, lastAt: use?.lastAt.toISOString() ?? null },
        takenToday: hasLimits(grant)
          ? {
              rows: taken.get(grant.id)?.rowsToday ?? 0,
              requests: taken.get(grant.id)?.requestsThisMinute ?? 0,
            }
          : null,
        ...outlook(grant),
        live: sharing.isLive(grant),
        awaits: sharing.isLive(grant) ? awaited(entries.get(grant.entryId), grant, today()) : null,
        canRevoke: grant.revokedAt === null && sharing.mayRevoke(session, grant),
      }
    })
  }
  const showGrant = async (session: Session, grant: Grant) => (await showGrants(session, [grant]))[0]!

  mount(contract.listGrants, async ({ query, session }) => {
    const list = listOf('grants', [query.side, query.entry, query.standing, query.provider, query.holder])
    const grants = await sharing.list(session, {
      side: query.side,
      entryId: query.entry,
      current: query.standing === 'current',
      between: { providerId: query.provider, holderId: query.holder },
      before: readCursor(list, query.cursor, isIdText),
      limit: query.limit + 1,
    })
    const page = grants.slice(0, query.limit)
    return {
      items: await showGrants(session, page),
      nextCursor: grants.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
    }
  })
  mount(contract.getGrant, async ({ params, session }) =>
    showGrant(session, await sharing.requireGrant(session, params.grantId)),
  )
  mount(contract.revokeGrant, async ({ params, body, session }) =>
    showGrant(session, await sharing.revoke(session, params.grantId, body)),
  )
  mount(grantContract.suspendGrant, async ({ params, body, session }) =>
    showGrant(session, await grantLife.suspend(session, params.grantId, body)),
  )
  mount(grantContract.resumeGrant, async ({ params, body, session }) =>
    showGrant(session, await grantLife.resume(session, params.grantId, body)),
  )
  mount(grantContract.getGrantRenewal, async ({ params, session }) => {
    const { gone, ...start } = await grantLife.startOf(session, params.grantId)
    return { ...start, gone: [...gone] }
  })
  mount(grantContract.renewGrant, async ({ params, body, session }) => {
    const { id, number } = await grantLife.renew(session, params.grantId, body.content)
    return { caseId: id, number }
  })
}

const hasLimits = ({ limits }: Grant): boolean => Object.keys(limits).length > 0

/** Use of a grant is told of the last 30 days. */
const useShownForMs = 30 * 86_400_000

/** The procedure by which this caller would ask: public bodies share with each other, everyone else has the opening. */
function procedureFor(rulebook: Rulebook, entry: Entry, caller: Caller): string | undefined {
  const axis = caller.publicBody ? 'sharing' : 'opening'
  const type = typeOf(rulebook, axis, entry.content[axis].type)
  return type?.effect === 'by-request' ? type.procedure : undefined
}

/** What is granted and lies neither here nor in a connected system is for its holder to deliver. @article CQ-26.1-b */
function awaited(entry: Entry | undefined, { validFrom }: Grant, now: Date) {
  if (entry === undefined || entry.live !== null || entry.heldAt !== null) return null
  const days = Math.round((Date.parse(civilDateOf(now)) - Date.parse(civilDateOf(validFrom))) / 86_400_000)
  return { since: validFrom.toISOString(), days }
}
