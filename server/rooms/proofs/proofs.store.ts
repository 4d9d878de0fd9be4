import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

/** What is known of a file that was delivered whole. */
export type DeliveryProof = {
  readonly code: string
  readonly entryId: string
  readonly title: string
  readonly providerId: string
  readonly snapshotId: string
  readonly snapshotNumber: number
  readonly article: string
  /** In hex. */
  readonly sha256: string
  readonly sizeBytes: number
  readonly issuedAt: Date
  readonly recordId: string
}

export async function insertProof(tx: Tx, proof: DeliveryProof): Promise<void> {
  await sql`insert into delivery_proof (code, entry_id, title, provider_id, snapshot_id, snapshot_number, article, sha256, size_bytes, issued_at, record_id)
    values (${proof.code}, ${proof.entryId}, ${proof.title}, ${proof.providerId}, ${proof.snapshotId}, ${proof.snapshotNumber},
      ${proof.article}, ${proof.sha256}, ${proof.sizeBytes}, ${proof.issuedAt}, ${proof.recordId})`.execute(
    tx,
  )
}

export async function findProof(db: Store | Tx, code: string): Promise<DeliveryProof | undefined> {
  const { rows } = await sql<{
    code: string
    entry_id: string
    title: string
    provider_id: string
    snapshot_id: string
    snapshot_number: number
    article: string
    sha256: string
    size_bytes: string
    issued_at: Date
    record_id: string
  }>`select * from delivery_proof where code = ${code}`.execute(db)
  const [row] = rows
  return (
    row && {
      code: row.code,
      entryId: row.entry_id,
      title: row.title,
      providerId: row.provider_id,
      snapshotId: row.snapshot_id,
      snapshotNumber: row.snapshot_number,
      article: row.article,
      sha256: row.sha256,
      sizeBytes: Number(row.size_bytes),
      issuedAt: row.issued_at,
      recordId: row.record_id,
    }
  )
}
