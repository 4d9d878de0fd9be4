import type { SchemaField } from '@tiaoli/contract/table-schema'
import { type FieldTypeRule, fieldTypes } from './field-types.ts'
import type { FieldType } from './lake.types.ts'
import { quoteText } from './sql-literals.ts'

/**
 * Cells as a Table Schema spells them, brought to the types of the lake. A rule made here stands in the place of the
 * type's own: the cell of the file is judged as it stands, and the report of refused rows shows it so.
 */

type SchemaType = NonNullable<SchemaField['type']>

const texts: readonly FieldType[] = ['text', 'credit-code', 'identity-number', 'division-code', 'phone']
const numbers: readonly FieldType[] = ['decimal', 'longitude', 'latitude']

/** The types of the lake that say the same; the first is the one suggested. */
const same: Readonly<Record<SchemaType, readonly FieldType[]>> = {
  string: texts,
  number: numbers,
  integer: ['integer', ...numbers],
  boolean: ['boolean'],
  object: ['text'],
  array: ['text'],
  list: ['text'],
  date: ['date'],
  time: ['time'],
  datetime: ['instant'],
  year: ['integer', 'text'],
  yearmonth: ['text'],
  duration: ['text'],
  geopoint: ['geometry'],
  geojson: ['geometry'],
  any: Object.keys(fieldTypes) as FieldType[],
}

/** Pure: whether a column that the schema describes so may be of the type. */
export const agrees = (type: FieldType, field: Pick<SchemaField, 'type'>): boolean =>
  field.type === undefined || same[field.type].includes(type)

/** Pure: the type for a column of which only the schema says something. */
export const suggestedType = ({ type }: Pick<SchemaField, 'type'>): FieldType | undefined =>
  type === undefined || type === 'any' ? undefined : same[type][0]

/** Fault of a cell that is of the type but not what the schema allows; beside those of the types. */
export const constraintFault = 5

/** The rule by which cells of a column are read: that of the type where the schema asks for nothing else. */
export function ruleBy(type: FieldType, field: SchemaField | undefined): FieldTypeRule {
  const base = fieldTypes[type]
  if (field === undefined || !agrees(type, field)) return base
  const read = readerOf(type, field)
  const parsed = read?.parse ?? base.parse
  const checks = checksOf(type, field, parsed)
  if (read === undefined && checks.length === 0) return base
  const { convert: _, resembles: __, ...rule } = base
  if (checks.length === 0) return { ...rule, ...read, parse: parsed }
  const allowed = (cell: string, value: string) => checks.map((check) => check(cell, value)).join(' and ')
  return {
    ...rule,
    ...read,
    parse: (cell) => named('_x', parsed(cell), `case when ${allowed(cell, '_x')} then _x end`),
    fault: (cell) =>
      `case when (${parsed(cell)}) is not null then ${constraintFault} else ${base.fault?.(cell) ?? 2} end`,
  }
}

/** An expression that is worked out once and then has a name. */
const named = (name: string, value: string, then: string): string =>
  `list_transform([${value}], lambda ${name}: ${then})[1]`

type Reader = Partial<Pick<FieldTypeRule, 'tidy'>> & Pick<FieldTypeRule, 'parse'>

/** How cells are spelt, where it is not as the type itself reads them. */
function readerOf(type: FieldType, field: SchemaField): Reader | undefined {
  const { parse } = fieldTypes[type]
  const after = (spelt: (cell: string) => string): Reader => ({
    parse: (cell) => named('_s', spelt(cell), parse('_s')),
  })
  switch (field.type) {
    case 'boolean':
      return booleanReader(field)
    case 'number':
    case 'integer':
      return hasNumberSpelling(field) ? after((cell) => plainNumber(cell, field)) : undefined
    case 'date':
    case 'time':
    case 'datetime':
      return timeReader(field)
    case 'geopoint':
      return after((cell) => pointOf(cell, field.format))
    default:
      return undefined
  }
}

function booleanReader({ trueValues, falseValues }: SchemaField): Reader | undefined {
  if (trueValues === undefined && falseValues === undefined) return undefined
  const yes = trueValues ?? ['true', 'True', 'TRUE', '1']
  const no = falseValues ?? ['false', 'False', 'FALSE', '0']
  return {
    tidy: 'trimmed',
    parse: (cell) => `case when ${isOneOf(cell, yes)} then true when ${isOneOf(cell, no)} then false end`,
  }
}

