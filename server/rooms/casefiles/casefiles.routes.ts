import * as contract from '@tiaoli/contract/casefiles'
import { instantOf } from '@tiaoli/kernel/instants'
import type { CaseView } from '../../foundations/cases/index.ts'
import type { Casework } from '../../foundations/casework/index.ts'
import { pdfOf } from '../../foundations/documents/index.ts'
import { type Mount, smallFileOf } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { caseFileOf } from './case-file.document.ts'
import type { Paper } from './casefiles.model.ts'
import type { Casefiles } from './casefiles.service.ts'
import { receiptLines } from './receipt-lines.ts'

export type CasefileRoutesDeps = {
  readonly casefiles: Casefiles
  readonly casework: Casework
  readonly identity: Identity
  readonly ledger: Ledger
  readonly rulebook: Rulebook
}

export function mountCasefiles(mount: Mount, deps: CasefileRoutesDeps): void {
  const { casefiles, casework, identity, ledger, rulebook } = deps

  async function show(session: Session, view: CaseView): Promise<contract.CasePapers> {
    const { attachments, comments, names } = await casefiles.papers(session, view)
    const presentPaper = ({ id, at, userId, organisationId, audience, recordId }: Paper) => {
      const organisation = organisationId === null ? undefined : identity.organisation(organisationId)
      return {
        id,
        at: instantOf(at),
        by: {
          name: names.get(userId) ?? '',
          organisation: organisation ? { id: organisation.id, name: organisation.name } : null,
        },
        audience,
        recordId,
      }
    }
    return {
      attachments: attachments.map((each) => ({
        ...presentPaper(each),
        note: each.note,
        fileName: each.fileName,
        sizeBytes: each.sizeBytes,
        sha256: each.sha256,
      })),
      comments: comments.map((each) => ({ ...presentPaper(each), body: each.body })),
      canAdd: casefiles.mayAdd(session, view),
    }
  }

  mount(contract.getCasePapers, async ({ params, session }) =>
    show(session, await casefiles.seen(session, params.caseId)),
  )
  mount(contract.addCaseAttachment, async ({ params, query, session, request }) => {
    const view = await casefiles.requireAdding(session, params.caseId)
    const file = await smallFileOf(request, query.filename, contract.largestAttachmentBytes)
    await casefiles.attach(session, view, { ...file, note: query.note, audience: query.audience })
    return show(session, view)
  })
  mount(contract.getCaseAttachment, async ({ params, session, reply }) => {
    const { attachment, bytes } = await casefiles.attachment(session, params.caseId, params.attachmentId)
    // A file that somebody uploaded is handed out to be kept, never to be run on our pages.
    reply.header(
      'content-disposition',
      `attachment; filename="attachment"; filename*=UTF-8''${encodeURIComponent(attachment.fileName)}`,
    )
    return reply.type('application/octet-stream').send(bytes)
  })
  mount(contract.addCaseComment, async ({ params, body, session }) => {
    await casefiles.comment(session, params.caseId, body.body, body.audience)
    return show(session, await casefiles.seen(session, params.caseId))
  })
  mount(contract.getCaseFile, async ({ params, query, session, language, reply }) => {
    const view = await casefiles.seen(session, params.caseId)
    const found = await casework.presentCase(session, view)
    const papers = await show(session, view)
    const file = caseFileOf({
      found,
      rulebook,
      // The file may be handed on: it holds what every party may read, whoever prints it.
      papers: {
        attachments: papers.attachments.filter(({ audience }) => audience === 'all'),
        comments: papers.comments.filter(({ audience }) => audience === 'all'),
      },
      receipts: await receiptLines(ledger, found),
      language: query.language ?? language,
    })
    return reply
      .type('application/pdf')
      .header('content-disposition', `attachment; filename="${found.number}.pdf"`)
      .send(await pdfOf(file, session.user!.id))
  })
}
