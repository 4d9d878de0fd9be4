import { type RawBuilder, sql } from 'kysely'
import type { Store, Tx } from '../../../foundations/database/index.ts'
import type { EntrySearch } from '../catalogue.store.ts'
import type { Indexed } from './indexed.rules.ts'
import type { Query } from './query.rules.ts'
import { scoreOf } from './score.sql.ts'

/** A search as the store is asked: what has to be there, and what narrows it. */
export type Asked = EntrySearch & {
  /** The text-search query that entries have to meet; undefined where no words were asked for. */
  readonly having: string | undefined
  /** Only these entries. */
  readonly among?: readonly string[]
}

export type Facets = {
  total: number
  /** False where more were found than are counted: `total` and every count are the least that there are. */
  exact: boolean
  organisation: FacetCount[]
  theme: FacetCount[]
  sharing: FacetCount[]
  opening: FacetCount[]
}
type FacetCount = { key: string; count: number }

export const noFacets: Facets = {
  total: 0,
  exact: true,
  organisation: [],
  theme: [],
  sharing: [],
  opening: [],
}

/** The places where an ordered list goes on. `rank` is the score, 0 where the list is not by relevance. */
export type Position = { readonly rank: number; readonly value: string; readonly id: string }

/** Conditions on `entry_index`; what the index does not have is asked of the entry. */
function where(search: Asked): RawBuilder<unknown> {
  const parts = search.published ? [sql`published`] : [sql`true`]
  if (search.having !== undefined) parts.push(sql`terms @@ ${search.having}::tsquery`)
  if (search.among !== undefined) parts.push(sql`entry_id = any(${[...search.among]}::text[])`)
  if (search.providerId !== undefined) parts.push(sql`provider_id = ${search.providerId}`)
  if (search.providerIds != null) parts.push(sql`provider_id = any(${[...search.providerIds]}::text[])`)
  if (search.theme !== undefined) parts.push(sql`theme = ${search.theme}`)
  if (search.sharing !== undefined) parts.push(sql`sharing_type = ${search.sharing}`)
  if (search.opening !== undefined) parts.push(sql`opening_type = ${search.opening}`)
  const ofEntry = [
    ...(search.status === undefined ? [] : [sql`e.status = ${search.status}`]),
    ...(search.statuses === undefined ? [] : [sql`e.status = any(${[...search.statuses]}::text[])`]),
    ...(search.priority === undefined ? [] : [sql`e.content->>'priorityField' = ${search.priority}`]),
  ]
  if (ofEntry.length > 0)
    parts.push(sql`exists (select 1 from entry e where e.id = entry_id and ${sql.join(ofEntry, sql` and `)})`)
  return sql.join(parts, sql` and `)
}

type Counted = { grouping: number; key: string | null; count: number }

const counting = sql`select grouping(provider_id, theme, sharing_type, opening_type) as grouping,
    coalesce(provider_id, theme, sharing_type, opening_type) as key, count(*)::int as count
  from found group by grouping sets ((provider_id), (theme), (sharing_type), (opening_type), ())
  order by count desc, key`

/** Counts what a search finds by provider, theme and types in one pass, at most `bound` of it. */
export async function countFacets(db: Store | Tx, search: Asked, bound: number | null): Promise<Facets> {
  const { rows } = await sql<Counted>`
    with found as materialized (select provider_id, theme, sharing_type, opening_type from entry_index
      where ${where(search)} limit ${bound === null ? null : bound + 1}::bigint) ${counting}`.execute(db)
  return facetsOf(rows, bound)
}

function facetsOf(rows: readonly Counted[], bound: number | null): Facets {
  const of = (grouping: number) =>
    rows
      // What has no type on an axis is counted in the total alone.
      .filter((row) => Number(row.grouping) === grouping && row.key !== '')
      .map((row) => ({ key: row.key!, count: row.count }))
  // A bit is set for each column that the group is not by.
  const counted = rows.find((row) => Number(row.grouping) === 0b1111)?.count ?? 0
  return {
    total: bound === null ? counted : Math.min(counted, bound),
    exact: bound === null || counted <= bound,
    organisation: of(0b0111),
    theme: of(0b1011),
    sharing: of(0b1101),
    opening: of(0b1110),
  }
}

export type Ranked = { readonly id: string; readonly score: number }

/**
 * The best of at most `among` entries that a search finds, by score, then by the date of their data; counted in the
 * same pass. Where `facets` are not exact there are more than those.
 */
