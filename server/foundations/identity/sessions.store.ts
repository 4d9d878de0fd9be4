import { sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'

export type SessionRow = {
  readonly id: string
  readonly startedAt: Date
  readonly expiresAt: Date
  readonly address: string
  readonly agent: string
}

/** Sessions of a user that are open, newest first. */
export async function findSessions(db: Store, userId: string, now: Date): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`
    select "id", "createdAt" as "startedAt", "expiresAt", coalesce("ipAddress", '') as "address",
      coalesce("userAgent", '') as "agent"
    from auth_session where "userId" = ${userId} and "expiresAt" > ${now} order by "createdAt" desc, "id"
    limit 200`.execute(db)
  return rows
}

/** Whether the session is the user's and was begun since then. */
export async function isSessionSince(
  db: Store,
  userId: string,
  sessionId: string,
  since: Date,
): Promise<boolean> {
  const { rows } = await sql`select 1 from auth_session
    where "id" = ${sessionId} and "userId" = ${userId} and "createdAt" >= ${since}`.execute(db)
  return rows.length > 0
}

/** Ends one session of the user; false where the user has no such session. */
export async function endSession(tx: Tx, userId: string, sessionId: string): Promise<boolean> {
  const result =
    await sql`delete from auth_session where "userId" = ${userId} and "id" = ${sessionId}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** Ends the sessions of one user, but for one where that is told; says how many. */
export async function endSessions(db: Store | Tx, userId: string, but?: string): Promise<number> {
  const result = await sql`delete from auth_session
    where "userId" = ${userId} and (${but ?? null}::text is null or "id" <> ${but ?? null})`.execute(db)
  return Number(result.numAffectedRows ?? 0)
}
