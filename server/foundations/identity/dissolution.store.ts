import { sql } from 'kysely'
import type { Tx } from '../database/index.ts'

/** The body holds no role any more and another has taken its place, if any; false where that was so before. */
export async function writeDissolution(
  tx: Tx,
  id: string,
  successorId: string | null,
  at: Date,
): Promise<boolean> {
  const result =
    await sql`update organisation set dissolved_at = ${at}, successor_id = ${successorId}, roles = '{}',
      changed = nextval('organisation_change')
    where id = ${id} and dissolved_at is null`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** Its members act for nobody any more: they are signed out, and their keys open nothing. */
export async function retireMembers(tx: Tx, organisationId: string, at: Date): Promise<void> {
  await sql`update member set powers = '{}' where organisation_id = ${organisationId}`.execute(tx)
  await sql`delete from auth_session
    where "userId" in (select user_id from member where organisation_id = ${organisationId})`.execute(tx)
  await sql`update api_key set revoked_at = ${at} where revoked_at is null
    and user_id in (select user_id from member where organisation_id = ${organisationId})`.execute(tx)
}
