import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { HarvestKind, Source } from './harvesting.model.ts'

type SourceRow = {
  id: string
  organisation_id: string
  name: string
  kind: HarvestKind
  url: string
  every_hours: number | null
  most_withdrawn_percent: number
  enabled: boolean
  tried: boolean
  begun: boolean
  current_run: string | null
  next_run_at: Date | null
  version: number
  registered_by: string
  registered_name: string
  created_at: Date
}

const sourceOf = (row: SourceRow): Source => ({
  id: row.id,
  organisationId: row.organisation_id,
  name: row.name,
  kind: row.kind,
  url: row.url,
  everyHours: row.every_hours,
  mostWithdrawnPercent: row.most_withdrawn_percent,
  enabled: row.enabled,
  tried: row.tried,
  begun: row.begun,
  currentRun: row.current_run,
  nextRunAt: row.next_run_at,
  version: row.version,
  registeredBy: row.registered_by,
  registeredName: row.registered_name,
  createdAt: row.created_at,
})

export async function insertSource(tx: Tx, source: Source): Promise<void> {
  await sql`insert into harvest_source (id, organisation_id, name, kind, url, every_hours, most_withdrawn_percent,
      registered_by, registered_name, created_at)
    values (${source.id}, ${source.organisationId}, ${source.name}, ${source.kind}, ${source.url}, ${source.everyHours},
      ${source.mostWithdrawnPercent}, ${source.registeredBy}, ${source.registeredName}, ${source.createdAt})`.execute(
    tx,
  )
}

/** Inside a transaction with `hold` nobody else writes it until the end. */
export async function findSource(db: Store | Tx, id: string, hold = false): Promise<Source | undefined> {
  const { rows } = await sql<SourceRow>`select * from harvest_source where id = ${id}
    ${hold ? sql`for update` : sql``}`.execute(db)
  return rows[0] && sourceOf(rows[0])
}

/** By their ids; `organisationId` null: of every organisation. */
export async function listSources(
  db: Store,
  organisationId: string | null,
  after: string | undefined,
  limit: number,
): Promise<Source[]> {
  const { rows } = await sql<SourceRow>`select * from harvest_source
    where (${organisationId}::text is null or organisation_id = ${organisationId})
      and (${after ?? null}::text is null or id > ${after ?? null}) order by id limit ${limit}`.execute(db)
  return rows.map(sourceOf)
}

/** Writes everything that can change. */
export async function writeSource(tx: Tx, source: Source): Promise<void> {
  await sql`update harvest_source set name = ${source.name}, kind = ${source.kind}, url = ${source.url},
      every_hours = ${source.everyHours}, most_withdrawn_percent = ${source.mostWithdrawnPercent},
      enabled = ${source.enabled}, tried = ${source.tried}, begun = ${source.begun}, current_run = ${source.currentRun},
      next_run_at = ${source.nextRunAt}, version = ${source.version},
      registered_by = ${source.registeredBy}, registered_name = ${source.registeredName}
    where id = ${source.id}`.execute(tx)
}