export async function rank(
  db: Store | Tx,
  search: Asked,
  query: Query,
  strict: boolean,
  among: number,
): Promise<{ readonly ranked: Ranked[]; readonly facets: Facets }> {
  const inOrder = sql`order by score desc, data_at desc, entry_id desc`
  const { rows } = await sql<{ ids: string[] | null; scores: number[]; counted: Counted[] }>`
    with found as materialized (
      select entry_id, data_at, provider_id, theme, sharing_type, opening_type, ${scoreOf(query, strict)} as score
      from entry_index where ${where(search)} limit ${among + 1})
    select array_agg(entry_id ${inOrder}) as ids, array_agg(score ${inOrder}) as scores,
      (select json_agg(counted) from (${counting}) as counted) as counted from found`.execute(db)
  const { ids, scores, counted } = rows[0]!
  return {
    ranked: (ids ?? []).slice(0, among).map((id, at) => ({ id, score: scores[at]! })),
    facets: facetsOf(counted, among),
  }
}

/** Entries whose title, generic words aside, is just this. */
export async function titled(db: Store | Tx, search: Asked, core: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ entry_id: string }>`
    select entry_id from entry_index where ${where(search)} and core = ${core} limit ${limit}`.execute(db)
  return rows.map((row) => row.entry_id)
}

export type Order = 'updated' | 'newest' | 'title'

/** One page of what a search finds in an order of its own, by keyset: no entry twice, none left out. */
export async function listInOrder(
  db: Store | Tx,
  search: Asked,
  order: Order,
  after: Position | undefined,
  limit: number,
): Promise<{ id: string; position: Position }[]> {
  const column = sql.ref(({ updated: 'data_at', newest: 'changed_at', title: 'title' } as const)[order])
  const value =
    order === 'title' ? column : sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`
  const given =
    order === 'title' ? sql`${after?.value}` : sql`(${after?.value}::timestamp at time zone 'UTC')`
  const [direction, beyond] = order === 'title' ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`]
  const bound = after === undefined ? sql`true` : sql`(${column}, entry_id) ${beyond} (${given}, ${after.id})`
  const { rows } = await sql<{ entry_id: string; value: string }>`
    select entry_id, ${value} as value from entry_index where ${where(search)} and ${bound}
    order by ${column} ${direction}, entry_id ${direction} limit ${limit}`.execute(db)
  return rows.map((row) => ({ id: row.entry_id, position: { rank: 0, value: row.value, id: row.entry_id } }))
}

/** Published entries whose folded title, or its sound, begins with what was typed. */
export async function titlesBeginning(
  db: Store | Tx,
  beginning: { readonly title?: string; readonly syllables?: string; readonly initials?: string },
  limit: number,
): Promise<string[]> {
  const column =
    beginning.title !== undefined ? 'title' : beginning.syllables !== undefined ? 'syllables' : 'initials'
  const text = beginning[column]!
  // A range instead of `like`: an index serves it whatever the text is, and nothing in it is a pattern.
  const { rows } = await sql<{ entry_id: string }>`
    select entry_id from entry_index where published and ${sql.ref(column)} >= ${text} and ${sql.ref(column)} < ${`${text}\u{10FFFF}`}
    order by ${sql.ref(column)}, entry_id limit ${limit}`.execute(db)
  return rows.map((row) => row.entry_id)
}

/** Writes the words of an entry, in the transaction that changes them. */
export async function writeIndexed(
  tx: Store | Tx,
  id: string,
  indexed: Indexed,
  version: number,
): Promise<void> {
  await sql`update entry_index set title = ${indexed.title}, core = ${indexed.core}, words = ${indexed.words},
      names = ${indexed.names}, syllables = ${indexed.syllables}, initials = ${indexed.initials},
      terms = array_to_tsvector(${[...indexed.terms]}::text[]), indexed_with = ${version}
    where entry_id = ${id}`.execute(tx)
}

/** Ids of entries whose words were cut by an older version of the vocabulary. */
export async function behind(db: Store | Tx, version: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ entry_id: string }>`
    select entry_id from entry_index where indexed_with < ${version} order by indexed_with, entry_id limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.entry_id)
}

export async function countBehind(db: Store | Tx, version: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from entry_index where indexed_with < ${version}`.execute(db)
  return rows[0]!.count
}
