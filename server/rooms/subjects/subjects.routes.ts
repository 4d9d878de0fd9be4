import * as contract from '@tiaoli/contract/subjects'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Subjects } from './subjects.service.ts'

export function mountSubjects(
  mount: Mount,
  subjects: Subjects,
  { catalogue, identity }: { readonly catalogue: Catalogue; readonly identity: Identity },
): void {
  const list = listOf('about-me', [])

  mount(contract.listUsesAboutMe, async ({ query, session }) => {
    const { records, next } = await subjects.ofCaller(
      session,
      readCursor(list, query.cursor, isIdText),
      query.limit,
    )
    const titles = await catalogue.titlesOf(records.flatMap(({ entryId }) => entryId ?? []))
    return {
      items: records.map((record) => {
        const { organisationId, entryId, payload } = record
        const body = organisationId === null ? undefined : identity.organisation(organisationId)
        return {
          recordId: record.id,
          at: record.at,
          // Which official it was stays with the body that answers for them; a private person stays one.
          user: body ? { id: body.id, name: body.name } : null,
          entry: entryId === null ? null : { id: entryId, title: titles.get(entryId) ?? '' },
          fields: Array.isArray(payload?.fields) ? payload.fields.map(String) : [],
          scenario: typeof payload?.scenario === 'string' ? payload.scenario : null,
          article: record.article,
        }
      }),
      nextCursor: next && writeCursor(list, next),
    }
  })
}
