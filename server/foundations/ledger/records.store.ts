import { isId } from '@tiaoli/kernel/ids'
import { instantOf } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Database, Store, Tx } from '../database/index.ts'
import { LedgerError } from './ledger.errors.ts'
import type { LogContent, RecordCount, RecordFilter, RecordPage, RecordView } from './ledger.types.ts'
import { recordText, type SealedRecord, sm3LeafOf } from './record.ts'
import { conditionOf } from './record-filter.ts'

/** A record as it stands in the database. Salt is null once its payload has been erased. */
export type StoredRecord = RecordView & {
  readonly salt: Buffer | null
  readonly leaf: Buffer
  /** In whose log it has its place; null as long as it has none. */
  readonly node: string | null
}

/** The SQL on records, their places and their leaves. */
export type RecordStore = ReturnType<typeof createRecordStore>

const mostPerPage = 200

/** What PostgreSQL calls a statement that it ended (query_canceled). */
const canceledBySetting = '57014'

/** Of a leaf, a SHA-256 digest. */
const leafBytes = 32

/** How long a search may take where others wait for the same server. */
const mostSearchMs = 15_000

export function createRecordStore(database: Database, searchMs = mostSearchMs) {
  const { db } = database

  /**
   * The server ends a search that takes too long. The embedded store runs one statement after another and knows no
   * such end; what it holds is little.
   *
   * @throws LedgerError `search-too-long`
   */
  async function searching<T>(search: (store: Store | Tx) => Promise<T>): Promise<T> {
    if (!database.manyConnections) return search(db)
    try {
      return await database.inTransaction(async (tx) => {
        await sql`select set_config('statement_timeout', ${String(searchMs)}, true)`.execute(tx)
        return search(tx)
      })
    } catch (error) {
      if ((error as { code?: unknown }).code === canceledBySetting)
        throw new LedgerError('search-too-long', `${searchMs} ms`, error)
      throw error
    }
  }

  return {
    async insert(tx: Tx, node: string, records: readonly SealedRecord[]): Promise<void> {
      await sql`select append_records(${textOf(records)}::json, ${node})`.execute(tx)
    },

    /** Inserts all or none, durably, and gives the epoch in which that happened: one statement, one journey. */
    async insertDurably(node: string, records: readonly SealedRecord[]): Promise<number> {
      const { rows } = await sql<{ value: number }>`
        select append_records(${textOf(records)}::json, ${node}) as value`.execute(db)
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
    async assignPositions(node: string, groups: number): Promise<number> {
      const { rows } = await sql<{ groups: number }>`
        with taken as (
          delete from record_group_waiting
          where id in (select id from record_group_waiting where node = ${node} order by id limit ${groups})
          returning id, record_ids),
        placed as (
          insert into log_position (node, position, record_id)
          select ${node}, log.length + row_number() over (order by taken.id, place) - 1, record_id
          from taken cross join unnest(record_ids) with ordinality as each(record_id, place),
            (select coalesce(max(position) + 1, 0) as length from log_position where node = ${node}) as log)
        select count(*) as groups from taken`.execute(db)
      return Number(rows[0]!.groups)
    },

    /** Number of records of a node that have a position. */
    async length(node: string): Promise<number> {
      const { rows } = await sql<{ length: number }>`
        select coalesce(max(position) + 1, 0) as length from log_position where node = ${node}`.execute(db)
      return rows[0]!.length
    },

    /** Leaves by position, `from` inclusive to `to` exclusive. */
    async leaves(node: string, from: number, to: number): Promise<Buffer[]> {
      // As one value: taking ten thousand rows apart took as long as hashing them.
      const { rows } = await sql<{ leaves: Uint8Array | null }>`
        select string_agg(leaf, '' order by position) as leaves from log_position join record on record.id = record_id
        where node = ${node} and position >= ${from} and position < ${to}`.execute(db)
      const leaves = asBuffer(rows[0]!.leaves ?? new Uint8Array())
      if (leaves.length !== (to - from) * leafBytes) throw missingBetween(from, to)
      return Array.from({ length: to - from }, (_, index) =>
        leaves.subarray(index * leafBytes, (index + 1) * leafBytes),
      )
    },

    /** The same of the SM3 tree. What is not made yet is made of the record, and kept: content may be erased later. */
    async sm3Leaves(node: string, from: number, to: number): Promise<Buffer[]> {
      const { rows } = await sql<Row & { sm3: Uint8Array | null }>`
        select ${columns}, salt, record.leaf, place.node, record_sm3.leaf as sm3
        from log_position as place join record on record.id = place.record_id
          left join record_sm3 on record_sm3.record_id = record.id
        where place.node = ${node} and place.position >= ${from} and place.position < ${to}
        order by place.position`.execute(db)
      if (rows.length !== to - from) throw missingBetween(from, to)
      const entries = rows.map((row) => ({
        id: row.id,
        leaf: row.sm3 === null ? sm3LeafOf(storedOf(row)) : asBuffer(row.sm3),
        kept: row.sm3 !== null,
      }))
      await keepSm3Leaves(
        db,
        entries.filter(({ kept }) => !kept),
      )
      return entries.map(({ leaf }) => leaf)
    },

    /** Text and salt of the records of a node by position, from one on and `most` at once; null where erased. */
    async contents(node: string, from: number, most: number): Promise<LogContent[]> {
      const { rows } = await sql<Row & { place: number | string }>`
        select ${columns}, salt, leaf, log_position.node, log_position.position as place
        from log_position join record on record.id = record_id
        where log_position.node = ${node} and log_position.position >= ${from}
        order by log_position.position limit ${most}`.execute(db)
      return rows.map((row) => {
        const { salt, ...record } = storedOf(row)
        return { index: Number(row.place), record: salt && recordText(record), salt }
      })
    },

    async sm3Leaf(id: string): Promise<Buffer | null> {
      const { rows } = await sql<{ leaf: Uint8Array }>`
        select leaf from record_sm3 where record_id = ${id}`.execute(db)
      return rows[0] ? asBuffer(rows[0].leaf) : null
    },

    keepSm3Leaves,

    async findRecord(id: string, tx?: Tx): Promise<StoredRecord | undefined> {
      const { rows } = await sql<Row>`select ${columns}, salt, leaf,
          (select node from log_position where record_id = record.id) as node
        from record where id = ${id}`.execute(tx ?? db)
      return rows[0] && storedOf(rows[0])
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

    async find(filter: RecordFilter): Promise<RecordPage> {
      if (filter.cursor !== undefined && !isId(filter.cursor))
        throw new LedgerError('cursor-invalid', filter.cursor)
      const limit = Math.min(filter.limit ?? 50, mostPerPage)
      const where = conditionOf(filter)
      const { rows } = await searching((store) =>
        sql<Row>`select ${columns} from record ${where} order by id desc limit ${limit + 1}`.execute(store),
      )
      const records = rows.slice(0, limit).map(viewOf)
      return { records, nextCursor: rows.length > limit ? records.at(-1)!.id : null }
    },

    async count({ cursor, limit, ...filter }: RecordFilter, most: number): Promise<RecordCount> {
      const { rows } = await searching((store) =>
        sql<{ n: number }>`
          select count(*)::int as n
          from (select 1 from record ${conditionOf(filter)} limit ${most + 1}) as found`.execute(store),
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
  node: string | null
  salt: Uint8Array | null
  leaf: Uint8Array
}

const columns = sql.raw(
  'id, at, kind, user_id, organisation_id, entry_id, case_id, grant_id, snapshot_id, article, outcome, payload, erased_at, (select position from log_position where record_id = record.id) as position',
)

/** One JSON list. The text of a record is an object; salt and leaf become its first members. */
const textOf = (records: readonly SealedRecord[]): string =>
  `[${records.map(({ text, salt, leaf }) => `{"salt":"${salt}","leaf":"${leaf}",${text.slice(1)}`).join(',')}]`

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

const storedOf = (row: Row): StoredRecord => ({
  ...viewOf(row),
  salt: row.salt && asBuffer(row.salt),
  leaf: asBuffer(row.leaf),
  node: row.node,
})

async function keepSm3Leaves(
  store: Store | Tx,
  entries: readonly { readonly id: string; readonly leaf: Buffer }[],
): Promise<void> {
  if (entries.length === 0) return
  const given = JSON.stringify(entries.map(({ id, leaf }) => ({ id, leaf: leaf.toString('hex') })))
  await sql`insert into record_sm3 (record_id, leaf)
    select id, decode(leaf, 'hex') from json_to_recordset(${given}::json) as r(id uuid, leaf text)
    on conflict (record_id) do nothing`.execute(store)
}

const missingBetween = (from: number, to: number): LedgerError =>
  new LedgerError('ledger-forked', `records are missing between ${from} and ${to}`)

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
