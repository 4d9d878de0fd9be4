import { sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'

/** The user of a name, with the hash of the password; null where the account has none. */
export async function findCredentials(
  db: Store,
  username: string,
): Promise<{ userId: string; hash: string | null } | undefined> {
  const { rows } = await sql<{ userId: string; hash: string | null }>`
    select u.id as "userId", a.password as hash from auth_user u
      left join auth_account a on a."userId" = u.id and a."providerId" = 'credential'
    where u.username = ${username.toLowerCase()}`.execute(db)
  return rows[0]
}

/** Puts a new password down; `givenAt` where somebody else gave it. False where the account has none. */
export async function writePassword(
  tx: Tx,
  userId: string,
  hash: string,
  now: Date,
  givenAt: Date | null,
): Promise<boolean> {
  const result = await sql`update auth_account set password = ${hash}, "updatedAt" = ${now}
    where "userId" = ${userId} and "providerId" = 'credential'`.execute(tx)
  await sql`update member set password_given_at = ${givenAt} where user_id = ${userId}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}
