import type { ApplicantKind } from '@tiaoli/contract/registration'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { RealNameService } from './real-name.ts'

export type Registered = {
  readonly kind: ApplicantKind
  /** Of an organisation, who registered it. */
  readonly userId: string
  readonly checkedBy: RealNameService['checkedBy']
  readonly registeredAt: Date
  readonly organisationId: string | null
  readonly releasedAt: Date | null
}

/**
 * Takes the place of a subject before its account is made. False where it is taken: by who registered, or by a claim
 * that was made after `staleBefore` and may still become one.
 */
export async function claim(
  db: Store | Tx,
  digest: Buffer,
  kind: ApplicantKind,
  now: Date,
  staleBefore: Date,
): Promise<boolean> {
  const result =
    await sql`insert into registration (subject_digest, kind, claimed_at) values (${digest}, ${kind}, ${now})
    on conflict (subject_digest) do update set kind = ${kind}, claimed_at = ${now}
    where registration.user_id is null and registration.claimed_at < ${staleBefore}`.execute(db)
  return Number(result.numAffectedRows) === 1
}

export async function release(db: Store | Tx, digest: Buffer): Promise<void> {
  await sql`delete from registration where subject_digest = ${digest} and user_id is null`.execute(db)
}

export async function complete(
  tx: Tx,
  digest: Buffer,
  given: { userId: string; organisationId: string | null; checkedBy: Registered['checkedBy']; at: Date },
): Promise<void> {
  await sql`update registration set user_id = ${given.userId}, organisation_id = ${given.organisationId},
      checked_by = ${given.checkedBy}, registered_at = ${given.at}
    where subject_digest = ${digest}`.execute(tx)
}

type Row = {
  kind: ApplicantKind
  user_id: string
  checked_by: Registered['checkedBy']
  registered_at: Date
  organisation_id: string | null
  released_at: Date | null
}

/** The registration behind a party of a case: a person's own, or that of the organisation. */
export async function findRegistration(
  db: Store | Tx,
  party: { readonly userId: string | null; readonly organisationId: string | null },
): Promise<Registered | undefined> {
  const { rows } =
    await sql<Row>`select kind, user_id, checked_by, registered_at, organisation_id, released_at from registration
    where registered_at is not null
      and (user_id = ${party.userId} or (${party.organisationId}::text is not null and organisation_id = ${party.organisationId}))
    limit 1`.execute(db)
  const row = rows[0]
  return (
    row && {
      kind: row.kind,
      userId: row.user_id,
      checkedBy: row.checked_by,
      registeredAt: row.registered_at,
      organisationId: row.organisation_id,
      releasedAt: row.released_at,
    }
  )
}

/** The registration stays on record, and its number is free: `nobodys` takes the place of the digest. */
export async function writeRelease(tx: Tx, userId: string, at: Date, nobodys: Buffer): Promise<void> {
  await sql`update registration set released_at = ${at}, subject_digest = ${nobodys}
    where user_id = ${userId}`.execute(tx)
}

/** Undefined for whoever is not a person of that number beyond doubt. */
export async function findVerifiedDigest(db: Store, userId: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ subject_digest: Uint8Array }>`select subject_digest from registration
    where user_id = ${userId} and kind = 'natural-person' and checked_by = 'service'
      and registered_at is not null and released_at is null`.execute(db)
  return rows[0] && Buffer.from(rows[0].subject_digest)
}
