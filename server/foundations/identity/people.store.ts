import { sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'
import type { Power } from './identity.model.ts'

export type PersonRow = {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly organisationId: string | null
  readonly powers: Power[]
  readonly closedAt: Date | null
  readonly secondFactor: boolean
  readonly lastSignInAt: Date | null
}

export type PeopleFilter = {
  readonly id?: string
  readonly organisationId?: string | undefined
  /** Part of the name or the user name. */
  readonly words?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** By user name. */
export async function findPeople(db: Store | Tx, filter: PeopleFilter): Promise<PersonRow[]> {
  const { id = null, organisationId = null, words, after = null, limit } = filter
  const like = words ? `%${words.replace(/[\\%_]/g, '\\$&')}%` : null
  const { rows } = await sql<PersonRow>`
    select u.id, u.username, u.name, m.organisation_id as "organisationId", m.powers, m.disabled_at as "closedAt",
      f.verified_at is not null as "secondFactor",
      (select max(at) from account_event e where e.user_id = u.id and e.kind = 'signed-in') as "lastSignInAt"
    from auth_user u join member m on m.user_id = u.id left join second_factor f on f.user_id = u.id
    where (${id}::text is null or u.id = ${id})
      and (${organisationId}::text is null or m.organisation_id = ${organisationId})
      and (${like}::text is null or u.name ilike ${like} or u.username ilike ${like})
      and (${after}::text is null or u.username > ${after})
    order by u.username limit ${limit}`.execute(db)
  return rows
}

/** Holds the membership until the transaction ends, and gives the powers as they stand. */
export async function lockPowers(tx: Tx, userId: string): Promise<Power[] | undefined> {
  const { rows } = await sql<{ powers: Power[] }>`
    select powers from member where user_id = ${userId} for update`.execute(tx)
  return rows[0]?.powers
}

export async function writeMembership(
  tx: Tx,
  userId: string,
  organisationId: string,
  powers: readonly Power[],
): Promise<void> {
  await sql`update member set organisation_id = ${organisationId}, powers = ${powers}
    where user_id = ${userId}`.execute(tx)
}

export async function writePowers(tx: Tx, userId: string, powers: readonly Power[]): Promise<void> {
  await sql`update member set powers = ${powers} where user_id = ${userId}`.execute(tx)
}

/** Closes the account, or (null) opens it again; false where that was so before. */
export async function writeClosed(tx: Tx, userId: string, at: Date | null): Promise<boolean> {
  const result = await sql`update member set disabled_at = ${at}
    where user_id = ${userId} and (disabled_at is null) = ${at !== null}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** Somebody else gave the password: its owner has to change it. */
export async function writePasswordGiven(tx: Tx, userId: string, at: Date): Promise<void> {
  await sql`update member set password_given_at = ${at} where user_id = ${userId}`.execute(tx)
}
