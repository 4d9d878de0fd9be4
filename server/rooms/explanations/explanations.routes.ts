import * as contract from '@tiaoli/contract/explanations'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Explanations } from './explanations.service.ts'
import type { Explanation } from './explanations.store.ts'

export function mountExplanations(
  mount: Mount,
  explanations: Explanations,
  { catalogue, identity }: { readonly catalogue: Catalogue; readonly identity: Identity },
): void {
  const nameOf = (id: string) => ({ id, name: identity.organisation(id)?.name ?? { zh: '', en: '' } })
  const show = ({ meaning, source, limits, contact, organisationId, at, recordId }: Explanation) => ({
    meaning,
    source,
    limits,
    contact,
    organisation: nameOf(organisationId),
    at: at.toISOString(),
    recordId,
  })

  mount(contract.getExplanation, async ({ params, session }) => {
    const { term, article } = explanations.offered()
    const entry = await catalogue.requireEntry(session, params.entryId)
    const found = await explanations.find(entry.id)
    const mayExplain = explanations.mayExplain(session, entry)
    return { term, article, explanation: found ? show(found) : null, mayExplain }
  })
  mount(contract.explainEntry, async ({ params, body, session }) => {
    explanations.offered()
    return show(
      await explanations.explain(session, await catalogue.requireEntry(session, params.entryId), body),
    )
  })
  mount(contract.listUnexplained, async ({ query, session }) => {
    const { article } = explanations.offered()
    const list = listOf('unexplained', [])
    const after = readCursor(list, query.cursor, isIdText)
    const all = (await explanations.missing(session)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const rest = after === undefined ? all : all.filter(({ id }) => id > after)
    const page = rest.slice(0, query.limit)
    return {
      items: page.map(({ id, title, providerId }) => ({
        entryId: id,
        title,
        organisation: nameOf(providerId),
      })),
      nextCursor: rest.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
      article,
      total: all.length,
    }
  })
}
