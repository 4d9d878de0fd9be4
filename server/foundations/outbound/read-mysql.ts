import { connect as connectSocket } from 'node:net'
import mysql from 'mysql2'
import { addressOf, databaseOf, hostOf, isEncrypted } from './database-address.ts'
import { asJson, asText, type MysqlColumn, quoted, risingOf } from './mysql-values.ts'
import { OutboundError } from './outbound-error.ts'
import {
  connectMs,
  type DatabaseAddress,
  type DatabaseReader,
  type Extent,
  lineOf,
  longestRow,
  rowsAtOnce,
  type SourceTable,
  type TableMeasure,
  usualAnswerMs,
} from './source-database.ts'

/** Reads a database of MySQL or MariaDB. @throws OutboundError */
export async function readMysql<T>(
  address: DatabaseAddress,
  work: (reader: DatabaseReader) => Promise<T>,
): Promise<T> {
  const { connection, end } = await connected(address)
  try {
    const ask = questions(connection)
    const [server] = await ask<{ version: string }>('select version() as version')
    const seconds = Math.ceil((address.answerMs ?? usualAnswerMs) / 1_000)
    await ask(
      server!.version.includes('MariaDB')
        ? `set session max_statement_time = ${seconds}`
        : `set session max_execution_time = ${seconds * 1_000}`,
    )
    await ask(`set session time_zone = '+00:00'`)
    await ask('set session transaction isolation level repeatable read')
    await ask('start transaction with consistent snapshot, read only')
    return await work(readerOf(connection, ask, databaseOf(address.url)))
  } finally {
    end()
  }
}

async function connected({ url, user, password, guard, answerMs = usualAnswerMs }: DatabaseAddress) {
  const encrypted = isEncrypted(url)
  const address = await addressOf(url, guard, encrypted)
  const socket = connectSocket({
    host: address,
    port: url.port === '' ? 3306 : Number(url.port),
    // A server that says nothing for so long has died, whatever the line says.
    timeout: answerMs + connectMs,
  })
  socket.on('timeout', () => socket.destroy(new OutboundError('too-slow')))
  const connection = mysql.createConnection({
    stream: () => socket,
    // For the certificate: the socket above is connected to the address that was looked at.
    host: hostOf(url),
    database: databaseOf(url),
    user,
    password: password ?? '',
    charset: 'utf8mb4',
    connectTimeout: connectMs,
    rowsAsArray: false,
    supportBigNumbers: true,
    bigNumberStrings: true,
    ...(encrypted && { ssl: { rejectUnauthorized: true, verifyIdentity: true } }),
    // A server may ask a client for its files; nothing here has any to give.
    flags: ['-LOCAL_FILES'],
  })
  // A connection that breaks between two questions is noticed by the next one.
  connection.on('error', () => undefined)
  const end = () => {
    connection.destroy()
    socket.destroy()
  }
  try {
    await new Promise<void>((resolve, reject) => {
      connection.connect((error) => (error ? reject(error) : resolve()))
    })
  } catch (error) {
    end()
    throw outbound(error)
  }
  return { connection, end }
}

type Ask = ReturnType<typeof questions>

/** Asks, and says of a failure what it means for the connection. */
const questions =
  (connection: mysql.Connection) =>
  <R>(sql: string, values: unknown[] = []): Promise<R[]> =>
    new Promise((resolve, reject) => {
      connection.query(sql, values, (error, rows) =>
        error === null ? resolve(rows as R[]) : reject(outbound(error)),
      )
    })

/** One row: the text of each value, and last whether it is too long to be sent. */
type Texts = readonly (string | null)[]

