import { newId } from '@tiaoli/kernel/ids'
import { civilDateOf, isCivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { type Session, scopeOf } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { checksCatalogue, type EntryFault, type EntryWatcher, stewardOf } from '../catalogue/index.ts'
import type { BusinessItem, BusinessKind, Obtained } from './business.store.ts'
import * as store from './business.store.ts'
import type { CompilationDeps } from './compilation.deps.ts'
import { requireOffered } from './compilation.policy.ts'

export type Business = ReturnType<typeof createBusiness>

/** What entries answer to: the business of their body, and where the data come from. */
export function createBusiness(deps: CompilationDeps) {
  const { database, catalogue, identity, ledger, notices, rules, clock } = deps
  const { db } = database

  /** Every dataset answers to a piece of business, and says from which kind of source it comes. @article SZ-10.2-a XM-16.3 */
  const watcher: EntryWatcher = {
    async check(tx, entry, moment) {
      if (moment !== 'submission') return []
      const faults: EntryFault[] = []
      const { businessItems, sourceClass } = entry.pending ?? entry.content
      if (rules.business !== undefined) {
        const own = (await store.findBusiness(tx, businessItems)).filter(
          (item) => item.organisationId === entry.providerId,
        )
        if (own.length === 0 || own.length !== new Set(businessItems).size)
          faults.push({
            path: 'businessItems',
            article: rules.business.article,
            message: rules.business.condition,
          })
      }
      const provider = identity.organisation(entry.providerId)
      const bound = provider?.roles.some((role) => rules.sources?.holders.includes(role)) === true
      if (rules.sources && bound && !rules.sources.classes.some(({ key }) => key === sourceClass))
        faults.push({
          path: 'sourceClass',
          article: rules.sources.article,
          message: text(
            `请选择数据来源：${rules.sources.classes.map(({ term }) => term.zh).join('、')}`,
            `State the source: ${rules.sources.classes.map(({ term }) => term.en).join(', ')}`,
          ),
        })
      return faults
    },
  }

  function requireStewardship(session: Session): string {
    const organisationId = stewardOf(session)
    if (organisationId !== undefined) return organisationId
    throw new Problem('not-allowed', {
      condition: text('由本单位的数据管理员办理', 'This is for a data steward of the body'),
    })
  }

  async function requireItem(session: Session, id: string): Promise<BusinessItem> {
    const organisationId = requireStewardship(session)
    const [item] = await store.findBusiness(db, [id])
    if (item === undefined || item.organisationId !== organisationId) throw new Problem('not-found')
    return item
  }

  return {
    watcher,
    rule: rules.business,
    sources: rules.sources,
    find: (ids: readonly string[]) => store.findBusiness(db, ids),
    list: (organisationId: string, after: string | undefined, limit: number) =>
      store.businessOf(db, organisationId, after, limit),

    /** How many published entries answer to each piece of business of a body. */
    counts: catalogue.countByBusiness,

    async create(
      session: Session,
      input: { name: string; kind: BusinessKind; basis: string },
    ): Promise<BusinessItem> {
      const { article } = requireOffered(rules.business)
      const organisationId = requireStewardship(session)
      const item = { id: newId(), organisationId, ...input, version: 1, updatedAt: clock.now() }
      await database.inTransaction(async (tx) => {
        await store.insertBusiness(tx, item)
        await ledger.record(tx, {
          kind: 'business.registered',
          userId: session.user!.id,
          organisationId,
          article,
          outcome: 'registered',
          payload: { item: item.id, name: item.name },
        })
      })
      return item
    },

    /** A change of the business may change its data: the stewards of linked entries are told to look. */
    async change(
      session: Session,
      id: string,
      change: Partial<Pick<BusinessItem, 'name' | 'kind' | 'basis'>>,
      version: number,
    ): Promise<BusinessItem> {
      const item = { ...(await requireItem(session, id)), ...change, version, updatedAt: clock.now() }
      const answering = { published: true, providerId: item.organisationId, businessItem: id }
      const [linked, first] = await Promise.all([
        catalogue.count(answering),
        catalogue.walk(answering, undefined, 5),
      ])
      await database.inTransaction(async (tx) => {
        if (!(await store.writeBusiness(tx, item))) throw new Problem('changed-meanwhile')
        await ledger.record(tx, {
          kind: 'business.changed',
          userId: session.user!.id,
          organisationId: item.organisationId,
          outcome: 'changed',
          payload: { item: id, name: item.name },
        })
        if (linked === 0) return
        const titles = first.map(({ content }) => content.title)
        await notices.send(tx, await identity.members(tx, item.organisationId, ['steward']), {
          kind: 'business.changed',
          title: text(`业务事项“${item.name}”已变更`, `The business “${item.name}” has changed`),
          body: text(
            `请核对对应的 ${linked} 个目录条目：${titles.join('、')}。`,
            `See whether its ${linked} entries still fit: ${titles.join(', ')}.`,
          ),
          link: '/desk/compilation',
        })
      })
      return { ...item, version: version + 1 }
    },

    obtained: (session: Session, before: string | undefined, limit: number): Promise<Obtained[]> => {
      const seen = scopeOf(session, identity.organisations(), 'officer')
      if (seen === undefined) return Promise.resolve([])
      return store.deliveriesTo(db, seen, before, limit)
    },

    /** A delivery opens a cataloguing task, which stays open until an entry of that source is linked. @article XM-16.3 */
    async recordObtained(
      session: Session,
      input: {
        organisationId?: string | undefined
        sourceClass: string
        title: string
        reference: string
        deliveredOn: string
      },
    ): Promise<Obtained> {
      const { article, obtained } = requireOffered(rules.sources)
      const organisationId = input.organisationId ?? session.user?.organisation?.id
      const body = organisationId === undefined ? undefined : identity.organisation(organisationId)
      const mayRecord = checksCatalogue(session, body) || stewardOf(session) === organisationId
      if (!mayRecord || organisationId === undefined) throw new Problem('not-allowed')
      if (body === undefined) throw fault('organisationId', text('没有这个单位', 'There is no such body'))
      if (!obtained.includes(input.sourceClass))
        throw fault('sourceClass', text('此类来源无须登记交付', 'No delivery is recorded for this source'))
      if (!isCivilDate(input.deliveredOn) || input.deliveredOn > civilDateOf(clock.now()))
        throw fault('deliveredOn', text('须为今天或以前的日期', 'A date that is not in the future'))
      const delivery: Obtained = {
        id: newId(),
        organisationId,
        sourceClass: input.sourceClass,
        title: input.title,
        reference: input.reference,
        deliveredOn: input.deliveredOn,
        recordedAt: clock.now(),
        entryId: null,
        closedAt: null,
      }
      await database.inTransaction(async (tx) => {
        await store.insertObtained(tx, delivery)
        await ledger.record(tx, {
          kind: 'obtained.delivered',
          userId: session.user!.id,
          organisationId,
          article,
          outcome: 'delivered',
          payload: {
            obtained: delivery.id,
            sourceClass: delivery.sourceClass,
            reference: delivery.reference,
          },
        })
        await notices.send(tx, await identity.members(tx, organisationId, ['steward']), {
          kind: 'obtained.delivered',
          title: text(`请编目：${delivery.title}`, `To be catalogued: ${delivery.title}`),
          body: text(
            `数据已于 ${delivery.deliveredOn} 交付（${delivery.reference}），请编入目录。`,
            `Delivered on ${delivery.deliveredOn} (${delivery.reference}); it belongs in the catalogue.`,
          ),
          link: '/desk/compilation',
        })
      })
      return delivery
    },

    async linkObtained(session: Session, id: string, entryId: string): Promise<Obtained> {
      const delivery = await store.findObtained(db, id)
      if (delivery === undefined || stewardOf(session) !== delivery.organisationId)
        throw new Problem('not-found')
      const entry = await catalogue.requireEntry(session, entryId)
      const { sourceClass } = entry.pending ?? entry.content
      if (entry.providerId !== delivery.organisationId || sourceClass !== delivery.sourceClass)
        throw fault(
          'entryId',
          text('须为本单位同一来源的目录条目', 'An entry of your own body and of the same source'),
        )
      const at = clock.now()
      await database.inTransaction(async (tx) => {
        if (!(await store.closeObtained(tx, id, entryId, at)))
          throw new Problem('act-not-available', { condition: text('任务已经办结', 'The task is closed') })
        await ledger.record(tx, {
          kind: 'obtained.catalogued',
          userId: session.user!.id,
          organisationId: delivery.organisationId,
          entryId,
          article: rules.sources?.article ?? null,
          outcome: 'catalogued',
          payload: { obtained: id },
        })
      })
      return { ...delivery, entryId, closedAt: at }
    },
  }
}

const fault = (path: string, message: { zh: string; en: string }): Problem =>
  new Problem('content-incomplete', { condition: message, errors: [{ path, message }] })
