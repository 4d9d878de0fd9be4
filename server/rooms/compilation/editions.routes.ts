import { Readable } from 'node:stream'
import * as contract from '@tiaoli/contract/editions'
import { civilDateOf } from '@tiaoli/kernel/instants'
import {
  isIdText,
  isText,
  listOf,
  type Mount,
  readCursor,
  writeCursor,
} from '../../foundations/http/index.ts'
import { csvRow } from '../../foundations/lake/index.ts'
import type { CompilationRules, Rulebook } from '../../foundations/rulebook/index.ts'
import { checksCatalogue, isOwn, presentEntrySummary, stewardOf } from '../catalogue/index.ts'
import { holdsOffice } from './compilation.policy.ts'
import type { CompilationRoutesDeps } from './compilation.ts'
import { organisationIn, presentEdition, presentTarget } from './compilation.view.ts'
import {
  changedProperties,
  type EditionChange,
  exportCells,
  exportColumns,
  membersOf,
} from './editions.rules.ts'

export function mountEditions(
  mount: Mount,
  { compilation, catalogue, identity, now }: CompilationRoutesDeps,
  rules: CompilationRules,
  rulebook: Rulebook,
): void {
  const { specifications, editions, targets, business } = compilation
  const organisation = organisationIn(identity)

  mount(contract.listCatalogues, async ({ session }) => {
    const items = []
    for (const rule of editions.catalogues) {
      const latest = await editions.newest(rule.key)
      items.push({
        key: rule.key,
        term: rule.term,
        article: rule.article,
        entries: await catalogue.count(membersOf(rulebook, rule)),
        latest: latest ? presentEdition(identity, latest) : null,
      })
    }
    const { releases } = rules.editions ?? {}
    return {
      items,
      article: rules.editions?.article ?? null,
      releases: releases ? { ...releases, target: presentTarget(await targets.target('release')) } : null,
      review: rules.review
        ? { ...rules.review, target: presentTarget(await targets.target('review')) }
        : null,
      publishable: rules.editions !== undefined && holdsOffice(session, rules.editions.by),
      releasable: releases !== undefined && stewardOf(session) !== undefined,
    }
  })
  mount(contract.listCatalogueEntries, async ({ params, query }) => {
    const rule = editions.requireCatalogue(params.catalogue)
    const list = listOf('catalogue entries', [params.catalogue, query.organisation, query.level])
    const from = readCursor(list, query.cursor, isIdText)
    const { organisation: providerId, level } = query
    const providerIds =
      level && identity.organisations().flatMap((each) => (each.level === level ? each.id : []))
    const members = { ...membersOf(rulebook, rule), providerId, providerIds }
    const [found, total] = await Promise.all([
      catalogue.walk(members, from, query.limit + 1),
      catalogue.count(members),
    ])
    const shown = found.slice(0, query.limit)
    return {
      items: shown.map((entry) => presentEntrySummary(identity.organisation, entry)),
      nextCursor: found.length > query.limit ? writeCursor(list, shown.at(-1)!.id) : null,
      total,
    }
  })
  mount(contract.listEditions, async ({ params, query, session }) => {
    editions.requireCatalogue(params.catalogue)
    const list = listOf('editions', [params.catalogue, query.organisation])
    const below = readCursor(list, query.cursor, isNumber)
    const hidden = query.organisation !== undefined && !editions.seesReleases(session)
    const found = hidden
      ? []
      : await editions.editions(params.catalogue, query.organisation ?? null, below, query.limit + 1)
    const page = found.slice(0, query.limit)
    return {
      items: page.map((each) => presentEdition(identity, each)),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.number) : null,
    }
  })
  mount(contract.publishEdition, async ({ params, body, session }) => {
    const { edition, left } = await editions.publish(session, params.catalogue, body)
    return { ...presentEdition(identity, edition), left }
  })
  mount(contract.getEdition, async ({ params, session }) => {
    const edition = await editions.requireEdition(session, params.editionId)
    const { previous, differences } = await editions.differences(edition)
    const { added, changed, withdrawn } = differences
    return {
      ...presentEdition(identity, edition),
      previous,
      differences: {
        added: await presentChanges(added),
        changed: await presentChanges(changed),
        withdrawn: await presentChanges(withdrawn),
      },
    }
  })
  mount(contract.exportEdition, async ({ params, query, session, reply }) => {
    const edition = await editions.requireEdition(session, params.editionId)
    const held = await editions.heldBy(edition.id)
    const name = `${edition.catalogue}-${edition.number}.${query.format}`
    reply.header('content-disposition', `attachment; filename="${name}"`)
    reply.type(query.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
    return reply.send(Readable.from(query.format === 'csv' ? csvOf(held) : jsonOf(edition, held)))
  })
  mount(contract.listEntryVersions, async ({ params, query, session }) => {
    const entry = await catalogue.requireEntry(session, params.entryId)
    const list = `versions ${entry.id}`
    const below = readCursor(list, query.cursor, isNumber)
    const versions = await editions.versions(entry.id, below, query.limit + 1)
    const page = versions.slice(0, query.limit)
    const names = await identity.userNames(page.flatMap(({ userId }) => userId ?? []))
    // Who wrote it is for those who compile and check; what changed is for everyone who sees the entry.
    const insider = isOwn(session, entry) || checksCatalogue(session, identity.organisation(entry.providerId))
    return {
      items: page.map((version, index) => {
        const before = versions[index + 1]?.content
        const changes = before ? changedProperties(before, version.content) : []
        return {
          number: version.number,
          publishedAt: version.publishedAt.toISOString(),
          note: version.note,
          by: insider && version.userId !== null ? (names.get(version.userId) ?? null) : null,
          changes: changes.map((property) => ({
            property,
            before: before?.[property] ?? null,
            after: version.content[property] ?? null,
          })),
        }
      }),
      nextCursor: versions.length > query.limit ? writeCursor(list, page.at(-1)!.number) : null,
    }
  })
  mount(contract.getEntryStanding, async ({ params, session }) => {
    const entry = await catalogue.requireEntry(session, params.entryId)
    const first = editions.catalogues[0]
    const [inForce, met, edition] = await Promise.all([
      rules.specification && specifications.inForce(),
      specifications.met([entry.id]),
      first && editions.holding(entry.id, first.key),
    ])
    return {
      specification:
        rules.specification && inForce
          ? {
              article: rules.specification.article,
              met: met.get(entry.id) ?? null,
              inForce: inForce.version,
            }
          : null,
      edition: edition
        ? {
            catalogue: edition.catalogue,
            number: edition.number,
            publishedAt: edition.publishedAt.toISOString(),
          }
        : null,
      review: rules.review && entry.published ? await reviewOf(entry, session) : null,
      businessItems: (await business.find(entry.content.businessItems)).map(({ id, name }) => ({ id, name })),
    }
  })
  mount(
    contract.setLocalTarget,
    async ({ body, session }) => presentTarget(await targets.set(session, body))!,
  )
  mount(contract.listDue, async ({ query, session }) => {
    const list = listOf('due', [query.key])
    const from = readCursor(list, query.cursor, isText)
    const due = await targets.due(session, query.key, from, query.limit + 1)
    const page = due.slice(0, query.limit)
    return {
      items: page.map(({ organisationId, lastAt, ...each }) => ({
        ...each,
        organisation: organisation(organisationId),
        lastAt: lastAt.toISOString(),
      })),
      nextCursor: due.length > query.limit ? writeCursor(list, page.at(-1)!.subject) : null,
      target: presentTarget(await targets.target(query.key)),
    }
  })
  mount(contract.reviewEntry, async ({ params, body, session }) => {
    const { at, recordId } = await targets.review(session, params.entryId, body.note)
    return { at: at.toISOString(), by: session.user!.name, recordId }
  })

  async function reviewOf(entry: Parameters<typeof isOwn>[1], session: Parameters<typeof isOwn>[0]) {
    const [target, review, determined] = await Promise.all([
      targets.target('review'),
      targets.reviewOf(entry.id),
      targets.lastDetermined([entry]),
    ])
    const dueOn = target ? targets.dueOn(determined.get(entry.id)!, target) : null
    const names = review ? await identity.userNames([review.userId]) : undefined
    return {
      article: rules.review!.article,
      lastAt: review?.at.toISOString() ?? null,
      lastBy: isOwn(session, entry) ? (names?.get(review!.userId) ?? null) : null,
      target: presentTarget(target),
      dueOn,
      overdue: dueOn !== null && dueOn < civilDateOf(now()),
      reviewable: stewardOf(session) === entry.providerId,
    }
  }

  async function presentChanges(changes: readonly EditionChange[]) {
    const entries = new Map(
      (await catalogue.findAll(changes.map((each) => each.entryId))).map((entry) => [entry.id, entry]),
    )
    const before = changes.flatMap((each) =>
      each.before === null ? [] : [{ entryId: each.entryId, version: each.before }],
    )
    const contents = await editions.contentsOf([...changes, ...before])
    return changes.flatMap(({ entryId, version, before: was }) => {
      const entry = entries.get(entryId)
      const content = contents.get(`${entryId} ${version}`)
      if (entry === undefined || content === undefined) return []
      const old = was === null || was === version ? undefined : contents.get(`${entryId} ${was}`)
      return [
        {
          entryId,
          number: entry.number,
          title: content.title,
          provider: organisation(entry.providerId),
          sharingType: content.sharing.type,
          openingType: content.opening.type,
          changed: old ? changedProperties(old, content) : [],
        },
      ]
    })
  }

  /** An edition's entries, a few at a time: a whole city need not lie in memory. */
  async function* entriesIn(held: readonly { entryId: string; version: number }[]) {
    for (let start = 0; start < held.length; start += 200) {
      const some = held.slice(start, start + 200)
      const contents = await editions.contentsOf(some)
      const entries = await catalogue.findAll(some.map((each) => each.entryId))
      for (const { entryId, version } of some) {
        const entry = entries.find((each) => each.id === entryId)
        const content = contents.get(`${entryId} ${version}`)
        if (entry !== undefined && content !== undefined) yield { entry, version, content }
      }
    }
  }

  async function* csvOf(held: readonly { entryId: string; version: number }[]) {
    // The mark at the beginning tells spreadsheets that the file is UTF-8.
    yield `\uFEFF${csvRow(exportColumns)}`
    for await (const { entry, content } of entriesIn(held))
      yield csvRow(exportCells(rulebook, organisation(entry.providerId).name.zh, entry, content))
  }

  async function* jsonOf(
    edition: Parameters<typeof presentEdition>[1],
    held: readonly { entryId: string; version: number }[],
  ) {
    yield `{"edition":${JSON.stringify(presentEdition(identity, edition))},"entries":[`
    let first = true
    for await (const { entry, version, content } of entriesIn(held)) {
      const provider = organisation(entry.providerId)
      const { assessment: _, sourceGrantId: __, ...shown } = content
      yield `${first ? '' : ','}${JSON.stringify({ id: entry.id, number: entry.number, version, provider, ...shown })}`
      first = false
    }
    yield ']}'
  }
}

const isNumber = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31
