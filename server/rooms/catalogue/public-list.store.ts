import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Entry } from './catalogue.model.ts'
import { columns, type EntryRow, entryOf } from './catalogue.store.ts'

type Sql = ReturnType<typeof sql>

/**
 * Which published entries are meant. A small language of its own, so that an interface in somebody else's words
 * (Solr's, a harvester's) is translated to it and never to SQL.
 */
export type EntryCondition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly EntryCondition[] }
  | { readonly kind: 'not'; readonly of: EntryCondition }
  | { readonly kind: 'is'; readonly what: EntryQuality; readonly values: readonly string[] }
  /** Changed within these moments, both included; null leaves a side open. */
  | { readonly kind: 'modified'; readonly from: Date | null; readonly to: Date | null }
  /** Has data, is of one of these opening types, and has fields that everybody may see. */
  | { readonly kind: 'taken-freely'; readonly openingTypes: readonly string[] }
  /** Has a geometry or coordinates that everybody may see. */
  | { readonly kind: 'located' }
  | { readonly kind: 'after'; readonly id: string }

/** What entries are told apart by and counted by. */
export type EntryQuality = 'id' | 'number' | 'title' | 'organisation' | 'theme' | 'opening' | 'keyword'
export type EntryListOrder = {
  readonly by: 'id' | 'title' | 'modified' | 'created'
  readonly descending: boolean
}

/** When an entry was last changed, whether its description or its data. */
const modified = sql`greatest(updated_at, live_at)`

const columnOf: Record<Exclude<EntryQuality, 'keyword'>, Sql> = {
  id: sql`id`,
  number: sql`number`,
  title: sql`title`,
  organisation: sql`provider_id`,
  theme: sql`theme`,
  opening: sql`opening_type`,
}
const orders: Record<EntryListOrder['by'], Sql> = {
  id: sql`id`,
  title: sql`title collate "C"`,
  modified,
  created: sql`created_at`,
}

function condition(wanted: EntryCondition): Sql {
  switch (wanted.kind) {
    case 'all':
    case 'any': {
      const parts = wanted.of.map(condition)
      if (parts.length === 0) return wanted.kind === 'all' ? sql`true` : sql`false`
      return sql`(${sql.join(parts, wanted.kind === 'all' ? sql` and ` : sql` or `)})`
    }
    case 'not':
      return sql`not (${condition(wanted.of)})`
    case 'is':
      return wanted.what === 'keyword'
        ? sql`jsonb_exists_any(content->'keywords', ${[...wanted.values]}::text[])`
        : sql`${columnOf[wanted.what]} = any(${[...wanted.values]}::text[])`
    case 'modified':
      return sql`(${wanted.from}::timestamptz is null or ${modified} >= ${wanted.from})
        and (${wanted.to}::timestamptz is null or ${modified} <= ${wanted.to})`
    case 'taken-freely':
      return sql`snapshot_id is not null and opening_type = any(${[...wanted.openingTypes]}::text[])
        and content->'fields' @> '[{"sensitivity": "public"}]'`
    case 'located':
      // The first condition is that of the index.
      return sql`(content->'fields' @> '[{"type": "longitude"}]' or content->'fields' @> '[{"type": "geometry"}]')
        and (content->'fields' @> '[{"type": "longitude", "sensitivity": "public"}, {"type": "latitude", "sensitivity": "public"}]'
          or content->'fields' @> '[{"type": "geometry", "sensitivity": "public"}]')`
    case 'after':
      return sql`id > ${wanted.id}`
  }
}

const among = (wanted: EntryCondition): Sql => sql`published and ${condition(wanted)}`

/** Published entries in an order that never changes while they do not: by id where the order itself leaves a choice. */
export async function listPublished(
  db: Store | Tx,
  wanted: EntryCondition,
  { by, descending }: EntryListOrder,
  { offset = 0, limit }: { readonly offset?: number; readonly limit: number },
): Promise<Entry[]> {
  const direction = sql.raw(descending ? 'desc' : 'asc')
  const { rows } = await sql<EntryRow>`select ${columns} from entry where ${among(wanted)}
    order by ${orders[by]} ${direction}, id ${direction} limit ${limit} offset ${offset}`.execute(db)
  return rows.map(entryOf)
}

export async function countPublished(db: Store | Tx, wanted: EntryCondition): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from entry
    where ${among(wanted)}`.execute(db)
  return rows[0]!.count
}

/** How many of them there are of each organisation, theme, opening type or keyword: the most frequent first. */
export async function countPublishedBy(
  db: Store | Tx,
  wanted: EntryCondition,
  what: EntryQuality,
  limit: number,
): Promise<{ key: string; count: number }[]> {
  const counted =
    what === 'keyword'
      ? sql`(select jsonb_array_elements_text(content->'keywords') as key from entry where ${among(wanted)}) as each`
      : sql`(select ${columnOf[what]} as key from entry where ${among(wanted)}) as each`
  const { rows } = await sql<{ key: string; count: number }>`
    select key, count(*)::int as count from ${counted} group by key order by count desc, key limit ${limit}`.execute(
    db,
  )
  return rows
}

/** Ids and last changes alone, for lists of very many. */
export async function listAddresses(
  db: Store | Tx,
  offset: number,
  limit: number,
): Promise<{ id: string; modifiedAt: Date }[]> {
  const { rows } = await sql<{ id: string; modified: Date }>`select id, ${modified} as modified from entry
    where published order by id limit ${limit} offset ${offset}`.execute(db)
  return rows.map((row) => ({ id: row.id, modifiedAt: row.modified }))
}

export type PublicList = ReturnType<typeof createPublicList>

/** What the catalogue says to everybody: published entries alone, in the way that programs ask for them. */
export const createPublicList = (db: Store) => ({
  entries: (...asked: Tail<Parameters<typeof listPublished>>) => listPublished(db, ...asked),
  count: (wanted: EntryCondition) => countPublished(db, wanted),
  countBy: (...asked: Tail<Parameters<typeof countPublishedBy>>) => countPublishedBy(db, ...asked),
  addresses: (offset: number, limit: number) => listAddresses(db, offset, limit),
  /** All of them by id, so many at a time: for whoever writes them out one after the other. */
  async *walk(wanted: EntryCondition, atATime = 500): AsyncGenerator<Entry[]> {
    let after = ''
    for (;;) {
      const from: EntryCondition = { kind: 'all', of: [wanted, { kind: 'after', id: after }] }
      const page = await listPublished(db, from, { by: 'id', descending: false }, { limit: atATime })
      if (page.length === 0) return
      yield page
      after = page.at(-1)!.id
    }
  },
})

type Tail<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never
