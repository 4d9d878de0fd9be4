import * as contract from '@tiaoli/contract/collection'
import { text } from '@tiaoli/kernel/text'
import {
  isIdText,
  isText,
  listOf,
  type Mount,
  readCursor,
  writeCursor,
} from '../../foundations/http/index.ts'
import { type Identity, isOverseer, type Session } from '../../foundations/identity/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, stewardOf, typeOf } from '../catalogue/index.ts'
import type { Finding } from './collection.rules.ts'
import type { Plan } from './collection.store.ts'
import type { Collection } from './collection.ts'
import type { Conflict } from './duties.store.ts'

export type CollectionRoutesDeps = {
  readonly collection: Collection
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly rulebook: Rulebook
}

export function mountCollection(
  mount: Mount,
  { collection: { plans, duties }, catalogue, identity, rulebook }: CollectionRoutesDeps,
): void {
  const rules = rulebook.rooms.collection ?? {}
  const organisation = (id: string) => ({ id, name: identity.organisation(id)?.name ?? text(id, id) })
  const articles = [
    rules.necessity,
    rules.procedure,
    rules.noRepeat,
    rules.downward,
    rules.byCatalogue,
    rules.identifiers,
  ].flatMap((rule) => rule?.article ?? [])

  /** Where the data can be had: a request that is filled in, or the data themselves where none is needed. */
  function offerOf(plan: Plan, { source, blocking }: Finding) {
    if (source === null || !blocking) return null
    const { entry, field } = source
    const free = typeOf(rulebook, 'sharing', entry.content.sharing.type)?.effect === 'free'
    const query = new URLSearchParams({ fields: field, scenario: plan.content.purpose })
    return {
      entryId: entry.id,
      title: entry.content.title,
      provider: organisation(entry.providerId),
      field,
      sharingType: entry.content.sharing.type,
      apply: free ? `/entries/${entry.id}#data` : `/desk/apply/${entry.id}?${query}`,
    }
  }

  async function show(session: Session, plan: Plan) {
    const own = session.user?.organisation?.id
    const mine = stewardOf(session) === plan.organisationId
    const objections = await plans.objections(plan.id)
    const findings = await plans.findingsOf(plan)
    return {
      ...plan.content,
      id: plan.id,
      organisation: organisation(plan.organisationId),
      addressed: plan.content.addressees.map(organisation),
      state: plan.state,
      version: plan.version,
      createdAt: plan.createdAt.toISOString(),
      registeredAt: plan.registeredAt?.toISOString() ?? null,
      findings: findings.map((finding) => {
        const { source: _, ...told } = finding
        return { ...told, offer: offerOf(plan, finding) }
      }),
      objections: objections.map(({ organisationId, at, reasons }) => ({
        organisation: organisation(organisationId),
        at: at.toISOString(),
        reasons,
      })),
      editable: mine && plan.state === 'draft',
      registrable: mine && plan.state === 'draft' && !findings.some(({ blocking }) => blocking),
      objectable:
        plan.state === 'registered' &&
        own !== undefined &&
        stewardOf(session) === own &&
        plan.content.addressees.includes(own) &&
        !objections.some(({ organisationId }) => organisationId === own),
    }
  }

  mount(contract.listPlans, async ({ query, session }) => {
    const list = listOf('collection plans', [query.scope])
    const before = readCursor(list, query.cursor, isIdText)
    const found = await plans.list(session, query.scope, before, query.limit + 1)
    const page = found.slice(0, query.limit)
    return {
      items: page.map((plan) => ({
        id: plan.id,
        title: plan.content.title,
        organisation: organisation(plan.organisationId),
        audience: plan.content.audience,
        state: plan.state,
        createdAt: plan.createdAt.toISOString(),
        registeredAt: plan.registeredAt?.toISOString() ?? null,
        objections: plan.objections,
      })),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
      articles,
      seesAll: isOverseer(session, 'officer'),
    }
  })
  mount(contract.createPlan, async ({ body, session }) => show(session, await plans.create(session, body)))
  mount(contract.getPlan, async ({ params, session }) =>
    show(session, await plans.requirePlan(session, params.planId)),
  )
  mount(contract.changePlan, async ({ params, body, session }) => {
    const { version, ...content } = body
    return show(session, await plans.change(session, params.planId, content, version))
  })
  mount(contract.registerPlan, async ({ params, session }) =>
    show(session, await plans.register(session, params.planId)),
  )
  mount(contract.endPlan, async ({ params, session }) =>
    show(session, await plans.end(session, params.planId)),
  )
  mount(contract.objectToPlan, async ({ params, body, session }) =>
    show(session, await plans.object(session, params.planId, body.reasons)),
  )

  const presentConflict = (conflict: Conflict, title: string) => ({
    id: conflict.id,
    element: conflict.element,
    holder: organisation(conflict.holderId),
    claimant: organisation(conflict.claimantId),
    entryId: conflict.entryId,
    entryTitle: title,
    openedAt: conflict.openedAt.toISOString(),
    decision:
      conflict.assignedId === null
        ? null
        : {
            assigned: organisation(conflict.assignedId),
            reasons: conflict.reasons ?? '',
            at: conflict.decidedAt!.toISOString(),
          },
  })
  const titleOf = async (entryId: string) => (await catalogue.find(entryId))?.content.title ?? ''

  mount(contract.listCollectionDuties, async ({ query, session }) => {
    const after = readCursor('collection duties', query.cursor, isText)
    const found = await duties.list(after, query.limit + 1)
    const page = found.slice(0, query.limit)
    const conflicts = await duties.conflicts(session)
    return {
      items: page.map(({ element, organisationId, since }) => ({
        element,
        organisation: organisation(organisationId),
        since: since.toISOString(),
      })),
      nextCursor: found.length > query.limit ? writeCursor('collection duties', page.at(-1)!.element) : null,
      article: rules.responsibility?.article ?? null,
      conflicts: await Promise.all(
        conflicts.map(async (conflict) => presentConflict(conflict, await titleOf(conflict.entryId))),
      ),
      decidable: duties.decides(session),
    }
  })
  mount(contract.assignCollectionDuty, async ({ body, session }) => {
    const { element, organisationId, since } = await duties.assign(session, body.element, body.organisationId)
    return { element, organisation: organisation(organisationId), since: since.toISOString() }
  })
  mount(contract.decideCollectionConflict, async ({ params, body, session }) => {
    const decided = await duties.decide(session, params.conflictId, body)
    return presentConflict(decided, await titleOf(decided.entryId))
  })
}
