import { blankStatements } from '@tiaoli/contract/catalogue'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Entry, EntryContent } from './catalogue.model.ts'

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
