import { blankStatements } from '@tiaoli/contract/catalogue'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Entry, EntryContent, PublishedEntry } from './catalogue.model.ts'

export type EntryRow = {
  id: string
  number: string
  provider_id: string
  case_id: string
  status: string
  published: boolean
  content: EntryContent
  pending: EntryContent | null
  version: number
  created_at: Date
  updated_at: Date
  published_at: Date | null
  snapshot_id: string | null
  rows: number | null
  live_at: Date | null
  held_at: Entry['heldAt']
}

export const columns = sql.raw(
  'id, number, provider_id, case_id, status, published, content, pending, version, created_at, updated_at, published_at, snapshot_id, rows, live_at, held_at',
)

/** What was written before an entry could state something says nothing of it. */
const whole = (content: EntryContent): EntryContent => ({ ...blankStatements(), ...content })

export const entryOf = (row: EntryRow): Entry => ({
  id: row.id,
  number: row.number,
  providerId: row.provider_id,
  caseId: row.case_id,
  status: row.status,
  published: row.published,
  content: whole(row.content),
  pending: row.pending && whole(row.pending),
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  publishedAt: row.published_at,
  live:
    row.snapshot_id === null
      ? null
      : { snapshotId: row.snapshot_id, rows: Number(row.rows), at: row.live_at! },
  heldAt: row.held_at,
})

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

/** The next `count` numbers, ascending. Numbers of entries that were not written in the end may be missing. */
export async function nextEntryNumbers(tx: Store | Tx, count: number): Promise<number[]> {
  const { rows } = await sql<{ next: number }>`
    select nextval('entry_number')::int as next from generate_series(1, ${count}::int)`.execute(tx)
  return rows.map(({ next }) => next).sort((one, other) => one - other)
}

/** Writes entries that were not there before. Their cases are opened in the same transaction. */
export async function insertEntries(
  tx: Store | Tx,
  entries: readonly Omit<Entry, 'live' | 'heldAt' | 'pending' | 'publishedAt' | 'published'>[],
): Promise<void> {
  const rows = entries.map(
    (entry) => sql`(${entry.id}, ${entry.number}, ${entry.providerId}, ${entry.caseId}, ${entry.status},
      ${JSON.stringify(entry.content)}::jsonb, ${entry.content.title}, ${entry.content.theme}, ${entry.content.sharing.type},
      ${entry.content.opening.type}, ${entry.version}::int, ${entry.createdAt}::timestamptz, ${entry.updatedAt}::timestamptz)`,
  )
  await sql`insert into entry (id, number, provider_id, case_id, status, content, title, theme, sharing_type, opening_type,
      version, created_at, updated_at) values ${sql.join(rows)}`.execute(tx)
}

export async function findEntry(db: Store | Tx, id: string): Promise<Entry | undefined> {
  const { rows } = await sql<EntryRow>`select ${columns} from entry where id = ${id}`.execute(db)
  return rows[0] && entryOf(rows[0])
}

export async function findEntries(db: Store | Tx, ids: readonly string[]): Promise<Entry[]> {
  if (ids.length === 0) return []
  const { rows } =
    await sql<EntryRow>`select ${columns} from entry where id = any(${[...new Set(ids)]}::text[])`.execute(db)
  return rows.map(entryOf)
}

/** Writes the content that holds, with everything that is counted by. False where the version is not the newest. */
export async function writeContent(
  tx: Store | Tx,
  id: string,
  version: number,
  content: EntryContent,
  at: Date,
): Promise<boolean> {
  const result =
    await sql`update entry set content = ${JSON.stringify(content)}, pending = null, title = ${content.title}, theme = ${content.theme},
      sharing_type = ${content.sharing.type}, opening_type = ${content.opening.type},
      version = version + 1, updated_at = ${at}
    where id = ${id} and version = ${version}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** Writes a revision of a published entry, which does not hold yet. */
export async function writePending(
  tx: Store | Tx,
  id: string,
  version: number,
  pending: EntryContent,
  at: Date,
): Promise<boolean> {
  const result =
    await sql`update entry set pending = ${JSON.stringify(pending)}, version = version + 1, updated_at = ${at}
    where id = ${id} and version = ${version}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** Hands the entry to another provider. */
export async function writeProvider(tx: Store | Tx, id: string, providerId: string): Promise<void> {
  // The system of the former provider answers no longer for an entry that is not its own.
  await sql`update entry set provider_id = ${providerId}, version = version + 1, held_at = null where id = ${id}`.execute(
    tx,
  )
}

export async function dropPending(tx: Store | Tx, id: string): Promise<void> {
  await sql`update entry set pending = null, version = version + 1 where id = ${id} and pending is not null`.execute(
    tx,
  )
}

/** Writes the state of the entry's case. A new state is a new version: whoever still writes on the former has to look again. */
export async function writeStatus(tx: Tx, id: string, status: string, at: Date): Promise<void> {
  await sql`update entry set status = ${status}, version = version + (status <> ${status})::int, updated_at = ${at}
    where id = ${id}`.execute(tx)
}

export async function writePublished(
  tx: Store | Tx,
  id: string,
  published: boolean,
  at: Date,
): Promise<void> {
  await sql`update entry set published = ${published},
    published_at = case when ${published}::boolean then coalesce(published_at, ${at}) else published_at end where id = ${id}`.execute(
    tx,
  )
}

export async function writeLive(tx: Store | Tx, id: string, live: NonNullable<Entry['live']>): Promise<void> {
  await sql`update entry set snapshot_id = ${live.snapshotId}, rows = ${live.rows}, live_at = ${live.at} where id = ${id}`.execute(
    tx,
  )
}

/** What lies at its source is answered from there until it is brought in. */
export async function writeHeldAt(tx: Tx, id: string, heldAt: NonNullable<Entry['heldAt']>): Promise<void> {
  await sql`update entry set held_at = ${JSON.stringify(heldAt)} where id = ${id}`.execute(tx)
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

/** How many published entries of a provider answer to each piece of its business. */
export async function countByBusiness(db: Store | Tx, providerId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ item: string; count: number }>`
    select item, count(*)::int as count from entry, jsonb_array_elements_text(content->'businessItems') as item
    where published and provider_id = ${providerId} group by item`.execute(db)
  return new Map(rows.map(({ item, count }) => [item, count]))
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

export type TypeCount = {
  readonly providerId: string
  readonly axis: 'sharing' | 'opening'
  readonly type: string
  readonly count: number
}

/** Entries of a body that are its successor's from now on; their systems at the source go with them. */
export async function succeedProvider(tx: Tx, fromId: string, toId: string): Promise<Entry[]> {
  const { rows } =
    await sql<EntryRow>`update entry set provider_id = ${toId}, version = version + 1 where provider_id = ${fromId}
      returning ${columns}`.execute(tx)
  return rows.map(entryOf)
}

/** Entries that nobody writes until the transaction ends. */
export async function lockEntries(tx: Tx, ids: readonly string[]): Promise<Entry[]> {
  const { rows } = await sql<EntryRow>`
    select ${columns} from entry where id = any(${[...ids]}::text[]) order by id for update`.execute(tx)
  return rows.map(entryOf)
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
