import type { demandAnswers } from '@tiaoli/contract/demands'
import { sql } from 'kysely'
import { lockName, type Store, type Tx } from '../../foundations/database/index.ts'

export type DemandAnswer = {
  readonly kind: (typeof demandAnswers)[number]
  readonly text: string
  readonly entryId: string | null
  readonly by: string
  readonly at: Date
}

export type Demand = {
  readonly id: string
  readonly title: string
  readonly detail: string
  readonly addresseeId: string | null
  readonly standing: 'open' | 'answered'
  readonly userId: string
  readonly filedAt: Date
  readonly answer: DemandAnswer | null
  readonly backers: number
  readonly backed: boolean
}

type DemandRow = {
  id: string
  title: string
  detail: string
  addressee_id: string | null
  standing: Demand['standing']
  user_id: string
  filed_at: Date
  answer_kind: DemandAnswer['kind'] | null
  answer: string | null
  answer_entry_id: string | null
  answered_by: string | null
  answered_at: Date | null
  backers: number
  backed: boolean
}

const demandOf = (row: DemandRow): Demand => ({
  id: row.id,
  title: row.title,
  detail: row.detail,
  addresseeId: row.addressee_id,
  standing: row.standing,
  userId: row.user_id,
  filedAt: row.filed_at,
  answer:
    row.answer_kind === null
      ? null
      : {
          kind: row.answer_kind,
          text: row.answer!,
          entryId: row.answer_entry_id,
          by: row.answered_by!,
          at: row.answered_at!,
        },
  backers: row.backers,
  backed: row.backed,
})

const selectedFor = (userId: string | null) => sql`select data_demand.*,
    (select count(*)::int from data_demand_backer where demand_id = data_demand.id) as backers,
    exists (select 1 from data_demand_backer where demand_id = data_demand.id and user_id = ${userId}) as backed
  from data_demand`

export async function insertDemand(
  tx: Tx,
  demand: Pick<Demand, 'id' | 'title' | 'detail' | 'addresseeId' | 'userId' | 'filedAt'> & {
    readonly plainTitle: string
  },
): Promise<void> {
  await sql`insert into data_demand (id, title, plain_title, detail, addressee_id, standing, user_id, filed_at)
    values (${demand.id}, ${demand.title}, ${demand.plainTitle}, ${demand.detail}, ${demand.addresseeId}, 'open',
      ${demand.userId}, ${demand.filedAt})`.execute(tx)
}

/** An open demand for the same, if there is one; whoever files a like one meanwhile waits and finds it. */
export async function findLike(tx: Tx, plainTitle: string): Promise<string | undefined> {
  await lockName(tx, `demand ${plainTitle}`)
  const { rows } = await sql<{ id: string }>`select id from data_demand
    where plain_title = ${plainTitle} and standing = 'open' order by id limit 1`.execute(tx)
  return rows[0]?.id
}

export async function addBacker(tx: Tx, demandId: string, userId: string, at: Date): Promise<void> {
  await sql`insert into data_demand_backer (demand_id, user_id, at) values (${demandId}, ${userId}, ${at})
    on conflict do nothing`.execute(tx)
}

export async function backersOf(tx: Tx, demandId: string): Promise<string[]> {
  const { rows } = await sql<{
    user_id: string
  }>`select user_id from data_demand_backer where demand_id = ${demandId} limit 10000`.execute(tx)
  return rows.map((row) => row.user_id)
}

export async function findDemand(
  db: Store | Tx,
  id: string,
  userId: string | null,
): Promise<Demand | undefined> {
  const { rows } = await sql<DemandRow>`${selectedFor(userId)} where id = ${id}`.execute(db)
  return rows[0] && demandOf(rows[0])
}

export type DemandSearch = {
  readonly standing?: Demand['standing'] | undefined
  readonly addresseeId?: string
  /** Also those of whom nobody knows yet who holds the data. */
  readonly orUnaddressed?: boolean
  readonly backedBy?: string
  readonly before: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function listDemands(
  db: Store | Tx,
  search: DemandSearch,
  userId: string | null,
): Promise<Demand[]> {
  const { standing, addresseeId, orUnaddressed = false, backedBy, before } = search
  const { rows } = await sql<DemandRow>`${selectedFor(userId)}
    where (${before ?? null}::text is null or id < ${before ?? null})
      and (${standing ?? null}::text is null or standing = ${standing ?? null})
      and (${addresseeId ?? null}::text is null or addressee_id = ${addresseeId ?? null}
        or (${orUnaddressed}::boolean and addressee_id is null))
      and (${backedBy ?? null}::text is null
        or id in (select demand_id from data_demand_backer where user_id = ${backedBy ?? null}))
    order by id desc limit ${search.limit}`.execute(db)
  return rows.map(demandOf)
}

/** False where it was answered meanwhile. */
export async function writeAddressee(tx: Tx, id: string, organisationId: string): Promise<boolean> {
  const result =
    await sql`update data_demand set addressee_id = ${organisationId} where id = ${id} and standing = 'open'`.execute(
      tx,
    )
  return Number(result.numAffectedRows) === 1
}

/** False where it was answered before, or referred to another meanwhile. */
export async function writeAnswer(
  tx: Tx,
  { id, addresseeId }: Pick<Demand, 'id' | 'addresseeId'>,
  answer: DemandAnswer,
): Promise<boolean> {
  const result = await sql`update data_demand set standing = 'answered', answer_kind = ${answer.kind},
      answer = ${answer.text}, answer_entry_id = ${answer.entryId}, answered_by = ${answer.by}, answered_at = ${answer.at}
    where id = ${id} and standing = 'open' and addressee_id is not distinct from ${addresseeId}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

/** People behind demands by their plain title, whether or not they were answered. */
export async function countBackers(
  db: Store | Tx,
  plainTitles: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ plain_title: string; count: number }>`
    select plain_title, count(distinct backer.user_id)::int as count
    from data_demand join data_demand_backer backer on demand_id = data_demand.id
    where plain_title = any(${[...plainTitles]}::text[]) group by plain_title`.execute(db)
  return new Map(rows.map((row) => [row.plain_title, row.count]))
}
