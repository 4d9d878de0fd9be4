import { sql } from 'kysely'
import { lockName, type Store, type Tx } from '../../foundations/database/index.ts'
import type { Grant } from './sharing.model.ts'
import { type GrantRow, grantOf } from './sharing.store.ts'

/** Of two who ask at once for the same grant to go on, one waits for the other. */
export const lockRenewal = (tx: Tx, grantId: string): Promise<void> => lockName(tx, `renewal ${grantId}`)

export async function insertRenewal(tx: Tx, caseId: string, grantId: string): Promise<void> {
  await sql`insert into grant_renewal (case_id, grant_id) values (${caseId}, ${grantId})`.execute(tx)
}

/** The grant that the case is to renew. */
export async function findRenewed(db: Store | Tx, caseId: string): Promise<Grant | undefined> {
  const { rows } = await sql<GrantRow>`select g.* from grant_renewal r join use_grant g on g.id = r.grant_id
    where r.case_id = ${caseId}`.execute(db)
  return rows[0] && grantOf(rows[0])
}

/** The same; nobody suspends or revokes it until the transaction ends. */
export async function lockRenewed(tx: Tx, caseId: string): Promise<Grant | undefined> {
  const { rows } = await sql<GrantRow>`select * from use_grant
    where id = (select grant_id from grant_renewal where case_id = ${caseId}) for update`.execute(tx)
  return rows[0] && grantOf(rows[0])
}

/** Cases that were filed to renew the grant, the newest first. */
export async function findRenewalCases(db: Store | Tx, grantId: string): Promise<string[]> {
  const { rows } = await sql<{
    case_id: string
  }>`select case_id from grant_renewal where grant_id = ${grantId} order by case_id desc`.execute(db)
  return rows.map((row) => row.case_id)
}

/** Neither revoked nor over; it may be suspended, and then the use still goes on by it once that is resolved. */
const stands = (now: Date) => sql`(revoked_at is null and (valid_until is null or valid_until >= ${now}))`

/** By which grant each of these goes on or went on, and whether that one stands. */
export async function findRenewals(
  db: Store | Tx,
  grantIds: readonly string[],
  now: Date,
): Promise<Map<string, { readonly id: string; readonly stands: boolean }>> {
  const { rows } = await sql<{ id: string; renews: string; stands: boolean }>`
    select id, renews, ${stands(now)} as stands from use_grant
    where renews = any(${[...grantIds]}::text[]) order by stands, id`.execute(db)
  return new Map(rows.map(({ id, renews, stands }) => [renews, { id, stands }]))
}

/** The grant by which this one goes on, where there is one that stands. */
export async function findRenewal(db: Store | Tx, grantId: string, now: Date): Promise<Grant | undefined> {
  const { rows } = await sql<GrantRow>`select * from use_grant where renews = ${grantId} and ${stands(now)}
    order by id desc limit 1`.execute(db)
  return rows[0] && grantOf(rows[0])
}

/**
 * Does something to the grant and then to every grant that follows it in time, so that what befalls a grant befalls
 * the use. A renewal that is just being given holds the grant that it renews: it is waited for, and then found.
 */
export async function alongRenewals(
  tx: Tx,
  grant: Grant,
  act: (grant: Grant) => Promise<void>,
): Promise<void> {
  await act(grant)
  const { rows } =
    await sql<GrantRow>`select * from use_grant where renews = ${grant.id} order by id`.execute(tx)
  for (const row of rows) await alongRenewals(tx, grantOf(row), act)
}
