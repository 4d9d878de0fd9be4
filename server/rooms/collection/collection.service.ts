import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Cases } from '../../foundations/cases/index.ts'
import type { Database } from '../../foundations/database/index.ts'
import { areaOf, type Identity, overseersOf, type Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { CollectionRules, Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, checksCatalogue, stewardOf } from '../catalogue/index.ts'
import { checkPlan, type Finding, type PlanContent } from './collection.rules.ts'
import type { Plan } from './collection.store.ts'
import * as store from './collection.store.ts'
import { namesOf } from './elements.ts'

export type CollectionDeps = {
  readonly database: Database
  readonly catalogue: Catalogue
  readonly cases: () => Cases
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly rulebook: Rulebook
  readonly rules: CollectionRules
  readonly clock: Clock
}

export type Plans = ReturnType<typeof createPlans>

/** What bodies plan to collect from people and bodies, or to have reported from below, and what stands against it. */
export function createPlans(deps: CollectionDeps) {
  const { database, catalogue, cases, identity, ledger, notices, rulebook, rules, clock } = deps
  const { db } = database

  function requireStewardship(session: Session): string {
    const organisationId = stewardOf(session)
    if (organisationId !== undefined) return organisationId
    throw new Problem('not-allowed', {
      condition: text('由本单位的数据管理员办理', 'This is for a data steward of the body'),
    })
  }

  async function requirePlan(session: Session, id: string): Promise<Plan> {
    const plan = await store.findPlan(db, id)
    const own = session.user?.organisation?.id
    const sees =
      plan !== undefined &&
      (plan.organisationId === own ||
        (plan.state !== 'draft' &&
          (checksCatalogue(session, identity.organisation(plan.organisationId)) ||
            (own !== undefined && plan.content.addressees.includes(own)))))
    if (!sees) throw new Problem('not-found')
    return plan
  }

  async function requireOwn(session: Session, id: string): Promise<Plan> {
    const plan = await requirePlan(session, id)
    if (plan.organisationId !== requireStewardship(session)) throw new Problem('not-allowed')
    return plan
  }

  async function findingsOf({
    content,
    organisationId,
  }: Pick<Plan, 'content' | 'organisationId'>): Promise<Finding[]> {
    const names = [...new Set(content.fields.flatMap(({ name }) => namesOf(name)))]
    const candidates = await catalogue.withField(names, organisationId)
    const ids = candidates.map(({ id }) => id)
    return checkPlan(rulebook, rules, content, {
      candidates,
      refusedEntryIds: rules.noRepeat?.refusedRequest
        ? await cases().refusedTo(organisationId, ids)
        : new Set(),
      named: content.entryId === null ? undefined : await catalogue.find(content.entryId),
      organisationId,
    })
  }

  function requireSound(content: PlanContent): void {
    const unknown = content.addressees.find((id) => identity.organisation(id) === undefined)
    if (unknown !== undefined)
      throw fault('addressees', text('没有所指的单位', 'A body that is named does not exist'))
    if (content.audience === 'below' && content.addressees.length === 0)
      throw fault('addressees', text('请写明要求哪些单位上报', 'Name the bodies that have to report'))
    const names = content.fields.map(({ name }) => name)
    if (new Set(names).size !== names.length)
      throw fault('fields', text('信息项重复', 'A field stands twice'))
  }

  return {
    requirePlan,
    findingsOf,
    objections: (planId: string) => store.objectionsTo(db, planId),

    list: (
      session: Session,
      scope: 'own' | 'addressed' | 'all',
      before: string | undefined,
      limit: number,
    ) => {
      const own = session.user?.organisation?.id
      if (own === undefined) return Promise.resolve([])
      if (scope === 'addressed') return store.findPlans(db, { addressee: own, before, limit })
      const area = scope === 'all' ? areaOf(session, identity.organisations(), 'officer') : undefined
      return store.findPlans(db, { organisationIds: area === undefined ? [own] : area, before, limit })
    },

    async create(session: Session, content: PlanContent): Promise<Plan> {
      const organisationId = requireStewardship(session)
      requireSound(content)
      const id = newId()
      await database.inTransaction(async (tx) => {
        const at = clock.now()
        const plan = { id, organisationId, userId: session.user!.id, content, state: 'draft' as const }
        await store.insertPlan(tx, { ...plan, version: 1, createdAt: at })
        await ledger.record(tx, {
          kind: 'collection.drafted',
          userId: session.user!.id,
          organisationId,
          outcome: 'drafted',
          payload: { plan: id, title: content.title },
        })
      })
      return (await store.findPlan(db, id))!
    },

    async change(session: Session, id: string, content: PlanContent, version: number): Promise<Plan> {
      const plan = await requireOwn(session, id)
      requireSound(content)
      if (plan.state !== 'draft')
        throw new Problem('act-not-available', {
          condition: text('计划已经登记，内容已固定', 'The plan is registered; its content is fixed'),
        })
      await database.inTransaction(async (tx) => {
        if (!(await store.writePlan(tx, id, version, content))) throw new Problem('changed-meanwhile')
        await ledger.record(tx, {
          kind: 'collection.changed',
          userId: session.user!.id,
          organisationId: plan.organisationId,
          outcome: 'changed',
          payload: { plan: id },
        })
      })
      return (await store.findPlan(db, id))!
    },

    /** Refused with everything that stands against it; what an exception on record lifts stays visible with the plan. */
    async register(session: Session, id: string): Promise<Plan> {
      const plan = await requireOwn(session, id)
      if (plan.state !== 'draft')
        throw new Problem('act-not-available', { condition: text('计划已经登记', 'The plan is registered') })
      const findings = await findingsOf(plan)
      const against = findings.filter(({ blocking }) => blocking)
      const first = against.find(({ kind }) => kind === 'repeat') ?? against[0]
      if (first !== undefined) {
        const { article, condition, remedy } = first
        throw new Problem('refused-by-law', {
          article,
          condition,
          remedy,
          errors: against.map(({ field, condition: why, source }) => ({
            path: field === '' ? 'plan' : `fields.${field}`,
            message: source
              ? text(
                  `“${field}”可以通过共享取得：${identity.organisation(source.entry.providerId)?.name.zh ?? ''}《${source.entry.content.title}》`,
                  `“${field}” can be had by sharing: “${source.entry.content.title}”`,
                )
              : text(
                  field === '' ? why.zh : `${field}：${why.zh}`,
                  field === '' ? why.en : `${field}: ${why.en}`,
                ),
          })),
        })
      }
      const at = clock.now()
      await database.inTransaction(async (tx) => {
        if (!(await store.moveContent(tx, plan, 'registered', at))) throw new Problem('changed-meanwhile')
        await ledger.record(tx, {
          kind: 'collection.registered',
          userId: session.user!.id,
          organisationId: plan.organisationId,
          article: rules.necessity?.article ?? rules.noRepeat?.article ?? null,
          outcome: 'registered',
          payload: {
            plan: id,
            exceptions: plan.content.exceptions.map(({ field, ground }) => ({ field, ground })),
          },
        })
        for (const addressee of plan.content.addressees)
          await notices.send(tx, await identity.members(tx, addressee, ['steward']), {
            kind: 'collection.addressed',
            title: text(`上报任务：${plan.content.title}`, `To be reported: ${plan.content.title}`),
            body: text(
              '认为可以共享取得的，可以提出异议。',
              'If the data can be had by sharing you may object.',
            ),
            link: `/desk/collection/${id}`,
          })
      })
      return (await store.findPlan(db, id))!
    },

    async end(session: Session, id: string): Promise<Plan> {
      const plan = await requireOwn(session, id)
      if (plan.state === 'ended')
        throw new Problem('act-not-available', { condition: text('计划已经终止', 'The plan has ended') })
      await database.inTransaction(async (tx) => {
        if (!(await store.moveContent(tx, plan, 'ended', plan.registeredAt)))
          throw new Problem('changed-meanwhile')
        await ledger.record(tx, {
          kind: 'collection.ended',
          userId: session.user!.id,
          organisationId: plan.organisationId,
          outcome: 'ended',
          payload: { plan: id },
        })
      })
      return (await store.findPlan(db, id))!
    },

    /** A body that is told to report objects; the body that asks and the authority see it. @article TJ-19.2-b */
    async object(session: Session, id: string, reasons: string): Promise<Plan> {
      const plan = await requirePlan(session, id)
      const organisationId = requireStewardship(session)
      if (!plan.content.addressees.includes(organisationId)) throw new Problem('not-allowed')
      if (plan.state !== 'registered')
        throw new Problem('act-not-available', {
          condition: text('计划未在执行', 'The plan is not in effect'),
        })
      const at = clock.now()
      await database.inTransaction(async (tx) => {
        const objection = { organisationId, userId: session.user!.id, reasons, at }
        if (!(await store.insertObjection(tx, id, objection)))
          throw new Problem('act-not-available', {
            condition: text('已经提出异议', 'You have objected already'),
          })
        await ledger.record(tx, {
          kind: 'collection.objected',
          userId: session.user!.id,
          organisationId,
          article: rules.downward?.article ?? null,
          outcome: 'objected',
          payload: { plan: id, reasons },
        })
        const told = [
          ...(await identity.members(tx, plan.organisationId, ['steward'])),
          ...(await authorityOfficers(tx, plan.organisationId)),
        ]
        await notices.send(tx, told, {
          kind: 'collection.objected',
          title: text(`对上报任务的异议：${plan.content.title}`, `Objection: ${plan.content.title}`),
          body: text(reasons, reasons),
          link: `/desk/collection/${id}`,
        })
      })
      return (await store.findPlan(db, id))!
    },
  }

  async function authorityOfficers(
    tx: Parameters<Identity['members']>[0],
    organisationId: string,
  ): Promise<string[]> {
    const officers = []
    for (const { id } of overseersOf(identity.organisations(), identity.organisation(organisationId)))
      officers.push(...(await identity.members(tx, id, ['officer'])))
    return officers
  }
}

const fault = (path: string, message: { zh: string; en: string }): Problem =>
  new Problem('content-incomplete', { condition: message, errors: [{ path, message }] })
