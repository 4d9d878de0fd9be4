import * as contract from '@tiaoli/contract/catalogue'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Cases } from '../../foundations/cases/index.ts'
import { actorOf, type Casework } from '../../foundations/casework/index.ts'
import { type Allowance, callerOf } from '../../foundations/gateway/index.ts'
import {
  isIdText,
  isStorable,
  listOf,
  type Mount,
  readCursor,
  writeCursor,
} from '../../foundations/http/index.ts'
import { areaOf, type Identity, type Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import type { Entry } from './catalogue.model.ts'
import { isOwn, looksInto, stewardOf } from './catalogue.policy.ts'
import { statesToCheck, typeOf, typesOf } from './catalogue.rules.ts'
import type { Catalogue } from './catalogue.service.ts'
import { type EntryExtras, presentEntry, presentEntrySummary } from './catalogue.view.ts'
import type { EntryDecision } from './decisions.ts'
import { marksOf } from './search/marks.rules.ts'
import type { EntryPosition } from './search/search.service.ts'

export type CatalogueRoutesDeps = {
  readonly catalogue: Catalogue
  readonly cases: Cases
  readonly casework: Casework
  readonly identity: Identity
  readonly rulebook: Rulebook
  readonly now: () => Date
  /** How often somebody may ask what they may mean, so that typing costs no one else; undefined: without limit. */
  readonly suggestions: Pick<Allowance, 'enter' | 'standing'> | undefined
  /** What other rooms add to the page of an entry. */
  readonly extras: (
    entry: Entry,
  ) => Promise<Pick<EntryExtras, 'snapshot' | 'quality' | 'liveGrants' | 'connection'>>
}

export function mountCatalogue(
  mount: Mount,
  { catalogue, cases, casework, identity, rulebook, now, suggestions, extras }: CatalogueRoutesDeps,
): void {
  async function show(session: Session, entry: Entry) {
    const insider = isOwn(session, entry) || looksInto(session, identity.organisation(entry.providerId))
    const view = insider ? await cases.get(entry.caseId, actorOf(session)) : undefined
    const steward = stewardOf(session) === entry.providerId
    return presentEntry(identity.organisation, rulebook, entry, {
      ...(await extras(entry)),
      catalogueCase: view ? await casework.presentCase(session, view) : null,
      editable: steward && (await catalogue.isEditable(entry, view)),
      uploadable: steward && entry.content.fields.length > 0,
      decisions: (await catalogue.decisionsOn(entry.id)).map((decision) => ({
        ...decision,
        value: decidedValue(decision),
      })),
      showsPending: insider,
      now: now(),
    })
  }

  /** A type in the words of the rulebook, a body by its name. */
  const decidedValue = ({ about, value }: EntryDecision): Text =>
    (about === 'sharing-type'
      ? typeOf(rulebook, 'sharing', value)?.term
      : identity.organisation(value)?.name) ?? { zh: value, en: value }

  mount(contract.listEntries, async ({ query, session }) => {
    const own = session.user?.organisation?.id ?? ''
    const area = areaOf(session, identity.organisations(), 'officer')
    const scope = query.scope === 'to-confirm' && area === undefined ? 'published' : query.scope
    const search = {
      q: query.q,
      published: scope === 'published',
      providerId: scope === 'mine' ? own : query.organisation,
      providerIds: scope === 'to-confirm' ? area : undefined,
      status: query.status,
      statuses: scope === 'to-confirm' ? statesToCheck(rulebook) : undefined,
      theme: query.theme,
      priority: query.priority,
      sharing: query.sharing,
      opening: query.opening,
    }
    const list = listOf('entries', [search, query.sort])
    const asked = (query.q ?? '').trim() !== ''
    const byTime = query.sort === 'updated' || query.sort === 'newest' || (query.sort !== 'title' && !asked)
    const after = readCursor(list, query.cursor, byTime ? isPlaceInTime : isPosition)
    const {
      found,
      facets,
      partly,
      query: read,
    } = await catalogue.search(search, query.sort, after, query.limit + 1)
    const page = found.slice(0, query.limit)
    const typeTitle = (axis: 'sharing' | 'opening') => (key: string) =>
      typesOf(rulebook, axis).find((type) => type.key === key)?.term
    const titled = (
      counts: readonly { key: string; count: number }[],
      title: (key: string) => Text | undefined,
    ) => counts.map((each) => ({ ...each, title: title(each.key) ?? { zh: each.key, en: each.key } }))
    return {
      items: page.map(({ entry }) => {
        const content = scope === 'published' ? entry.content : (entry.pending ?? entry.content)
        const summary = presentEntrySummary(identity.organisation, entry, content)
        const shown = { ...content, provider: summary.provider.name }
        return { ...summary, marks: read === undefined ? null : marksOf(shown, read) }
      }),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.position) : null,
      total: facets.total,
      exact: facets.exact,
      partly,
      facets: {
        organisation: titled(facets.organisation, (key) => identity.organisation(key)?.name),
        theme: titled(facets.theme, () => undefined),
        sharing: titled(facets.sharing, typeTitle('sharing')),
        opening: titled(facets.opening, typeTitle('opening')),
      },
    }
  })
  mount(contract.suggestEntries, async ({ query, session }) => {
    const caller = callerOf(session)
    if (suggestions?.enter(caller) === false)
      throw new Problem('too-many-requests', {
        condition: text(
          '检索联想的调用次数已达平台上限，这不是条例的规定',
          'Suggestions were asked for as often as the platform lets; no article of the regulation says so',
        ),
        retryAfterSeconds: suggestions.standing(caller).resetSeconds,
      })
    return { items: await catalogue.suggest(query.q) }
  })
  mount(contract.createEntry, async ({ body, session }) =>
    show(session, await catalogue.create(session, body)),
  )
  mount(contract.getEntry, async ({ params, session }) =>
    show(session, await catalogue.requireEntry(session, params.entryId)),
  )
  mount(contract.changeEntry, async ({ params, body, session, request }) => {
    const { version, ...parsed } = body
    // What was left out stays as it is: the schema's own defaults must not overwrite it.
    const given = request.body as object
    const change = Object.fromEntries(Object.entries(parsed).filter(([key]) => key in given))
    return show(session, await catalogue.change(session, params.entryId, change, version))
  })
  mount(contract.actOnEntry, async ({ params, body, session }) =>
    show(session, await catalogue.act(session, params.entryId, params.act, body.content, body.version)),
  )
}

const isPosition = (value: unknown): value is EntryPosition => {
  const { rank, value: at, id } = (value ?? {}) as Partial<EntryPosition>
  return Number.isSafeInteger(rank) && typeof at === 'string' && isStorable(at) && isIdText(id)
}

/** As `isPosition`, where the value is an instant as the store spells it. */
const isPlaceInTime = (value: unknown): value is EntryPosition =>
  isPosition(value) &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/.test(value.value) &&
  isMoment(value.value.slice(0, 19))

const isMoment = (seconds: string): boolean => {
  const moment = new Date(`${seconds}Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(seconds)
}
