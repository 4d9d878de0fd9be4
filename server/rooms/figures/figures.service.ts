import type { FigureQuery, FiguresAnswer, FiguresCounts } from '@tiaoli/contract/figures'
import { type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { CaseCount, Cases, FigureScope } from '../../foundations/cases/index.ts'
import type { Database } from '../../foundations/database/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Sharing } from '../sharing/index.ts'
import { bodiesCounted, mayList, sidesFor } from './figures.policy.ts'
import { answeredProcedures, givesAccess, hasStatutoryPeriod, monthsOf, periodOf } from './figures.rules.ts'
import { createUse } from './use.ts'

export type FiguresDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly cases: Cases
  readonly catalogue: Catalogue
  readonly sharing: Sharing
  readonly identity: Identity
  readonly ledger: Ledger
  readonly clock: Clock
}

export type Figures = ReturnType<typeof createFigures>

/** What is asked to be counted; without a part, the cases of the city whoever has which part in them. */
export type AskedFigures = Omit<FigureQuery, 'by'> & { readonly by?: FigureQuery['by'] | undefined }

const mostBodies = 500
const nothing: FiguresCounts = {
  filed: 0,
  open: 0,
  answered: 0,
  inTime: 0,
  late: 0,
  untimed: 0,
  overdue: 0,
  granted: 0,
  refused: 0,
  withdrawn: 0,
  missedLocal: 0,
  medianWorkingDays: null,
}

const countsOf = (count: CaseCount | undefined): FiguresCounts =>
  count === undefined ? nothing : { ...count.counts, medianWorkingDays: count.medianWorkingDays }

/** How the city and its bodies deal with what is asked of them. Numbers only: what is behind them is for its parties. */
export function createFigures(deps: FiguresDeps) {
  const { rulebook, cases, sharing, identity, clock } = deps
  const use = createUse(deps)
  const countable = answeredProcedures(rulebook)

  function proceduresOf(key: string | undefined) {
    if (key === undefined) return countable.filter(givesAccess)
    const asked = countable.filter((procedure) => procedure.key === key)
    if (asked.length === 0) throw new Problem('not-found')
    return asked
  }

  /** The cases that a query is about, as its caller may see them counted. */
  function scopeOf(session: Session, query: AskedFigures) {
    const { by, organisation } = query
    const procedures = proceduresOf(query.procedure)
    if (organisation !== undefined && identity.organisation(organisation) === undefined)
      throw new Problem('not-found')
    const bodies =
      by === undefined ? undefined : bodiesCounted(session, identity.organisations(), by, organisation)
    const scope: FigureScope = {
      ...periodOf(query, civilDateOf(clock.now())),
      procedures: procedures.map(({ key }) => key),
      ...(by === undefined ? {} : { by }),
      ...(bodies === undefined ? {} : { organisationIds: bodies }),
    }
    return { scope, procedures, organisationId: bodies?.length === 1 ? bodies[0]! : null }
  }

  async function useOf(scope: FigureScope) {
    if (scope.by === 'decider' || scope.by === undefined) return undefined
    const side = scope.by
    const grants = new Map<string, number>()
    for (const { providerId, organisationId, count } of await sharing.liveGrantsByParty()) {
      const id = side === 'provider' ? providerId : (organisationId ?? '')
      grants.set(id, (grants.get(id) ?? 0) + count)
    }
    const used = await use.between(scope.from, scope.until, side)
    const lines = new Map(used.lines.map((line) => [line.organisationId, line]))
    const counted = (id: string) => scope.organisationIds === undefined || scope.organisationIds.includes(id)
    const sum = (numbers: Iterable<[string, number]>) =>
      [...numbers].reduce((total, [id, number]) => total + (counted(id) ? number : 0), 0)
    return {
      complete: used.complete,
      ids: [...new Set([...grants.keys(), ...lines.keys()])].filter(counted),
      of: (id: string) => ({
        liveGrants: grants.get(id) ?? 0,
        calls: lines.get(id)?.calls ?? 0,
        rows: lines.get(id)?.rows ?? 0,
      }),
      total: {
        liveGrants: sum(grants),
        calls: sum(used.lines.map(({ organisationId, calls }) => [organisationId, calls])),
        rows: sum(used.lines.map(({ organisationId, rows }) => [organisationId, rows])),
      },
    }
  }

  const noUse = { liveGrants: null, calls: null, rows: null }

  return {
    scopeOf,

    async read(session: Session, query: FigureQuery): Promise<FiguresAnswer> {
      const { scope, procedures, organisationId } = scopeOf(session, query)
      const limit = mostBodies
      const [total] = await cases.count({ ...scope, group: 'all', limit })
      const months = new Map(
        (await cases.count({ ...scope, group: 'month', limit })).map((each) => [each.month, each]),
      )
      const bodies = new Map(
        (await cases.count({ ...scope, group: 'organisation', limit })).map((each) => [
          each.organisationId,
          each,
        ]),
      )
      const used = await useOf(scope)
      const ids = [...new Set([...bodies.keys(), ...(used?.ids ?? [])])]
      const one = organisationId === null ? undefined : identity.organisation(organisationId)
      return {
        from: scope.from,
        until: scope.until,
        by: query.by,
        procedure: query.procedure ?? null,
        procedures: countable.map(({ key, title }) => ({ key, title })),
        sides: sidesFor(session),
        organisation: one === undefined ? null : { id: one.id, name: one.name },
        timed: procedures.some(hasStatutoryPeriod),
        total: {
          ...countsOf(total),
          ...(used?.total ?? noUse),
          listed: mayList(session, identity.organisations(), organisationId),
        },
        months: monthsOf(scope).map((month) => ({ month, ...countsOf(months.get(month)) })),
        organisations: ids.flatMap((id) => {
          const organisation = id === null || id === '' ? undefined : identity.organisation(id)
          if (organisation === undefined) return []
          return [
            {
              organisation: { id: organisation.id, name: organisation.name },
              ...countsOf(bodies.get(id)),
              ...(used?.of(organisation.id) ?? noUse),
              listed: mayList(session, identity.organisations(), organisation.id),
            },
          ]
        }),
        bases: await basesOf(session, scope, organisationId),
        useComplete: used?.complete ?? true,
      }
    },
  }

  async function basesOf(session: Session, scope: FigureScope, organisationId: string | null) {
    const lines = await cases.countBases(scope)
    // The words of a basis are an officer's own: they are for those who may read the decision.
    const worded = mayList(session, identity.organisations(), organisationId)
    return [...new Set(lines.map(({ rank }) => rank))].map((key) => {
      const ofRank = lines.filter(({ rank }) => rank === key)
      const term = rulebook.catalogue.basisRanks.find((rank) => rank.key === key)?.term
      return {
        rank: key === null ? null : { key, term: term ?? text(key, key) },
        refused: ofRank.reduce((sum, { cases: number }) => sum + number, 0),
        instruments: worded
          ? ofRank.flatMap(({ instrument, cases: refused }) =>
              instrument === null ? [] : [{ name: instrument, refused }],
            )
          : null,
      }
    })
  }
}
