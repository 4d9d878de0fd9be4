import { sql } from 'kysely'
import type { Store, Tx } from '../database/index.ts'

export type SecondFactorRow = {
  readonly sealed_secret: string
  readonly verified_at: Date | null
  readonly backup_count: number
}

export async function findSecondFactor(db: Store | Tx, userId: string): Promise<SecondFactorRow | undefined> {
  const { rows } = await sql<SecondFactorRow>`
    select sealed_secret, verified_at, cardinality(backup_digests) as backup_count
    from second_factor where user_id = ${userId}`.execute(db)
  return rows[0]
}

/** Puts a secret down that no code has proven yet; false where a proven one stands. */
export async function beginSecondFactor(
  db: Store,
  userId: string,
  sealedSecret: string,
  at: Date,
): Promise<boolean> {
  const result = await sql`insert into second_factor as known (user_id, sealed_secret, begun_at)
    values (${userId}, ${sealedSecret}, ${at})
    on conflict (user_id) do update set sealed_secret = excluded.sealed_secret, begun_at = excluded.begun_at, last_step = 0
    where known.verified_at is null`.execute(db)
  return Number(result.numAffectedRows) === 1
}

/** Takes a code's step, once: false where it, or a later one, was taken before. */
export async function takeStep(db: Store | Tx, userId: string, step: number): Promise<boolean> {
  const result = await sql`update second_factor set last_step = ${step}
    where user_id = ${userId} and last_step < ${step}`.execute(db)
  return Number(result.numAffectedRows) === 1
}

/** Takes a backup code, once. */
export async function takeBackup(db: Store | Tx, userId: string, digest: string): Promise<boolean> {
  const result = await sql`update second_factor set backup_digests = array_remove(backup_digests, ${digest})
    where user_id = ${userId} and verified_at is not null and ${digest} = any(backup_digests)`.execute(db)
  return Number(result.numAffectedRows) === 1
}

/** From now on codes are asked for; false where that was so before. */
export async function verifySecondFactor(
  tx: Tx,
  userId: string,
  backupDigests: readonly string[],
  at: Date,
): Promise<boolean> {
  const result = await sql`update second_factor set verified_at = ${at}, backup_digests = ${backupDigests}
    where user_id = ${userId} and verified_at is null`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

export async function writeBackups(tx: Tx, userId: string, digests: readonly string[]): Promise<void> {
  await sql`update second_factor set backup_digests = ${digests} where user_id = ${userId}`.execute(tx)
}

/** False where the user had none. */
export async function removeSecondFactor(tx: Tx, userId: string): Promise<boolean> {
  const result = await sql`delete from second_factor where user_id = ${userId}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

export async function insertStep(
  db: Store,
  step: { digest: string; userId: string; method: string; now: Date; expiresAt: Date },
): Promise<void> {
  await sql`delete from sign_in_step where expires_at <= ${step.now}`.execute(db)
  await sql`insert into sign_in_step (digest, user_id, method, expires_at)
    values (${step.digest}, ${step.userId}, ${step.method}, ${step.expiresAt})`.execute(db)
}

/** Counts an attempt at a step, and says whose it is; undefined where it is no more or was tried too often. */
export async function tryStep(
  db: Store,
  digest: string,
  now: Date,
  mostAttempts: number,
): Promise<{ userId: string; method: string } | undefined> {
  const { rows } = await sql<{ userId: string; method: string }>`
    update sign_in_step set attempts = attempts + 1
    where digest = ${digest} and expires_at > ${now} and attempts < ${mostAttempts}
    returning user_id as "userId", method`.execute(db)
  return rows[0]
}

/** Ends a step; false where another request ended it. */
export async function endStep(db: Store | Tx, digest: string): Promise<boolean> {
  const result = await sql`delete from sign_in_step where digest = ${digest}`.execute(db)
  return Number(result.numAffectedRows) === 1
}

export async function endStepsOf(tx: Tx, userId: string): Promise<void> {
  await sql`delete from sign_in_step where user_id = ${userId}`.execute(tx)
}

export async function readSetting(db: Store | Tx): Promise<string[]> {
  const { rows } = await sql<{ second_factor_for: string[] }>`
    select second_factor_for from sign_in_setting`.execute(db)
  return rows[0]?.second_factor_for ?? []
}

export async function writeSetting(tx: Tx, secondFactorFor: readonly string[]): Promise<void> {
  await sql`insert into sign_in_setting (second_factor_for) values (${secondFactorFor})
    on conflict (one) do update set second_factor_for = excluded.second_factor_for`.execute(tx)
}
