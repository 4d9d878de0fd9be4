import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Pull } from './pulls.model.ts'

type PullRow = Record<string, unknown>

const pullOf = (row: PullRow): Pull =>
  ({
    id: row.id,
    entryId: row.entry_id,
    userId: row.user_id,
    userName: row.user_name,
    url: row.url,
    user: row.db_user,
    sealedToken: row.sealed_token,
    table: row.source_table,
    risingColumn: row.rising_column,
    mark: row.mark,
    pendingMark: row.pending_mark,
    everyMinutes: row.every_minutes,
    mode: row.mode,
    state: row.state,
    failure: row.failure,
    askedAt: row.asked_at,
    changedAt: row.changed_at,
    nextAt: row.next_at,
    etag: row.etag,
    lastModified: row.last_modified,
    sha256: row.sha256,
    batchId: row.batch_id,
    createdAt: row.created_at,
  }) as Pull

const json = (value: object | null): string | null => value && JSON.stringify(value)

export async function insertPull(tx: Tx, pull: Pull): Promise<void> {
  await sql`insert into pull (id, entry_id, user_id, user_name, url, db_user, sealed_token, source_table, rising_column,
      every_minutes, mode, state, next_at, created_at)
    values (${pull.id}, ${pull.entryId}, ${pull.userId}, ${pull.userName}, ${pull.url}, ${pull.user},
      ${pull.sealedToken}, ${json(pull.table)}::jsonb, ${pull.risingColumn}, ${pull.everyMinutes}, ${pull.mode},
      ${pull.state}, ${pull.nextAt}, ${pull.createdAt})`.execute(tx)
}

export async function findPull(db: Store | Tx, id: string): Promise<Pull | undefined> {
  const { rows } = await sql<PullRow>`select * from pull where id = ${id}`.execute(db)
  return rows[0] && pullOf(rows[0])
}

export async function findPulls(db: Store | Tx, entryId: string): Promise<Pull[]> {
  const { rows } = await sql<PullRow>`select * from pull where entry_id = ${entryId} order by id`.execute(db)
  return rows.map(pullOf)
}

export type PullChange = Pick<
  Pull,
  | 'state'
  | 'failure'
  | 'askedAt'
  | 'changedAt'
  | 'nextAt'
  | 'etag'
  | 'lastModified'
  | 'sha256'
  | 'batchId'
  | 'mark'
  | 'pendingMark'
>

/** Writes what a fetch has found; nothing where the pull was removed meanwhile. */
export async function writePull(
  tx: Tx,
  { id, ...pull }: PullChange & { readonly id: string },
): Promise<void> {
  await sql`update pull set state = ${pull.state}, failure = ${json(pull.failure)}::jsonb, asked_at = ${pull.askedAt},
      changed_at = ${pull.changedAt}, next_at = ${pull.nextAt}, etag = ${pull.etag},
      last_modified = ${pull.lastModified}, sha256 = ${pull.sha256}, batch_id = ${pull.batchId},
      mark = ${json(pull.mark)}::jsonb, pending_mark = ${json(pull.pendingMark)}::jsonb
    where id = ${id}`.execute(tx)
}

/** What was read of a table counts no more: the next reading begins at its beginning. */
export async function forgetMark(tx: Tx, id: string): Promise<void> {
  await sql`update pull set mark = null, pending_mark = null, sha256 = null where id = ${id}`.execute(tx)
}

/** The file counts as one that has not been fetched yet. */
export async function forgetFile(tx: Tx, id: string): Promise<void> {
  await sql`update pull set etag = null, last_modified = null, sha256 = null where id = ${id}`.execute(tx)
}

export async function removePull(tx: Tx, id: string): Promise<void> {
  await sql`delete from pull where id = ${id}`.execute(tx)
}
