import type { SavedSearch } from '@tiaoli/contract/subscriptions'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { ChangeKind, EntryChange, Subscription } from './subscriptions.model.ts'

type Row = {
  id: string
  user_id: string
  entry_id: string | null
  organisation_id: string | null
  search: SavedSearch | null
  created_at: Date
  heard_until: Date
  told_at: Date | null
}

const subscriptionOf = (row: Row): Subscription => ({
  id: row.id,
  userId: row.user_id,
  entryId: row.entry_id,
  organisationId: row.organisation_id,
  search: row.search,
  createdAt: row.created_at,
  heardUntil: row.heard_until,
  toldAt: row.told_at,
})

/** Writes a subscription; gives the one that there is where the person follows the same already. */
export async function insertSubscription(
  tx: Tx,
  key: string,
  wanted: Subscription,
): Promise<{ readonly subscription: Subscription; readonly isNew: boolean }> {
  const { rows } = await sql<Row>`insert into subscription
      (id, user_id, key, entry_id, organisation_id, search, created_at, heard_until)
    values (${wanted.id}, ${wanted.userId}, ${key}, ${wanted.entryId}, ${wanted.organisationId},
      ${wanted.search === null ? null : JSON.stringify(wanted.search)}, ${wanted.createdAt}, ${wanted.heardUntil})
    on conflict (user_id, key) do update set key = excluded.key returning *`.execute(tx)
  const subscription = subscriptionOf(rows[0]!)
  return { subscription, isNew: subscription.id === wanted.id }
}

export async function countOf(tx: Tx, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from subscription where user_id = ${userId}`.execute(tx)
  return rows[0]!.count
}

/** False where the person has no such subscription. */
export async function removeSubscription(tx: Tx, userId: string, id: string): Promise<boolean> {
  const result = await sql`delete from subscription where id = ${id} and user_id = ${userId}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** Of a person, the newest first. */
export async function subscriptionsOf(
  db: Store,
  userId: string,
  before: string | undefined,
  limit: number,
): Promise<Subscription[]> {
  const { rows } = await sql<Row>`select * from subscription where user_id = ${userId}
    and (${before ?? null}::text is null or id < ${before ?? null}) order by id desc limit ${limit}`.execute(
    db,
  )
  return rows.map(subscriptionOf)
}

/** Subscriptions of everybody that have not heard up to a moment, by their ids. */
export async function notHeard(
  db: Store,
  until: Date,
  after: string,
  limit: number,
): Promise<Subscription[]> {
  const { rows } = await sql<Row>`select * from subscription where heard_until < ${until} and id > ${after}
    order by id limit ${limit}`.execute(db)
  return rows.map(subscriptionOf)
}

/** False where the subscription has heard further meanwhile, or is gone. */
export async function writeHeard(
  tx: Tx,
  { id, heardUntil }: Subscription,
  until: Date,
  toldAt: Date | null,
): Promise<boolean> {
  const result =
    await sql`update subscription set heard_until = ${until}, told_at = coalesce(${toldAt}, told_at)
    where id = ${id} and heard_until = ${heardUntil}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

export async function insertChange(tx: Tx, change: EntryChange): Promise<void> {
  await sql`insert into entry_change (id, entry_id, provider_id, kind, title, at)
    values (${change.id}, ${change.entryId}, ${change.providerId}, ${change.kind}, ${change.title}, ${change.at})`.execute(
    tx,
  )
}

/** Changes within a span of time, in their order, of an entry, of an organisation or of all; page by page. */
export async function* changesBetween(
  db: Store,
  target: Pick<Subscription, 'entryId' | 'organisationId'>,
  from: Date,
  until: Date,
  pageSize = 5_000,
): AsyncGenerator<EntryChange[]> {
  for (let after: EntryChange | undefined; ; ) {
    const { rows } = await sql<{
      id: string
      entry_id: string
      provider_id: string
      kind: ChangeKind
      title: string
      at: Date
    }>`select * from entry_change where at > ${from} and at <= ${until}
        and (${target.entryId}::text is null or entry_id = ${target.entryId})
        and (${target.organisationId}::text is null or provider_id = ${target.organisationId})
        and (${after?.id ?? null}::text is null or (at, id) > (${after?.at ?? from}, ${after?.id ?? ''}))
      order by at, id limit ${pageSize}`.execute(db)
    const page = rows.map(({ entry_id, provider_id, ...row }) => ({
      ...row,
      entryId: entry_id,
      providerId: provider_id,
    }))
    if (page.length > 0) yield page
    if (page.length < pageSize) return
    after = page.at(-1)
  }
}

/** Forgets what every subscription has had time to hear. */
export async function forgetChanges(db: Store, before: Date): Promise<void> {
  await sql`delete from entry_change where at < ${before}`.execute(db)
}
