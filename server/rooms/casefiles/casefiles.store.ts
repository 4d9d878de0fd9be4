import { sql } from 'kysely'
import { lockName, type Store, type Tx } from '../../foundations/database/index.ts'
import type { Attachment, Audience, Comment } from './casefiles.model.ts'

type PaperRow = {
  id: string
  case_id: string
  at: Date
  user_id: string
  organisation_id: string | null
  side: string
  audience: Audience
  record_id: string
}
type AttachmentRow = PaperRow & { note: string; file_name: string; size_bytes: number; sha256: string }

const paperOf = (row: PaperRow) => ({
  id: row.id,
  caseId: row.case_id,
  at: row.at,
  userId: row.user_id,
  organisationId: row.organisation_id,
  side: row.side,
  audience: row.audience,
  recordId: row.record_id,
})

const attachmentOf = (row: AttachmentRow): Attachment => ({
  ...paperOf(row),
  note: row.note,
  fileName: row.file_name,
  sizeBytes: row.size_bytes,
  sha256: row.sha256,
})

export async function attachmentsOf(db: Store | Tx, caseId: string): Promise<Attachment[]> {
  const { rows } = await sql<AttachmentRow>`
    select * from case_attachment where case_id = ${caseId} order by id`.execute(db)
  return rows.map(attachmentOf)
}

/** Bytes that a party has attached to the open cases that it opened itself. */
export async function attachedBytesOf(tx: Tx, side: string): Promise<number> {
  const { rows } = await sql<{ bytes: string | number }>`
    select coalesce(sum(a.size_bytes), 0) as bytes from case_party p
      join case_file f on f.id = p.case_id and f.outcome is null
      join case_attachment a on a.case_id = p.case_id and a.side = p.party
    where p.party = ${side} and p.opened`.execute(tx)
  return Number(rows[0]!.bytes)
}

/** Whoever of a party adds a file waits for the other who does: both would find room where there is room for one. */
export const lockSide = (tx: Tx, side: string) => lockName(tx, `attachments ${side}`)

export async function findAttachment(
  db: Store,
  caseId: string,
  id: string,
): Promise<{ attachment: Attachment; bytes: Buffer } | undefined> {
  const { rows } = await sql<AttachmentRow & { bytes: Uint8Array }>`
    select a.*, p.bytes from case_attachment a join case_paper p on p.sha256 = a.sha256
    where a.case_id = ${caseId} and a.id = ${id}`.execute(db)
  const row = rows[0]
  return row && { attachment: attachmentOf(row), bytes: Buffer.from(row.bytes) }
}

export async function insertAttachment(tx: Tx, paper: Attachment, bytes: Buffer): Promise<void> {
  await sql`insert into case_paper (sha256, bytes) values (${paper.sha256}, ${bytes})
    on conflict (sha256) do nothing`.execute(tx)
  await sql`insert into case_attachment (id, case_id, at, user_id, organisation_id, side, audience, note,
      file_name, size_bytes, sha256, record_id)
    values (${paper.id}, ${paper.caseId}, ${paper.at}, ${paper.userId}, ${paper.organisationId}, ${paper.side},
      ${paper.audience}, ${paper.note}, ${paper.fileName}, ${paper.sizeBytes}, ${paper.sha256}, ${paper.recordId})`.execute(
    tx,
  )
}

export async function commentsOf(db: Store | Tx, caseId: string): Promise<Comment[]> {
  const { rows } = await sql<PaperRow & { body: string }>`
    select * from case_comment where case_id = ${caseId} order by id`.execute(db)
  return rows.map((row) => ({ ...paperOf(row), body: row.body }))
}

export async function insertComment(tx: Tx, comment: Comment): Promise<void> {
  await sql`insert into case_comment (id, case_id, at, user_id, organisation_id, side, audience, body, record_id)
    values (${comment.id}, ${comment.caseId}, ${comment.at}, ${comment.userId}, ${comment.organisationId},
      ${comment.side}, ${comment.audience}, ${comment.body}, ${comment.recordId})`.execute(tx)
}

/** Holds the case while papers are counted and added, so that two writers do not pass the limit together. */
export async function lockCase(tx: Tx, caseId: string): Promise<void> {
  await sql`select 1 from case_file where id = ${caseId} for update`.execute(tx)
}
