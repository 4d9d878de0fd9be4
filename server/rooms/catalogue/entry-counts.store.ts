import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

/** How many published entries of a provider answer to each piece of its business. */
export async function countByBusiness(db: Store | Tx, providerId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ item: string; count: number }>`
    select item, count(*)::int as count from entry, jsonb_array_elements_text(content->'businessItems') as item
    where published and provider_id = ${providerId} group by item`.execute(db)
  return new Map(rows.map(({ item, count }) => [item, count]))
}

export type TypeCount = {
  readonly providerId: string
  readonly axis: 'sharing' | 'opening'
  readonly type: string
  readonly count: number
}

/** How many published entries each provider has of each type, on both axes. */
export async function countTypes(db: Store | Tx): Promise<TypeCount[]> {
  const { rows } = await sql<{ provider_id: string; axis: TypeCount['axis']; type: string; count: number }>`
    select provider_id, 'sharing' as axis, sharing_type as type, count(*)::int as count
      from entry where published group by provider_id, sharing_type
    union all
    select provider_id, 'opening', opening_type, count(*)::int from entry where published group by provider_id, opening_type
    order by provider_id, axis, type`.execute(db)
  return rows.map((row) => ({
    providerId: row.provider_id,
    axis: row.axis,
    type: row.type,
    count: row.count,
  }))
}

export async function countByProvider(db: Store | Tx): Promise<Map<string, number>> {
  const { rows } = await sql<{
    provider_id: string
    count: number
  }>`select provider_id, count(*)::int as count from entry where published group by provider_id`.execute(db)
  return new Map(rows.map((row) => [row.provider_id, row.count]))
}

export async function sumRows(db: Store | Tx): Promise<number> {
  const { rows } = await sql<{
    sum: number | null
  }>`select sum(rows)::bigint as sum from entry where published`.execute(db)
  return Number(rows[0]?.sum ?? 0)
}

/** Published entries by field of priority opening and opening type. */
export async function countPriority(
  db: Store | Tx,
): Promise<{ field: string; opening: string; count: number }[]> {
  const { rows } = await sql<{ field: string; opening: string; count: number }>`
    select content->>'priorityField' as field, opening_type as opening, count(*)::int as count
    from entry where published and content->>'priorityField' is not null group by 1, 2`.execute(db)
  return rows
}
