import { sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'
import type { Organisation, OrganisationKind, Power, User } from './identity.model.ts'

type OrganisationRow = {
  id: string
  name_zh: string
  name_en: string
  kind: string
  level: string
  credit_code: string
  roles: string[]
  budget_funded: boolean
  division_code: string | null
  registered: boolean
  dissolved_at: Date | null
  successor_id: string | null
  changed: string | number
}

const organisationOf = (row: OrganisationRow): Organisation => ({
  id: row.id,
  name: { zh: row.name_zh, en: row.name_en },
  kind: row.kind as OrganisationKind,
  level: row.level as Organisation['level'],
  creditCode: row.credit_code,
  roles: row.roles,
  budgetFunded: row.budget_funded,
  divisionCode: row.division_code,
  registered: row.registered,
  dissolvedAt: row.dissolved_at,
  successorId: row.successor_id,
})

export async function findOrganisations(db: Store | Tx): Promise<Organisation[]> {
  const { rows } = await sql<OrganisationRow>`select * from organisation order by id`.execute(db)
  return rows.map(organisationOf)
}

export type OrganisationChange = { readonly organisation: Organisation; readonly change: number }

/** Organisations that were added or changed after the change of that number, each with the number of its own. */
export async function findOrganisationChanges(db: Store | Tx, after: number): Promise<OrganisationChange[]> {
  const { rows } =
    await sql<OrganisationRow>`select * from organisation where changed > ${after} order by changed`.execute(
      db,
    )
  return rows.map((row) => ({ organisation: organisationOf(row), change: Number(row.changed) }))
}

export async function insertOrganisation(db: Store | Tx, organisation: Organisation): Promise<void> {
  await sql`insert into organisation (id, name_zh, name_en, kind, level, credit_code, roles, budget_funded, division_code, registered)
    values (${organisation.id}, ${organisation.name.zh}, ${organisation.name.en}, ${organisation.kind}, ${organisation.level},
            ${organisation.creditCode}, ${organisation.roles}, ${organisation.budgetFunded}, ${organisation.divisionCode ?? null}, ${organisation.registered ?? false})`.execute(
    db,
  )
}

/** Until the transaction ends nobody else writes organisations; everybody may still read them. */
export async function lockOrganisations(tx: Tx): Promise<void> {
  await sql`lock table organisation in share row exclusive mode`.execute(tx)
}

export async function writeRoles(tx: Store | Tx, id: string, roles: readonly string[]): Promise<void> {
  await sql`update organisation set roles = ${roles}, changed = nextval('organisation_change') where id = ${id}`.execute(
    tx,
  )
}

export async function insertMember(
  db: Store | Tx,
  userId: string,
  organisationId: string | null,
  powers: readonly Power[],
): Promise<void> {
  await sql`insert into member (user_id, organisation_id, powers) values (${userId}, ${organisationId}, ${powers})`.execute(
    db,
  )
}

export async function deleteUser(db: Store | Tx, userId: string): Promise<void> {
  await sql`delete from auth_user where id = ${userId}`.execute(db)
}

export async function isUsernameTaken(db: Store | Tx, username: string): Promise<boolean> {
  const { rows } = await sql`select 1 from auth_user where username = ${username.toLowerCase()}`.execute(db)
  return rows.length > 0
}

export async function findUser(db: Store | Tx, userId: string): Promise<User | undefined> {
  const { rows } = await sql<
    OrganisationRow & {
      user_id: string
      username: string
      user_name: string
      powers: string[]
      organisation_id: string | null
      is_disabled: boolean
      is_password_given: boolean
      has_second_factor: boolean
    }
  >`
    select u.id as user_id, u.username, u.name as user_name, m.powers, m.organisation_id,
      m.disabled_at is not null as is_disabled, m.password_given_at is not null as is_password_given,
      f.verified_at is not null as has_second_factor, o.*
    from auth_user u join member m on m.user_id = u.id left join organisation o on o.id = m.organisation_id
      left join second_factor f on f.user_id = u.id
    where u.id = ${userId}`.execute(db)
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    id: row.user_id,
    username: row.username,
    name: row.user_name,
    organisation: row.organisation_id === null ? null : organisationOf(row),
    powers: row.powers as Power[],
    ...(row.is_disabled && { disabled: true }),
    ...(row.is_password_given && { passwordGiven: true }),
    ...(row.has_second_factor && { secondFactor: true }),
  }
}

/** Users of an organisation who hold one of the powers: whom a notice to the organisation reaches. */
export async function findMembers(
  db: Store | Tx,
  organisationId: string,
  powers: readonly Power[],
): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`
    select user_id from member
    where organisation_id = ${organisationId} and powers && ${powers}::text[] and disabled_at is null`.execute(
    db,
  )
  return rows.map((row) => row.user_id)
}

/** Members of an organisation by name; at most 500. */
export async function findColleagues(
  db: Store | Tx,
  organisationId: string,
): Promise<{ id: string; name: string; powers: Power[] }[]> {
  const { rows } = await sql<{ id: string; name: string; powers: Power[] }>`
    select u.id, u.name, m.powers from member m join auth_user u on u.id = m.user_id
    where m.organisation_id = ${organisationId} order by u.name, u.id limit 500`.execute(db)
  return rows
}

/** Holds the organisation until the transaction ends. */
export async function lockOrganisation(tx: Tx, id: string): Promise<void> {
  await sql`select 1 from organisation where id = ${id} for update`.execute(tx)
}

export async function findUserNames(db: Store | Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{
    id: string
    name: string
  }>`select id, name from auth_user where id = any(${ids}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row.name]))
}
