import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Harvested, HarvestedState, RemoteEntry } from './harvesting.model.ts'

type HarvestedRow = {
  source_id: string
  remote_id: string
  entry_id: string
  digest: string
  taken: RemoteEntry
  entry_version: number
  state: HarvestedState
  waiting: RemoteEntry | null
  waiting_digest: string | null
  seen_at: Date
}

const harvestedOf = (row: HarvestedRow): Harvested => ({
  sourceId: row.source_id,
  remoteId: row.remote_id,
  entryId: row.entry_id,
  digest: row.digest,
  taken: row.taken,
  entryVersion: row.entry_version,
  state: row.state,
  waiting: row.waiting,
  waitingDigest: row.waiting_digest,
  seenAt: row.seen_at,
})

export async function insertHarvested(tx: Tx, all: readonly Harvested[]): Promise<void> {
  const rows = all.map(
    (each) => sql`(${each.sourceId}, ${each.remoteId}, ${each.entryId}, ${each.digest},
      ${JSON.stringify(each.taken)}::jsonb, ${each.entryVersion}::int, ${each.state}, ${each.seenAt}::timestamptz)`,
  )
  await sql`insert into harvested_entry (source_id, remote_id, entry_id, digest, taken, entry_version, state, seen_at)
    values ${sql.join(rows)}`.execute(tx)
}

export async function writeHarvested(tx: Tx, each: Harvested): Promise<void> {
  await sql`update harvested_entry set digest = ${each.digest}, taken = ${JSON.stringify(each.taken)},
      entry_version = ${each.entryVersion}, state = ${each.state}, waiting = ${each.waiting && JSON.stringify(each.waiting)}::jsonb,
      waiting_digest = ${each.waitingDigest}, seen_at = ${each.seenAt}
    where source_id = ${each.sourceId} and remote_id = ${each.remoteId}`.execute(tx)
}

/** Inside a transaction with `hold` nobody else decides about it until the end. */
export async function findHarvested(
  db: Store | Tx,
  sourceId: string,
  entryId: string,
  hold = false,
): Promise<Harvested | undefined> {
  const { rows } = await sql<HarvestedRow>`select * from harvested_entry
    where source_id = ${sourceId} and entry_id = ${entryId} ${hold ? sql`for update` : sql``}`.execute(db)
  return rows[0] && harvestedOf(rows[0])
}

/** Counterparts of remote entries, by their remote ids; nobody else decides about them until the transaction ends. */
export async function holdHarvested(
  tx: Tx,
  sourceId: string,
  remoteIds: readonly string[],
): Promise<Map<string, Harvested>> {
  const { rows } = await sql<HarvestedRow>`select * from harvested_entry
    where source_id = ${sourceId} and remote_id = any(${[...remoteIds]}::text[]) order by remote_id for update`.execute(
    tx,
  )
  return new Map(rows.map((row) => [row.remote_id, harvestedOf(row)]))
}

export async function listHarvested(
  db: Store,
  sourceId: string,
  state: HarvestedState | undefined,
  after: string | undefined,
  limit: number,
): Promise<Harvested[]> {
  const { rows } = await sql<HarvestedRow>`select * from harvested_entry where source_id = ${sourceId}
      and (${state ?? null}::text is null or state = ${state ?? null})
      and (${after ?? null}::text is null or entry_id > ${after ?? null}) order by entry_id limit ${limit}`.execute(
    db,
  )
  return rows.map(harvestedOf)
}

export async function countHarvested(
  db: Store | Tx,
  sourceId: string,
): Promise<{ counterparts: number; toDecide: number; current: number }> {
  const { rows } = await sql<{ counterparts: number; to_decide: number; current: number }>`
    select count(*)::int as counterparts,
      (count(*) filter (where state in ('differs', 'gone')))::int as to_decide,
      (count(*) filter (where state in ('same', 'differs')))::int as current
    from harvested_entry where source_id = ${sourceId}`.execute(db)
  const { counterparts, to_decide, current } = rows[0]!
  return { counterparts, toDecide: to_decide, current }
}

/** Digests by which remote entries are known: of what was taken, and of what waits for a decision. */
export async function digestsOf(
  db: Store | Tx,
  sourceId: string,
  remoteIds: readonly string[],
): Promise<Map<string, readonly (string | null)[]>> {
  const { rows } = await sql<{ remote_id: string; digest: string; waiting_digest: string | null }>`
    select remote_id, digest, waiting_digest from harvested_entry
    where source_id = ${sourceId} and remote_id = any(${[...remoteIds]}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.remote_id, [row.digest, row.waiting_digest]]))
}
