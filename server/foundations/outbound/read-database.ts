import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import pg from 'pg'
import type { AddressGuard } from './address-guard.ts'
import { OutboundError } from './outbound-error.ts'

/**
 * A PostgreSQL database of somebody else, read only. The address is `postgresql://host:port/database`, with
 * `?sslmode=verify-full` for TLS, which is left out only within the ranges that the administrator opened.
 */
export type DatabaseAddress = {
  readonly url: URL
  readonly user: string
  readonly password: string | null
  readonly guard: AddressGuard
}

/** A table or view of it, and which of its columns stands for which field. */
export type SourceTable = {
  readonly schema: string
  readonly name: string
  readonly columns: readonly { readonly field: string; readonly column: string }[]
  /** The column that says when a row last changed; null where the table has none. */
  readonly changedColumn: string | null
}

export type TableMeasure = { readonly rows: number; readonly changedAt: Date | null }

/** What can be asked of the database while the connection stands: all of it sees one and the same state. */
export type DatabaseReader = {
  /** Goes through the whole table. */
  measure(table: SourceTable): Promise<TableMeasure>
  /** When a row last changed, as the named column says. */
  newest(table: SourceTable): Promise<Date | null>
  /** The values of the row with this key, by field; undefined where there is none. */
  row(
    table: SourceTable,
    key: Readonly<Record<string, string>>,
    fields: readonly string[],
  ): Promise<Record<string, unknown> | undefined>
  /** All rows, one JSON object a line, numbers as the database writes them. */
  lines(table: SourceTable): AsyncGenerator<string>
}

const connectMs = 5_000
const answerMs = 30_000
/** What is held in memory of a table at once: this many rows, each of at most so many bytes as JSON text. */
const rowsAtOnce = 64
const longestRow = 512 * 1024

/** @throws OutboundError */
export async function readDatabase<T>(
  address: DatabaseAddress,
  work: (reader: DatabaseReader) => Promise<T>,
): Promise<T> {
  const client = await connected(address)
  try {
    const ask = questions(client)
    await ask('begin transaction isolation level repeatable read read only')
    await ask(`set local statement_timeout = ${answerMs}`)
    return await work(readerOf(ask))
  } finally {
    // A connection that is broken already has nothing to be ended.
    await client.end().catch(() => undefined)
  }
}

async function connected({ url, user, password, guard }: DatabaseAddress): Promise<pg.Client> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const encrypted = isEncrypted(url)
  const client = new pg.Client({
    // The address that was looked at is the one that is called: a name cannot change in between.
    host: await addressOf(host, guard, encrypted),
    port: url.port === '' ? 5432 : Number(url.port),
    database: decodeURIComponent(url.pathname.slice(1)),
    user,
    // As a function: an absent password would be looked for in the environment of the platform.
    password: () => password ?? '',
    ssl: encrypted ? { servername: host } : false,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs + connectMs,
    application_name: 'tiaoli',
  })
  // A connection that breaks between two questions is noticed by the next one.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => undefined)
    throw outbound(error)
  }
  return client
}

const isEncrypted = (url: URL): boolean => url.searchParams.get('sslmode') === 'verify-full'

/** Whether an address that is no name would be read without TLS outside the ranges that are opened. */
export function isBareAddress(url: URL, guard: AddressGuard): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 && !isEncrypted(url) && !guard.isOpened(host)
}

