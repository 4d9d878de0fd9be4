import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'

/** Somebody who works on granted data for their holder. */
export type Vendor = {
  readonly id: string
  readonly grantId: string
  readonly name: string
  readonly creditCode: string
  readonly task: string
  readonly declaredAt: Date
  readonly withdrawnAt: Date | null
}

type Row = {
  id: string
  grant_id: string
  name: string
  credit_code: string
  task: string
  declared_at: Date
  withdrawn_at: Date | null
}

const vendorOf = (row: Row): Vendor => ({
  id: row.id,
  grantId: row.grant_id,
  name: row.name,
  creditCode: row.credit_code,
  task: row.task,
  declaredAt: row.declared_at,
  withdrawnAt: row.withdrawn_at,
})

/** Far more than anybody works with; a grant that has had so many takes no further one. */
export const mostVendors = 100

export async function vendorsOf(db: Store | Tx, grantId: string): Promise<Vendor[]> {
  const { rows } = await sql<Row>`select * from grant_vendor where grant_id = ${grantId}
    order by id limit ${mostVendors}`.execute(db)
  return rows.map(vendorOf)
}

/** False where one of that code is declared already. */
export async function insertVendor(tx: Tx, vendor: Vendor): Promise<boolean> {
  const result = await sql`insert into grant_vendor (id, grant_id, name, credit_code, task, declared_at)
    values (${vendor.id}, ${vendor.grantId}, ${vendor.name}, ${vendor.creditCode}, ${vendor.task}, ${vendor.declaredAt})
    on conflict (grant_id, credit_code) where withdrawn_at is null do nothing`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** Undefined where it is none of the grant's, or was withdrawn before. */
export async function withdrawVendor(
  tx: Tx,
  grantId: string,
  id: string,
  at: Date,
): Promise<Vendor | undefined> {
  const { rows } = await sql<Row>`update grant_vendor set withdrawn_at = ${at}
    where id = ${id} and grant_id = ${grantId} and withdrawn_at is null returning *`.execute(tx)
  return rows[0] && vendorOf(rows[0])
}