const isOneOf = (cell: string, values: readonly string[]): string =>
  values.length === 0 ? 'false' : `${cell} in (${values.map(quoteText).join(', ')})`

const hasNumberSpelling = ({ decimalChar = '.', groupChar, bareNumber }: SchemaField): boolean =>
  decimalChar !== '.' || groupChar !== undefined || bareNumber === false

/** Signs between groups go, what stands around the number too, and the decimal sign becomes a point. */
function plainNumber(cell: string, { decimalChar = '.', groupChar, bareNumber }: SchemaField): string {
  // What has a meaning within brackets is escaped there.
  const point = decimalChar.replace(/[\\\]^-]/, '\\$&')
  const around = quoteText(`^[^-+0-9${point}]+|[^0-9]+$`)
  const bare = bareNumber === false ? `regexp_replace(${cell}, ${around}, '', 'g')` : cell
  const whole = groupChar === undefined ? bare : `replace(${bare}, ${quoteText(groupChar)}, '')`
  if (decimalChar === '.') return whole
  return named(
    '_n',
    whole,
    `case when not contains(_n, '.') then replace(_n, ${quoteText(decimalChar)}, '.') end`,
  )
}

/** Parts of a moment that engine and standard (C, strptime) spell alike. */
const knownDirectives = /^(?:[^%]|%%|%-?[dmyHIMSj]|%[YaAbBpfzT])*$/

/** The pattern of a format, without the mark that the first drafts of the standard put before it. */
const patternOf = (format: string | undefined): string | undefined => {
  const pattern = format?.replace(/^fmt:/, '')
  return pattern?.includes('%') ? pattern.replaceAll('%T', '%H:%M:%S') : undefined
}

const isReadable = (pattern: string): boolean => knownDirectives.test(pattern)

function timeReader({ type, format }: SchemaField): Reader | undefined {
  const pattern = patternOf(format)
  if (pattern === undefined || !isReadable(pattern)) return undefined
  const moment = (cell: string) => `try_strptime(${cell}, ${quoteText(pattern)})`
  if (type === 'date') return { parse: (cell) => `cast(${moment(cell)} as date)` }
  if (type === 'time') return { parse: (cell) => `cast(${moment(cell)} as time)` }
  // Without an offset it is civil time in China, as everywhere in the lake.
  return {
    parse: (cell) => (pattern.includes('%z') ? moment(cell) : `timezone('Asia/Shanghai', ${moment(cell)})`),
  }
}

const degree = '([-+]?[0-9.]+)'

/** A point as the lake reads geometries; longitude stands before latitude in all three forms. */
function pointOf(cell: string, format: string | undefined): string {
  if (format === 'object')
    return `'POINT(' || (try_cast(${cell} as json)->>'$.lon') || ' ' || (try_cast(${cell} as json)->>'$.lat') || ')'`
  const form =
    format === 'array'
      ? `^\\[\\s*"?${degree}"?\\s*,\\s*"?${degree}"?\\s*\\]$`
      : `^${degree}\\s*,\\s*${degree}$`
  return `case when regexp_full_match(${cell}, ${quoteText(form)})
    then regexp_replace(${cell}, ${quoteText(form)}, 'POINT(\\1 \\2)') end`
}

type Stated = string | number | boolean

/** Bounds and values are written as cells are, or as the type itself is; a number of JSON has but one spelling. */
function statedAs(type: FieldType, told: Stated, parse: (cell: string) => string): string {
  const literal = quoteText(String(told))
  if (typeof told !== 'string') return fieldTypes[type].parse(literal)
  return `coalesce(${parse(literal)}, ${fieldTypes[type].parse(quoteText(told.toUpperCase()))})`
}

type Check = (cell: string, value: string) => string

const ordered: ReadonlySet<FieldType> = new Set(['integer', ...numbers, 'date', 'time', 'instant'])

/** Forms of a text that have a pattern. */
const forms: Readonly<Record<string, string>> = {
  email: '[^@\\s]+@[^@\\s]+',
  uri: '[A-Za-z][A-Za-z0-9+.-]*:\\S+',
  uuid: '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
}

