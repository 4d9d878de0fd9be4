import {
  creditCodeAlphabet,
  creditCodeWeights,
  identityNumberChecks,
  identityNumberWeights,
  provinceCodes,
} from '@tiaoli/kernel/identifiers'
import { geometryFault, parseGeometry, resemblesGeometry } from './geometry-sql.ts'
import type { FieldType } from './lake.types.ts'
import { quoteText } from './sql-literals.ts'

/** As it stands; without the blanks around it; the same in capitals. */
export type Tidiness = 'as-is' | 'trimmed' | 'capitals'

/**
 * How a type is read from a text, kept, and shown. All three are expressions of SQL over another expression, so
 * that a whole column is judged where it lies.
 */
export type FieldTypeRule = {
  /** Type of the column in Parquet. */
  readonly stored: 'VARCHAR' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIME' | 'TIMESTAMPTZ'
  /** How a cell is tidied before it is judged. */
  readonly tidy: Tidiness
  /** The value of a tidied cell, or null where it is not of the type. */
  parse(tidied: string): string
  /** The value of a tidied cell that is known to be of the type, where that is less work than `parse`. */
  convert?(tidied: string): string
  /** Whether the beginning of a tidied cell, of which the rest was cut, looks like one of the type. */
  resembles?(beginning: string): string
  /** What is wrong with a tidied cell that is not of the type, as a number from 2 (`faultCauses`); 2 where absent. */
  fault?(tidied: string): string
  /** The value as it leaves the lake. */
  show(value: string): string
  /** Whether texts of this type may be searched by a part of them. */
  readonly textual: boolean
  /** Whether a key may be of this type: its text must be exact. */
  readonly exact: boolean
  /** Whether the smallest and greatest value may stand in a description of the column. */
  readonly range: boolean
}

/**
 * A cell tidied. Make it a column of a step of its own: inside a larger expression the engine does it many times
 * over. Blanks are those of any script; tabs too, which exports put before digits to keep them text. The engine's
 * trim for a set of characters costs several times the plain one, so it is for cells with a tab only.
 */
export function tidySql(tidiness: Tidiness, cell: string, hasOuterBlanks: boolean): string {
  if (tidiness === 'as-is') return cell
  const trimmed = hasOuterBlanks
    ? `case when contains(${cell}, chr(9)) then trim(${cell}, ' ' || chr(9) || chr(160) || chr(12288)) else trim(${cell}) end`
    : cell
  return tidiness === 'capitals' ? `upper(${trimmed})` : trimmed
}

const matches = (value: string, pattern: string): string =>
  `regexp_full_match(${value}, ${quoteText(pattern)})`

const when = (condition: string, value: string): string => `case when ${condition} then ${value} end`

const same = (value: string): string => value

const asText = (value: string): string => `cast(${value} as varchar)`

const text: FieldTypeRule = {
  stored: 'VARCHAR',
  tidy: 'as-is',
  parse: same,
  show: same,
  textual: true,
  exact: true,
  range: false,
}

const kindOfText = (tidy: Tidiness, parse: FieldTypeRule['parse']): FieldTypeRule => ({
  ...text,
  tidy,
  parse,
  convert: same,
})

const decimalPattern = '[+-]?(0|[1-9]\\d{0,14})(\\.\\d{1,17})?([eE][+-]?\\d{1,2})?'

const decimal: FieldTypeRule = {
  stored: 'DOUBLE',
  tidy: 'trimmed',
  parse: (value) => when(matches(value, decimalPattern), `try_cast(${value} as double)`),
  convert: (value) => `try_cast(${value} as double)`,
  show: same,
  textual: false,
  exact: false,
  range: true,
}

const degreesWithin = (limit: number): FieldTypeRule => ({
  ...decimal,
  parse: (value) =>
    when(
      `${matches(value, decimalPattern)} and try_cast(${value} as double) between -${limit} and ${limit}`,
      `try_cast(${value} as double)`,
    ),
})

const dayPattern = '(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?'
const clockPattern = '([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,6})?)?'
const zonePattern = '( ?(Z|[+-]\\d{2}(:?\\d{2})?))'

/** `2026-10-14`, `2026/1/5`, `2026.1.5`, `2026年1月5日`, `20261014`, each also with a time of midnight. */
function parseDate(value: string): string {
  const spelt = `regexp_replace(${value}, ${quoteText(`^${dayPattern}.*$`)}, '\\1-\\2-\\3')`
  const packed = `regexp_replace(${value}, '^(\\d{4})(\\d{2})(\\d{2})$', '\\1-\\2-\\3')`
  return `case
    when ${matches(value, '\\d{4}-\\d{2}-\\d{2}')} then try_cast(${value} as date)
    when ${matches(value, `${dayPattern}([ T]0?0:00(:00(\\.0+)?)?)?`)} then try_cast(${spelt} as date)
    when ${matches(value, '(1[89]|20|21)\\d{6}')} then try_cast(${packed} as date) end`
}

