import type { ApplicantKind } from '@tiaoli/contract/registration'
import type { ContestOutcome } from '@tiaoli/contract/registration-contests'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

export type Contested = {
  readonly userId: string
  readonly organisationId: string | null
}

export type KeptContest = Contested & {
  readonly id: string
  readonly kind: ApplicantKind
  readonly name: string
  /** Null once it was decided. */
  readonly contact: string | null
  readonly statement: string
  readonly filedAt: Date
  readonly outcome: ContestOutcome | null
  readonly reasons: string | null
  readonly decidedAt: Date | null
}

/** The registration that stands under a number; undefined where there is none. */
export async function findByNumber(db: Store | Tx, digest: Buffer): Promise<Contested | undefined> {
  const { rows } = await sql<Contested>`select user_id as "userId", organisation_id as "organisationId"
    from registration where subject_digest = ${digest} and registered_at is not null and released_at is null`.execute(
    db,
  )
  return rows[0]
}

/** False where a contest of the same registration waits already. */
export async function insertContest(
  tx: Tx,
  contest: Omit<KeptContest, 'outcome' | 'reasons' | 'decidedAt'>,
): Promise<boolean> {
  const { id, kind, userId, organisationId, name, contact, statement, filedAt } = contest
  const result = await sql`
    insert into registration_contest (id, kind, user_id, organisation_id, name, contact, statement, filed_at)
    values (${id}, ${kind}, ${userId}, ${organisationId}, ${name}, ${contact}, ${statement}, ${filedAt})
    on conflict do nothing`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

const columns = sql.raw(
  `id, kind, user_id as "userId", organisation_id as "organisationId", name, contact, statement, filed_at as "filedAt", outcome, reasons, decided_at as "decidedAt"`,
)

export async function findContest(db: Store | Tx, id: string): Promise<KeptContest | undefined> {
  const { rows } =
    await sql<KeptContest>`select ${columns} from registration_contest where id = ${id}`.execute(db)
  return rows[0]
}

/** Those that wait first, the newest first; from the one after `after` on. */
export async function findContests(
  db: Store,
  after: string | undefined,
  limit: number,
): Promise<KeptContest[]> {
  const { rows } = await sql<KeptContest>`select ${columns} from registration_contest
    where ${after ?? null}::uuid is null or ((decided_at is null), id) < (
      select decided_at is null, id from registration_contest where id = ${after ?? null}::uuid)
    order by (decided_at is null) desc, id desc limit ${limit}`.execute(db)
  return rows
}

/** False where it is decided already. */
export async function decide(
  tx: Tx,
  id: string,
  decision: {
    readonly outcome: ContestOutcome
    readonly reasons: string
    readonly by: string
    readonly at: Date
  },
): Promise<boolean> {
  const { outcome, reasons, by, at } = decision
  const result = await sql`update registration_contest
    set outcome = ${outcome}, reasons = ${reasons}, decided_by = ${by}, decided_at = ${at}, contact = null
    where id = ${id} and decided_at is null`.execute(tx)
  return Number(result.numAffectedRows) === 1
}