function checksOf(type: FieldType, field: SchemaField, parse: (cell: string) => string): Check[] {
  const { constraints = {}, format } = field
  const { enum: values, pattern, minLength, maxLength } = constraints
  const checks: Check[] = []
  // Codes are judged in capitals, in which the lake keeps them: a pattern for small letters means the same.
  const flags = fieldTypes[type].tidy === 'capitals' ? `, 'i'` : ''
  const matches = (form: string) =>
    checks.push((cell) => `regexp_full_match(${cell}, ${quoteText(form)}${flags})`)
  const stated = (told: Stated) => statedAs(type, told, parse)
  if (values !== undefined)
    checks.push((_, value) => `coalesce(${value} in (${[...new Set(values)].map(stated).join(', ')}), false)`)
  if (pattern !== undefined && isSharedPattern(pattern)) matches(pattern)
  if (field.type === 'string' && format !== undefined && forms[format] !== undefined) matches(forms[format])
  if (minLength !== undefined) checks.push((cell) => `length(${cell}) >= ${minLength}`)
  if (maxLength !== undefined) checks.push((cell) => `length(${cell}) <= ${maxLength}`)
  for (const { sign, bound } of boundsOf(type, field))
    checks.push((_, value) => `coalesce(${value} ${sign} ${stated(bound)}, true)`)
  return checks
}

const bounds = { minimum: '>=', maximum: '<=', exclusiveMinimum: '>', exclusiveMaximum: '<' } as const

type BoundName = keyof typeof bounds

const boundsOf = (type: FieldType, { constraints = {} }: SchemaField) =>
  (Object.keys(bounds) as BoundName[]).flatMap((name) => {
    const bound = constraints[name]
    return bound === undefined || !ordered.has(type) ? [] : [{ name, sign: bounds[name], bound }]
  })

/** Pure: the bounds that are looked at, each as an expression of the engine, which has no value where it cannot be read. */
export function boundsRead(type: FieldType, field: SchemaField): { name: BoundName; value: string }[] {
  if (!agrees(type, field)) return []
  const parse = readerOf(type, field)?.parse ?? fieldTypes[type].parse
  return boundsOf(type, field).map(({ name, bound }) => ({ name, value: statedAs(type, bound, parse) }))
}

/** What a pattern may come to once its repetitions are written out; beyond it the engine gives up. */
const mostWrittenOut = 20_000

/**
 * Pure: whether a pattern means the same to the engine as to the standard (XML Schema), and is one at all. What only one
 * of them knows (look-around, back references, classes taken from each other, names of blocks, edges of words) is not
 * tried, nor are word characters, which to the engine are those of ASCII alone. Digits are: none but 0 to 9 is a number
 * anywhere in the lake.
 */
export function isSharedPattern(pattern: string): boolean {
  if (/\\[^dDsSnrt\W_]|\(\?(?!:)|-\[|\[\^?\]|\[\[|\[:/.test(pattern)) return false
  const repeats = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, least, most]) =>
    Math.max(1, Number(most === undefined || most === '' ? least : most)),
  )
  const times = repeats.reduce((product, each) => product * each, 1)
  if (times > 1_000 || times * pattern.length > mostWrittenOut) return false
  try {
    return new RegExp(`^(?:${pattern})$`, 'u') !== null
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

/** Pure: what the schema asks of a column that is not looked at. */
export function uncheckedOf(field: SchemaField, type: FieldType): string[] {
  const { constraints = {} } = field
  if (!agrees(type, field)) return Object.keys(constraints)
  const isBound = (name: string) => name in bounds && !ordered.has(type)
  const skipped = Object.keys(constraints).filter(
    (name) =>
      name === 'jsonSchema' ||
      (name === 'unique' && constraints.unique === true) ||
      (name === 'pattern' && !isSharedPattern(constraints.pattern!)) ||
      isBound(name),
  )
  return [...skipped, ...(isKnownFormat(field) ? [] : ['format'])]
}

function isKnownFormat({ type, format = 'default' }: SchemaField): boolean {
  if (format === 'default') return true
  switch (type) {
    case 'string':
      return forms[format] !== undefined
    case 'date':
    case 'time':
    case 'datetime': {
      const pattern = patternOf(format)
      return format === 'any' || (pattern !== undefined && isReadable(pattern))
    }
    case 'geopoint':
      return format === 'array' || format === 'object'
    default:
      return false
  }
}
