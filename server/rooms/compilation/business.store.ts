import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

export type BusinessKind = 'power' | 'service' | 'function'
/** A piece of business of a body (业务事项), to which its data answer. */
export type BusinessItem = {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly kind: BusinessKind
  readonly basis: string
  readonly version: number
  readonly updatedAt: Date
}

type Row = Record<string, unknown>
const itemOf = (row: Row): BusinessItem =>
  ({
    id: row.id,
    organisationId: row.organisation_id,
    name: row.name,
    kind: row.kind,
    basis: row.basis,
    version: row.version,
    updatedAt: row.updated_at,
  }) as BusinessItem

export async function insertBusiness(tx: Tx, item: BusinessItem): Promise<void> {
  await sql`insert into business_item (id, organisation_id, name, kind, basis, updated_at)
    values (${item.id}, ${item.organisationId}, ${item.name}, ${item.kind}, ${item.basis}, ${item.updatedAt})`.execute(
    tx,
  )
}

/** False where the version is not the newest. */
export async function writeBusiness(tx: Tx, item: BusinessItem): Promise<boolean> {
  const result =
    await sql`update business_item set name = ${item.name}, kind = ${item.kind}, basis = ${item.basis},
    version = version + 1, updated_at = ${item.updatedAt} where id = ${item.id} and version = ${item.version}`.execute(
      tx,
    )
  return Number(result.numAffectedRows) === 1
}

export async function findBusiness(db: Store | Tx, ids: readonly string[]): Promise<BusinessItem[]> {
  const { rows } = await sql<Row>`select * from business_item where id = any(${[...ids]}::text[])`.execute(db)
  return rows.map(itemOf)
}

export async function businessOf(
  db: Store | Tx,
  organisationId: string,
  after: string | undefined,
  limit: number,
): Promise<BusinessItem[]> {
  const { rows } = await sql<Row>`select * from business_item where organisation_id = ${organisationId}
    and (${after ?? null}::text is null or id > ${after ?? null}) order by id limit ${limit}`.execute(db)
  return rows.map(itemOf)
}

/** Data obtained from others (受托形成、采购取得), open until an entry catalogues them. */
export type Obtained = {
  readonly id: string
  readonly organisationId: string
  readonly sourceClass: string
  readonly title: string
  readonly reference: string
  readonly deliveredOn: string
  readonly recordedAt: Date
  readonly entryId: string | null
  readonly closedAt: Date | null
}
const obtainedOf = (row: Row): Obtained =>
  ({
    id: row.id,
    organisationId: row.organisation_id,
    sourceClass: row.source_class,
    title: row.title,
    reference: row.reference,
    deliveredOn: row.delivered_on,
    recordedAt: row.recorded_at,
    entryId: row.entry_id,
    closedAt: row.closed_at,
  }) as Obtained

export async function insertObtained(tx: Tx, obtained: Obtained): Promise<void> {
  await sql`insert into obtained_data (id, organisation_id, source_class, title, reference, delivered_on, recorded_at)
    values (${obtained.id}, ${obtained.organisationId}, ${obtained.sourceClass}, ${obtained.title}, ${obtained.reference},
      ${obtained.deliveredOn}, ${obtained.recordedAt})`.execute(tx)
}

export async function findObtained(db: Store | Tx, id: string): Promise<Obtained | undefined> {
  const { rows } = await sql<Row>`select * from obtained_data where id = ${id}`.execute(db)
  return rows[0] && obtainedOf(rows[0])
}

export async function deliveriesTo(
  db: Store | Tx,
  organisationIds: readonly string[] | null,
  before: string | undefined,
  limit: number,
): Promise<Obtained[]> {
  const { rows } = await sql<Row>`select * from obtained_data
    where (${organisationIds}::text[] is null or organisation_id = any(${organisationIds}::text[]))
    and (${before ?? null}::text is null or id < ${before ?? null}) order by id desc limit ${limit}`.execute(
    db,
  )
  return rows.map(obtainedOf)
}

/** False where it was closed before. */
export async function closeObtained(tx: Tx, id: string, entryId: string, at: Date): Promise<boolean> {
  const result = await sql`update obtained_data set entry_id = ${entryId}, closed_at = ${at}
    where id = ${id} and closed_at is null`.execute(tx)
  return Number(result.numAffectedRows) === 1
}
