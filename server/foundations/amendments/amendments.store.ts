import { sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'
import type { Digests } from './amendments.rules.ts'

export type LawVersion = {
  readonly rulebookId: string
  readonly version: string
  readonly digests: Digests
  /** Numbers of the articles that were amended by it. */
  readonly amended: readonly number[]
  readonly at: Date
  readonly userId: string | null
  readonly note: string
  readonly recordId: string | null
}

type Db = Store | Tx

type Row = {
  rulebook_id: string
  version: string
  digests: Digests
  amended: number[]
  at: Date
  user_id: string | null
  note: string
  record_id: string | null
}

const versionOf = (row: Row): LawVersion => ({
  rulebookId: row.rulebook_id,
  version: row.version,
  digests: row.digests,
  amended: row.amended,
  at: row.at,
  userId: row.user_id,
  note: row.note,
  recordId: row.record_id,
})

/** False in a store that no version of this platform with amendments has run on yet. */
export async function keepsVersions(db: Db): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass('law_version') is not null as there`.execute(db)
  return rows[0]!.there
}

/** Newest first. */
export async function findVersions(db: Db, limit: number): Promise<LawVersion[]> {
  const { rows } = await sql<Row>`select * from law_version order by sequence desc limit ${limit}`.execute(db)
  return rows.map(versionOf)
}

export async function insertVersion(db: Db, version: LawVersion): Promise<void> {
  await sql`insert into law_version (rulebook_id, version, digests, amended, at, user_id, note, record_id)
    values (${version.rulebookId}, ${version.version}, ${JSON.stringify(version.digests)}, ${version.amended},
      ${version.at}, ${version.userId}, ${version.note}, ${version.recordId})`.execute(db)
}

/** A member of an authority who may act as officer, by user name. */
export async function findOfficer(
  db: Db,
  username: string,
): Promise<{ userId: string; organisationId: string } | undefined> {
  const { rows } = await sql<{ user_id: string; organisation_id: string }>`
    select u.id as user_id, o.id as organisation_id from auth_user u
    join member m on m.user_id = u.id join organisation o on o.id = m.organisation_id
    where u.username = ${username.toLowerCase()} and o.kind = 'authority' and o.level = 'city' and 'officer' = any(m.powers)`.execute(
    db,
  )
  return rows[0] && { userId: rows[0].user_id, organisationId: rows[0].organisation_id }
}
