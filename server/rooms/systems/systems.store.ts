import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

export type Maintenance = {
  readonly id: string
  readonly system: 'sharing' | 'opening'
  readonly from: Date
  readonly until: Date
  readonly note: string
  readonly organisationId: string
  readonly userId: string
}

export async function insertBeat(db: Store | Tx, at: Date, keptSince: Date): Promise<void> {
  await sql`insert into system_beat (at) values (${at}) on conflict do nothing`.execute(db)
  await sql`delete from system_beat where at < ${keptSince}`.execute(db)
}

export async function findBeats(db: Store | Tx, since: Date, until: Date): Promise<Date[]> {
  const { rows } = await sql<{
    at: Date
  }>`select at from system_beat where at >= ${since} and at <= ${until} order by at`.execute(db)
  return rows.map(({ at }) => at)
}

export async function insertMaintenance(tx: Tx, each: Maintenance): Promise<void> {
  await sql`insert into system_maintenance (id, system, from_at, until_at, note, organisation_id, user_id)
    values (${each.id}, ${each.system}, ${each.from}, ${each.until}, ${each.note}, ${each.organisationId}, ${each.userId})`.execute(
    tx,
  )
}

export async function findMaintenance(db: Store | Tx, system: string, limit: number): Promise<Maintenance[]> {
  const { rows } = await sql<{
    id: string
    system: Maintenance['system']
    from_at: Date
    until_at: Date
    note: string
    organisation_id: string
    user_id: string
  }>`select * from system_maintenance where system = ${system} order by id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    system: row.system,
    from: row.from_at,
    until: row.until_at,
    note: row.note,
    organisationId: row.organisation_id,
    userId: row.user_id,
  }))
}
