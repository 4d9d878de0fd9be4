import { type Dialect, duckDialect } from './dialect.ts'
import { type DuckSession, quoteName, type ScanSession } from './duck.ts'
import { fieldTypes } from './field-types.ts'
import { type Condition, conditionOf, type Fields, requireField } from './filters.ts'
import { LakeError } from './lake.errors.ts'
import { maxPageRows } from './lake.limits.ts'
import type { AggregateQuery, FieldType, Row, SizedGroup } from './lake.types.ts'

const maxGroups = 4
const maxMeasures = 20

type Column = { readonly name: string; readonly sql: string }

/** Counts and sums by groups, the groups in order. Throws `unknown-field`, `bad-query`, `bad-filter`. */
export function readAggregate(
  session: ScanSession,
  rows: string,
  fields: Fields,
  query: AggregateQuery,
): Promise<Row[]> {
  return readGroups(session, rows, fields, query, [])
}

/** The same with each group's numbers of rows and of values, and its own name, in columns that no field can be called by. */
export async function readSizedGroups(
  session: DuckSession,
  rows: string,
  fields: Fields,
  query: AggregateQuery,
  counted: readonly string[],
): Promise<SizedGroup[]> {
  const beside = [
    { name: sizeColumn, sql: 'count(*)::double' },
    { name: keyColumn, sql: `any_value(${groupKeySql(query.groupBy, fields)})` },
    ...counted.map((field, at) => ({
      name: `${valuesColumn}${at}`,
      sql: `count(${quoteName(field)})::double`,
    })),
  ]
  const found = await readGroups(session, rows, fields, query, beside)
  const own = new Set(beside.map(({ name }) => name))
  return found.map((row) => ({
    key: String(row[keyColumn]),
    size: Number(row[sizeColumn]),
    values: Object.fromEntries(counted.map((field, at) => [field, Number(row[`${valuesColumn}${at}`])])),
    row: Object.fromEntries(Object.entries(row).filter(([name]) => !own.has(name))),
  }))
}

const [sizeColumn, keyColumn, valuesColumn] = ['_size', '_key', '_values']

/** One text that names a row's group: its values, each after its length, so that no two groups share a name. */
export function groupKeySql(groupBy: AggregateQuery['groupBy'], fields: Fields): string {
  const parts = groupBy.map((group) => {
    const value = `cast(${groupSql(group, fields, duckDialect)} as varchar)`
    return `coalesce(length(${value}) || ':' || ${value}, '-')`
  })
  return parts.length === 0 ? `''` : parts.join(` || ' ' || `)
}

async function readGroups(
  session: ScanSession,
  rows: string,
  fields: Fields,
  query: AggregateQuery,
  beside: readonly Column[],
): Promise<Row[]> {
  const { groupBy, measures, limit } = query
  if (groupBy.length > maxGroups || measures.length === 0 || measures.length > maxMeasures)
    throw new LakeError('bad-query')
  if (!Number.isInteger(limit) || limit < 1 || limit > maxPageRows) throw new LakeError('bad-query')
  const { dialect } = session
  const filter = conditionOf(query.filters, fields, dialect)
  const groups: Column[] = []
  for (const group of groupBy)
    groups.push({
      name: group.field,
      sql: groupSql(await withWidth(session, rows, fields, filter, group), fields, dialect),
    })
  const columns = [
    ...groups,
    ...measures.map((measure) => measureColumn(measure, fields, dialect)),
    ...beside,
  ]
  if (new Set(columns.map(({ name }) => name)).size < columns.length) throw new LakeError('bad-query')
  const places = groups.map((_, index) => index + 1).join(', ')
  const grouping =
    groups.length === 0 ? '' : `group by ${places} order by ${places.replaceAll(/\d+/g, '$& nulls last')}`
  return session.rows(
    `select ${columns.map(({ name, sql }) => `${sql} as ${quoteName(name)}`).join(', ')}
     from ${rows} where ${filter.sql} ${grouping} limit ${limit}`,
    filter.bound,
  )
}

type Group = AggregateQuery['groupBy'][number]

const wantedBins = 20

/** A round width (1, 2 or 5 times a power of ten) that cuts a range into about twenty bins. */
export function roundBinWidth(least: number, greatest: number): number {
  const rough = (greatest - least) / wantedBins
  if (!Number.isFinite(rough) || rough <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5].find((factor) => factor * power >= rough) ?? 10
  return Number((step * power).toPrecision(1))
}

/** Bins without a width are given one that suits the rows that are asked for. */
async function withWidth(
  session: ScanSession,
  rows: string,
  fields: Fields,
  filter: Condition,
  group: Group,
): Promise<Group> {
  if (group.grain !== 'bin' || group.binWidth !== undefined || !isNumber(requireField(fields, group.field)))
    return group
  const name = quoteName(group.field)
  const [range] = await session.rows(
    `select cast(min(${name}) as double) as least, cast(max(${name}) as double) as greatest
     from ${rows} where ${filter.sql}`,
    filter.bound,
  )
  return { ...group, binWidth: roundBinWidth(Number(range?.least), Number(range?.greatest)) }
}

const isNumber = (type: FieldType): boolean => ['BIGINT', 'DOUBLE'].includes(fieldTypes[type].stored)

const grains: readonly string[] = ['year', 'month', 'day']

function groupSql(group: Group, fields: Fields, dialect: Dialect): string {
  const { field, grain, binWidth } = group
  const type = requireField(fields, field)
  const name = quoteName(field)
  if (grain === undefined) return dialect.show(type, name)
  if (grain === 'bin') {
    if (!isNumber(type) || binWidth === undefined || !(binWidth > 0) || !Number.isFinite(binWidth))
      throw new LakeError('bad-query', { field })
    const width = `cast('${binWidth}' as double)`
    return `floor(${name} / ${width}) * ${width}`
  }
  if (!grains.includes(grain) || (type !== 'date' && type !== 'instant'))
    throw new LakeError('bad-query', { field })
  return dialect.civil(type, name, grain)
}

function measureColumn(
  measure: AggregateQuery['measures'][number],
  fields: Fields,
  dialect: Dialect,
): Column {
  const { operation, field } = measure
  const name = measure.as ?? (field === undefined ? operation : `${operation}_${field}`)
  if (field === undefined) {
    if (operation !== 'count') throw new LakeError('bad-query')
    return { name, sql: 'cast(count(*) as double)' }
  }
  const type = requireField(fields, field)
  const column = quoteName(field)
  switch (operation) {
    case 'count':
      return { name, sql: `cast(count(${column}) as double)` }
    case 'min':
    case 'max':
      return { name, sql: dialect.show(type, `${operation}(${column})`) }
    case 'sum':
    case 'avg':
      if (isNumber(type)) return { name, sql: dialect.total(operation, type, column) }
  }
  throw new LakeError('bad-query', { field })
}
