import { sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'

export type Attempts = { readonly attempts: number; readonly endsAt: Date }

/** All addresses that are not known to be the user's, counted together. */
export const elsewhere = '*'

/**
 * Counts an attempt as it begins, so that many at once cannot slip through together, and says how many there were in
 * its window. A window ends when it was to end, however often one tries meanwhile.
 */
export async function beginAttempt(
  db: Store,
  { subject, address, now, windowMs }: { subject: string; address: string; now: Date; windowMs: number },
): Promise<Attempts> {
  const endsAt = new Date(now.getTime() + windowMs)
  const { rows } = await sql<{ attempts: number; ends_at: Date }>`
    insert into sign_in_attempt as known (subject, address, attempts, ends_at)
    values (${subject}, ${address}, 1, ${endsAt})
    on conflict (subject, address) do update set
      attempts = case when known.ends_at <= ${now} then 1 else known.attempts + 1 end,
      ends_at = case when known.ends_at <= ${now} then excluded.ends_at else known.ends_at end
    returning attempts, ends_at`.execute(db)
  return { attempts: rows[0]!.attempts, endsAt: rows[0]!.ends_at }
}

/** Takes back an attempt that turned out to be lawful. */
export async function giveBackAttempt(db: Store, subject: string, address: string): Promise<void> {
  await sql`update sign_in_attempt set attempts = attempts - 1
    where subject = ${subject} and address = ${address} and attempts > 0`.execute(db)
}

export async function forgetAttempts(db: Store | Tx, subject: string, address?: string): Promise<void> {
  await sql`delete from sign_in_attempt
    where subject = ${subject} and (${address ?? null}::text is null or address = ${address ?? null})`.execute(
    db,
  )
}

/** Takes away counts whose window has ended: names that nobody has would else be kept for ever. */
export async function forgetEnded(db: Store, now: Date): Promise<void> {
  await sql`delete from sign_in_attempt where ends_at <= ${now}`.execute(db)
}

/** Until when each of the subjects is locked, where it is. */
export async function findLocks(
  db: Store,
  subjects: readonly string[],
  most: { readonly here: number; readonly elsewhere: number },
  now: Date,
): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ subject: string; until: Date }>`
    select subject, max(ends_at) as until from sign_in_attempt
    where subject = any(${[...subjects]}::text[]) and ends_at > ${now}
      and attempts >= case when address = ${elsewhere} then ${most.elsewhere}::int else ${most.here}::int end
    group by subject`.execute(db)
  return new Map(rows.map(({ subject, until }) => [subject, until]))
}
