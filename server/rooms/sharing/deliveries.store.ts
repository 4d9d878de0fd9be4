import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Delivery } from '../../foundations/gateway/index.ts'

export type KeptDelivery = Delivery & { readonly at: Date; readonly sha256: string | null }

type DeliveryRow = {
  mark: string
  record_id: string
  entry_id: string
  snapshot_id: string
  basis: Delivery['basis']
  grant_id: string | null
  organisation_id: string | null
  user_id: string | null
  scenario: string | null
  fields: string[]
  at: Date
  sha256: string | null
}

const deliveryOf = (row: DeliveryRow): KeptDelivery => ({
  mark: row.mark,
  recordId: row.record_id,
  entryId: row.entry_id,
  snapshotId: row.snapshot_id,
  basis: row.basis,
  grantId: row.grant_id,
  organisationId: row.organisation_id,
  userId: row.user_id,
  scenario: row.scenario,
  fields: row.fields,
  at: row.at,
  sha256: row.sha256,
})

export async function insertDelivery(db: Store | Tx, delivery: Delivery, at: Date): Promise<void> {
  const { mark, recordId, entryId, snapshotId, basis, grantId, organisationId, userId } = delivery
  await sql`insert into delivery (mark, record_id, entry_id, snapshot_id, basis, grant_id, organisation_id, user_id, scenario, fields, at)
    values (${mark}, ${recordId}, ${entryId}, ${snapshotId}, ${basis}, ${grantId}, ${organisationId}, ${userId},
      ${delivery.scenario}, ${[...delivery.fields]}, ${at})`.execute(db)
}

export async function writeDigest(db: Store | Tx, mark: string, sha256: string): Promise<void> {
  await sql`update delivery set sha256 = ${sha256} where mark = ${mark}`.execute(db)
}

/** The newest file that was handed over with this mark or this digest. */
export async function findDelivery(
  db: Store | Tx,
  by: { readonly mark?: string | undefined; readonly sha256: string },
): Promise<KeptDelivery | undefined> {
  const { rows } = await sql<DeliveryRow>`select * from delivery
    where mark = ${by.mark ?? null} or sha256 = ${by.sha256} order by (mark = ${by.mark ?? ''}) desc, at desc limit 1`.execute(
    db,
  )
  return rows[0] && deliveryOf(rows[0])
}

export type Received = { readonly entryId: string; readonly fields: readonly string[] }

/** What an organisation was ever given of others' entries: by grant, or as a file of freely shared data. */
export async function findReceived(db: Store | Tx, organisationId: string): Promise<Received[]> {
  const { rows } = await sql<{ entry_id: string; fields: string[] }>`
    select entry_id, fields from use_grant where organisation_id = ${organisationId}
    union select entry_id, fields from delivery where organisation_id = ${organisationId}`.execute(db)
  return rows.map((row) => ({ entryId: row.entry_id, fields: row.fields }))
}

/** False where the same was told before on that day. */
export async function insertAlert(
  tx: Tx,
  alert: { readonly entryId: string; readonly party: string; readonly code: string; readonly day: string },
): Promise<boolean> {
  const result = await sql`insert into use_alert (entry_id, party, code, day)
    values (${alert.entryId}, ${alert.party}, ${alert.code}, ${alert.day}) on conflict do nothing`.execute(tx)
  return Number(result.numAffectedRows) === 1
}
