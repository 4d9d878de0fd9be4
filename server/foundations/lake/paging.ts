import { cursorAfter, rowOfCursor } from './cursors.ts'
import { type Dialect, duckDialect } from './dialect.ts'
import { type Bound, quoteName, type ScanSession } from './duck.ts'
import { type Condition, conditionOf, type Fields, requireField } from './filters.ts'
import { LakeError } from './lake.errors.ts'
import { maxPageRows } from './lake.limits.ts'
import type { Row, RowQuery } from './lake.types.ts'
import { rowColumn } from './load-sql.ts'

/** Fields that a page can be sorted by at once. */
const maxSortFields = 8

/** What was asked, checked. */
type PageAsked = {
  readonly rows: string
  readonly snapshotId: string
  readonly fields: Fields
  readonly query: RowQuery
}

/** The rows of a page and the cursor of the next. Each page costs the same: it starts at values, not at a count. */
export async function readPage(
  session: ScanSession,
  asked: PageAsked,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  const { query, fields, rows, snapshotId } = asked
  if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > maxPageRows)
    throw new LakeError('bad-query')
  if (query.sort.length > maxSortFields) throw new LakeError('bad-query')
  for (const { field } of query.sort) requireField(fields, field)
  const scope = { snapshotId, filters: query.filters, sort: query.sort }
  const filter = conditionOf(query.filters, fields, session.dialect)
  const shown = selectList(query.fields, fields, session.dialect)
  const start =
    query.cursor === undefined
      ? nothing
      : await conditionAfter(session, asked, rowOfCursor(query.cursor, scope))
  // Of the rows themselves: an instant is shown to the millisecond only, which would make ties of its neighbours.
  const order = [
    ...query.sort.map(
      ({ field, descending }) => `r.${quoteName(field)} ${descending ? 'desc' : 'asc'} nulls last`,
    ),
    rowColumn,
  ]
  const found = await session.rows(
    `select ${[...shown, rowColumn].join(', ')} from ${rows} r
     where ${filter.sql} and ${start.sql} order by ${order.join(', ')} limit ${query.limit + 1}`,
    [...filter.bound, ...start.bound],
  )
  const page = found.slice(0, query.limit)
  const last = page.at(-1)
  const more = found.length > query.limit && last !== undefined
  return {
    rows: page.map(({ [rowColumn]: _row, ...row }) => row),
    nextCursor: more ? cursorAfter(Number(last[rowColumn]), scope) : null,
  }
}

const nothing: Condition = { sql: 'true', bound: [] }

/** Fields as they leave the lake. Throws `unknown-field`, and `bad-query` where there is none or one twice. */
export function selectList(
  names: readonly string[],
  fields: Fields,
  dialect: Dialect = duckDialect,
): string[] {
  if (names.length === 0 || new Set(names).size < names.length) throw new LakeError('bad-query')
  return names.map((field) => {
    const name = quoteName(field)
    return `${dialect.show(requireField(fields, field), name)} as ${name}`
  })
}

/** The condition of all rows that come after row `row` in the order asked for, where no value comes last. */
async function conditionAfter(session: ScanSession, asked: PageAsked, row: number): Promise<Condition> {
  const { fields, query, rows } = asked
  const after: Condition = { sql: `${rowColumn} > ?`, bound: [row] }
  if (query.sort.length === 0) return after
  const { dialect } = session
  const values = query.sort.map(
    ({ field }, index) => `${dialect.exact(fields.get(field)!, quoteName(field))} as s${index}`,
  )
  const [place] = await session.rows(`select ${values.join(', ')} from ${rows} where ${rowColumn} = ?`, [row])
  if (place === undefined) throw new LakeError('bad-cursor')
  return query.sort.reduceRight<Condition>((rest, { field, descending }, index) => {
    const type = fields.get(field)!
    const value = dialect.bind(type, place[`s${index}`] as Bound)
    return afterValue(quoteName(field), dialect.stated(type), descending, value, rest)
  }, after)
}

function afterValue(
  name: string,
  same: string,
  descending: boolean,
  value: Bound,
  rest: Condition,
): Condition {
  if (value === null) return { sql: `(${name} is null and ${rest.sql})`, bound: rest.bound }
  return {
    sql: `(${name} ${descending ? '<' : '>'} ${same} or ${name} is null or (${name} = ${same} and ${rest.sql}))`,
    bound: [value, value, ...rest.bound],
  }
}
