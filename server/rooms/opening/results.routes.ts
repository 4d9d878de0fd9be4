import * as contract from '@tiaoli/contract/results'
import { text } from '@tiaoli/kernel/text'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Result, ResultSearch } from './result.store.ts'
import { checksResults, type Results } from './results.ts'

export function mountResults(
  mount: Mount,
  { results, catalogue, identity }: { results: Results; catalogue: Catalogue; identity: Identity },
): void {
  const { rules } = results

  async function show(session: Session, shown: readonly Result[]) {
    const entries = await catalogue.findAll(shown.flatMap(({ entryIds }) => entryIds))
    // Who registered it for themselves is told by name to themselves and to those who check it, and to nobody else.
    const named = shown.filter(({ userId }) => userId === session.user?.id || checksResults(session))
    const names = await identity.userNames(named.map(({ userId }) => userId))
    return shown.map((result) => {
      const organisation =
        result.organisationId === null ? undefined : identity.organisation(result.organisationId)
      return {
        id: result.id,
        title: result.title,
        kind: rules?.kinds.find(({ key }) => key === result.kind) ?? {
          key: result.kind,
          term: text(result.kind, result.kind),
        },
        summary: result.summary,
        url: result.url,
        naming: result.naming,
        sources: entries
          .filter(({ id }) => result.entryIds.includes(id))
          .map((entry) => ({
            id: entry.id,
            number: entry.number,
            title: entry.content.title,
            citation: results.citation(entry),
          })),
        by: {
          name: organisation?.name.zh ?? names.get(result.userId) ?? '',
          organisation: organisation ? { id: organisation.id, name: organisation.name } : null,
        },
        standing: result.standing,
        reasons: result.reasons,
        registeredAt: result.registeredAt.toISOString(),
        recordId: result.recordId,
        mayCheck: result.standing === 'registered' && checksResults(session),
      }
    })
  }

  /** What of the register the caller may look at in this box. */
  function searchFor(
    session: Session,
    box: string,
  ): Pick<ResultSearch, 'standing' | 'userId' | 'providerId'> {
    if (box === 'shown') return { standing: 'shown' }
    const { user } = session
    if (user === null) throw new Problem('not-signed-in')
    if (box === 'mine') return { userId: user.id }
    if (box === 'to-check' && checksResults(session)) return { standing: 'registered' }
    if (box === 'of-our-data' && user.organisation !== null)
      return { standing: 'shown', providerId: user.organisation.id }
    throw new Problem('not-allowed')
  }

  mount(contract.listResults, async ({ query, session }) => {
    const list = listOf('results', [query.box, query.entry])
    const found = await results.list({
      ...searchFor(session, query.box),
      entryId: query.entry,
      before: readCursor(list, query.cursor, isIdText),
      limit: query.limit + 1,
    })
    const page = found.slice(0, query.limit)
    return {
      items: await show(session, page),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
      kinds: [...(rules?.kinds ?? [])],
      total: query.entry === undefined ? null : await results.countShown(query.entry),
    }
  })
  mount(contract.registerResult, async ({ body, session }) => {
    const result = await results.register(session, body)
    return (await show(session, [result]))[0]!
  })
  mount(contract.checkResult, async ({ params, body, session }) => {
    const result = await results.check(session, params.resultId, body)
    return (await show(session, [result]))[0]!
  })
}
