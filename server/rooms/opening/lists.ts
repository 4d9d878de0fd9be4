import type { publishOpeningList } from '@tiaoli/contract/opening-lists'
import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import {
  areaOf,
  isInArea,
  isOverseer,
  type Organisation,
  type Session,
} from '../../foundations/identity/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import type { ListRules } from '../../foundations/rulebook/index.ts'
import { type Entry, typeOf } from '../catalogue/index.ts'
import { usersOfEntry } from './data-users.ts'
import { type Change, changesBetween, isOpened, type Line, lineOf, mayBeListed } from './list.rules.ts'
import * as store from './list.store.ts'
import type { OpeningDeps } from './opening.deps.ts'

type Publication = z.output<typeof publishOpeningList.body>

/** A city's catalogue of its own level is bounded by this; one that outgrows it is told so rather than cut off. */
const mostLines = 5000

export type OpeningLists = ReturnType<typeof createOpeningLists>

/** Opening lists of organisations, open catalogues of a level, yearly lists: composed, published, followed. */
export function createOpeningLists(deps: OpeningDeps) {
  const { database, rulebook, catalogue, identity, ledger, notices, clock } = deps
  const { db } = database
  const all = rulebook.rooms.opening?.lists ?? []
  const openingType = (key: string) => typeOf(rulebook, 'opening', key)

  const obliged = (rules: ListRules): readonly Organisation[] =>
    identity.organisations().filter(({ roles }) => rules.by.some((role) => roles.includes(role)))

  /** A list of a level is the authority's; the others are compiled by the stewards of each body. */
  function mayPublish(session: Session, rules: ListRules): boolean {
    const { user } = session
    if (user?.organisation == null) return false
    const power = user.organisation.kind === 'authority' ? 'officer' : 'steward'
    return user.powers.includes(power) && rules.by.some((role) => user.organisation!.roles.includes(role))
  }

  const isAuthority = (session: Session): boolean => isOverseer(session, 'officer')

  function requireRules(key: string): ListRules {
    const rules = all.find((each) => each.key === key)
    if (rules === undefined) throw new Problem('not-found')
    return rules
  }

  function requirePublisher(session: Session, rules: ListRules): Organisation {
    if (mayPublish(session, rules)) return session.user!.organisation!
    throw new Problem('not-allowed', {
      article: rules.article,
      condition: text(
        `${rules.name.zh}由负责单位编制发布`,
        `${rules.name.en} is published by the body in charge`,
      ),
    })
  }

  /** Bodies whose entries stand in the catalogue of the authority's level. */
  const bodiesUnder = (authority: Organisation): readonly string[] =>
    identity
      .organisations()
      .filter(
        ({ level, divisionCode }) =>
          level === authority.level &&
          (level === 'city' || (divisionCode ?? null) === (authority.divisionCode ?? null)),
      )
      .map(({ id }) => id)

  const openTypes = rulebook.catalogue.openingTypes
    .filter(({ effect }) => effect !== 'closed')
    .map(({ key }) => key)

  async function entriesFor(rules: ListRules, owner: Organisation): Promise<readonly Entry[]> {
    const found = await catalogue.published({
      providerIds: rules.scope === 'level' ? bodiesUnder(owner) : [owner.id],
      ...(rules.yearly ? {} : { openingTypes: openTypes }),
      limit: mostLines + 1,
    })
    if (found.length > mostLines)
      throw new Problem('content-incomplete', {
        condition: text(`条目超过 ${mostLines} 条`, `There are more than ${mostLines} entries`),
      })
    return found
  }

  const yearFor = (rules: ListRules, year: number | undefined): number | null => {
    if (!rules.yearly) return null
    if (year !== undefined) return year
    throw new Problem('content-incomplete', {
      condition: text('请写明年度', 'Name the year'),
      errors: [{ path: 'year', message: text('请写明年度', 'Name the year') }],
    })
  }

  /** The lines as asked for, each checked against the entry as it is now. */
  async function linesFor(
    rules: ListRules,
    owner: Organisation,
    given: Publication['lines'],
  ): Promise<Line[]> {
    if (rules.scope === 'level') return (await entriesFor(rules, owner)).map((entry) => lineOf(entry))
    const entries = new Map(
      (await catalogue.findAll(given.map(({ entryId }) => entryId))).map((entry) => [entry.id, entry]),
    )
    const lines = new Map<string, Line>()
    for (const line of given) {
      const entry = entries.get(line.entryId)
      // Of others' unpublished entries nothing is known: for whoever asks they are as little there as any unknown one.
      const known = entry !== undefined && (entry.published || entry.providerId === owner.id)
      const { managed } = rulebook.catalogue
      if (managed !== undefined && (!known || !entry.published)) throw new Problem('refused-by-law', managed)
      if (!known) throw new Problem('not-found')
      const verdict = mayBeListed(rules, owner.id, entry, openingType(entry.content.opening.type))
      if (!verdict.ok) throw refusalProblem('refused-by-law', verdict.refusal)
      if (rules.yearly && (line.plannedOn === undefined || !openTypes.includes(line.plannedType ?? '')))
        throw new Problem('content-incomplete', {
          article: rules.article,
          condition: text(
            `请写明《${entry.content.title}》拟开放的时间和方式`,
            `Say when and how “${entry.content.title}” is to be opened`,
          ),
          errors: [
            { path: 'lines', message: text('每项须有时间和方式', 'Each line needs a date and a way') },
          ],
        })
      lines.set(entry.id, lineOf(entry, rules.yearly ? line : {}))
    }
    return [...lines.values()]
  }

  function withReasons(
    rules: ListRules,
    changes: readonly Change[],
    reasons: Publication['reasons'],
  ): (Change & { reason: string })[] {
    const missing = rules.changes ? changes.filter(({ entryId }) => !reasons[entryId]) : []
    if (missing.length > 0)
      throw new Problem('content-incomplete', {
        article: rules.changes!.article,
        condition: text(
          `请说明变更理由：${missing.map(({ title }) => `《${title}》`).join('、')}`,
          `Give the reasons of these changes: ${missing.map(({ title }) => title).join(', ')}`,
        ),
        errors: missing.map(({ entryId }) => ({
          path: `reasons.${entryId}`,
          message: text('请说明理由', 'Give the reason'),
        })),
      })
    return changes.map((change) => ({ ...change, reason: reasons[change.entryId] ?? '' }))
  }

  return {
    all,
    isAuthority,
    mayPublish,
    requireRules,
    openingType,
    entriesFor,
    find: (id: string) => store.findEdition(db, id),
    newest: (search: store.NewestSearch) => store.listNewest(db, search),
    editionsOf: (edition: store.Edition) => store.editionsOf(db, edition),
    linesOf: (id: string) => store.linesOf(db, id),
    changesOf: (id: string) => store.changesOf(db, id),
    newestOf: async (rules: ListRules, ownerId: string, year: number | null) =>
      (await store.editionsOf(db, { list: rules.key, ownerId, year }))[0],

    /** Publishes the next edition; who uses data whose line has changed is told. @article XM-28.2-b SZ-14.3-a BJ-18.1-a */
    async publish(session: Session, given: Publication): Promise<store.Edition> {
      const rules = requireRules(given.list)
      const owner = requirePublisher(session, rules)
      const year = yearFor(rules, given.year)
      const lines = await linesFor(rules, owner, given.lines)
      const [before] = await store.editionsOf(db, { list: rules.key, ownerId: owner.id, year })
      const changed = before === undefined ? [] : changesBetween(await store.linesOf(db, before.id), lines)
      const changes = withReasons(rules, changed, given.reasons)
      const users = new Map<string, readonly string[]>()
      for (const { entryId, change } of rules.changes ? changes : [])
        if (change !== 'added') users.set(entryId, await usersOfEntry(deps, entryId))
      const id = newId()
      const edition = (before?.edition ?? 0) + 1
      await database.inTransaction(async (tx) => {
        const record = await ledger.record(tx, {
          kind: 'opening.list',
          userId: session.user!.id,
          organisationId: owner.id,
          article: rules.article,
          outcome: 'published',
          payload: {
            list: rules.key,
            year,
            edition,
            entries: lines.map(({ number }) => number),
            changes: changes.map(({ title, change, reason }) => ({ title, change, reason })),
          },
        })
        const row = {
          id,
          list: rules.key,
          ownerId: owner.id,
          year,
          edition,
          kind: given.kind,
          note: given.note,
        }
        const done = await store.insertEdition(
          tx,
          { ...row, publishedAt: clock.now(), publishedBy: session.user!.id, recordId: record.id },
          lines,
          changes,
        )
        if (!done) throw new Problem('changed-meanwhile')
        for (const { entryId, title, reason } of changes)
          await notices.send(tx, users.get(entryId) ?? [], {
            kind: 'opening.changed',
            title: text(`您使用的开放数据有调整：${title}`, `Open data that you use have changed: ${title}`),
            body: text(`理由：${reason}`, `Reason: ${reason}`),
            link: `/opening-lists/${id}`,
          })
      })
      return (await store.findEdition(db, id))!
    },

    /** Says why a line of a yearly list was not opened. @article BJ-18.1-a */
    async state(session: Session, listId: string, entryId: string, reason: string): Promise<store.Edition> {
      const edition = await store.findEdition(db, listId)
      if (edition === undefined) throw new Problem('not-found')
      const rules = requireRules(edition.list)
      if (requirePublisher(session, rules).id !== edition.ownerId) throw new Problem('not-allowed')
      if (!rules.yearly)
        throw new Problem('act-not-available', {
          condition: text('该清单没有计划事项', 'The list has no plans'),
        })
      await database.inTransaction(async (tx) => {
        if (!(await store.writeReason(tx, listId, entryId, reason))) throw new Problem('not-found')
        await ledger.record(tx, {
          kind: 'opening.not-opened',
          userId: session.user!.id,
          organisationId: edition.ownerId,
          entryId,
          article: rules.article,
          outcome: 'not-opened',
          payload: { list: listId, reason },
        })
      })
      return edition
    },

    /** Every body that owes the list, with what it has published and what became of it. */
    async overview(rules: ListRules, year: number | null) {
      const items = []
      for (const organisation of obliged(rules)) {
        const [edition] = await store.editionsOf(db, { list: rules.key, ownerId: organisation.id, year })
        const lines = edition === undefined ? [] : await store.linesOf(db, edition.id)
        const entries = new Map(
          (await catalogue.findAll(lines.map(({ entryId }) => entryId))).map((entry) => [entry.id, entry]),
        )
        const opened = lines.filter(({ entryId }) => {
          const entry = entries.get(entryId)
          return isOpened(entry, openingType(entry?.content.opening.type ?? ''))
        })
        items.push({
          organisation,
          edition,
          opened: opened.length,
          notOpened: lines.filter((line) => !opened.includes(line) && line.notOpenedReason !== null).length,
        })
      }
      return items
    },

    async remind(session: Session, key: string, given: number | undefined): Promise<readonly Organisation[]> {
      const rules = requireRules(key)
      if (!isAuthority(session))
        throw new Problem('not-allowed', {
          condition: text('由数据主管部门提醒', 'Reminders are sent by the data authority'),
        })
      const year = yearFor(rules, given)
      const area = areaOf(session, identity.organisations(), 'officer')
      const late = (await this.overview(rules, year)).filter(
        ({ edition, organisation }) => edition === undefined && isInArea(area, organisation.id),
      )
      await database.inTransaction(async (tx) => {
        for (const { organisation } of late)
          await notices.send(tx, await identity.members(tx, organisation.id, ['steward', 'officer']), {
            kind: 'opening.list-due',
            title: text(
              `请发布${rules.name.zh}${year === null ? '' : `（${year} 年）`}`,
              `Please publish: ${rules.name.en}${year === null ? '' : ` (${year})`}`,
            ),
            body: text('本单位尚未发布。', 'Your organisation has not published it.'),
            link: '/desk/opening-lists',
          })
        await ledger.record(tx, {
          kind: 'opening.list-reminder',
          userId: session.user!.id,
          organisationId: session.user!.organisation!.id,
          article: rules.article,
          outcome: 'reminded',
          payload: { list: key, year, organisations: late.map(({ organisation }) => organisation.id) },
        })
      })
      return late.map(({ organisation }) => organisation)
    },
  }
}
