import { isCivilDate } from '@tiaoli/kernel/instants'
import { mostRowConditions } from '@tiaoli/kernel/row-filters'
import { type Dialect, duckDialect } from './dialect.ts'
import { type Bound, quoteName } from './duck.ts'
import { fieldTypes } from './field-types.ts'
import { boxColumns } from './geometry-sql.ts'
import { LakeError } from './lake.errors.ts'
import type { FieldStatistics, FieldType, Filter, FilterOperator } from './lake.types.ts'

/** A condition of SQL with the values bound to it, in order of their question marks. */
export type Condition = { readonly sql: string; readonly bound: readonly Bound[] }

export type Fields = ReadonlyMap<string, FieldType>

export const fieldsOf = (statistics: readonly FieldStatistics[]): Fields =>
  new Map(statistics.map(({ field, type }) => [field, type]))

/** Throws `unknown-field` with the name. */
export function requireField(fields: Fields, field: string): FieldType {
  const type = fields.get(field)
  if (type === undefined) throw new LakeError('unknown-field', { field })
  return type
}

/** Filters of one query, with those of the grant that narrows it, and values of one filter. */
const maxFilters = 50 + mostRowConditions
const maxValues = 1_000

const valuesNeeded: Readonly<Record<FilterOperator, readonly [least: number, most: number]>> = {
  eq: [1, 1],
  ne: [1, 1],
  lt: [1, 1],
  lte: [1, 1],
  gt: [1, 1],
  gte: [1, 1],
  in: [1, maxValues],
  prefix: [1, 1],
  contains: [1, 1],
  between: [2, 2],
  within: [4, 4],
  isnull: [0, 0],
  notnull: [0, 0],
}

const comparisons: Partial<Record<FilterOperator, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
}

/**
 * Pure: all filters as one condition; a row without a value in the field meets none but `isnull`. Throws
 * `unknown-field` and `bad-filter` with the name of the field.
 */
export function conditionOf(
  filters: readonly Filter[],
  fields: Fields,
  dialect: Dialect = duckDialect,
): Condition {
  if (filters.length > maxFilters) throw new LakeError('bad-query')
  const parts = filters.map((filter) => conditionOfOne(filter, requireField(fields, filter.field), dialect))
  return {
    sql: parts.length === 0 ? 'true' : parts.map(({ sql }) => `(${sql})`).join(' and '),
    bound: parts.flatMap(({ bound }) => bound),
  }
}

function conditionOfOne(filter: Filter, type: FieldType, dialect: Dialect): Condition {
  const { field, operator, values } = filter
  if (!Object.hasOwn(valuesNeeded, operator)) refuse(field)
  const [least, most] = valuesNeeded[operator]
  if (values.length < least || values.length > most) refuse(field)
  const name = quoteName(field)
  if (operator === 'isnull') return { sql: `${name} is null`, bound: [] }
  if (operator === 'notnull') return { sql: `${name} is not null`, bound: [] }
  if (operator === 'within') return withinBox(type, values, field)
  // A geometry has many spellings and no order: it is asked by where it lies.
  if (type === 'geometry') refuse(field)
  const bound =
    operator === 'prefix' || operator === 'contains'
      ? values
      : values.map((value) => dialect.bind(type, queriedValue(type, value, field)))
  const value = dialect.stated(type)
  if (operator === 'in') return { sql: `${name} in (${values.map(() => value).join(', ')})`, bound }
  if (operator === 'between') return { sql: `${name} between ${value} and ${value}`, bound }
  if (operator === 'prefix' || operator === 'contains') {
    if (!fieldTypes[type].textual) refuse(field)
    return { sql: operator === 'prefix' ? dialect.startsWith(name) : dialect.contains(name), bound }
  }
  if (type === 'boolean' && operator !== 'eq' && operator !== 'ne') refuse(field)
  return { sql: `${name} ${comparisons[operator]} ${value}`, bound }
}

/** Whether the box around a geometry meets the one asked for, edges included; read from the columns of the boxes alone. */
function withinBox(type: FieldType, values: readonly string[], field: string): Condition {
  if (type !== 'geometry') refuse(field)
  const bound = values.map((value) => queriedValue('decimal', value, field))
  const [west, south, east, north] = bound as [Bound, Bound, Bound, Bound]
  const column = boxColumns(field)
  const side = (name: string, comparison: '<=' | '>=') => `${quoteName(name)} ${comparison} cast(? as double)`
  return {
    sql: [
      side(column.west, '<='),
      side(column.east, '>='),
      side(column.south, '<='),
      side(column.north, '>='),
    ].join(' and '),
    bound: [east, west, north, south],
  }
}

function refuse(field: string): never {
  throw new LakeError('bad-filter', { field })
}

const clock = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/

/** Pure: a text from a query as the value of a field, spelt as values leave the lake. Throws `bad-filter`. */
export function queriedValue(type: FieldType, text: string, field: string): string | number | boolean {
  switch (type) {
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : refuse(field)
    case 'decimal':
    case 'longitude':
    case 'latitude':
      // Bound as the text it is: as a number the engine takes a whole one for 64 bits, which 1e99 is not.
      return /^[+-]?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,2})?$/.test(text) ? text : refuse(field)
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : refuse(field)
    case 'date':
      return isCivilDate(text) ? text : refuse(field)
    case 'time':
      return clock.test(text) ? text : refuse(field)
    case 'instant':
      return instantValue(text) ?? refuse(field)
    case 'credit-code':
    case 'identity-number':
      return text.toUpperCase()
    default:
      return text
  }
}

/** A moment with its offset; a plain date is its first moment in China. */
function instantValue(text: string): string | null {
  const spelt = isCivilDate(text) ? `${text}T00:00:00+08:00` : text
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(spelt)) return null
  const moment = new Date(spelt)
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString()
}
