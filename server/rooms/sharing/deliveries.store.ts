import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Delivery } from '../../foundations/gateway/index.ts'

/** `hand` is null for files that were handed over before there were any. */
export type KeptDelivery = Omit<Delivery, 'hand'> & {
  readonly hand: string | null
  readonly at: Date
  readonly sha256: string | null
}

type DeliveryRow = {
  mark: string
  hand: string | null
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
  hand: row.hand,
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
  const { mark, hand, recordId, entryId, snapshotId, basis, grantId, organisationId, userId } = delivery
  await sql`insert into delivery (mark, hand, record_id, entry_id, snapshot_id, basis, grant_id, organisation_id, user_id, scenario, fields, at)
    values (${mark}, ${hand}, ${recordId}, ${entryId}, ${snapshotId}, ${basis}, ${grantId}, ${organisationId}, ${userId},
      ${delivery.scenario}, ${[...delivery.fields]}, ${at})`.execute(db)
}

export async function writeDigest(db: Store | Tx, mark: string, sha256: string): Promise<void> {
  await sql`update delivery set sha256 = ${sha256} where mark = ${mark}`.execute(db)
}

export async function deleteDelivery(db: Store | Tx, mark: string): Promise<void> {
  await sql`delete from delivery where mark = ${mark}`.execute(db)
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

/** What a file can be known by: signs of files, and of their receivers. */
export type KindOfSign = 'mark' | 'hand'

/** Files that were handed over since rows bear signs, to one organisation or to all. */
const signed = (organisationId: string | undefined) =>
  organisationId === undefined
    ? sql`hand is not null`
    : sql`hand is not null and organisation_id = ${organisationId}`

/** How many different signs there are of each kind. */
export async function countSigns(
  db: Store | Tx,
  organisationId?: string,
): Promise<Readonly<Record<KindOfSign, number>>> {
  const { rows } = await sql<Record<KindOfSign, number>>`
    select count(*)::int as mark, count(distinct hand)::int as hand from delivery where ${signed(organisationId)}`.execute(
    db,
  )
  return rows[0]!
}

/** Signs looked at without letting anybody else in between. */
const signsAtOnce = 5_000

/** Every sign of a kind once, page by page. */
export async function* pagesOfSigns(
  db: Store | Tx,
  kind: KindOfSign,
  organisationId?: string,
): AsyncGenerator<string[]> {
  for (let after = ''; ; ) {
    const column = sql.ref(kind)
    const { rows } = await sql<{ sign: string }>`select distinct ${column} as sign from delivery
      where ${signed(organisationId)} and ${column} > ${after} order by sign limit ${signsAtOnce}`.execute(db)
    const page = rows.map(({ sign }) => sign)
    if (page.length > 0) yield page
    if (page.length < signsAtOnce) return
    after = page.at(-1)!
  }
}

/** The newest file of a receiver, one that had all these columns where there is such a one. */
export async function findDeliveryUnder(
  db: Store | Tx,
  { hand, grantId }: { readonly hand?: string; readonly grantId?: string },
  columns: readonly string[],
): Promise<KeptDelivery | undefined> {
  const { rows } = await sql<DeliveryRow>`select * from delivery
    where hand = ${hand ?? null} or grant_id = ${grantId ?? null}
    order by (fields @> ${[...columns]}::text[]) desc, at desc limit 1`.execute(db)
  return rows[0] && deliveryOf(rows[0])
}

export type ReceiverOfColumns = {
  readonly entryId: string
  readonly grantId: string | null
  readonly organisationId: string | null
  readonly userId: string | null
  /** Files with these columns, and when the last of them went out. */
  readonly files: number
  readonly lastAt: Date
}

/** Those who were handed all of these columns in files, the last first; at most twenty. */
export async function findReceiversOfColumns(
  db: Store | Tx,
  columns: readonly string[],
): Promise<ReceiverOfColumns[]> {
  const { rows } = await sql<{
    entry_id: string
    grant_id: string | null
    organisation_id: string | null
    user_id: string | null
    files: number
    last_at: Date
  }>`select entry_id, grant_id, organisation_id, case when organisation_id is null then user_id end as user_id,
      count(*)::int as files, max(at) as last_at
    from delivery where fields @> ${[...columns]}::text[]
    group by 1, 2, 3, 4 order by last_at desc limit 20`.execute(db)
  return rows.map((row) => ({
    entryId: row.entry_id,
    grantId: row.grant_id,
    organisationId: row.organisation_id,
    userId: row.user_id,
    files: row.files,
    lastAt: row.last_at,
  }))
}

/** Grants under which pseudonyms were made, whether or not they still live. */
export async function findGrantsWithPseudonyms(db: Store | Tx, organisationId?: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from use_grant
    where masks::text like '%"pseudonym"%'
      and (${organisationId ?? null}::text is null or organisation_id = ${organisationId ?? null})`.execute(
    db,
  )
  return rows.map(({ id }) => id)
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
