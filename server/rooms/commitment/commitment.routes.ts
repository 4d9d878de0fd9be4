import * as contract from '@tiaoli/contract/commitment'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Commitment, CommitmentText } from './commitment.model.ts'
import { mayLift, mayReportBreach } from './commitment.policy.ts'
import type { Commitments } from './commitment.service.ts'

export type CommitmentRoutesDeps = {
  readonly commitments: Commitments
  readonly catalogue: Catalogue
  readonly identity: Identity
}

export function mountCommitments(
  mount: Mount,
  { commitments, catalogue, identity }: CommitmentRoutesDeps,
): void {
  const nameOf = (id: string | null) => {
    const organisation = id === null ? undefined : identity.organisation(id)
    return organisation ? { id: organisation.id, name: organisation.name } : null
  }
  const showText = (each: CommitmentText) => ({
    version: each.version,
    body: each.body,
    publishedAt: each.publishedAt.toISOString(),
    publishedBy: nameOf(each.organisationId),
  })
  async function showAll(session: Session, list: readonly Commitment[]) {
    const entries = new Map(
      (await catalogue.findAll(list.map(({ entryId }) => entryId))).map((entry) => [entry.id, entry]),
    )
    return list.map((each) => ({
      id: each.id,
      entry: { id: each.entryId, title: entries.get(each.entryId)?.content.title ?? '' },
      grantId: each.grantId,
      organisation: nameOf(each.organisationId),
      signedBy: each.signedByName,
      signedAt: each.signedAt.toISOString(),
      text: { version: each.text.version, body: each.text.body },
      breach: each.breach && { at: each.breach.at.toISOString(), reasons: each.breach.reasons },
      liftedAt: each.liftedAt?.toISOString() ?? null,
      recordId: each.recordId,
      canReportBreach: mayReportBreach(session, each, identity.organisation(each.providerId)),
      canLift: mayLift(session, each, identity.organisation(each.providerId)),
    }))
  }
  const show = async (session: Session, each: Commitment) => (await showAll(session, [each]))[0]!

  mount(contract.getCommitmentText, async ({ session }) => {
    const { rules } = commitments
    const current = rules === undefined ? undefined : await commitments.currentText()
    return {
      offered: rules !== undefined,
      article: rules?.article ?? null,
      term: rules?.term ?? null,
      current: current ? showText(current) : null,
      canPublish: commitments.mayPublish(session),
    }
  })
  mount(contract.publishCommitmentText, async ({ body, session }) =>
    showText(await commitments.publish(session, body.body)),
  )
  mount(contract.listCommitments, async ({ query, session }) => {
    const list = listOf('commitments', [query.entry, query.grant])
    const found = await commitments.list(session, {
      entryId: query.entry,
      grantId: query.grant,
      before: readCursor(list, query.cursor, isIdText),
      limit: query.limit + 1,
    })
    const page = found.slice(0, query.limit)
    return {
      items: await showAll(session, page),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
    }
  })
  mount(contract.signCommitment, async ({ body, session }) =>
    show(session, await commitments.sign(session, body)),
  )
  mount(contract.reportBreach, async ({ params, body, session }) =>
    show(session, await commitments.reportBreach(session, params.commitmentId, body.reasons)),
  )
  mount(contract.liftBreach, async ({ params, body, session }) =>
    show(session, await commitments.lift(session, params.commitmentId, body.reasons)),
  )
}
