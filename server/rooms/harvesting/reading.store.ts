import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { RemoteEntry } from './harvesting.model.ts'

/** What was read of a remote entry; `described` is null where nothing about it is to be done. */
export type ReadRow = {
  readonly remoteId: string
  readonly digest: string
  readonly described: RemoteEntry | null
}

export async function dropReading(tx: Tx, runId: string): Promise<void> {
  await sql`delete from harvest_reading where run_id = ${runId}`.execute(tx)
}

/** Takes down what was read; gives the ids of those that had been read in this run before. */
export async function insertReading(
  tx: Tx,
  runId: string,
  rows: readonly ReadRow[],
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set()
  const values = rows.map(
    ({ remoteId, digest, described }) =>
      sql`(${runId}, ${remoteId}, ${digest}, ${described && JSON.stringify(described)}::jsonb)`,
  )
  const inserted = await sql<{ remote_id: string }>`
    insert into harvest_reading (run_id, remote_id, digest, described) values ${sql.join(values)}
    on conflict do nothing returning remote_id`.execute(tx)
  const fresh = new Set(inserted.rows.map(({ remote_id }) => remote_id))
  return new Set(rows.map(({ remoteId }) => remoteId).filter((id) => !fresh.has(id)))
}

/** What was read and may have to be written, in the order of the remote ids; one walk along the key. */
export async function toCompare(
  db: Store | Tx,
  runId: string,
  after: string,
  limit: number,
): Promise<{ remoteId: string; digest: string; described: RemoteEntry }[]> {
  const { rows } = await sql<{ remote_id: string; digest: string; described: RemoteEntry }>`
    select remote_id, digest, described from harvest_reading
    where run_id = ${runId} and remote_id > ${after} and described is not null
    order by remote_id limit ${limit}`.execute(db)
  return rows.map((row) => ({ remoteId: row.remote_id, digest: row.digest, described: row.described }))
}

/** Nothing more is to be done about these. */
export const passOver = async (tx: Tx, runId: string, remoteIds: readonly string[]): Promise<void> =>
  void (await sql`update harvest_reading set described = null
    where run_id = ${runId} and remote_id = any(${[...remoteIds]}::text[])`.execute(tx))

const missing = (
  sourceId: string,
  runId: string,
) => sql`h.source_id = ${sourceId} and h.state in ('same', 'differs')
  and not exists (select 1 from harvest_reading g where g.run_id = ${runId} and g.remote_id = h.remote_id)`

/** Counterparts whose remote entry was not read, with how many they are. */
export async function missingOnes(
  db: Store | Tx,
  sourceId: string,
  runId: string,
  limit: number,
): Promise<{ count: number; first: { remoteId: string; title: string }[] }> {
  const counted = await sql<{ count: number }>`select count(*)::int as count from harvested_entry h
    where ${missing(sourceId, runId)}`.execute(db)
  const { rows } = await sql<{
    remote_id: string
    title: string
  }>`select h.remote_id, h.taken->>'title' as title
    from harvested_entry h where ${missing(sourceId, runId)} order by h.remote_id limit ${limit}`.execute(db)
  return {
    count: counted.rows[0]!.count,
    first: rows.map((row) => ({ remoteId: row.remote_id, title: row.title })),
  }
}

/** Marks what the source has no more, and takes marks away: from what it has again, and where it took a change back. */
export async function settleSeen(tx: Tx, sourceId: string, runId: string): Promise<void> {
  await sql`update harvested_entry h set state = 'gone' where ${missing(sourceId, runId)}`.execute(tx)
  await sql`update harvested_entry h set state = 'same', waiting = null, waiting_digest = null
    where h.source_id = ${sourceId} and h.state in ('differs', 'gone') and h.waiting is not null and exists (
      select 1 from harvest_reading g where g.run_id = ${runId} and g.remote_id = h.remote_id and g.digest = h.digest)`.execute(
    tx,
  )
  await sql`update harvested_entry h set state = case when h.waiting is null then 'same' else 'differs' end
    where h.source_id = ${sourceId} and h.state in ('gone', 'left')
      and exists (select 1 from harvest_reading g where g.run_id = ${runId} and g.remote_id = h.remote_id)`.execute(
    tx,
  )
}
