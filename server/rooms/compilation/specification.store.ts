import { sql } from 'kysely'
import { lockName, type Store, type Tx } from '../../foundations/database/index.ts'
import type { Specification } from './specification.rules.ts'

type SpecificationRow = {
  version: number
  title: string
  note: string
  items: Specification['items']
  cosigners: string[]
  organisation_id: string
  published_at: Date
  effective_at: Date
  record_id: string
}

const specificationOf = (row: SpecificationRow): Specification => ({
  version: row.version,
  title: row.title,
  note: row.note,
  items: row.items,
  cosigners: row.cosigners,
  organisationId: row.organisation_id,
  publishedAt: row.published_at,
  effectiveAt: row.effective_at,
  recordId: row.record_id,
})

/** Versions below the given one, newest first. */
export async function findSpecifications(
  db: Store | Tx,
  below: number | undefined,
  limit: number,
): Promise<Specification[]> {
  const { rows } = await sql<SpecificationRow>`select * from specification
    where ${below ?? null}::int is null or version < ${below ?? null} order by version desc limit ${limit}`.execute(
    db,
  )
  return rows.map(specificationOf)
}

export async function findInForce(db: Store | Tx, now: Date): Promise<Specification | undefined> {
  const { rows } = await sql<SpecificationRow>`select * from specification where effective_at <= ${now}
    order by version desc limit 1`.execute(db)
  return rows[0] && specificationOf(rows[0])
}

/** Whoever publishes waits for the other who does: two versions of one number cannot be. */
export async function newestForUpdate(tx: Tx): Promise<Specification | undefined> {
  await lockName(tx, 'compilation specification')
  return (await findSpecifications(tx, undefined, 1))[0]
}

export async function insertSpecification(
  tx: Tx,
  specification: Specification,
  userId: string,
): Promise<void> {
  const { version, title, note, items, cosigners } = specification
  await sql`insert into specification (version, title, note, items, cosigners, organisation_id, user_id, published_at, effective_at, record_id)
    values (${version}, ${title}, ${note}, ${JSON.stringify(items)}, ${cosigners}, ${specification.organisationId}, ${userId},
      ${specification.publishedAt}, ${specification.effectiveAt}, ${specification.recordId})`.execute(tx)
}

export async function writeMet(tx: Tx, entryId: string, version: number, at: Date): Promise<void> {
  await sql`insert into entry_specification (entry_id, version, at) values (${entryId}, ${version}, ${at})
    on conflict (entry_id) do update set version = excluded.version, at = excluded.at`.execute(tx)
}

export async function findMet(db: Store | Tx, entryIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ entry_id: string; version: number }>`
    select entry_id, version from entry_specification where entry_id = any(${[...entryIds]}::text[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.entry_id, row.version]))
}
