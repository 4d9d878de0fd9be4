import type { CivilDate } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

export type HandOver = {
  readonly id: string
  readonly organisationId: string
  readonly fromUser: string
  readonly toUser: string
  readonly fromOn: CivilDate
  readonly untilOn: CivilDate
  readonly note: string
  readonly madeAt: Date
  readonly recordId: string
  readonly endedAt: Date | null
}

const columns = sql`id, organisation_id as "organisationId", from_user as "fromUser", to_user as "toUser",
  from_on as "fromOn", until_on as "untilOn", note, made_at as "madeAt", record_id as "recordId", ended_at as "endedAt"`

export async function insertHandOver(tx: Tx, made: HandOver): Promise<void> {
  await sql`insert into hand_over (id, organisation_id, from_user, to_user, from_on, until_on, note, made_at, record_id)
    values (${made.id}, ${made.organisationId}, ${made.fromUser}, ${made.toUser}, ${made.fromOn}, ${made.untilOn},
      ${made.note}, ${made.madeAt}, ${made.recordId})`.execute(tx)
}

/** Newest first; at most 200. */
export async function handOversOf(db: Store | Tx, organisationId: string): Promise<HandOver[]> {
  const { rows } = await sql<HandOver>`select ${columns} from hand_over
    where organisation_id = ${organisationId} order by id desc limit 200`.execute(db)
  return rows
}

/** Those that have not ended and of which one of the users is a part, on either side, with a day from `from` on. */
export async function openHandOversOf(
  tx: Tx,
  userIds: readonly string[],
  from: CivilDate,
): Promise<HandOver[]> {
  const { rows } = await sql<HandOver>`select ${columns} from hand_over
    where ended_at is null and until_on >= ${from}
      and (from_user = any(${[...userIds]}::text[]) or to_user = any(${[...userIds]}::text[]))`.execute(tx)
  return rows
}

/** Who has handed over to the user on that day. */
export async function handedTo(db: Store | Tx, userId: string, on: CivilDate): Promise<HandOver[]> {
  const { rows } = await sql<HandOver>`select ${columns} from hand_over
    where to_user = ${userId} and ended_at is null and from_on <= ${on} and until_on >= ${on} order by id`.execute(
    db,
  )
  return rows
}

/** Who takes on the cases of any of the users on that day. */
export async function takersOf(
  tx: Store | Tx,
  userIds: readonly string[],
  on: CivilDate,
): Promise<readonly string[]> {
  if (userIds.length === 0) return []
  const { rows } = await sql<{ to_user: string }>`select distinct to_user from hand_over
    where from_user = any(${[...userIds]}::text[]) and ended_at is null
      and from_on <= ${on} and until_on >= ${on}`.execute(tx)
  return rows.map((row) => row.to_user)
}

export async function endHandOver(
  tx: Tx,
  id: string,
  organisationId: string,
  at: Date,
): Promise<HandOver | undefined> {
  const { rows } = await sql<HandOver>`update hand_over set ended_at = ${at}
    where id = ${id} and organisation_id = ${organisationId} and ended_at is null returning ${columns}`.execute(
    tx,
  )
  return rows[0]
}
