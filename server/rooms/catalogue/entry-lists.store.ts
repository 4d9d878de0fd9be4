import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Entry, PublishedEntry } from './catalogue.model.ts'
import { columns, type EntryRow, entryOf } from './catalogue.store.ts'

/** Published entries by number: all, those of some providers, or one. */
export async function briefPublished(
  db: Store | Tx,
  {
    providerIds = null,
    sectors = { themes: [], part: '' },
    id = null,
  }: {
    providerIds?: readonly string[] | null
    sectors?: { readonly themes: readonly string[]; readonly part: string } | undefined
    id?: string | null
  },
): Promise<PublishedEntry[]> {
  const { rows } = await sql<{
    id: string
    number: string
    provider_id: string
    title: string
    theme: string
    part: string | null
    update_cycle: string | null
    sharing_type: string
    opening_type: string
    published_at: Date
    snapshot_id: string | null
    rows: number | null
    live_at: Date | null
    held_at: Entry['heldAt']
  }>`select id, number, provider_id, title, theme, content->>'part' as part, content->>'updateCycle' as update_cycle, sharing_type, opening_type,
      published_at, snapshot_id, rows, live_at, held_at
    from entry where published and (${providerIds}::text[] is null or provider_id = any(${providerIds}::text[])
        or (theme = any(${[...sectors.themes]}::text[]) and content->>'part' = ${sectors.part}))
      and (${id}::text is null or id = ${id}) order by number`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    providerId: row.provider_id,
    title: row.title,
    theme: row.theme,
    part: row.part,
    heldAt: row.held_at,
    updateCycle: row.update_cycle,
    sharingType: row.sharing_type,
    openingType: row.opening_type,
    publishedAt: row.published_at,
    live:
      row.snapshot_id === null
        ? null
        : { snapshotId: row.snapshot_id, rows: Number(row.rows), at: row.live_at! },
  }))
}

export type EntrySearch = {
  readonly published: boolean
  readonly providerId?: string | undefined
  /** Null where those of every provider are wanted. */
  readonly providerIds?: readonly string[] | null | undefined
  readonly status?: string | undefined
  readonly statuses?: readonly string[] | undefined
  readonly theme?: string | undefined
  readonly priority?: string | undefined
  readonly sharing?: string | undefined
  readonly opening?: string | undefined
  readonly sharingTypes?: readonly string[] | undefined
  readonly openingTypes?: readonly string[] | undefined
  /** Part of the catalogue, where the regulation divides it. */
  readonly part?: string | undefined
  /** Piece of business that the entry answers to. */
  readonly businessItem?: string | undefined
}

const where = (search: EntrySearch) => {
  const parts = [search.published ? sql`published` : sql`true`]
  if (search.providerId !== undefined) parts.push(sql`provider_id = ${search.providerId}`)
  if (search.providerIds != null) parts.push(sql`provider_id = any(${search.providerIds}::text[])`)
  if (search.sharingTypes !== undefined) parts.push(sql`sharing_type = any(${search.sharingTypes}::text[])`)
  if (search.openingTypes !== undefined) parts.push(sql`opening_type = any(${search.openingTypes}::text[])`)
  if (search.part !== undefined) parts.push(sql`content->>'part' = ${search.part}`)
  if (search.businessItem !== undefined)
    parts.push(sql`jsonb_exists(content->'businessItems', ${search.businessItem})`)
  if (search.status !== undefined) parts.push(sql`status = ${search.status}`)
  if (search.statuses !== undefined) parts.push(sql`status = any(${search.statuses}::text[])`)
  if (search.theme !== undefined) parts.push(sql`theme = ${search.theme}`)
  if (search.priority !== undefined) parts.push(sql`content->>'priorityField' = ${search.priority}`)
  if (search.sharing !== undefined) parts.push(sql`sharing_type = ${search.sharing}`)
  if (search.opening !== undefined) parts.push(sql`opening_type = ${search.opening}`)
  return sql.join(parts, sql` and `)
}

