import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Check, CheckFailure, ConnectionState, SourceSystem } from './connections.model.ts'

type SystemRow = {
  id: string
  organisation_id: string
  name: string
  url: string | null
  user_name: string | null
  sealed_token: string | null
  limit_seconds: number | null
  state: ConnectionState
  stale: boolean
  checked_at: Date | null
  ok_at: Date | null
  changed_at: Date | null
  failure: CheckFailure | null
  created_at: Date
}

const systemOf = (row: SystemRow): SourceSystem => ({
  id: row.id,
  organisationId: row.organisation_id,
  name: row.name,
  url: row.url,
  user: row.user_name,
  sealedToken: row.sealed_token,
  limitSeconds: row.limit_seconds,
  state: row.state,
  stale: row.stale,
  checkedAt: row.checked_at,
  okAt: row.ok_at,
  changedAt: row.changed_at,
  failure: row.failure,
  createdAt: row.created_at,
})

export async function insertSystem(tx: Tx, system: SourceSystem): Promise<void> {
  await sql`insert into source_system (id, organisation_id, name, url, user_name, sealed_token,
      limit_seconds, state, created_at)
    values (${system.id}, ${system.organisationId}, ${system.name}, ${system.url}, ${system.user},
      ${system.sealedToken}, ${system.limitSeconds}, ${system.state}, ${system.createdAt})`.execute(tx)
}

/** Writes what the owner said and what the last check found. */
export async function writeSystem(tx: Tx, system: SourceSystem): Promise<void> {
  await sql`update source_system set name = ${system.name}, url = ${system.url}, user_name = ${system.user},
      sealed_token = ${system.sealedToken}, limit_seconds = ${system.limitSeconds}, state = ${system.state}, stale = ${system.stale},
      checked_at = ${system.checkedAt}, ok_at = ${system.okAt}, changed_at = ${system.changedAt},
      failure = ${system.failure}
    where id = ${system.id}`.execute(tx)
}

/** Inside a transaction the system is held until its end: two checks do not write over each other. */
export async function findSystem(
  db: Store | Tx,
  id: string,
  hold = false,
): Promise<SourceSystem | undefined> {
  const { rows } = await sql<SystemRow>`select * from source_system where id = ${id}
    ${hold ? sql`for update` : sql``}`.execute(db)
  return rows[0] && systemOf(rows[0])
}

/** All systems, or those of one organisation, in the order of their registration. */
export async function findSystems(
  db: Store | Tx,
  organisationIds: readonly string[] | null,
): Promise<SourceSystem[]> {
  const { rows } = await sql<SystemRow>`select * from source_system
    where ${organisationIds}::text[] is null or organisation_id = any(${organisationIds}::text[]) order by id`.execute(
    db,
  )
  return rows.map(systemOf)
}

export async function insertCheck(tx: Tx, id: string, systemId: string, check: Check): Promise<void> {
  await sql`insert into source_check (id, system_id, at, took_ms, ok, failure, status)
    values (${id}, ${systemId}, ${check.at}, ${check.tookMs}, ${check.failure === null}, ${check.failure},
      ${check.status})`.execute(tx)
}

/** Takes away what was found before a moment. */
export async function dropChecks(tx: Tx, systemId: string, before: Date): Promise<void> {
  await sql`delete from source_check where system_id = ${systemId} and at < ${before}`.execute(tx)
}

export async function checksOf(db: Store | Tx, systemId: string, limit: number) {
  const { rows } = await sql<{
    at: Date
    took_ms: number
    ok: boolean
    failure: CheckFailure | null
    status: number | null
  }>`select at, took_ms, ok, failure, status from source_check where system_id = ${systemId}
    order by at desc, id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    at: row.at,
    tookMs: row.took_ms,
    ok: row.ok,
    failure: row.failure,
    status: row.status,
  }))
}

/** Systems of a dissolved body are its successor's. */
export async function succeed(tx: Tx, fromId: string, toId: string): Promise<number> {
  const result =
    await sql`update source_system set organisation_id = ${toId} where organisation_id = ${fromId}`.execute(
      tx,
    )
  return Number(result.numAffectedRows)
}
