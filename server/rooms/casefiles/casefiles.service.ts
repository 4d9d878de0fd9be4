import { createHash } from 'node:crypto'
import { mostAttachedBytes, mostAttachments, mostComments } from '@tiaoli/contract/casefiles'
import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Cases, CaseView } from '../../foundations/cases/index.ts'
import { actorOf, type Casework, hasPowerFor, requireSeen } from '../../foundations/casework/index.ts'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { JsonObject, Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Attachment, Audience, Comment, Paper } from './casefiles.model.ts'
import { isWhatItIsCalled, mayRead, type Reader, sideOf } from './casefiles.rules.ts'
import * as store from './casefiles.store.ts'

export type CasefilesDeps = {
  readonly database: Database
  readonly cases: Cases
  readonly casework: Casework
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly clock: Clock
}

export type Casefiles = ReturnType<typeof createCasefiles>

/** What belongs to a case beside its formal acts: papers that were handed in, and what was said about it. */
export function createCasefiles(deps: CasefilesDeps) {
  const { database, cases, casework, identity, ledger, notices, clock } = deps
  const seen = (session: Session, caseId: string) => requireSeen({ cases, identity }, session, caseId)

  /** A party adds, with a power that a role of theirs asks for; whoever only supervises reads. */
  const mayAdd = (session: Session, { roles, procedure, state }: CaseView): boolean =>
    state.outcome === null && roles.some((role) => hasPowerFor(session, procedure.roles[role]!))

  async function requireAdding(session: Session, caseId: string): Promise<CaseView> {
    const view = await seen(session, caseId)
    if (view.state.outcome !== null) throw ended()
    if (!mayAdd(session, view)) throw new Problem('not-allowed', noParty)
    return view
  }

  /** Adds a paper with its record and tells whoever may read it. */
  async function add<Added extends Paper>(
    session: Session,
    view: CaseView,
    kind: 'case.attachment' | 'case.comment',
    audience: Audience,
    payload: JsonObject,
    write: (tx: Tx, paper: Paper) => Promise<Added>,
  ): Promise<Added> {
    const actor = actorOf(session)
    return database.inTransaction(async (tx) => {
      await store.lockCase(tx, view.state.id)
      // Read again under the lock: the case may have ended meanwhile.
      const now = await cases.get(view.state.id, null, tx)
      if (now === undefined || now.state.outcome !== null) throw ended()
      const record = await ledger.record(tx, {
        kind,
        userId: actor.userId,
        organisationId: actor.organisationId,
        entryId: view.state.entryId,
        caseId: view.state.id,
        outcome: audience,
        payload: { number: view.state.number, ...payload },
      })
      const paper: Paper = {
        id: newId(),
        caseId: view.state.id,
        at: clock.now(),
        userId: actor.userId,
        organisationId: actor.organisationId,
        side: sideOf(actor),
        audience,
        recordId: record.id,
      }
      const added = await write(tx, paper)
      const readers = await casework.membersOf(tx, now)
      const told = readers.filter(
        ({ userId, organisationId }) =>
          userId !== actor.userId &&
          mayRead(now.procedure, now.state, { userId, organisationId, name: '', standsInFor: [] }, paper),
      )
      await notices.send(
        tx,
        told.map(({ userId }) => userId),
        {
          kind,
          ...noticeOf(kind, view.state.number),
          link: casework.pageOf(view.state),
        },
      )
      return added
    })
  }

  const readable = <P extends Paper>(
    session: Session,
    { procedure, state }: CaseView,
    papers: readonly P[],
  ) => papers.filter((paper) => mayRead(procedure, state, readerOf(session), paper))

  return {
    seen,
    mayAdd,

    /** What the caller may read of it, oldest first. */
    async papers(session: Session, view: CaseView) {
      const [attachments, comments] = await Promise.all([
        store.attachmentsOf(database.db, view.state.id),
        store.commentsOf(database.db, view.state.id),
      ])
      const mine = readable<Paper>(session, view, [...attachments, ...comments])
      return {
        attachments: attachments.filter((paper) => mine.includes(paper)),
        comments: comments.filter((paper) => mine.includes(paper)),
        names: await identity.userNames(mine.map(({ userId }) => userId)),
      }
    },

    requireAdding,

    async attach(
      session: Session,
      view: CaseView,
      file: {
        readonly fileName: string
        readonly bytes: Buffer
        readonly note: string
        readonly audience: Audience
      },
    ): Promise<Attachment> {
      const { fileName, bytes, note, audience } = file
      if (!isWhatItIsCalled(fileName, bytes)) throw notWhatItIsCalled()
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const digest = { sizeBytes: bytes.length, sha256 }
      // The record is read by every party: of what one side keeps to itself it proves the content, and tells nothing.
      const payload = audience === 'all' ? { file: fileName, note, ...digest } : digest
      return add(session, view, 'case.attachment', audience, payload, async (tx, paper) => {
        if ((await store.attachmentsOf(tx, view.state.id)).length >= mostAttachments)
          throw tooMany(mostAttachments)
        await store.lockSide(tx, paper.side)
        if (view.roles.some((role) => view.procedure.roles[role]!.from === 'opener'))
          if ((await store.attachedBytesOf(tx, paper.side)) + bytes.length > mostAttachedBytes)
            throw tooMuch()
        const attachment = { ...paper, note, fileName, sizeBytes: bytes.length, sha256 }
        await store.insertAttachment(tx, attachment, bytes)
        return attachment
      })
    },

    /** Throws `not-found` for one that the caller may not read as for one that does not exist. */
    async attachment(session: Session, caseId: string, id: string) {
      const view = await seen(session, caseId)
      const found = await store.findAttachment(database.db, caseId, id)
      if (found === undefined || readable(session, view, [found.attachment]).length === 0)
        throw new Problem('not-found')
      return found
    },

    /** The record proves that it was said and when; what was said stays with the case. */
    async comment(session: Session, caseId: string, body: string, audience: Audience): Promise<Comment> {
      const view = await requireAdding(session, caseId)
      const sha256 = createHash('sha256').update(body).digest('hex')
      return add(session, view, 'case.comment', audience, { sha256 }, async (tx, paper) => {
        if ((await store.commentsOf(tx, caseId)).length >= mostComments) throw tooMany(mostComments)
        const comment = { ...paper, body }
        await store.insertComment(tx, comment)
        return comment
      })
    },
  }
}

