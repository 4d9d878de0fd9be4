import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { SourceTable } from '../../foundations/outbound/index.ts'
import type { CheckFailure, Link, Measure } from './connections.model.ts'

type LinkRow = {
  system_id: string
  entry_id: string
  source_table: SourceTable | null
  measured_rows: string | number | null
  measured_changed_at: Date | null
  measured_at: Date | null
  measure_failure: CheckFailure | null
  stale: boolean
}

const linkOf = (row: LinkRow): Link => ({
  systemId: row.system_id,
  entryId: row.entry_id,
  table: row.source_table,
  measure:
    row.measured_at === null
      ? null
      : {
          at: row.measured_at,
          rows: row.measured_rows === null ? null : Number(row.measured_rows),
          changedAt: row.measured_changed_at,
          failure: row.measure_failure,
        },
  stale: row.stale,
})

/** Linked anew, the entry is read from another table: what was found in the old one says nothing of it. */
export async function linkEntry(
  tx: Tx,
  systemId: string,
  entryId: string,
  table: SourceTable | null,
): Promise<void> {
  await sql`insert into source_system_entry (system_id, entry_id, source_table)
    values (${systemId}, ${entryId}, ${table && JSON.stringify(table)}::jsonb)
    on conflict (system_id, entry_id) do update set source_table = excluded.source_table, measured_rows = null,
      measured_changed_at = null, measured_at = null, measure_failure = null, stale = false`.execute(tx)
}

export async function writeMeasure(
  tx: Tx,
  { systemId, entryId }: Link,
  measure: Measure | null,
  stale: boolean,
): Promise<void> {
  await sql`update source_system_entry set stale = ${stale}, measured_rows = ${measure?.rows ?? null},
      measured_changed_at = ${measure?.changedAt ?? null}, measured_at = ${measure?.at ?? null},
      measure_failure = ${measure?.failure ?? null}
    where system_id = ${systemId} and entry_id = ${entryId}`.execute(tx)
}

export async function findLinks(db: Store | Tx, systemIds: readonly string[]): Promise<Link[]> {
  const { rows } = await sql<LinkRow>`select * from source_system_entry
    where system_id = any(${[...systemIds]}::text[]) order by system_id, entry_id`.execute(db)
  return rows.map(linkOf)
}

/** The systems that an entry comes from. */
export async function findLinksOfEntry(db: Store | Tx, entryId: string): Promise<Link[]> {
  const { rows } = await sql<LinkRow>`select * from source_system_entry
    where entry_id = ${entryId} order by system_id`.execute(db)
  return rows.map(linkOf)
}