function readerOf(connection: mysql.Connection, ask: Ask, database: string): DatabaseReader {
  const placeOf = ({ schema, name }: SourceTable) => `${quoted(schema ?? database)}.${quoted(name)}`

  /** What the database says of the columns that are asked for. @throws OutboundError `table-unreadable` */
  async function described(table: SourceTable, names: readonly string[]): Promise<MysqlColumn[]> {
    const found = await ask<MysqlColumn>(
      `select column_name as name, lower(data_type) as type from information_schema.columns
        where table_schema = ? and table_name = ?`,
      [table.schema ?? database, table.name],
    )
    const known = new Map(found.map((column) => [column.name.toLowerCase(), column]))
    return names.map((name) => {
      const column = known.get(name.toLowerCase())
      if (column === undefined) throw new OutboundError('table-unreadable')
      return column
    })
  }

  function rowsAsText(table: SourceTable, columns: readonly MysqlColumn[], rest: string): string {
    const length = ({ name }: MysqlColumn) => `coalesce(octet_length(${quoted(name)}), 0)`
    const values = columns.map((column) => `if(${length(column)} > ${longestRow}, null, ${asText(column)})`)
    const tooLong = `(${['0', ...columns.map(length)].join(' + ')}) > ${longestRow}`
    return `select ${[...values, `if(${tooLong}, '1', null)`].join(', ')} from ${placeOf(table)} ${rest}`
  }

  async function newestOf(table: SourceTable, counted: boolean): Promise<TableMeasure> {
    const [column] = await described(table, table.changedColumn === null ? [] : [table.changedColumn])
    const changed = column === undefined ? 'null' : `cast(max(${quoted(column.name)}) as char)`
    const [found] = await ask<{ counted: string | number; changed: string | null }>(
      `select ${counted ? 'count(*)' : '0'} as counted, ${changed} as changed from ${placeOf(table)}`,
    )
    return { rows: Number(found!.counted), changedAt: momentOf(found!.changed, column) }
  }

  return {
    measure: (table) => newestOf(table, true),
    newest: async (table) => (table.changedColumn === null ? null : (await newestOf(table, false)).changedAt),

    async progress(table, name, known, now) {
      const [column] = await described(table, [name])
      const { literal, timely } = risingOf(column!)
      const [place, quotedName] = [placeOf(table), quoted(column!.name)]
      const inTime = timely(now)
      const [found] = await ask<{ value: string | null; ahead: string | number | null }>(
        `select cast(max(if(${inTime}, ${quotedName}, null)) as char) as value,
           sum(not (${inTime})) as ahead from ${place}`,
      )
      const count = async (sign: '=' | '>', value: string | null): Promise<number> => {
        if (value === null) return 0
        const [row] = await ask<{ found: string | number }>(
          `select count(*) as found from ${place} where ${quotedName} ${sign} ${literal(value)} and ${inTime}`,
        )
        return Number(row!.found)
      }
      const value = found!.value
      return {
        mark: value === null ? null : { value, rows: await count('=', value) },
        atKnown: await count('=', known),
        beyond: await count('>', known),
        ahead: Number(found!.ahead ?? 0),
      }
    },

    async row(table, key, fields) {
      const asked = table.columns.filter(({ field }) => fields.includes(field))
      const keys = table.columns.filter(({ field }) => Object.hasOwn(key, field))
      const columns = await described(
        table,
        asked.map(({ column }) => column),
      )
      const where = keys.map(({ column }) => `${quoted(column)} = ?`).join(' and ')
      const [row] = await collected(
        connection,
        rowsAsText(table, columns, `where ${where} limit 1`),
        keys.map(({ field }) => key[field]!),
      )
      if (row === undefined) return undefined
      if (row.at(-1) !== null) throw new OutboundError('too-large')
      const values = new Map(asked.map(({ field }, place) => [field, row[place] ?? null]))
      // The database takes 12 for "12a" and a for "A": a row is found by its very key or not at all.
      if (keys.some(({ field }) => values.has(field) && values.get(field) !== key[field])) return undefined
      return Object.fromEntries(
        asked.map(({ field }, place) => {
          const value = row[place] ?? null
          return [field, value === null ? null : (JSON.parse(asJson(columns[place]!, value)) as unknown)]
        }),
      )
    },

    async *lines(table, { orderedBy, between } = { orderedBy: [] }) {
      const columns = await described(
        table,
        table.columns.map(({ column }) => column),
      )
      const where = between === undefined ? '' : await whereOf(between, (name) => described(table, [name]))
      const order = orderedBy.length === 0 ? '' : `order by ${orderedBy.map(quoted).join(', ')}`
      const names = table.columns.map(({ field }) => JSON.stringify(field))
      for await (const row of texts(connection, rowsAsText(table, columns, `${where} ${order}`), [])) {
        if (row.at(-1) !== null) throw new OutboundError('too-large')
        yield lineOf(names, (place) => {
          const value = row[place] ?? null
          return value === null ? null : asJson(columns[place]!, value)
        })
      }
    },
  }
}

async function whereOf(
  { column, after, including, upTo }: NonNullable<Extent['between']>,
  described: (name: string) => Promise<MysqlColumn[]>,
): Promise<string> {
  const [found] = await described(column)
  const { literal } = risingOf(found!)
  const name = quoted(found!.name)
  const bound = upTo === null ? 'false' : `${name} <= ${literal(upTo)}`
  return after === null
    ? `where (${name} is null or ${bound})`
    : `where ${name} ${including ? '>=' : '>'} ${literal(after)} and ${bound}`
}

/** The moment of a column without a zone is China's; undefined values are none. */
function momentOf(value: string | null, column: MysqlColumn | undefined): Date | null {
  if (value === null || column === undefined) return null
  const moment = new Date(`${value.replace(' ', 'T')}${column.type === 'timestamp' ? 'Z' : '+08:00'}`)
  return Number.isNaN(moment.getTime()) ? null : moment
}

/** Rows as they come; what is not read yet waits at the other side. */
async function* texts(
  connection: mysql.Connection,
  sql: string,
  values: readonly string[],
): AsyncGenerator<Texts> {
  const query = connection.query({
    sql,
    values: [...values],
    rowsAsArray: true,
    typeCast: (field) => field.string('utf8'),
  })
  const rows = query.stream({ highWaterMark: rowsAtOnce })
  // The library tells the connection, and not the rows that are under way, that the line is dead.
  const broken = (error: Error) => rows.destroy(error)
  connection.on('error', broken)
  try {
    for await (const row of rows) yield row as Texts
  } catch (error) {
    throw outbound(error)
  } finally {
    connection.off('error', broken)
  }
}

async function collected(
  connection: mysql.Connection,
  sql: string,
  values: readonly string[],
): Promise<Texts[]> {
  const rows: Texts[] = []
  for await (const row of texts(connection, sql, values)) rows.push(row)
  return rows
}

/** Unknown tables and columns, and those that the user may not read. */
const unreadable = new Set([
  'ER_NO_SUCH_TABLE',
  'ER_BAD_FIELD_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_VIEW_INVALID',
  'ER_PARSE_ERROR',
])
const refusals = new Set(['ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR'])
const slowness = new Set(['ER_STATEMENT_TIMEOUT', 'ER_QUERY_TIMEOUT', 'ETIMEDOUT'])

/** Why it gave nothing, from the name that the database gives its error. */
function outbound(error: unknown): OutboundError {
  if (error instanceof OutboundError) return error
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  if (unreadable.has(code)) return new OutboundError('table-unreadable', undefined, error)
  if (refusals.has(code)) return new OutboundError('refused', undefined, error)
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') return new OutboundError('not-encrypted', undefined, error)
  return new OutboundError(slowness.has(code) ? 'too-slow' : 'unreachable', undefined, error)
}
