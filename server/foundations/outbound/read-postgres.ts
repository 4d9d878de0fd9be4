import pg from 'pg'
import { addressOf, databaseOf, hostOf, isEncrypted } from './database-address.ts'
import { ColumnNotRising, OutboundError } from './outbound-error.ts'
import {
  connectMs,
  type DatabaseAddress,
  type DatabaseReader,
  type Extent,
  latestMoment,
  lineOf,
  longestRow,
  rowsAtOnce,
  type SourceTable,
  usualAnswerMs,
} from './source-database.ts'

/** Reads a PostgreSQL database. @throws OutboundError */
export async function readPostgres<T>(
  address: DatabaseAddress,
  work: (reader: DatabaseReader) => Promise<T>,
): Promise<T> {
  const client = await connected(address)
  try {
    const ask = questions(client)
    await ask('begin transaction isolation level repeatable read read only')
    await ask(`set local statement_timeout = ${address.answerMs ?? usualAnswerMs}`)
    // What is written down of a rising column has to read the same the next time.
    await ask(`set local timezone = 'UTC'`)
    await ask(`set local datestyle = 'ISO, YMD'`)
    return await work(readerOf(ask))
  } finally {
    // A connection that is broken already has nothing to be ended.
    await client.end().catch(() => undefined)
  }
}

async function connected({ url, user, password, guard, answerMs }: DatabaseAddress): Promise<pg.Client> {
  const encrypted = isEncrypted(url)
  const client = new pg.Client({
    host: await addressOf(url, guard, encrypted),
    port: url.port === '' ? 5432 : Number(url.port),
    database: databaseOf(url),
    user,
    // As a function: an absent password would be looked for in the environment of the platform.
    password: () => password ?? '',
    ssl: encrypted ? { servername: hostOf(url) } : false,
    connectionTimeoutMillis: connectMs,
    query_timeout: (answerMs ?? usualAnswerMs) + connectMs,
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

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
const placeOf = ({ schema, name }: SourceTable): string => `${quoted(schema ?? 'public')}.${quoted(name)}`

/**
 * Rows with each value as JSON text: exact in its digits, and of the form that every type of the database has there.
 * Of a row that is too long the database sends nothing but that it is.
 */
function rowsAsJson(
  table: SourceTable,
  columns: SourceTable['columns'],
  rest = '',
  orderedBy: readonly string[] = [],
): string {
  const values = columns.map(({ column }, place) => `to_jsonb(${quoted(column)})::text as v${place}`)
  const order = orderedBy.map((column, place) => `${quoted(column)} as o${place}`)
  const lengths = columns.map((_, place) => `coalesce(octet_length(v${place}), 0)::bigint`)
  const sent = columns.map((_, place) => `case when bytes <= ${longestRow} then v${place} end as v${place}`)
  return `select ${[...sent, `bytes > ${longestRow} as too_long`].join(', ')}
    from (select ${[...values, ...order].join(', ')} from ${placeOf(table)} ${rest}) found,
      lateral (select ${['0', ...lengths].join(' + ')} as bytes) size
    ${order.length === 0 ? '' : `order by ${order.map((_, place) => `o${place}`).join(', ')}`}`
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

/** Which values of a rising column are ahead of time, by its type. */
const timely: Readonly<Record<string, Parameters<typeof latestMoment>[1] | 'number'>> = {
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
  date: 'date',
  'timestamp without time zone': 'without-zone',
  'timestamp with time zone': 'with-zone',
}

function whereOf(between: NonNullable<Extent['between']>): string {
  const column = quoted(between.column)
  const upTo = between.upTo === null ? 'false' : `${column} <= ${pg.escapeLiteral(between.upTo)}`
  return between.after === null
    ? `where (${column} is null or ${upTo})`
    : `where ${column} ${between.including ? '>=' : '>'} ${pg.escapeLiteral(between.after)} and ${upTo}`
}

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

    async progress(table, name, known, now) {
      const [place, column] = [placeOf(table), quoted(name)]
      const [kind] = await ask<{ type: string }>(
        `select pg_typeof(max(${column}))::text as type from ${place}`,
      )
      const timed = timely[kind!.type]
      if (timed === undefined) throw new ColumnNotRising()
      const timelyOnly =
        timed === 'number' ? 'true' : `${column} <= ${pg.escapeLiteral(latestMoment(now, timed))}`
      const [found] = await ask<{ value: string | null; ahead: string }>(
        `select (max(${column}) filter (where ${timelyOnly}))::text as value,
           count(*) filter (where not (${timelyOnly})) as ahead from ${place}`,
      )
      const count = async (sign: '=' | '>', value: string | null): Promise<number> => {
        if (value === null) return 0
        const [row] = await ask<{ rows: string }>(
          `select count(*) as rows from ${place} where ${column} ${sign} $1 and ${timelyOnly}`,
          [value],
        )
        return Number(row!.rows)
      }
      const { value, ahead } = found!
      return {
        mark: value === null ? null : { value, rows: await count('=', value) },
        atKnown: await count('=', known),
        beyond: await count('>', known),
        ahead: Number(ahead),
      }
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

    async *lines(table, { orderedBy, between } = { orderedBy: [] }) {
      const where = between === undefined ? '' : whereOf(between)
      await ask(
        `declare every_row no scroll cursor for ${rowsAsJson(table, table.columns, where, orderedBy)}`,
      )
      const names = table.columns.map(({ field }) => JSON.stringify(field))
      for (;;) {
        const rows = await ask<Values>(`fetch forward ${rowsAtOnce} from every_row`)
        for (const row of rows) {
          if (row.too_long) throw new OutboundError('too-large')
          yield lineOf(names, (place) => row[`v${place}`] ?? null)
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
