import { ColumnNotRising } from './outbound-error.ts'
import { latestMoment } from './source-database.ts'

/** A column as the database describes it. */
export type MysqlColumn = { readonly name: string; readonly type: string }

export const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``

const numbers = new Set([
  ...['tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal', 'float', 'double', 'year', 'bit'],
])
const bytes = new Set(['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob'])
const shapes = new Set([
  ...['geometry', 'point', 'linestring', 'polygon', 'geometrycollection', 'geomcollection'],
  ...['multipoint', 'multilinestring', 'multipolygon'],
])

/** Pure: the value of a column as text of one form: moments with their zone, shapes as GeoJSON, bytes in hexadecimal. */
export function asText({ name, type }: MysqlColumn): string {
  const column = quoted(name)
  // The session's zone is UTC, and a column of this type is the only one that has a zone.
  if (type === 'timestamp') return `concat(replace(cast(${column} as char), ' ', 'T'), '+00:00')`
  if (type === 'bit') return `cast(${column} + 0 as char)`
  if (bytes.has(type)) return `concat('\\\\x', lower(hex(${column})))`
  if (shapes.has(type)) return `st_asgeojson(${column})`
  return `convert(${column} using utf8mb4)`
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Pure: the text of a value as JSON: numbers keep every digit, codes that are filled with zeros stay texts. */
export const asJson = ({ type }: MysqlColumn, value: string): string =>
  numbers.has(type) && jsonNumber.test(value) ? value : JSON.stringify(value)

type Rising = {
  /** How a value of the column is written in a question. */
  readonly literal: (value: string) => string
  /** Whether a value is not ahead of time. */
  readonly timely: (now: Date) => string
}

const exact = new Set(['tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal'])
const moments: Readonly<Record<string, Parameters<typeof latestMoment>[1]>> = {
  date: 'date',
  datetime: 'without-zone',
  timestamp: 'with-zone',
}

/** Pure: how the values of a rising column are compared. @throws ColumnNotRising */
export function risingOf({ name, type }: MysqlColumn): Rising {
  if (exact.has(type))
    return {
      // As a number: compared with a text, the database would round both.
      literal: (value) => {
        if (!jsonNumber.test(value)) throw new ColumnNotRising()
        return value
      },
      timely: () => 'true',
    }
  const kind = moments[type]
  if (kind === undefined) throw new ColumnNotRising()
  const literal = (value: string): string => {
    if (!/^[\d :.-]+$/.test(value)) throw new ColumnNotRising()
    return `'${value}'`
  }
  return {
    literal,
    timely: (now) => {
      const latest = latestMoment(now, kind).replace('T', ' ').replace('Z', '')
      return `${quoted(name)} <= ${literal(latest)}`
    },
  }
}
