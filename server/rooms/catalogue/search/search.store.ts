import { type RawBuilder, sql } from 'kysely'
import type { Store, Tx } from '../../../foundations/database/index.ts'
import type { EntrySearch } from '../entry-lists.store.ts'
import type { Kind, Ranked } from './found.rules.ts'
import type { Indexed } from './indexed.rules.ts'
import type { Query } from './query.rules.ts'
import { scoreOf } from './score.sql.ts'

/** A search as the store is asked: what has to be there, and what narrows it. */
export type Asked = EntrySearch & {
  /** The text-search query that entries have to meet; undefined where no words were asked for. */
  readonly having: string | undefined
  /** Only those whose title, generic words aside, is just this. */
  readonly core?: string
  /** Only these entries. */
  readonly among?: readonly string[]
}

/** The places where an ordered list goes on. `rank` is the score, 0 where the list is not by relevance. */
export type Position = { readonly rank: number; readonly value: string; readonly id: string }

/** Conditions on `entry_index`; what the index does not have is asked of the entry. */
function where(search: Asked): RawBuilder<unknown> {
  const parts = search.published ? [sql`published`] : [sql`true`]
  if (search.having !== undefined) parts.push(sql`terms @@ ${search.having}::tsquery`)
  if (search.core !== undefined) parts.push(sql`core = ${search.core}`)
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

type Grouped = readonly [organisation: string, theme: string, sharing: string, opening: string, count: number]

const kindOf = ([organisation, theme, sharing, opening, count]: Grouped): Kind => ({
  organisation,
  theme,
  sharing,
  opening,
  count,
})

/** Counts what a search finds by what it can be narrowed by, in one pass; at most one more than `bound` of it. */
export async function countKinds(db: Store | Tx, search: Asked, bound: number | null): Promise<Kind[]> {
  const of = sql`provider_id, theme, sharing_type, opening_type`
  const from =
    bound === null
      ? sql`entry_index where ${where(search)}`
      : sql`(select ${of} from entry_index where ${where(search)} limit ${bound + 1}) as found`
  const { rows } = await sql<{ kinds: Grouped[] | null }>`
    select json_agg(json_build_array(${of}, count)) as kinds
    from (select ${of}, count(*)::int as count from ${from} group by ${of}) as kinds`.execute(db)
  return (rows[0]!.kinds ?? []).map(kindOf)
}

/**
 * What a search finds by score, then by the date of its data, and counted by what it can be narrowed by: one pass over
 * at most one more than `most`. Where there is that one more, nothing is weighed, unless any `most` of them will do.
 */
export async function weigh(
  db: Store | Tx,
  search: Asked,
  query: Query,
  strict: boolean,
  most: number,
  any = false,
): Promise<{ readonly ranked: Ranked[]; readonly kinds: Kind[] }> {
  const of = sql`provider_id, theme, sharing_type, opening_type`
  const { rows } = await sql<{ kinds: Grouped[] | null; ranked: string | null }>`
    with found as materialized (
        select entry_id, data_at, ${of}, title, core, words, names, syllables, initials
        from entry_index where ${where(search)} limit ${any ? most : most + 1}),
      kinds as materialized (
        select ${of}, count(*)::int as count, (row_number() over ())::int - 1 as kind from found group by ${of}),
      weighed as (
        select entry_id, data_at, kind, ${scoreOf(query, strict)} as score from found join kinds using (${of})
        where (select sum(count) from kinds) <= ${most}::int)
    select (select json_agg(json_build_array(${of}, count) order by kind) from kinds) as kinds,
      -- As one text: a row or a JSON value for each would cost as much as weighing it.
      (select string_agg(entry_id || ' ' || score || ' ' || kind, ';'
        order by score desc, data_at desc, entry_id desc) from weighed) as ranked`.execute(db)
  const { kinds, ranked } = rows[0]!
  return { kinds: (kinds ?? []).map(kindOf), ranked: (ranked ?? '').split(';').filter(Boolean).map(rankedOf) }
}

/** Ids are made by the house, of letters, digits and hyphens. */
function rankedOf(line: string): Ranked {
  const [id = '', score, kind] = line.split(' ')
  return { id, score: Number(score), kind: Number(kind) }
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

/** Writes the words of entries, in the transaction that changes them. */
export async function writeIndexed(
  tx: Store | Tx,
  entries: readonly { readonly id: string; readonly indexed: Indexed }[],
  version: number,
): Promise<void> {
  const column = (of: (indexed: Indexed) => string) =>
    sql`${entries.map(({ indexed }) => of(indexed))}::text[]`
  // Lists of one length only fit one array: the terms of an entry, in which nothing is blank, are given as one text.
  await sql`update entry_index set title = given.title, core = given.core, words = given.words, names = given.names,
      syllables = given.syllables, initials = given.initials,
      terms = array_to_tsvector(string_to_array(given.terms, ' ')), indexed_with = ${version}
    from unnest(${entries.map(({ id }) => id)}::text[], ${column(({ title }) => title)}, ${column(({ core }) => core)},
      ${column(({ words }) => words)}, ${column(({ names }) => names)}, ${column(({ syllables }) => syllables)},
      ${column(({ initials }) => initials)}, ${column(({ terms }) => terms.join(' '))})
      as given(entry_id, title, core, words, names, syllables, initials, terms)
    where entry_index.entry_id = given.entry_id`.execute(tx)
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
