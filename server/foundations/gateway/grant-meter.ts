import type { Refusal } from '@tiaoli/kernel/decisions'
import type { GrantLimits } from '@tiaoli/kernel/grant-limits'
import { type CivilDate, type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Database, Store, Tx } from '../database/index.ts'
import type { GrantUse } from './gateway.types.ts'
import { type KeptUse, minuteOf, type Needed, taken, useAt } from './grant-meter.rules.ts'

/** What was taken of a grant for one call. `day`: to whose count it went. */
export type Taken = { readonly rows: number; readonly day: CivilDate; readonly use: GrantUse }

/** Counts what is taken under grants that have limits: in the database, for all nodes and over restarts. */
export type GrantMeter = {
  usedOf(grantIds: readonly string[]): Promise<ReadonlyMap<string, GrantUse>>
  /** Takes in one step, so that calls that come together do not take the same rows; takes nothing where it refuses. */
  take(grantId: string, limits: GrantLimits, needed: Needed): Promise<Taken | { readonly refusal: Refusal }>
  /** Rows that were taken for a call and not given. The request stays counted. */
  giveBack(grantId: string, day: CivilDate, rows: number): Promise<void>
}

type Row = { grant_id: string; day: string; rows: string; minute: string; requests: number }

const keptOf = (row: Row): KeptUse => ({
  day: row.day as CivilDate,
  rows: Number(row.rows),
  minute: Number(row.minute),
  requests: row.requests,
})

/** @see GrantMeter, docs/decisions/0029 */
export function createGrantMeter(database: Database, clock: Clock): GrantMeter {
  const find = async (db: Store | Tx, ids: readonly string[], locked = false): Promise<Row[]> => {
    const { rows } = await sql<Row>`
      select grant_id, day::text as day, rows, minute, requests from grant_use
      where grant_id = any(${[...ids]}::text[]) ${locked ? sql`for update` : sql``}`.execute(db)
    return rows
  }

  return {
    async usedOf(grantIds) {
      const now = clock.now()
      const rows = await find(database.db, grantIds)
      return new Map(rows.map((row) => [row.grant_id, useAt(keptOf(row), now)]))
    },

    take(grantId, limits, needed) {
      return database.inTransaction(async (tx) => {
        const now = clock.now()
        const day = civilDateOf(now)
        await sql`insert into grant_use (grant_id, day, rows, minute, requests)
          values (${grantId}, ${day}::date, 0, ${minuteOf(now)}, 0) on conflict do nothing`.execute(tx)
        const [row] = await find(tx, [grantId], true)
        const use = useAt(row && keptOf(row), now)
        const given = taken(limits, use, needed)
        if ('refusal' in given) return given
        const after = {
          rowsToday: use.rowsToday + given.rows,
          requestsThisMinute: use.requestsThisMinute + 1,
        }
        await sql`update grant_use set day = ${day}::date, rows = ${after.rowsToday},
          minute = ${minuteOf(now)}, requests = ${after.requestsThisMinute} where grant_id = ${grantId}`.execute(
          tx,
        )
        return { rows: given.rows, day, use: after }
      })
    },

    async giveBack(grantId, day, rows) {
      if (rows === 0) return
      await sql`update grant_use set rows = greatest(0, rows - ${rows})
        where grant_id = ${grantId} and day = ${day}::date`.execute(database.db)
    },
  }
}
