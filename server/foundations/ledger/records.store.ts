import { isId } from '@tiaoli/kernel/ids'
import { instantOf } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Database, Tx } from '../database/index.ts'
import { LedgerError } from './ledger.errors.ts'
import type {
  AccessCount,
  GrantUse,
  RecordCount,
  RecordFilter,
  RecordPage,
  RecordView,
  UseOfDay,
} from './ledger.types.ts'
import type { SealedRecord } from './record.ts'
import { conditionOf } from './record-filter.ts'

/** A record as it stands in the database. Salt is null once its payload has been erased. */
export type StoredRecord = RecordView & { readonly salt: Buffer | null; readonly leaf: Buffer }

/** The only SQL on the tables of the ledger. */
export type RecordStore = ReturnType<typeof createRecordStore>

const mostPerPage = 200

export function createRecordStore(database: Database) {
  const { db } = database
  return {
    async insert(tx: Tx, record: SealedRecord): Promise<void> {
      await sql`select append_records(${textOf([record])}::json)`.execute(tx)
    },

    /** Inserts all or none, durably, and gives the epoch in which that happened: one statement, one journey. */
    async insertDurably(records: readonly SealedRecord[]): Promise<number> {
      const { rows } = await sql<{ value: number }>`
        select append_records(${textOf(records)}::json) as value`.execute(db)
      return rows[0]!.value
    },

    async epoch(): Promise<number> {
      const { rows } = await sql<{ value: number }>`select value from ledger_epoch`.execute(db)
      return rows[0]!.value
    },

    async turnEpoch(tx: Tx): Promise<void> {
      await sql`update ledger_epoch set value = value + 1`.execute(tx)
    },

    /** Gives the records of up to `groups` waiting groups the next positions; says how many groups there were. */
    async assignPositions(groups: number): Promise<number> {
      const { rows } = await sql<{ groups: number }>`
        with taken as (
          delete from record_group_waiting
          where id in (select id from record_group_waiting order by id limit ${groups})
          returning id, record_ids),
        placed as (
          insert into log_position (position, record_id)
          select log.length + row_number() over (order by taken.id, place) - 1, record_id
          from taken cross join unnest(record_ids) with ordinality as each(record_id, place),
            (select coalesce(max(position) + 1, 0) as length from log_position) as log)
        select count(*) as groups from taken`.execute(db)
      return Number(rows[0]!.groups)
    },

    /** Number of records that have a position. */
    async length(): Promise<number> {
      const { rows } = await sql<{ length: number }>`
        select coalesce(max(position) + 1, 0) as length from log_position`.execute(db)
      return rows[0]!.length
    },

    /** Leaves by position, `from` inclusive to `to` exclusive. */
    async leaves(from: number, to: number): Promise<Buffer[]> {
      const { rows } = await sql<{ leaf: Uint8Array }>`
        select leaf from log_position join record on record.id = record_id
        where position >= ${from} and position < ${to} order by position`.execute(db)
      if (rows.length !== to - from)
        throw new LedgerError('ledger-forked', `records are missing between ${from} and ${to}`)
      return rows.map((row) => asBuffer(row.leaf))
    },

    async findRecord(id: string): Promise<StoredRecord | undefined> {
      const { rows } = await sql<Row>`select ${columns}, salt, leaf from record where id = ${id}`.execute(db)
      const row = rows[0]
      return row && { ...viewOf(row), salt: row.salt && asBuffer(row.salt), leaf: asBuffer(row.leaf) }
    },

    async findView(id: string): Promise<RecordView | null> {
      if (!isId(id)) return null
      const { rows } = await sql<Row>`select ${columns} from record where id = ${id}`.execute(db)
      return rows[0] ? viewOf(rows[0]) : null
    },

    async eraseContent(tx: Tx, id: string, at: Date): Promise<boolean> {
      const result = await sql`
        update record set payload = null, salt = null, erased_at = ${at}
        where id = ${id} and erased_at is null`.execute(tx)
      return Number(result.numAffectedRows ?? 0n) === 1
    },

    async accessesBetween(from: Date, before: Date): Promise<AccessCount[]> {
      const { rows } = await sql<{
        organisation_id: string
        entry_id: string
        times: number
        last_at: Date
        record_id: string
      }>`select organisation_id, entry_id, count(*)::int as times, max(at) as last_at,
          (array_agg(id order by at desc))[1] as record_id
        from record
        where at >= ${from} and at < ${before} and organisation_id is not null and entry_id is not null
          and kind in ('access.rows', 'access.aggregate', 'access.export') and outcome in ('answered', 'begun')
        group by organisation_id, entry_id order by organisation_id, entry_id`.execute(db)
      return rows.map((row) => ({
        organisationId: row.organisation_id,
        entryId: row.entry_id,
        times: row.times,
        lastAt: row.last_at,
        recordId: row.record_id,
      }))
    },

    async usesOfGrants(grantIds: readonly string[], since: Date): Promise<Map<string, GrantUse>> {
      const { rows } = await sql<{ grant_id: string; times: number; rows: string; last_at: Date }>`
        select grant_id, count(*) filter (where kind <> 'access.exported')::int as times,
          coalesce(sum((payload->>'rows')::bigint), 0)::text as rows, max(at) as last_at
        from record
        where grant_id = any(${[...grantIds]}::text[]) and at >= ${since}
          and (kind in ('access.rows', 'access.aggregate') and outcome = 'answered'
            or kind = 'access.export' and outcome = 'begun' or kind = 'access.exported')
        group by grant_id`.execute(db)
      return new Map(
        rows.map((row) => [row.grant_id, { times: row.times, rows: Number(row.rows), lastAt: row.last_at }]),
      )
    },

    async usersOf(entryId: string): Promise<string[]> {
      const { rows } = await sql<{ user_id: string }>`select distinct user_id from record
        where entry_id = ${entryId} and user_id is not null
          and kind in ('access.rows', 'access.export', 'access.aggregate') and outcome <> 'refused'`.execute(
        db,
      )
      return rows.map((row) => row.user_id)
    },

    /** A record that another supersedes was never answered on: it is taken off where the other one is counted. */
    async useBetween(from: number, to: number): Promise<UseOfDay[]> {
      const answered = (record: string) =>
        sql.raw(`(coalesce(${record}.kind in ('access.rows', 'access.aggregate', 'access.export'), false)
          and ${record}.outcome in ('answered', 'begun'))`)
      const rowsOf = (record: string) => sql.raw(`coalesce((${record}.payload->>'rows')::bigint, 0)`)
      const { rows } = await sql<{
        on_day: string
        entry_id: string
        organisation_id: string | null
        calls: number
        rows: string
      }>`
        select to_char(made.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as on_day, made.entry_id, made.organisation_id,
          sum(case when ${answered('made')} then 1 else 0 end - case when ${answered('before')} then 1 else 0 end)::int as calls,
          sum(case when ${answered('made')} or made.kind = 'access.exported' then ${rowsOf('made')} else 0 end
            - case when ${answered('before')} then ${rowsOf('before')} else 0 end)::text as rows
        from log_position join record as made on made.id = record_id
          left join record as before on before.id = (made.payload->>'supersedes')::uuid
        where position >= ${from} and position < ${to} and made.kind like 'access.%' and made.entry_id is not null
        group by 1, 2, 3`.execute(db)
      return rows.map((row) => ({
        on: row.on_day,
        entryId: row.entry_id,
        organisationId: row.organisation_id,
        calls: row.calls,
        rows: Number(row.rows),
      }))
    },

    async find(filter: RecordFilter): Promise<RecordPage> {
      if (filter.cursor !== undefined && !isId(filter.cursor))
        throw new LedgerError('cursor-invalid', filter.cursor)
      const limit = Math.min(filter.limit ?? 50, mostPerPage)
      const where = conditionOf(filter)
      const { rows } = await sql<Row>`
        select ${columns} from record ${where} order by id desc limit ${limit + 1}`.execute(db)
      const records = rows.slice(0, limit).map(viewOf)
      return { records, nextCursor: rows.length > limit ? records.at(-1)!.id : null }
    },

    async count({ cursor, limit, ...filter }: RecordFilter, most: number): Promise<RecordCount> {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from (select 1 from record ${conditionOf(filter)} limit ${most + 1}) as found`.execute(
        db,
      )
      return { count: Math.min(rows[0]!.n, most), more: rows[0]!.n > most }
    },
  }
}

type Row = {
  id: string
  at: Date
  kind: string
  user_id: string | null
  organisation_id: string | null
  entry_id: string | null
  case_id: string | null
  grant_id: string | null
  snapshot_id: string | null
  article: string | null
  outcome: string | null
  payload: RecordView['payload']
  erased_at: Date | null
  position: number | null
  salt: Uint8Array | null
  leaf: Uint8Array
}

const columns = sql.raw(
  'id, at, kind, user_id, organisation_id, entry_id, case_id, grant_id, snapshot_id, article, outcome, payload, erased_at, (select position from log_position where record_id = record.id) as position',
)

/** One JSON list. The text of a record is an object; salt and leaf become its first members. */
const textOf = (records: readonly SealedRecord[]): string =>
  `[${records
    .map(
      ({ text, salt, leaf }) =>
        `{"salt":"${salt.toString('hex')}","leaf":"${leaf.toString('hex')}",${text.slice(1)}`,
    )
    .join(',')}]`

const viewOf = (row: Row): RecordView => ({
  id: row.id,
  at: instantOf(row.at),
  kind: row.kind,
  userId: row.user_id,
  organisationId: row.organisation_id,
  entryId: row.entry_id,
  caseId: row.case_id,
  grantId: row.grant_id,
  snapshotId: row.snapshot_id,
  article: row.article,
  outcome: row.outcome,
  payload: row.payload,
  erasedAt: row.erased_at && instantOf(row.erased_at),
  position: row.position,
})

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
