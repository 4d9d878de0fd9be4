import { type CivilDate, type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import type { AnsweredAggregate } from '../lake/lake.types.ts'
import { daysRemembered } from './small-groups.rules.ts'

/** Who asks, of what. */
export type AskedOf = { readonly holder: string; readonly entryId: string }

/** What a holder was given: the groups shown with their rows, and with their values by measured guarded field. */
export type Remembered = AnsweredAggregate & {
  readonly sizes: readonly number[]
  /** Absent in answers from before it was kept: then any field may have been measured. */
  readonly values?: Readonly<Record<string, readonly number[]>>
}

export type Kept = { readonly number: number; readonly snapshotId: string; readonly answer: Remembered }

export type AnswersMemory = ReturnType<typeof createAnswersMemory>

/** The memory of guarded aggregates: answers for as long as they count, and the refusals of a day. */
export function createAnswersMemory({ db }: Database, clock: Clock) {
  const since = () => new Date(clock.now().getTime() - daysRemembered * 86_400_000)
  const today = (): CivilDate => civilDateOf(clock.now())

  return {
    async answers({ holder, entryId }: AskedOf): Promise<readonly Kept[]> {
      const { rows } = await sql<{ number: number; snapshot_id: string; answer: Remembered }>`
        select number, snapshot_id, answer from answered_aggregate
        where holder = ${holder} and entry_id = ${entryId} and answered_at > ${since()}
        order by number`.execute(db)
      return rows.map((row) => ({ number: row.number, snapshotId: row.snapshot_id, answer: row.answer }))
    },

    /** False where another question of the holder came in between. What is too old is forgotten on the way. */
    async remember({ holder, entryId }: AskedOf, { number, snapshotId, answer }: Kept): Promise<boolean> {
      await sql`delete from answered_aggregate where answered_at <= ${since()}`.execute(db)
      const result = await sql`
        insert into answered_aggregate (holder, entry_id, snapshot_id, number, answer, answered_at)
        values (${holder}, ${entryId}, ${snapshotId}, ${number}, ${JSON.stringify(answer)}::jsonb, ${clock.now()})
        on conflict do nothing`.execute(db)
      return Number(result.numAffectedRows) === 1
    },

    async refusalsToday({ holder, entryId }: AskedOf): Promise<number> {
      const { rows } = await sql<{ times: number }>`
        select times from refused_aggregate
        where holder = ${holder} and entry_id = ${entryId} and day = ${today()}::date`.execute(db)
      return rows[0]?.times ?? 0
    },

    async countRefusal({ holder, entryId }: AskedOf): Promise<void> {
      await sql`
        insert into refused_aggregate as r (holder, entry_id, day, times)
        values (${holder}, ${entryId}, ${today()}::date, 1)
        on conflict (holder, entry_id) do update
        set times = case when r.day = excluded.day then r.times + 1 else 1 end, day = excluded.day`.execute(
        db,
      )
    },
  }
}
