import * as contract from '@tiaoli/contract/publication'
import { text } from '@tiaoli/kernel/text'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, typeOf } from '../catalogue/index.ts'
import type { Filing, PublicationCheck } from './publication.model.ts'
import type { Publication } from './publication.service.ts'

export type PublicationRoutesDeps = {
  readonly publication: Publication
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly rulebook: Rulebook
}

export function mountPublication(
  mount: Mount,
  { publication, catalogue, identity, rulebook }: PublicationRoutesDeps,
): void {
  const nameOf = (id: string) => ({ id, name: identity.organisation(id)?.name ?? text(id, id) })
  const showCheck = (check: PublicationCheck, digest: string) => ({
    id: check.id,
    kind: check.kind,
    passed: check.passed,
    note: check.note,
    checkedBy: check.userName,
    organisation: nameOf(check.organisationId),
    checkedAt: check.checkedAt.toISOString(),
    current: check.content === digest,
    recordId: check.recordId,
  })
  async function showFilings(filings: readonly Filing[]) {
    const entries = new Map(
      (await catalogue.findAll(filings.map(({ entryId }) => entryId))).map((entry) => [entry.id, entry]),
    )
    return filings.map((filing) => ({
      id: filing.id,
      number: filing.number,
      entry: { id: filing.entryId, title: entries.get(filing.entryId)?.content.title ?? '' },
      sharingType: filing.sharingType,
      basis: filing.basis,
      provider: nameOf(filing.providerId),
      authority: nameOf(filing.authorityId),
      filedAt: filing.filedAt.toISOString(),
      article: typeOf(rulebook, 'sharing', filing.sharingType)?.demands.filing?.article ?? '',
      recordId: filing.recordId,
    }))
  }
  async function showPriority() {
    return (await publication.priority()).map(({ responsibleId, ...field }) => ({
      ...field,
      responsible: responsibleId === null ? null : nameOf(responsibleId),
    }))
  }

  mount(contract.listPublicationChecks, async ({ params, session }) => {
    const { demanded, digest, checks, canRecord } = await publication.checks(session, params.entryId)
    return {
      article: rulebook.rooms.publication?.checks?.article ?? null,
      demanded: demanded.map(({ key, term }) => ({ key, term })),
      checks: checks.map((check) => showCheck(check, digest)),
      canRecord,
    }
  })
  mount(contract.recordPublicationCheck, async ({ params, body, session }) => {
    const { check, digest } = await publication.recordCheck(session, params.entryId, body)
    return showCheck(check, digest)
  })
  mount(contract.listFilings, async ({ query, session }) => {
    const list = listOf('filings', [query.entry])
    const found = await publication.filings(session, {
      entryId: query.entry,
      before: readCursor(list, query.cursor, isIdText),
      limit: query.limit + 1,
    })
    const page = found.slice(0, query.limit)
    return {
      items: await showFilings(page),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
    }
  })
  mount(contract.listUnfiled, async ({ session }) => ({
    items: (await publication.unfiled(session)).map(({ entry, authority }) => ({
      entry: { id: entry.id, title: entry.content.title },
      sharingType: entry.content.sharing.type,
      provider: nameOf(entry.providerId),
      authority: authority === undefined ? null : nameOf(authority.id),
    })),
  }))
  mount(
    contract.fileType,
    async ({ body, session }) => (await showFilings([await publication.fileNow(session, body.entryId)]))[0]!,
  )
  mount(contract.listPriorityFields, async () => ({ items: await showPriority() }))
  mount(contract.assignPriorityField, async ({ params, body, session }) => {
    await publication.assign(session, params.field, body.organisationId)
    return (await showPriority()).find(({ key }) => key === params.field)!
  })
}
