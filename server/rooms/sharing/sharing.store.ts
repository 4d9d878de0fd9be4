import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Grant } from './sharing.model.ts'

export type GrantRow = {
  id: string
  entry_id: string
  case_id: string
  case_number: string
  provider_id: string
  organisation_id: string | null
  user_id: string | null
  fields: string[]
  masks: Grant['masks']
  row_filter: Grant['rows']
  limits: Grant['limits']
  scenario: string
  article: string
  valid_from: Date
  valid_until: Date | null
  revoked_at: Date | null
  revocation: Grant['revocation']
  suspended_at: Date | null
  suspension: Grant['suspension']
  renews: string | null
}

export const grantOf = (row: GrantRow): Grant => ({
  id: row.id,
  entryId: row.entry_id,
  caseId: row.case_id,
  caseNumber: row.case_number,
  providerId: row.provider_id,
  organisationId: row.organisation_id,
  userId: row.user_id,
  fields: row.fields,
  masks: row.masks,
  rows: row.row_filter,
  limits: row.limits,
  scenario: row.scenario,
  article: row.article,
  validFrom: row.valid_from,
  validUntil: row.valid_until,
  revokedAt: row.revoked_at,
  revocation: row.revocation,
  suspendedAt: row.suspended_at,
  suspension: row.suspension,
  renews: row.renews,
})

export async function insertGrant(tx: Store | Tx, grant: Grant): Promise<void> {
  await sql`insert into use_grant (id, entry_id, case_id, case_number, provider_id, organisation_id, user_id, fields, masks, row_filter, limits, scenario, article, valid_from, valid_until, renews)
    values (${grant.id}, ${grant.entryId}, ${grant.caseId}, ${grant.caseNumber}, ${grant.providerId}, ${grant.organisationId}, ${grant.userId},
      ${grant.fields}, ${JSON.stringify(grant.masks)}, ${JSON.stringify(grant.rows)}, ${JSON.stringify(grant.limits)}, ${grant.scenario}, ${grant.article}, ${grant.validFrom}, ${grant.validUntil}, ${grant.renews})`.execute(
    tx,
  )
}

export async function findGrant(db: Store | Tx, id: string): Promise<Grant | undefined> {
  const { rows } = await sql<GrantRow>`select * from use_grant where id = ${id}`.execute(db)
  return rows[0] && grantOf(rows[0])
}

export async function findGrantOfCase(db: Store | Tx, caseId: string): Promise<Grant | undefined> {
  const { rows } = await sql<GrantRow>`select * from use_grant where case_id = ${caseId}`.execute(db)
  return rows[0] && grantOf(rows[0])
}

/** Keeps the conditions under which a request was filed. */
export async function insertTerms(
  tx: Tx,
  terms: {
    readonly caseId: string
    readonly entryId: string
    readonly requirements: string
    readonly at: Date
  },
): Promise<void> {
  await sql`insert into request_terms (case_id, entry_id, requirements, at)
    values (${terms.caseId}, ${terms.entryId}, ${terms.requirements}, ${terms.at})`.execute(tx)
}

export async function findTerms(db: Store | Tx, caseId: string): Promise<string | null> {
  const { rows } = await sql<{
    requirements: string
  }>`select requirements from request_terms where case_id = ${caseId}`.execute(db)
  return rows[0]?.requirements ?? null
}

export type Holder = { readonly organisationId: string | null; readonly userId: string | null }

/** Everything that was ever granted to the holder on the entry, newest first. */
export async function findGrantsOn(db: Store | Tx, holder: Holder, entryId: string): Promise<Grant[]> {
  const { organisationId, userId } = holder
  const bodyOnEntry = organisationId === null ? null : `${entryId} ${organisationId}`
  // Two look-ups, the first as its index spells it (0006-grants-of-a-holder.sql): of one condition with "or", PostgreSQL
  // reads all grants on the entry, whoever holds them.
  const { rows } = await sql<GrantRow>`
    select * from use_grant where entry_id || ' ' || organisation_id = ${bodyOnEntry}
    union all
    select * from use_grant where entry_id = ${entryId} and user_id = ${userId}
      and (${organisationId}::text is null or organisation_id is distinct from ${organisationId}::text)
    order by id desc`.execute(db)
  return rows.map(grantOf)
}

export type GrantSearch = {
  /** `overseen`: what these providers have given; null: all. */
  readonly side: 'held' | 'given' | 'overseen'
  readonly providers: readonly string[] | null
  /** Only those that have neither ended nor been revoked at this moment. */
  readonly standingAt: Date | undefined
  readonly holder: Holder
  readonly entryId: string | undefined
  /** Only between these bodies, where they are named. */
  readonly between?: { readonly providerId: string | undefined; readonly holderId: string | undefined }
  readonly before: string | undefined
  readonly limit: number
}

