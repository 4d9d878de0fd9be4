import * as contract from '@tiaoli/contract/rounds'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { presentEntrySummary, stewardOf } from '../catalogue/index.ts'
import type { BusinessItem, Obtained } from './business.store.ts'
import type { CompilationRoutesDeps } from './compilation.ts'
import { organisationIn } from './compilation.view.ts'

export function mountBusiness(
  mount: Mount,
  { compilation: { business }, catalogue, identity, now }: CompilationRoutesDeps,
  responsible: string | undefined,
): void {
  const organisation = organisationIn(identity)
  const requireBody = (id: string) => {
    if (identity.organisation(id) === undefined) throw new Problem('not-found')
  }
  const present = (item: BusinessItem, entries: number) => {
    const { organisationId: _, updatedAt, ...shown } = item
    return { ...shown, updatedAt: updatedAt.toISOString(), entries }
  }

  mount(contract.listBusinessItems, async ({ params, query, session }) => {
    requireBody(params.organisationId)
    const list = listOf('business', [params.organisationId])
    const after = readCursor(list, query.cursor, isIdText)
    const found = await business.list(params.organisationId, after, query.limit + 1)
    const page = found.slice(0, query.limit)
    const counts = await business.counts(params.organisationId)
    return {
      items: page.map((item) => present(item, counts.get(item.id) ?? 0)),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
      article: business.rule?.article ?? null,
      editable: business.rule !== undefined && stewardOf(session) === params.organisationId,
    }
  })
  mount(contract.createBusinessItem, async ({ body, session }) =>
    present(await business.create(session, body), 0),
  )
  mount(contract.changeBusinessItem, async ({ params, body, session }) => {
    const { version, ...change } = body
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    const item = await business.change(session, params.itemId, given, version)
    return present(item, (await business.counts(item.organisationId)).get(item.id) ?? 0)
  })
  mount(contract.listResources, async ({ params, query }) => {
    requireBody(params.organisationId)
    const list = listOf('resources', [params.organisationId])
    const after = readCursor(list, query.cursor, isIdText)
    const search = { published: true, providerId: params.organisationId }
    const found = await catalogue.walk(search, after, query.limit + 1)
    const page = found.slice(0, query.limit)
    const items = await business.find(page.flatMap(({ content }) => content.businessItems))
    return {
      items: page.map((entry) => ({
        ...presentEntrySummary(identity.organisation, entry),
        business: items
          .filter(({ id }) => entry.content.businessItems.includes(id))
          .map(({ id, name }) => ({ id, name })),
      })),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
      article: responsible ?? null,
    }
  })

  function presentObtained(each: Obtained, session: Session) {
    const term = business.sources?.classes.find(({ key }) => key === each.sourceClass)?.term
    const until = each.closedAt ?? now()
    return {
      id: each.id,
      organisation: organisation(each.organisationId),
      sourceClass: each.sourceClass,
      sourceTerm: term ?? { zh: each.sourceClass, en: each.sourceClass },
      title: each.title,
      reference: each.reference,
      deliveredOn: each.deliveredOn,
      ageDays: Math.round((Date.parse(civilDateOf(until)) - Date.parse(each.deliveredOn)) / 86_400_000),
      entryId: each.entryId,
      closedAt: each.closedAt?.toISOString() ?? null,
      linkable: each.closedAt === null && stewardOf(session) === each.organisationId,
    }
  }
  mount(contract.listObtained, async ({ query, session }) => {
    const before = readCursor('obtained', query.cursor, isIdText)
    const found = await business.obtained(session, before, query.limit + 1)
    const page = found.slice(0, query.limit)
    const { article, classes = [], obtained = [] } = business.sources ?? {}
    return {
      items: page.map((each) => presentObtained(each, session)),
      nextCursor: found.length > query.limit ? writeCursor('obtained', page.at(-1)!.id) : null,
      article: article ?? null,
      classes: classes.map(({ key, term }) => ({ key, term, obtained: obtained.includes(key) })),
    }
  })
  mount(contract.recordObtained, async ({ body, session }) =>
    presentObtained(await business.recordObtained(session, body), session),
  )
  mount(contract.linkObtained, async ({ params, body, session }) =>
    presentObtained(await business.linkObtained(session, params.obtainedId, body.entryId), session),
  )
}
