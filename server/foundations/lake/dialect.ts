import { fieldTypes } from './field-types.ts'
import type { FieldType } from './lake.types.ts'
import { type Bound, quoteText } from './sql-literals.ts'

/** A grain of civil dates: their first characters as they are written. */
export type Grain = 'year' | 'month' | 'day'

/**
 * What differs between engines in the SQL of a scan. Names in double quotes, `cast(? as varchar)`, `nulls last`, places
 * in `group by` and the order of texts by their UTF-8 bytes are the same in all of them. Every part is an expression of
 * SQL over another one.
 */
export type Dialect = {
  /** The value as it leaves the lake, the same in each engine to the letter. */
  show(type: FieldType, value: string): string
  /** A bound value as one of the type. */
  readonly stated: (type: FieldType) => string
  /** What is bound for it: a value spelt as in a query, or as `exact` has spelt it. */
  bind(type: FieldType, value: Bound): Bound
  /** A text from which `stated` has the same value again. */
  exact(type: FieldType, value: string): string
  startsWith(value: string): string
  contains(value: string): string
  /** Of numbers, exact for whole ones until the end. */
  total(operation: 'sum' | 'avg', type: FieldType, value: string): string
  /** The civil date of a date or, in China, of a moment, cut to a grain. */
  civil(type: FieldType, value: string, grain: Grain): string
  /** Whether rows can be joined by values that may be absent on both sides. */
  readonly joinsAbsent: boolean
}

const grains: Readonly<Record<Grain, string>> = { year: '%Y', month: '%Y-%m', day: '%Y-%m-%d' }

/** DuckDB, which also writes what is read: rows are kept in its types. */
export const duckDialect: Dialect = {
  show: (type, value) => fieldTypes[type].show(value),
  stated: (type) => `cast(? as ${fieldTypes[type].stored})`,
  bind: (_type, value) => value,
  exact: (_type, value) => `cast(${value} as varchar)`,
  startsWith: (value) => `starts_with(${value}, ?)`,
  contains: (value) => `contains(${value}, ?)`,
  total: (operation, _type, value) => `cast(${operation}(${value}) as double)`,
  civil: (type, value, grain) =>
    `strftime(${type === 'instant' ? `(${value} at time zone 'Asia/Shanghai')` : value}, ${quoteText(grains[grain])})`,
  joinsAbsent: true,
}
