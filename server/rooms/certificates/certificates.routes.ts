import * as contract from '@tiaoli/contract/certificates'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Certificates } from './certificates.service.ts'
import type { CertificateCheck } from './certificates.store.ts'

export function mountCertificates(
  mount: Mount,
  certificates: Certificates,
  { catalogue, identity }: { readonly catalogue: Catalogue; readonly identity: Identity },
): void {
  async function showAll(checks: readonly CertificateCheck[]) {
    const entries = new Map(
      (await catalogue.findAll(checks.map(({ entryId }) => entryId))).map((entry) => [entry.id, entry]),
    )
    return checks.map((check) => {
      const organisation = identity.organisation(check.organisationId)
      return {
        id: check.id,
        entry: { id: check.entryId, title: entries.get(check.entryId)?.content.title ?? '' },
        kind: check.kind,
        valid: check.valid,
        checkedAt: check.checkedAt.toISOString(),
        organisation: organisation ? { id: organisation.id, name: organisation.name } : null,
        outcome: check.outcome,
        reason: check.reason,
        recordId: check.recordId,
      }
    })
  }
  const show = async (check: CertificateCheck) => (await showAll([check]))[0]!

  mount(contract.checkCertificate, async ({ body, session }) =>
    show(await certificates.check(session, body.entryId, body.key)),
  )
  mount(contract.settleCertificate, async ({ params, body, session }) =>
    show(await certificates.settle(session, params.checkId, body)),
  )
  mount(contract.listCertificateChecks, async ({ query, session }) => {
    const list = listOf('certificate-checks', [query.refused])
    const found = await certificates.list(session, {
      refused: query.refused === true,
      before: readCursor(list, query.cursor, isIdText),
      limit: query.limit + 1,
    })
    const page = found.slice(0, query.limit)
    return {
      items: await showAll(page),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
    }
  })
}
