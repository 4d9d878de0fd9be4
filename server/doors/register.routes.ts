import { routes } from '@tiaoli/contract/index'
import * as contract from '@tiaoli/contract/rulebook'
import { type Text, text } from '@tiaoli/kernel/text'
import type { LawVersion } from '../foundations/amendments/index.ts'
import { isText, listOf, type Mount, readCursor, writeCursor } from '../foundations/http/index.ts'
import { Problem } from '../foundations/problems/index.ts'
import {
  type Coverage,
  type CoverageState,
  citations,
  coverageOf,
  coverageStates,
} from '../foundations/rulebook/coverage.ts'
import { articleNumber } from '../foundations/rulebook/lookup.ts'
import type { Rulebook } from '../foundations/rulebook/rulebook.types.ts'

type History = {
  readonly versions: () => Promise<readonly LawVersion[]>
  readonly userNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

type Place = contract.ObligationView['metBy'][number]

/** The register of obligations as anybody may see it: what is ordered, how it is met here, what proves it. */
export function mountRegister(mount: Mount, rulebook: Rulebook, history: History): void {
  // Neither the rulebook nor what was recorded of it changes while the process runs.
  const places = placesOf(rulebook)
  const register = coverageOf(rulebook.obligations, {
    proofs: rulebook.coverage.proofs,
    places: Object.fromEntries([...places].map(([id, found]) => [id, found.map(({ key }) => key)])),
  })
  const numberOf = (coverage: Coverage): number => articleNumber(rulebook.prefix, coverage.obligation.id)!

  mount(contract.listObligations, ({ query }) => {
    const article = query.article === undefined ? undefined : articleNumber(rulebook.prefix, query.article)
    if (query.article !== undefined && article === undefined) throw new Problem('not-found')
    const wanted = register.filter(
      (each) =>
        (article === undefined || numberOf(each) === article) &&
        (query.state === undefined || each.state === query.state),
    )
    const list = listOf('obligations', [query.article, query.state])
    const after = readCursor(list, query.cursor, isText)
    const from = after === undefined ? 0 : wanted.findIndex(({ obligation }) => obligation.id === after) + 1
    if (after !== undefined && from === 0) throw new Problem('bad-cursor')
    const page = wanted.slice(from, from + query.limit)
    return {
      items: page.map((each) => present(each, places.get(each.obligation.id) ?? [])),
      nextCursor: wanted.length > from + query.limit ? writeCursor(list, page.at(-1)!.obligation.id) : null,
    }
  })

  mount(contract.listRulebookVersions, async ({ session }) => {
    const versions = await history.versions()
    // Which officer it was is for those who are known here themselves.
    const known = session.user !== null
    const names = await history.userNames(known ? versions.flatMap(({ userId }) => userId ?? []) : [])
    return {
      items: versions.map(({ rulebookId, version, at, amended, userId, note }) => ({
        rulebook: rulebookId,
        version,
        since: at.toISOString(),
        amended: [...amended],
        acknowledgedBy: (userId && names.get(userId)) || null,
        note,
      })),
    }
  })

  mount(contract.getCoverage, () => {
    const grouped = <K>(keyOf: (coverage: Coverage) => K): [K, Coverage[]][] => [
      ...Map.groupBy(register, keyOf),
    ]
    return {
      ranOn: rulebook.coverage.ranOn || null,
      all: countsOf(register),
      articles: grouped(numberOf).map(([number, found]) => ({ number, counts: countsOf(found) })),
      capabilities: grouped(({ obligation }) => obligation.capability).map(([key, found]) => ({
        key,
        counts: countsOf(found),
      })),
    }
  })
}

const countsOf = (coverage: readonly Coverage[]) =>
  Object.fromEntries(
    coverageStates.map((state) => [state, coverage.filter((each) => each.state === state).length]),
  ) as Record<CoverageState, number>

function present({ obligation, state, proofs }: Coverage, places: readonly Place[]): contract.ObligationView {
  return {
    id: obligation.id,
    title: obligation.title,
    kind: obligation.kind,
    modality: obligation.modality,
    capability: obligation.capability,
    bearers: obligation.bearers.map(({ zh, en }) => ({ zh, en })),
    bearerNamed: obligation.bearerNamed,
    orders: obligation.obligation,
    reading: obligation.reading ?? null,
    periodWorkingDays: obligation.deadline?.workingDays ?? null,
    state,
    metBy:
      obligation.kind === 'duty'
        ? [...places, { kind: 'duty', key: obligation.id, title: text('职责台账', 'Register of duties') }]
        : [...places],
    proofs: [...proofs],
  }
}

/** Where this installation meets each obligation: what in its rulebook and its contract names it. */
function placesOf(rulebook: Rulebook): Map<string, Place[]> {
  const ids = new Set(rulebook.obligations.map(({ id }) => id))
  const found = new Map<string, Place[]>()
  const add = (id: string, place: Place): void => {
    const known = found.get(id) ?? []
    if (!known.some(({ kind, key }) => kind === place.kind && key === place.key)) known.push(place)
    found.set(id, known)
  }
  for (const procedure of rulebook.procedures)
    for (const [id] of citations('', procedure, ids))
      add(id, { kind: 'procedure', key: procedure.key, title: procedure.title })
  for (const [part, value, title] of partsOf(rulebook))
    for (const [id] of citations('', value, ids)) add(id, { kind: part.kind, key: part.key, title })
  for (const route of routes)
    for (const id of route.articles ?? [])
      if (ids.has(id)) add(id, { kind: 'route', key: `${route.method} ${route.path}`, title: route.summary })
  return found
}

function partsOf(rulebook: Rulebook): [{ kind: Place['kind']; key: string }, unknown, Text][] {
  return [
    [{ kind: 'catalogue', key: 'catalogue' }, rulebook.catalogue, rulebook.catalogue.name],
    [{ kind: 'use', key: 'use' }, rulebook.use, text('使用数据时的约束', 'What binds the use of data')],
    ...Object.entries(rulebook.rooms).map(
      ([room, rules]): [{ kind: Place['kind']; key: string }, unknown, Text] => [
        { kind: 'room', key: room },
        rules,
        text('本市规则', 'Rules of the city'),
      ],
    ),
  ]
}