/** A date and a time; without an offset it is civil time in China. Held as the moment it is. */
function parseInstant(value: string): string {
  const spelt = `regexp_replace(${value}, ${quoteText(`^${dayPattern}[ T]?`)}, '\\1-\\2-\\3 ')`
  const moment = `regexp_replace(${spelt}, ' (\\d{1,2}:\\d{2})($|[Z +-])', ' \\1:00\\2')`
  const zoned = `regexp_replace(regexp_replace(${moment}, ' ([Z+-])', '\\1'), '([+-]\\d{2})(\\d{2})$', '\\1:\\2')`
  const local = `${dayPattern}[ T]?${clockPattern}`
  return `case
    when ${matches(value, local)} then try_cast(${moment} || '+08' as timestamptz)
    when ${matches(value, `${local}${zonePattern}`)} then try_cast(${zoned} as timestamptz) end`
}

/**
 * The sum of digits times their weights. Arithmetic on all digits as one number is several times faster than taking
 * them apart as texts; the lambda makes the number once, where an expression would make it for each digit.
 */
function weightedDigits(digits: string, weights: readonly number[]): string {
  const terms = weights.map((weight, index) => {
    const place = 10n ** BigInt(weights.length - 1 - index)
    return `(n // ${place}) % 10 * ${weight}`
  })
  return `list_transform([try_cast(${digits} as bigint)], lambda n: ${terms.join(' + ')})[1]`
}

function parseCreditCode(code: string): string {
  const sum = [...creditCodeWeights, 1].map(
    (weight, index) => `(strpos('${creditCodeAlphabet}', substr(${code}, ${index + 1}, 1)) - 1) * ${weight}`,
  )
  const shape = `[${creditCodeAlphabet.slice(1)}][${creditCodeAlphabet}]\\d{6}[${creditCodeAlphabet}]{10}`
  // One condition inside the other: joined by `and`, both would be computed for every cell.
  return when(matches(code, shape), when(`(${sum.join(' + ')}) % 31 = 0`, code))
}

function parseIdentityNumber(number: string): string {
  const sum = weightedDigits(`substr(${number}, 1, 17)`, identityNumberWeights)
  const bornOn = `try_cast(regexp_replace(substr(${number}, 7, 8), '^(\\d{4})(\\d{2})(\\d{2})$', '\\1-\\2-\\3') as date)`
  const check = `substr('${identityNumberChecks}', cast(${sum} % 11 as integer) + 1, 1)`
  const shape = `(${provinceCodes.join('|')})\\d{15}[\\dX]`
  const judged = when(`${bornOn} >= date '1850-01-01' and ${check} = substr(${number}, 18, 1)`, number)
  return when(matches(number, shape), judged)
}

const divisionShape = `(${provinceCodes.join('|')})(|\\d{2}|\\d{4}|\\d{7}|\\d{10})`
const phoneShape = '(\\+?86[- ]?)?1[3-9]\\d{9}|0\\d{2,3}-?\\d{7,8}'

export const fieldTypes: Readonly<Record<FieldType, FieldTypeRule>> = {
  text,
  integer: {
    ...decimal,
    stored: 'BIGINT',
    parse: (value) => when(matches(value, '[+-]?(0|[1-9]\\d{0,14})'), `try_cast(${value} as bigint)`),
    convert: (value) => `try_cast(${value} as bigint)`,
    // Fifteen digits fit a JavaScript number exactly; the engine's own 64-bit integers do not.
    show: (value) => `cast(${value} as double)`,
    exact: true,
  },
  decimal,
  longitude: degreesWithin(180),
  latitude: degreesWithin(90),
  boolean: {
    ...text,
    stored: 'BOOLEAN',
    tidy: 'capitals',
    parse: (value) => `case ${value}
      when 'TRUE' then true when '是' then true when 'YES' then true when 'Y' then true when '1' then true
      when 'FALSE' then false when '否' then false when 'NO' then false when 'N' then false when '0' then false end`,
    textual: false,
  },
  date: {
    ...text,
    stored: 'DATE',
    tidy: 'trimmed',
    parse: parseDate,
    show: asText,
    textual: false,
    range: true,
  },
  time: {
    ...text,
    stored: 'TIME',
    tidy: 'trimmed',
    parse: (value) => when(matches(value, clockPattern), `try_cast(${value} as time)`),
    show: asText,
    textual: false,
    range: true,
  },
  instant: {
    ...text,
    stored: 'TIMESTAMPTZ',
    tidy: 'trimmed',
    parse: parseInstant,
    show: (value) => `strftime(${value} at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ')`,
    textual: false,
    range: true,
  },
  'credit-code': kindOfText('capitals', parseCreditCode),
  'identity-number': kindOfText('capitals', parseIdentityNumber),
  'division-code': kindOfText('trimmed', (value) => when(matches(value, divisionShape), value)),
  phone: kindOfText('trimmed', (value) => when(matches(value, phoneShape), value)),
  geometry: {
    ...text,
    tidy: 'trimmed',
    parse: parseGeometry,
    resembles: resemblesGeometry,
    fault: geometryFault,
    textual: false,
    exact: false,
  },
}
