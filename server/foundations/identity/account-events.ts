import type { accountEventKinds } from '@tiaoli/contract/account'
import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Database, Store, Tx } from '../database/index.ts'
import type { JsonObject, Ledger } from '../ledger/index.ts'
import type { Notices } from '../notices/index.ts'
import { type Told, toldOf } from './account-notices.ts'

export type AccountEventKind = (typeof accountEventKinds)[number]

/** From where a request came. */
export type Origin = { readonly address: string; readonly agent: string }

export type NewAccountEvent = {
  readonly kind: AccountEventKind
  /** Whose account; null where the name that was given is nobody's. */
  readonly userId: string | null
  /** Who did it; null where nobody knows who it was. */
  readonly by: string | null
  readonly origin?: Origin | undefined
  readonly details?: JsonObject
}

export type AccountEvent = NewAccountEvent & {
  readonly id: string
  readonly at: Date
  readonly details: JsonObject
  readonly recordId: string
}

export type AccountEvents = ReturnType<typeof createAccountEvents>

const longestAgent = 300

/** What happens to accounts: a line for their users and their overseers, and its record in the ledger, together. */
export function createAccountEvents(deps: {
  readonly database: Database
  readonly ledger: Pick<Ledger, 'record'>
  readonly notices: Pick<Notices, 'send'>
  readonly clock: Clock
}) {
  const { database, ledger, notices, clock } = deps

  /** Writes the line in the caller's transaction. */
  async function write(tx: Tx, { kind, userId, by, origin, details = {} }: NewAccountEvent): Promise<void> {
    const agent = origin?.agent.slice(0, longestAgent) ?? null
    // Of nobody's organisation: when and from where people sign in is no business of their colleagues.
    const { id: recordId } = await ledger.record(tx, {
      kind: `account.${kind}`,
      userId: by,
      organisationId: null,
      payload: { of: userId, address: origin?.address ?? null, ...details },
    })
    await sql`insert into account_event (id, at, kind, user_id, by_user_id, address, agent, details, record_id)
      values (${newId()}, ${clock.now()}, ${kind}, ${userId}, ${by}, ${origin?.address ?? null}, ${agent},
              ${JSON.stringify(details)}::jsonb, ${recordId})`.execute(tx)
  }

  /** Tells the user what somebody else did to the account, or tried to. */
  const tell = (tx: Tx, userId: string, told: Told): Promise<void> => notices.send(tx, [userId], toldOf(told))

  return {
    write,
    tell,
    /** An attempt that failed, and where it was one too many, the lock with it: of that the user is told. */
    failed: (
      userId: string | null,
      reason: string,
      origin: Origin,
      locks: 'here' | 'elsewhere' | 'codes' | undefined,
    ): Promise<void> =>
      database.inTransaction(async (tx) => {
        await write(tx, { kind: 'sign-in-refused', userId, by: null, origin, details: { reason } })
        if (locks === undefined || userId === null) return
        await write(tx, { kind: 'locked', userId, by: null, origin, details: { for: locks } })
        await tell(tx, userId, { what: 'locked', address: origin.address, locks })
      }),
    /** Writes the line by itself; resolves once it is kept. */
    note: (event: NewAccountEvent): Promise<void> => database.inTransaction((tx) => write(tx, event)),
  }
}

export type AccountEventFilter = {
  readonly userId?: string | undefined
  readonly kind?: string | undefined
  readonly from?: Date | undefined
  readonly until?: Date | undefined
  /** The id after which the page goes on. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function findAccountEvents(db: Store, filter: AccountEventFilter): Promise<AccountEvent[]> {
  const { userId = null, kind = null, from = null, until = null, before = null, limit } = filter
  const { rows } = await sql<{
    id: string
    at: Date
    kind: AccountEventKind
    user_id: string | null
    by_user_id: string | null
    address: string | null
    agent: string | null
    details: JsonObject
    record_id: string
  }>`select * from account_event
    where (${userId}::text is null or user_id = ${userId}) and (${kind}::text is null or kind = ${kind})
      and (${from}::timestamptz is null or at >= ${from}) and (${until}::timestamptz is null or at < ${until})
      and (${before}::text is null or id < ${before})
    order by id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    kind: row.kind,
    userId: row.user_id,
    by: row.by_user_id,
    origin: row.address === null ? undefined : { address: row.address, agent: row.agent ?? '' },
    details: row.details,
    recordId: row.record_id,
  }))
}

/** Whether the user signed in from there since then. */
export async function hasSignedInFrom(
  db: Store,
  userId: string,
  counted: string,
  since: Date,
): Promise<boolean> {
  const { rows } = await sql`select 1 from account_event
    where user_id = ${userId} and kind = 'signed-in' and details->>'from' = ${counted} and at > ${since}
    limit 1`.execute(db)
  return rows.length > 0
}
