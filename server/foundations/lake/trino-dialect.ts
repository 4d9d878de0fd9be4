import type { Dialect, Grain } from './dialect.ts'
import { fieldTypes } from './field-types.ts'
import type { FieldType } from './lake.types.ts'

/**
 * Types of columns as Trino reads them from our files. It has no civil time of day in files, so that those are read as
 * the microseconds that they are kept as; moments are kept as times of UTC.
 */
export const trinoTypes = {
  VARCHAR: 'varchar',
  BIGINT: 'bigint',
  DOUBLE: 'double',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIME: 'bigint',
  TIMESTAMPTZ: 'timestamp(6)',
} as const satisfies Readonly<Record<(typeof fieldTypes)[FieldType]['stored'], string>>

const shownCharacters: Readonly<Record<Grain, number>> = { year: 4, month: 7, day: 10 }

const storedOf = (type: FieldType) => fieldTypes[type].stored

/** Trino, reading the files that DuckDB wrote. */
export const trinoDialect: Dialect = {
  show: (type, value) => {
    switch (storedOf(type)) {
      case 'BIGINT':
        return `cast(${value} as double)`
      case 'DATE':
        return `cast(${value} as varchar)`
      case 'TIME':
        return clock(value)
      case 'TIMESTAMPTZ':
        return `replace(substr(cast(${value} as varchar), 1, 23), ' ', 'T') || 'Z'`
      default:
        return value
    }
  },
  stated: (type) => `cast(? as ${trinoTypes[storedOf(type)]})`,
  bind: (type, value) => {
    if (typeof value !== 'string') return value
    if (type === 'time' && value.includes(':')) return microsecondsOf(value)
    if (type === 'instant') return value.replace('T', ' ').replace(/Z$/, '')
    return value
  },
  exact: (_type, value) => `cast(${value} as varchar)`,
  startsWith: (value) => `starts_with(${value}, ?)`,
  contains: (value) => `strpos(${value}, ?) > 0`,
  // Its own sum of whole numbers ends at 64 bits, and its own mean adds them as fractions.
  total: (operation, type, value) => {
    if (storedOf(type) !== 'BIGINT') return `${operation}(${value})`
    const sum = `cast(sum(cast(${value} as decimal(38, 0))) as double)`
    return operation === 'sum' ? sum : `${sum} / nullif(count(${value}), 0)`
  },
  civil: (type, value, grain) => {
    const moment = `with_timezone(${value}, 'UTC') at time zone 'Asia/Shanghai'`
    const day = type === 'instant' ? `(${moment})` : value
    return `substr(cast(${day} as varchar), 1, ${shownCharacters[grain]})`
  },
  joinsAbsent: false,
}

/** Microseconds of a day as a time of day, with as many decimals as it has. */
function clock(value: string): string {
  const part = (unit: number, within: number) =>
    `lpad(cast((${value}) / ${unit} % ${within} as varchar), 2, '0')`
  const fraction = `lpad(cast((${value}) % 1000000 as varchar), 6, '0')`
  const whole = [part(3_600_000_000, 24), part(60_000_000, 60), part(1_000_000, 60)].join(` || ':' || `)
  return `${whole} || case when (${value}) % 1000000 = 0 then '' else '.' || rtrim(${fraction}, '0') end`
}

/** Pure: a time of day, such as `09:30` or `09:30:00.5`, in microseconds. */
export function microsecondsOf(text: string): number {
  const [hours, minutes, seconds = '0'] = text.split(':')
  const [whole, fraction = ''] = seconds.split('.')
  const ofMinute = Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0'))
  return (Number(hours) * 60 + Number(minutes)) * 60_000_000 + ofMinute
}
