import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Change, Line } from './list.rules.ts'

export type Edition = {
  readonly id: string
  readonly list: string
  readonly ownerId: string
  readonly year: number | null
  readonly edition: number
  readonly kind: 'list' | 'plan'
  readonly note: string
  readonly publishedAt: Date
  readonly recordId: string
  readonly lines: number
  readonly changes: number
  readonly newest: boolean
}

type EditionRow = {
  id: string
  list: string
  owner_id: string
  year: number
  edition: number
  kind: Edition['kind']
  note: string
  published_at: Date
  record_id: string
  lines: number
  changes: number
  newest: boolean
}

const editionOf = (row: EditionRow): Edition => ({
  id: row.id,
  list: row.list,
  ownerId: row.owner_id,
  year: row.year === 0 ? null : row.year,
  edition: row.edition,
  kind: row.kind,
  note: row.note,
  publishedAt: row.published_at,
  recordId: row.record_id,
  lines: row.lines,
  changes: row.changes,
  newest: row.newest,
})

const selected = sql.raw(`select l.*,
    (select count(*)::int from opening_line where list_id = l.id) as lines,
    (select count(*)::int from opening_change where list_id = l.id) as changes,
    not exists (select 1 from opening_list n where n.list = l.list and n.owner_id = l.owner_id and n.year = l.year
      and n.edition > l.edition) as newest
  from opening_list l`)

/** False where that edition is there already. */
export async function insertEdition(
  tx: Tx,
  edition: Omit<Edition, 'lines' | 'changes' | 'newest'> & { readonly publishedBy: string },
  lines: readonly Line[],
  changes: readonly (Change & { readonly reason: string })[],
): Promise<boolean> {
  const { id, list, ownerId, year, kind, note, publishedAt, publishedBy, recordId } = edition
  const result =
    await sql`insert into opening_list (id, list, owner_id, year, edition, kind, note, published_at, published_by, record_id)
    values (${id}, ${list}, ${ownerId}, ${year ?? 0}, ${edition.edition}, ${kind}, ${note}, ${publishedAt}, ${publishedBy}, ${recordId})
    on conflict do nothing`.execute(tx)
  if (Number(result.numAffectedRows) !== 1) return false
  await sql`insert into opening_line (list_id, entry_id, line)
    select ${id}, value ->> 'entryId', value from jsonb_array_elements(${JSON.stringify(lines)}::jsonb)`.execute(
    tx,
  )
  await sql`insert into opening_change (list_id, entry_id, change)
    select ${id}, value ->> 'entryId', value from jsonb_array_elements(${JSON.stringify(changes)}::jsonb)`.execute(
    tx,
  )
  return true
}

export async function findEdition(db: Store | Tx, id: string): Promise<Edition | undefined> {
  const { rows } = await sql<EditionRow>`${selected} where l.id = ${id}`.execute(db)
  return rows[0] && editionOf(rows[0])
}

type OfList = { readonly list: string; readonly ownerId: string; readonly year: number | null }

/** All editions of one body's list, newest first. */
export async function editionsOf(db: Store | Tx, { list, ownerId, year }: OfList): Promise<Edition[]> {
  const { rows } = await sql<EditionRow>`${selected}
    where l.list = ${list} and l.owner_id = ${ownerId} and l.year = ${year ?? 0} order by l.edition desc limit 500`.execute(
    db,
  )
  return rows.map(editionOf)
}

export type NewestSearch = {
  readonly list?: string | undefined
  readonly ownerId?: string | undefined
  readonly year?: number | undefined
  readonly before?: string | undefined
  readonly limit: number
}

/** The newest edition of each body's list, the latest published first. */
export async function listNewest(db: Store | Tx, search: NewestSearch): Promise<Edition[]> {
  const { list, ownerId, year, before } = search
  const { rows } = await sql<EditionRow>`select * from (${selected}) as each
    where newest and (${before ?? null}::text is null or id < ${before ?? null})
      and (${list ?? null}::text is null or list = ${list ?? null})
      and (${ownerId ?? null}::text is null or owner_id = ${ownerId ?? null})
      and (${year ?? null}::int is null or year = ${year ?? null})
    order by id desc limit ${search.limit}`.execute(db)
  return rows.map(editionOf)
}

export type KeptLine = Line & { readonly notOpenedReason: string | null }

export async function linesOf(db: Store | Tx, listId: string): Promise<KeptLine[]> {
  const { rows } = await sql<{ line: Line; not_opened_reason: string | null }>`
    select line, not_opened_reason from opening_line where list_id = ${listId} order by line ->> 'number'`.execute(
    db,
  )
  return rows.map(({ line, not_opened_reason }) => ({ ...line, notOpenedReason: not_opened_reason }))
}

export async function changesOf(
  db: Store | Tx,
  listId: string,
): Promise<(Change & { readonly reason: string })[]> {
  const { rows } = await sql<{ change: Change & { reason: string } }>`
    select change from opening_change where list_id = ${listId} order by change ->> 'title'`.execute(db)
  return rows.map(({ change }) => change)
}

/** False where there is no such line. */
export async function writeReason(tx: Tx, listId: string, entryId: string, reason: string): Promise<boolean> {
  const result = await sql`update opening_line set not_opened_reason = ${reason}
    where list_id = ${listId} and entry_id = ${entryId}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}
