import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

/** A file on its way in parts. Its bytes lie in the folder of uploads under its id. */
export type Upload = {
  readonly id: string
  readonly entryId: string
  readonly userId: string
  readonly fileName: string
  readonly length: number
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly batchId: string | null
}

type UploadRow = Record<string, unknown>

const uploadOf = (row: UploadRow): Upload =>
  ({
    id: row.id,
    entryId: row.entry_id,
    userId: row.user_id,
    fileName: row.file_name,
    length: Number(row.length),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    batchId: row.batch_id,
  }) as Upload

export async function insertUpload(tx: Tx, upload: Upload): Promise<void> {
  await sql`insert into upload (id, entry_id, user_id, file_name, length, created_at, expires_at)
    values (${upload.id}, ${upload.entryId}, ${upload.userId}, ${upload.fileName}, ${upload.length},
      ${upload.createdAt}, ${upload.expiresAt})`.execute(tx)
}

export async function findUpload(db: Store | Tx, id: string): Promise<Upload | undefined> {
  const { rows } = await sql<UploadRow>`select * from upload where id = ${id}`.execute(db)
  return rows[0] && uploadOf(rows[0])
}

/** How many files somebody is sending, and how many bytes they will have. */
export async function underWay(tx: Tx, userId: string): Promise<{ files: number; bytes: number }> {
  const { rows } = await sql<{ files: string; bytes: string }>`
    select count(*) as files, coalesce(sum(length), 0) as bytes from upload
    where user_id = ${userId} and batch_id is null`.execute(tx)
  return { files: Number(rows[0]!.files), bytes: Number(rows[0]!.bytes) }
}

/** False where it became a batch before. */
export async function claimUpload(tx: Tx, id: string, batchId: string): Promise<boolean> {
  const result = await sql`update upload set batch_id = ${batchId}
    where id = ${id} and batch_id is null`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

export async function deleteUpload(db: Store | Tx, id: string): Promise<void> {
  await sql`delete from upload where id = ${id}`.execute(db)
}
