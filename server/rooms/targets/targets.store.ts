import type { Text } from '@tiaoli/kernel/text'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

/** A local target (非法定) for one clock of one procedure, with the instrument that it rests on. */
export type Target = {
  readonly id: string
  readonly procedure: string
  readonly clock: string
  readonly workingDays: number | null
  readonly instrument: Text
  readonly organisationId: string
  readonly userId: string
  readonly setAt: Date
}

type Row = {
  id: string
  procedure: string
  clock: string
  working_days: number | null
  instrument_zh: string
  instrument_en: string
  organisation_id: string
  user_id: string
  set_at: Date
}

const targetOf = (row: Row): Target => ({
  id: row.id,
  procedure: row.procedure,
  clock: row.clock,
  workingDays: row.working_days,
  instrument: { zh: row.instrument_zh, en: row.instrument_en },
  organisationId: row.organisation_id,
  userId: row.user_id,
  setAt: row.set_at,
})

/** The newest of every clock, of one procedure or of all. */
export async function currentTargets(db: Store | Tx, procedure?: string): Promise<Target[]> {
  const { rows } = await sql<Row>`select distinct on (procedure, clock) * from clock_target
    where ${procedure ?? null}::text is null or procedure = ${procedure ?? null}
    order by procedure, clock, id desc`.execute(db)
  return rows.map(targetOf)
}

export async function insertTarget(tx: Tx, target: Target): Promise<void> {
  await sql`insert into clock_target (id, procedure, clock, working_days, instrument_zh, instrument_en, organisation_id, user_id, set_at)
    values (${target.id}, ${target.procedure}, ${target.clock}, ${target.workingDays}, ${target.instrument.zh},
      ${target.instrument.en}, ${target.organisationId}, ${target.userId}, ${target.setAt})`.execute(tx)
}