export async function findGrants(
  db: Store | Tx,
  { side, providers, standingAt, holder, entryId, between, before, limit }: GrantSearch,
): Promise<Grant[]> {
  const mine =
    side === 'held'
      ? sql`(organisation_id = ${holder.organisationId} or user_id = ${holder.userId})`
      : side === 'given'
        ? sql`provider_id = ${holder.organisationId}`
        : providers === null
          ? sql`true`
          : sql`provider_id = any(${[...providers]}::text[])`
  const { rows } = await sql<GrantRow>`select * from use_grant where ${mine}
    and (${entryId ?? null}::text is null or entry_id = ${entryId ?? null}) and (${before ?? null}::text is null or id < ${before ?? null})
    and (${between?.providerId ?? null}::text is null or provider_id = ${between?.providerId ?? null})
    and (${between?.holderId ?? null}::text is null or organisation_id = ${between?.holderId ?? null})
    and (${standingAt ?? null}::timestamptz is null
      or (revoked_at is null and (valid_until is null or valid_until >= ${standingAt ?? null})))
    order by id desc limit ${limit}`.execute(db)
  return rows.map(grantOf)
}

/** Stands still, or goes on where `suspension` is null; false where that is how it was. */
export async function writeSuspension(
  tx: Tx,
  id: string,
  at: Date,
  suspension: Grant['suspension'],
): Promise<boolean> {
  const result =
    suspension === null
      ? await sql`update use_grant set suspended_at = null, suspension = null
          where id = ${id} and suspended_at is not null`.execute(tx)
      : await sql`update use_grant set suspended_at = ${at}, suspension = ${JSON.stringify(suspension)}
          where id = ${id} and suspended_at is null`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** False where it was revoked before. */
export async function writeRevocation(
  tx: Store | Tx,
  id: string,
  at: Date,
  revocation: NonNullable<Grant['revocation']>,
): Promise<boolean> {
  const result =
    await sql`update use_grant set revoked_at = ${at}, revocation = ${JSON.stringify(revocation)} where id = ${id} and revoked_at is null`.execute(
      tx,
    )
  return Number(result.numAffectedRows) === 1
}

export async function writeProvider(tx: Tx, entryId: string, providerId: string): Promise<void> {
  await sql`update use_grant set provider_id = ${providerId} where entry_id = ${entryId}`.execute(tx)
}

/** Grants that a dissolved body gave or held are its successor's; the number of them. */
export async function succeed(tx: Tx, fromId: string, toId: string): Promise<number> {
  const result = await sql`update use_grant
    set provider_id = case when provider_id = ${fromId} then ${toId} else provider_id end,
      organisation_id = case when organisation_id = ${fromId} then ${toId} else organisation_id end
    where provider_id = ${fromId} or organisation_id = ${fromId}`.execute(tx)
  return Number(result.numAffectedRows)
}

export async function countLiveGrants(db: Store | Tx, entryId: string, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from use_grant
    where entry_id = ${entryId} and revoked_at is null and (valid_until is null or valid_until >= ${now})`.execute(
    db,
  )
  return rows[0]!.count
}

/** Grants that have neither ended nor been revoked, by the body that provides the data and the one that holds the grant, null for persons. */
export async function countLiveByParty(
  db: Store,
  now: Date,
): Promise<{ providerId: string; organisationId: string | null; count: number }[]> {
  const { rows } = await sql<{ provider_id: string; organisation_id: string | null; count: number }>`
    select provider_id, organisation_id, count(*)::int as count from use_grant
    where revoked_at is null and (valid_until is null or valid_until >= ${now})
    group by provider_id, organisation_id`.execute(db)
  return rows.map((row) => ({
    providerId: row.provider_id,
    organisationId: row.organisation_id,
    count: row.count,
  }))
}

/** Whoever holds a live grant on the entry: each body or person once. */
export async function findLiveHolders(tx: Tx, entryId: string, now: Date): Promise<Holder[]> {
  const { rows } = await sql<{ organisation_id: string | null; user_id: string | null }>`
    select distinct organisation_id, case when organisation_id is null then user_id end as user_id from use_grant
    where entry_id = ${entryId} and revoked_at is null and (valid_until is null or valid_until >= ${now})`.execute(
    tx,
  )
  return rows.map((row) => ({ organisationId: row.organisation_id, userId: row.user_id }))
}
