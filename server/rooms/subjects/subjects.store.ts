import { sql } from 'kysely'
import type { Store } from '../../foundations/database/index.ts'

export async function insertAccesses(db: Store, digests: readonly Buffer[], recordId: string): Promise<void> {
  const rows = digests.map((digest) => sql`(${digest}, ${recordId}::uuid)`)
  await sql`insert into subject_access (subject_digest, record_id) values ${sql.join(rows)}
    on conflict do nothing`.execute(db)
}

/** Ids of records, the newest first. */
export async function findAccesses(
  db: Store,
  digest: Buffer,
  before: string | undefined,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ record_id: string }>`select record_id from subject_access
    where subject_digest = ${digest} and (${before ?? null}::uuid is null or record_id < ${before ?? null}::uuid)
    order by record_id desc limit ${limit}`.execute(db)
  return rows.map((row) => row.record_id)
}
