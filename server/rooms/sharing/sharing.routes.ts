import * as contract from '@tiaoli/contract/cases'
import { getAccessPlan } from '@tiaoli/contract/catalogue'
import { text } from '@tiaoli/kernel/text'
import type { Cases } from '../../foundations/cases/index.ts'
import {
  actorOf,
  type Casework,
  caseProblem,
  requirePower,
  requirePowerForAct,
  takesPart,
} from '../../foundations/casework/index.ts'
import { type Caller, callerOf, type Gateway } from '../../foundations/gateway/index.ts'
import {
  isIdText,
  isText,
  listOf,
  type Mount,
  readCursor,
  writeCursor,
} from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { procedureOf, type Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, cataloguingProcedure, type Entry, typeOf } from '../catalogue/index.ts'
import { presentNow, presentRefusal, presentRequest } from './access-plan.ts'
import type { Grant } from './sharing.model.ts'
import type { Sharing } from './sharing.service.ts'

export type SharingRoutesDeps = {
  readonly sharing: Sharing
  readonly catalogue: Catalogue
  readonly cases: Cases
  readonly casework: Casework
  readonly gateway: Gateway
  readonly identity: Identity
  readonly rulebook: Rulebook
}

export function mountSharing(
  mount: Mount,
  { sharing, catalogue, cases, casework, gateway, identity, rulebook }: SharingRoutesDeps,
): void {
  async function show(session: Session, caseId: string) {
    const actor = actorOf(session)
    const view =
      (await cases.get(caseId, actor)) ?? (supervises(session) ? await cases.get(caseId, null) : undefined)
    if (view === undefined) throw new Problem('not-found')
    return casework.presentCase(session, view)
  }

  mount(contract.openCase, async ({ body, session }) => {
    const entry = await catalogue.requireEntry(session, body.entryId)
    const procedure = procedureOf(rulebook, body.procedure)
    if (procedure === undefined || !requestable(rulebook, entry, body.procedure))
      throw notRequestable(rulebook, entry)
    const opener = Object.values(procedure.roles).find((binding) => binding.from === 'opener')
    if (opener !== undefined) requirePower(session, opener)
    const opened = await cases.open({
      procedure: body.procedure,
      entryId: entry.id,
      actor: actorOf(session),
      content: body.content,
    })
    if (!opened.ok) throw caseProblem(opened.refusal)
    return show(session, opened.value.id)
  })
  mount(contract.listCases, async ({ query, session }) => {
    const { box, procedure, entry, open } = query
    const list = listOf('cases', [box, procedure, entry, open])
    const cursor = readCursor(list, query.cursor, isText)
    if (box === 'inbox' && !takesPart(session)) return { items: [], nextCursor: null }
    const listed = await cases.list({
      box: box === 'all' ? (supervises(session) ? 'all' : 'involved') : box,
      actor: actorOf(session),
      limit: query.limit,
      ...(cursor === undefined ? {} : { cursor }),
      ...(procedure === undefined ? {} : { procedure }),
      ...(entry === undefined ? {} : { entryId: entry }),
      ...(open === undefined ? {} : { open }),
    })
    if (!listed.ok) throw caseProblem(listed.refusal)
    return {
      items: await casework.presentSummaries(session, listed.value.cases),
      nextCursor: listed.value.nextCursor && writeCursor(list, listed.value.nextCursor),
    }
  })
  mount(contract.getCase, ({ params, session }) => show(session, params.caseId))
  mount(contract.actOnCase, async ({ params, body, session }) => {
    const actor = actorOf(session)
    const view = await cases.get(params.caseId, actor)
    if (view === undefined) throw new Problem('not-found')
    // An entry is submitted only when it is complete: its own door sees to that, whichever way the act comes in.
    if (view.procedure.key === cataloguingProcedure) {
      await catalogue.act(session, view.state.entryId, params.act, body.content, body.version)
      return show(session, params.caseId)
    }
    const act = view.procedure.acts.find((each) => each.key === params.act)
    if (act !== undefined) requirePowerForAct(session, view, act)
    const done = await cases.act({
      caseId: params.caseId,
      act: params.act,
      actor,
      content: body.content,
      version: body.version ?? view.state.version,
    })
    if (!done.ok) throw caseProblem(done.refusal)
    return show(session, params.caseId)
  })

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
    const opener = session.user && actorOf(session)
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
              opener
                ? await cases.preview({ procedure: procedure.key, entryId: entry.id, opener })
                : await cases.preview({ procedure: procedure.key, entryId: entry.id, opener: stranger }),
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
    return grants.map((grant) => {
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
        scenario: grant.scenario,
        article: grant.article,
        validFrom: grant.validFrom.toISOString(),
        validUntil: grant.validUntil?.toISOString() ?? null,
        revokedAt: grant.revokedAt?.toISOString() ?? null,
        revocation: grant.revocation,
        live: sharing.isLive(grant),
        canRevoke: grant.revokedAt === null && sharing.mayRevoke(session, grant),
      }
    })
  }
  const showGrant = async (session: Session, grant: Grant) => (await showGrants(session, [grant]))[0]!

  mount(contract.listGrants, async ({ query, session }) => {
    const list = listOf('grants', [query.side, query.entry])
    const grants = await sharing.list(session, {
      side: query.side,
      entryId: query.entry,
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
}

/** Stands for a visitor who has not signed in, so that they too see what a request would meet. */
const stranger = { userId: '', organisationId: null, name: '' }

/** The data authority sees every case of the city. */
const supervises = (session: Session): boolean =>
  session.user?.organisation?.kind === 'authority' &&
  (session.user.powers.includes('officer') || session.user.powers.includes('supervisor'))

/** The procedure by which this caller would ask: public bodies share with each other, everyone else has the opening. */
function procedureFor(rulebook: Rulebook, entry: Entry, caller: Caller): string | undefined {
  const axis = caller.publicBody ? 'sharing' : 'opening'
  const type = typeOf(rulebook, axis, entry.content[axis].type)
  return type?.effect === 'by-request' ? type.procedure : undefined
}

/** A request can be filed only by the procedure of one of the entry's own types, and only for what is published. */
const requestable = (rulebook: Rulebook, entry: Entry, procedure: string): boolean =>
  entry.published &&
  (['sharing', 'opening'] as const).some((axis) => {
    const type = typeOf(rulebook, axis, entry.content[axis].type)
    return type?.effect === 'by-request' && type.procedure === procedure
  })

function notRequestable(rulebook: Rulebook, entry: Entry): Problem {
  const sharing = typeOf(rulebook, 'sharing', entry.content.sharing.type)
  const opening = typeOf(rulebook, 'opening', entry.content.opening.type)
  const terms = [sharing, opening].flatMap((type) => (type ? [type.term] : []))
  return new Problem('refused-by-law', {
    article: sharing?.article,
    condition: text(
      `该条目为${terms.map((term) => term.zh).join('、')}，没有这项申请程序`,
      `The entry is typed ${terms.map((term) => term.en).join(', ')}; there is no such request for it`,
    ),
    remedy: text(
      '请查看条目页的“申请前须知”，按其类型取得数据或者联系数据提供单位。',
      'See “before you apply” on its page for how its data are obtained.',
    ),
  })
}
