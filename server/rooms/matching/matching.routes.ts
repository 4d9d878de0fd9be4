import * as contract from '@tiaoli/contract/matching'
import { civilDateOf } from '@tiaoli/kernel/instants'
import type { Cases, CaseView } from '../../foundations/cases/index.ts'
import { caseProblem } from '../../foundations/casework/index.ts'
import { isText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import { csvRow } from '../../foundations/lake/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { MatchingRules, Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, typeOf } from '../catalogue/index.ts'
import { isListed, matchOf, sectionOf } from './supply-line.rules.ts'

export type MatchingRoutesDeps = {
  readonly cases: Cases
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly rulebook: Rulebook
  readonly now: () => Date
}

/** The house itself reads every demand; who may see the list is decided before. */
const house = { userId: '', organisationId: null, name: '' }
const pageOfCases = 100

/**
 * The list that pairs each demand for shared data with what meets it (供需目录清单). It is made from the cases whenever it
 * is asked for, so it is never older than they are, and it is dated. @article SZ-13.3-b
 */
export function mountMatching(
  mount: Mount,
  { cases, catalogue, identity, rulebook, now }: MatchingRoutesDeps,
): void {
  /** The list is for those who take part in sharing; a city without such a list has no such page. */
  function requireRules(session: Session): MatchingRules {
    const rules = rulebook.rooms.matching
    if (rules === undefined) throw new Problem('not-found')
    const organisation = session.user?.organisation
    if (organisation == null || organisation.kind === 'company') throw new Problem('not-allowed')
    return rules
  }

  async function readCases(rules: MatchingRules, cursor: string | undefined, limit: number) {
    const listed = await cases.list({
      box: 'all',
      actor: house,
      procedure: rules.procedure,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    })
    if (!listed.ok) throw caseProblem(listed.refusal)
    const views: CaseView[] = []
    for (const { id } of listed.value.cases) views.push((await cases.get(id, null))!)
    return { views: views.filter(isListed), nextCursor: listed.value.nextCursor }
  }

  async function linesOf(rules: MatchingRules, views: readonly CaseView[]) {
    const matches = views.map((view) => matchOf(view, rules.entry))
    const entries = new Map(
      (await catalogue.findAll(matches.filter((id) => id !== undefined))).map((entry) => [entry.id, entry]),
    )
    const nameOf = (id: string | null | undefined) => {
      const organisation = id == null ? undefined : identity.organisation(id)
      return organisation === undefined ? null : { id: organisation.id, name: organisation.name }
    }
    return views.map((view, index) => {
      const { state, procedure } = view
      const entry = entries.get(matches[index] ?? '')
      const opener =
        Object.entries(procedure.roles).find(([, binding]) => binding.from === 'opener')?.[0] ?? ''
      return {
        caseId: state.id,
        number: state.number,
        demand: state.subject?.zh ?? '',
        user: nameOf(state.parties[opener]?.organisationId),
        section: sectionOf(view, rules.entry),
        entry: entry ? { id: entry.id, title: entry.content.title } : null,
        provider: nameOf(entry?.providerId),
        sharingType: entry ? (typeOf(rulebook, 'sharing', entry.content.sharing.type)?.term ?? null) : null,
        state: procedure.states.find(({ key }) => key === state.state)!.title,
        filedAt: state.openedAt,
      }
    })
  }

  mount(contract.listSupply, async ({ query, session }) => {
    const rules = requireRules(session)
    const list = listOf('supply', [query.section])
    const cursor = readCursor(list, query.cursor, isText)
    const { views, nextCursor } = await readCases(rules, cursor, query.limit)
    const lines = await linesOf(rules, views)
    return {
      asOf: now().toISOString(),
      article: rules.article,
      term: rules.term,
      items: lines.filter(({ section }) => query.section === undefined || section === query.section),
      nextCursor: nextCursor && writeCursor(list, nextCursor),
    }
  })

  mount(contract.exportSupply, async ({ session, reply }) => {
    const rules = requireRules(session)
    const on = civilDateOf(now())
    const head = ['编号', '需求', '需求机构', '部分', '目录条目', '供给机构', '共享类型', '状态', `清单日期`]
    // A byte-order mark, so that office programs read the characters as they are.
    let file = `\uFEFF${csvRow(head)}`
    let cursor: string | undefined
    do {
      const { views, nextCursor } = await readCases(rules, cursor, pageOfCases)
      for (const line of await linesOf(rules, views))
        file += csvRow([
          line.number,
          line.demand,
          line.user?.name.zh ?? '',
          line.section === 'matched' ? '已对接' : '暂无供给',
          line.entry?.title ?? '',
          line.provider?.name.zh ?? '',
          line.sharingType?.zh ?? '',
          line.state.zh,
          on,
        ])
      cursor = nextCursor ?? undefined
    } while (cursor !== undefined)
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="supply-list-${on}.csv"`)
      .send(file)
  })
}
