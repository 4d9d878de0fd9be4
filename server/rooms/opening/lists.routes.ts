import * as contract from '@tiaoli/contract/opening-lists'
import { text } from '@tiaoli/kernel/text'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { ListRules, Rulebook } from '../../foundations/rulebook/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import { csvOf } from './list.export.ts'
import { isOpened, mayBeListed } from './list.rules.ts'
import type { Edition, KeptLine } from './list.store.ts'
import type { OpeningLists } from './lists.ts'

export type ListRoutesDeps = {
  readonly lists: OpeningLists
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly rulebook: Rulebook
  readonly thisYear: () => number
  /** How many people have asked for an entry of this title to be opened. */
  readonly demandsFor: (titles: readonly string[]) => Promise<ReadonlyMap<string, number>>
}

export function mountLists(mount: Mount, deps: ListRoutesDeps): void {
  const { lists, catalogue, identity, rulebook, demandsFor } = deps
  const organisation = (id: string) => ({ id, name: identity.organisation(id)?.name ?? text(id, id) })
  const titleOf = (rules: ListRules) => ({
    key: rules.key,
    name: rules.name,
    article: rules.article,
    yearly: rules.yearly,
  })
  const typeView = (key: string) => ({ key, term: lists.openingType(key)?.term ?? text(key, key) })

  const summary = (edition: Edition) => ({
    id: edition.id,
    list: titleOf(lists.requireRules(edition.list)),
    owner: organisation(edition.ownerId),
    year: edition.year,
    edition: edition.edition,
    kind: edition.kind,
    note: edition.note,
    publishedAt: edition.publishedAt.toISOString(),
    lines: edition.lines,
    changes: edition.changes,
    newest: edition.newest,
  })

  async function presentLines(rules: ListRules, lines: readonly KeptLine[]) {
    const entries = new Map(
      (rules.yearly ? await catalogue.findAll(lines.map(({ entryId }) => entryId)) : []).map((entry) => [
        entry.id,
        entry,
      ]),
    )
    return lines.map((line) => {
      const entry = entries.get(line.entryId)
      const opened = isOpened(entry, lists.openingType(entry?.content.opening.type ?? ''))
      return {
        entryId: line.entryId,
        number: line.number,
        title: line.title,
        provider: organisation(line.providerId),
        type: typeView(line.type),
        format: line.format,
        updateCycle: line.updateCycle,
        planned:
          line.plannedOn === null
            ? null
            : { on: line.plannedOn, type: typeView(line.plannedType ?? line.type) },
        outcome: rules.yearly ? { opened, reason: opened ? null : line.notOpenedReason } : null,
      }
    })
  }

  async function requireEdition(id: string): Promise<Edition> {
    const edition = await lists.find(id)
    if (edition === undefined) throw new Problem('not-found')
    return edition
  }

  async function show(session: Session, edition: Edition) {
    const rules = lists.requireRules(edition.list)
    const editions = await lists.editionsOf(edition)
    const changes = await lists.changesOf(edition.id)
    return {
      ...summary(edition),
      items: await presentLines(rules, await lists.linesOf(edition.id)),
      changeLog: changes.map((change) => ({
        ...change,
        before: termIn(change.before),
        after: termIn(change.after),
      })),
      editions: editions.map((each) => ({
        id: each.id,
        edition: each.edition,
        publishedAt: each.publishedAt.toISOString(),
      })),
      recordId: edition.recordId,
      mayState:
        rules.yearly &&
        lists.mayPublish(session, rules) &&
        session.user?.organisation?.id === edition.ownerId,
    }
  }
  /** The city's word for a type, where the value is one. */
  const termIn = (value: string | null): string | null =>
    value === null ? null : (lists.openingType(value)?.term.zh ?? value)

  mount(contract.listOpeningLists, async ({ query }) => {
    const { list, owner, year } = query
    const of = listOf('opening-lists', [list, owner, year])
    const before = readCursor(of, query.cursor, isIdText)
    const found = await lists.newest({ list, ownerId: owner, year, before, limit: query.limit + 1 })
    const page = found.slice(0, query.limit)
    return {
      items: page.map(summary),
      nextCursor: found.length > query.limit ? writeCursor(of, page.at(-1)!.id) : null,
      lists: lists.all.map(titleOf),
    }
  })

  mount(contract.getOpeningList, async ({ params, session }) =>
    show(session, await requireEdition(params.listId)),
  )

  mount(contract.exportOpeningList, async ({ params, query, reply }) => {
    const edition = await requireEdition(params.listId)
    const rules = lists.requireRules(edition.list)
    const entries = await presentLines(rules, await lists.linesOf(edition.id))
    reply.header(
      'content-disposition',
      `attachment; filename="opening-list-${edition.edition}.${query.format}"`,
    )
    if (query.format === 'csv') return reply.type('text/csv; charset=utf-8').send(csvOf(entries))
    const { changes: _, lines: __, newest: ___, ...head } = summary(edition)
    return reply
      .type('application/json; charset=utf-8')
      .send(`${JSON.stringify({ ...head, entries }, null, 1)}\n`)
  })

  mount(contract.draftOpeningList, async ({ query, session }) => {
    const offered = lists.all.filter((rules) => lists.mayPublish(session, rules))
    const rules = query.list === undefined ? offered[0] : lists.requireRules(query.list)
    const nothing = {
      lists: offered.map(titleOf),
      chosen: null,
      scope: null,
      year: null,
      needsReasons: false,
    }
    if (rules === undefined) return { ...nothing, types: [], candidates: [], removed: [] }
    if (!offered.includes(rules)) throw new Problem('not-allowed')
    const owner = session.user!.organisation!
    const year = rules.yearly ? (query.year ?? null) : null
    const entries = await lists.entriesFor(rules, owner)
    const newest = await lists.newestOf(rules, owner.id, year)
    const before = new Map((newest ? await lists.linesOf(newest.id) : []).map((line) => [line.entryId, line]))
    const wanted = await demandsFor(entries.map((entry) => entry.content.title))
    return {
      ...nothing,
      chosen: titleOf(rules),
      scope: rules.scope,
      year,
      needsReasons: rules.changes !== undefined && newest !== undefined,
      types: rulebook.catalogue.openingTypes
        .filter(({ effect }) => effect !== 'closed')
        .map(({ key, term }) => ({ key, term })),
      candidates: entries.map((entry) => {
        const verdict =
          rules.scope === 'level'
            ? undefined
            : mayBeListed(rules, owner.id, entry, lists.openingType(entry.content.opening.type))
        const line = before.get(entry.id)
        return {
          entryId: entry.id,
          number: entry.number,
          title: entry.content.title,
          type: typeView(entry.content.opening.type),
          obstacle: verdict === undefined || verdict.ok ? null : verdict.refusal.condition,
          demands: wanted.get(entry.content.title) ?? 0,
          before: line
            ? { typeKey: line.type, plannedOn: line.plannedOn, plannedType: line.plannedType }
            : null,
        }
      }),
      removed: [...before.values()]
        .filter((line) => !entries.some(({ id }) => id === line.entryId))
        .map(({ entryId, title }) => ({ entryId, title })),
    }
  })

  mount(contract.publishOpeningList, async ({ body, session }) =>
    show(session, await lists.publish(session, body)),
  )
  mount(contract.stateOutcome, async ({ params, body, session }) =>
    show(session, await lists.state(session, params.listId, params.entryId, body.reason)),
  )

  mount(contract.openingOverview, async ({ query, session }) => {
    const rules = lists.requireRules(query.list)
    const year = rules.yearly ? (query.year ?? deps.thisYear()) : null
    return {
      list: titleOf(rules),
      year,
      items: (await lists.overview(rules, year)).map(
        ({ organisation: { id }, edition, opened, notOpened }) => ({
          organisation: organisation(id),
          published: edition
            ? {
                id: edition.id,
                publishedAt: edition.publishedAt.toISOString(),
                lines: edition.lines,
                opened,
                notOpened,
              }
            : null,
        }),
      ),
      mayRemind: lists.isAuthority(session),
    }
  })
  mount(contract.remindOfList, async ({ body, session }) => ({
    reminded: (await lists.remind(session, body.list, body.year)).map(({ id }) => organisation(id)),
  }))
}
