import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

export type Result = {
  readonly id: string
  readonly title: string
  readonly kind: string
  readonly summary: string
  readonly url: string | null
  readonly naming: string
  readonly standing: 'registered' | 'shown' | 'declined'
  readonly organisationId: string | null
  readonly userId: string
  readonly registeredAt: Date
  readonly reasons: string | null
  readonly recordId: string
  readonly entryIds: readonly string[]
}

type ResultRow = {
  id: string
  title: string
  kind: string
  summary: string
  url: string | null
  naming: string
  standing: Result['standing']
  organisation_id: string | null
  user_id: string
  registered_at: Date
  reasons: string | null
  record_id: string
  entry_ids: string[]
}

const selected = sql.raw(
  `select reuse_result.*, (select array_agg(entry_id order by entry_id) from reuse_source where result_id = reuse_result.id) as entry_ids
   from reuse_result`,
)

const resultOf = (row: ResultRow): Result => ({
  id: row.id,
  title: row.title,
  kind: row.kind,
  summary: row.summary,
  url: row.url,
  naming: row.naming,
  standing: row.standing,
  organisationId: row.organisation_id,
  userId: row.user_id,
  registeredAt: row.registered_at,
  reasons: row.reasons,
  recordId: row.record_id,
  entryIds: row.entry_ids,
})

export async function insertResult(tx: Tx, result: Omit<Result, 'standing' | 'reasons'>): Promise<void> {
  const { id, title, kind, summary, url, naming, organisationId, userId, registeredAt, recordId } = result
  await sql`insert into reuse_result (id, title, kind, summary, url, naming, standing, organisation_id, user_id, registered_at, record_id)
    values (${id}, ${title}, ${kind}, ${summary}, ${url}, ${naming}, 'registered', ${organisationId}, ${userId}, ${registeredAt}, ${recordId})`.execute(
    tx,
  )
  for (const entryId of result.entryIds)
    await sql`insert into reuse_source (result_id, entry_id) values (${id}, ${entryId})`.execute(tx)
}

export async function findResult(db: Store | Tx, id: string): Promise<Result | undefined> {
  const { rows } = await sql<ResultRow>`${selected} where id = ${id}`.execute(db)
  return rows[0] && resultOf(rows[0])
}

export type ResultSearch = {
  readonly standing?: Result['standing']
  readonly entryId?: string | undefined
  readonly userId?: string
  /** Made with data of this organisation. */
  readonly providerId?: string
  readonly before: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function listResults(db: Store | Tx, search: ResultSearch): Promise<Result[]> {
  const { standing, entryId, userId, providerId, before } = search
  const { rows } =
    await sql<ResultRow>`${selected} where (${before ?? null}::text is null or id < ${before ?? null})
      and (${standing ?? null}::text is null or standing = ${standing ?? null})
      and (${userId ?? null}::text is null or user_id = ${userId ?? null})
      and (${entryId ?? null}::text is null or id in (select result_id from reuse_source where entry_id = ${entryId ?? null}))
      and (${providerId ?? null}::text is null or id in (select result_id from reuse_source
        join entry on entry.id = entry_id where provider_id = ${providerId ?? null}))
    order by id desc limit ${search.limit}`.execute(db)
  return rows.map(resultOf)
}

/** How many results made with the entry are shown. */
export async function countShown(db: Store | Tx, entryId: string): Promise<number> {
  const { rows } = await sql<{ n: string }>`select count(*) as n from reuse_result
    join reuse_source on result_id = id where entry_id = ${entryId} and standing = 'shown'`.execute(db)
  return Number(rows[0]!.n)
}

/** False where it was checked before. */
export async function writeChecked(
  tx: Tx,
  id: string,
  standing: 'shown' | 'declined',
  reasons: string,
  at: Date,
): Promise<boolean> {
  const result =
    await sql`update reuse_result set standing = ${standing}, reasons = ${reasons}, checked_at = ${at}
    where id = ${id} and standing = 'registered'`.execute(tx)
  return Number(result.numAffectedRows) === 1
}