const readerOf = (session: Session): Reader => ({
  ...actorOf(session),
  standsInFor: (session.standsInFor ?? []).map(({ userId }) => userId),
})

const noticeOf = (kind: 'case.attachment' | 'case.comment', number: string): { title: Text; body: Text } =>
  kind === 'case.comment'
    ? {
        title: text(`办件 ${number} 有新的意见`, `Case ${number}: a new comment`),
        body: text('请在办件页面查看。', 'Read it on the page of the case.'),
      }
    : {
        title: text(`办件 ${number} 有新的附件`, `Case ${number}: a new attachment`),
        body: text('请在办件页面查看。', 'See it on the page of the case.'),
      }

const noParty = {
  condition: text(
    '附件和意见由办件各方的经办人员添加',
    'Attachments and comments are for those who deal with the case on one of its sides',
  ),
  remedy: text('请由办件当事单位的经办人员添加。', 'Leave it to a member of a party to the case.'),
}

const ended = (): Problem =>
  new Problem('act-not-available', {
    condition: text('办件已经办结', 'The case has ended'),
    remedy: text('已办结的办件只能查阅。', 'What has ended can be read only.'),
  })

const tooMany = (most: number): Problem =>
  new Problem('act-not-available', {
    condition: text(`每个办件不超过 ${most} 项`, `A case has ${most} of them at most`),
    remedy: text('请合并后再添加。', 'Put several together in one.'),
  })

const tooMuch = (): Problem => {
  const megabytes = mostAttachedBytes / 1024 / 1024
  return new Problem('too-large', {
    condition: text(
      `您在办申请的附件合计不超过 ${megabytes} MB。这是平台的设定，不是条例的规定。`,
      `What you attach to requests that are still open is ${megabytes} MB at most. It is a setting of the platform, not of the regulation.`,
    ),
    remedy: text(
      '请在办件办结后再添加，或者缩小文件。',
      'Wait until one of them has ended, or make the file smaller.',
    ),
  })
}

const notWhatItIsCalled = (): Problem =>
  new Problem('file-unreadable', {
    condition: text('文件内容与扩展名不符', 'The content is not of the form that the name promises'),
    remedy: text('请核对文件后重新上传。', 'Check the file and send it again.'),
  })