export async function countEntries(db: Store | Tx, search: EntrySearch): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from entry where ${where(search)}`.execute(db)
  return rows[0]!.count
}

/** Entries of any state by their ids' order, page by page: for rooms that go through the whole catalogue. */
export async function entriesAfter(
  db: Store | Tx,
  search: EntrySearch,
  after: string | undefined,
  limit: number,
): Promise<Entry[]> {
  const { rows } = await sql<EntryRow>`select ${columns} from entry
    where ${where(search)} and (${after ?? null}::text is null or id > ${after ?? null}) order by id limit ${limit}`.execute(
    db,
  )
  return rows.map(entryOf)
}

/** Published entries of other bodies that hold a field of one of the names; names without spaces, in lower case. */
export async function entriesWithField(
  db: Store | Tx,
  names: readonly string[],
  notOf: string,
): Promise<Entry[]> {
  const { rows } = await sql<EntryRow>`select ${columns} from entry
    where published and provider_id <> ${notOf} and exists (
      select 1 from jsonb_array_elements(content -> 'fields') as field
      where lower(regexp_replace(normalize(field ->> 'name', NFKC), '\\s', '', 'g')) = any(${names}::text[]))
    order by updated_at desc, id limit 200`.execute(db)
  return rows.map(entryOf)
}

export type PublishedSearch = {
  readonly providerIds?: readonly string[]
  readonly openingTypes?: readonly string[]
  /** True: only entries without data; false: only those with data. */
  readonly empty?: boolean
  readonly limit: number
}

/** Published entries in the order of their numbers. */
export async function findPublished(db: Store | Tx, search: PublishedSearch): Promise<Entry[]> {
  const parts = [sql`published`]
  if (search.providerIds !== undefined) parts.push(sql`provider_id = any(${[...search.providerIds]}::text[])`)
  if (search.openingTypes !== undefined)
    parts.push(sql`opening_type = any(${[...search.openingTypes]}::text[])`)
  if (search.empty !== undefined)
    parts.push(search.empty ? sql`snapshot_id is null` : sql`snapshot_id is not null`)
  const { rows } =
    await sql<EntryRow>`select ${columns} from entry where ${sql.join(parts, sql` and `)} order by number limit ${search.limit}`.execute(
      db,
    )
  return rows.map(entryOf)
}

/** Entries of these sharing types that have left their provider's hands, the newest first. */
export async function findOfSharingTypes(
  db: Store | Tx,
  types: readonly string[],
  firstState: string,
  before: string | undefined,
  limit: number,
): Promise<Entry[]> {
  const { rows } = await sql<EntryRow>`select ${columns} from entry
    where sharing_type = any(${types}::text[]) and (published or status <> ${firstState})
      and (${before ?? null}::text is null or id < ${before ?? null})
    order by id desc limit ${limit}`.execute(db)
  return rows.map(entryOf)
}

export type Offer = {
  /** Condition on the words of an entry (see `search`); undefined where all are wanted. */
  readonly having: string | undefined
  readonly withoutData: boolean
  readonly before: string | undefined
  readonly limit: number
}

/** Published entries whose type on the axis is one of these, the newest first, with how many have no data yet. */
export async function findOffered(
  db: Store | Tx,
  axis: 'sharing' | 'opening',
  types: readonly string[],
  { having, withoutData, before, limit }: Offer,
): Promise<{ entries: Entry[]; total: number; withoutData: number }> {
  const type = axis === 'sharing' ? sql`sharing_type` : sql`opening_type`
  const offered = sql`published and ${type} = any(${types}::text[])
    and (${having ?? null}::text is null
      or id in (select entry_id from entry_index where terms @@ ${having ?? null}::tsquery))`
  const { rows } = await sql<EntryRow>`select ${columns} from entry where ${offered}
    and (${!withoutData}::boolean or snapshot_id is null) and (${before ?? null}::text is null or id < ${before ?? null})
    order by id desc limit ${limit}`.execute(db)
  const counted = await sql<{ total: number; empty: number }>`select count(*)::int as total,
    (count(*) filter (where snapshot_id is null))::int as empty from entry where ${offered}`.execute(db)
  const { total, empty } = counted.rows[0]!
  return { entries: rows.map(entryOf), total, withoutData: empty }
}