async function addressOf(host: string, guard: AddressGuard, encrypted: boolean): Promise<string> {
  const found =
    isIP(host) === 0
      ? await lookup(host, { all: true }).catch((cause: unknown) => {
          throw new OutboundError('unreachable', undefined, cause)
        })
      : [{ address: host }]
  const [first] = found
  if (first === undefined || !found.every(({ address }) => guard(address)))
    throw new OutboundError('address-not-allowed')
  if (!encrypted && !found.every(({ address }) => guard.isOpened(address)))
    throw new OutboundError('not-encrypted')
  return first.address
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const placeOf = ({ schema, name }: SourceTable): string => `${quoted(schema)}.${quoted(name)}`

/**
 * Rows with each value as JSON text: exact in its digits, and of the form that every type of the database has there.
 * Of a row that is too long the database sends nothing but that it is.
 */
function rowsAsJson(table: SourceTable, columns: SourceTable['columns'], rest = ''): string {
  const values = columns.map(({ column }, place) => `to_jsonb(${quoted(column)})::text as v${place}`)
  const lengths = columns.map((_, place) => `coalesce(octet_length(v${place}), 0)::bigint`)
  const sent = columns.map((_, place) => `case when bytes <= ${longestRow} then v${place} end as v${place}`)
  return `select ${[...sent, `bytes > ${longestRow} as too_long`].join(', ')}
    from (select ${values.join(', ')} from ${placeOf(table)} ${rest}) found,
      lateral (select ${['0', ...lengths].join(' + ')} as bytes) size`
}

type Values = Readonly<Record<`v${number}`, string | null>> & { readonly too_long: boolean }
type Ask = ReturnType<typeof questions>

/** Asks, and says of a failure what it means for the connection. */
const questions =
  (client: pg.Client) =>
  async <R extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<R[]> =>
    (
      await client.query<R>(sql, values).catch((error: unknown) => {
        throw outbound(error)
      })
    ).rows

const newestOf = ({ changedColumn }: SourceTable): string =>
  changedColumn === null ? 'null' : `max(${quoted(changedColumn)})::timestamptz`

function readerOf(ask: Ask): DatabaseReader {
  /** What cannot be read of one table must not end the look at the others. */
  async function looked<R extends pg.QueryResultRow>(sql: string): Promise<R[]> {
    await ask('savepoint looked')
    try {
      return await ask<R>(sql)
    } catch (error) {
      if ((error as OutboundError).code !== 'unreachable') await ask('rollback to savepoint looked')
      throw error
    }
  }

  return {
    async measure(table) {
      const [found] = await looked<{ rows: string; changed: Date | null }>(
        `select count(*) as rows, ${newestOf(table)} as changed from ${placeOf(table)}`,
      )
      return { rows: Number(found!.rows), changedAt: found!.changed }
    },

    async newest(table) {
      if (table.changedColumn === null) return null
      const [found] = await looked<{ changed: Date | null }>(
        `select ${newestOf(table)} as changed from ${placeOf(table)}`,
      )
      return found!.changed
    },

    async row(table, key, fields) {
      const asked = table.columns.filter(({ field }) => fields.includes(field))
      const keys = table.columns.filter(({ field }) => Object.hasOwn(key, field))
      const where = keys.map(({ column }, place) => `${quoted(column)} = $${place + 1}`).join(' and ')
      try {
        const [row] = await ask<Values>(
          rowsAsJson(table, asked, `where ${where} limit 1`),
          keys.map(({ field }) => key[field]),
        )
        return row && rowOf(asked, row)
      } catch (error) {
        // A key that is no value of its column is the key of no row.
        if (codeOf((error as OutboundError).cause)?.startsWith('22')) return undefined
        throw error
      }
    },

    async *lines(table) {
      await ask(`declare every_row no scroll cursor for ${rowsAsJson(table, table.columns)}`)
      const names = table.columns.map(({ field }) => JSON.stringify(field))
      for (;;) {
        const rows = await ask<Values>(`fetch forward ${rowsAtOnce} from every_row`)
        for (const row of rows) {
          if (row.too_long) throw new OutboundError('too-large')
          yield `{${names.map((name, place) => `${name}:${row[`v${place}`] ?? 'null'}`).join(',')}}\n`
        }
        if (rows.length < rowsAtOnce) return
      }
    },
  }
}

function rowOf(columns: SourceTable['columns'], values: Values): Record<string, unknown> {
  if (values.too_long) throw new OutboundError('too-large')
  return Object.fromEntries(
    columns.map(({ field }, place) => {
      const value = values[`v${place}`] ?? null
      return [field, value === null ? null : (JSON.parse(value) as unknown)]
    }),
  )
}

const codeOf = (error: unknown): string | undefined => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}

/** Why it gave nothing, from the state that PostgreSQL names (SQLSTATE). */
function outbound(error: unknown): OutboundError {
  if (error instanceof OutboundError) return error
  const code = codeOf(error) ?? ''
  // Unknown tables and columns, and those that the user may not read.
  if (code.startsWith('42')) return new OutboundError('table-unreadable', undefined, error)
  if (code.startsWith('28') || code.startsWith('3D')) return new OutboundError('refused', undefined, error)
  const slow = code === '57014' || (error instanceof Error && /timeout/i.test(error.message))
  return new OutboundError(slow ? 'too-slow' : 'unreachable', undefined, error)
}
