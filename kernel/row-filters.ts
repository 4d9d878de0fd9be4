import { type Text, text } from './text.ts'

export const rowOperators = [
  'eq',
  'ne',
  'in',
  'prefix',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'isnull',
  'notnull',
] as const
export type RowOperator = (typeof rowOperators)[number]

/**
 * One condition that the rows of a grant meet, in the language in which readers filter. `type` is that of the field when
 * it was decided: a field that has become something else since tells nothing of what was meant.
 */
export type RowCondition = {
  readonly field: string
  readonly type: string
  readonly operator: RowOperator
  /** Spelt as values leave the platform; as many as the operator takes. */
  readonly values: readonly string[]
}

/** Which rows a grant covers: those that meet all of these; every row where there is none. */
export type RowFilter = readonly RowCondition[]

export const mostRowConditions = 8
export const mostRowValues = 50
/** In characters. */
export const longestRowValue = 200

const ordered = ['lt', 'lte', 'gt', 'gte', 'between'] as const
const presence = ['isnull', 'notnull'] as const
const ofNumbers: readonly RowOperator[] = ['eq', 'ne', 'in', ...ordered, ...presence]
const ofTexts: readonly RowOperator[] = ['eq', 'ne', 'in', 'prefix', ...presence]

/**
 * What a condition of rows can ask of a field. Moments are kept finer than they are shown, so that only "not before" and
 * "before" say the same of a row whether it is asked of the kept or of the shown value.
 */
export const rowOperatorsOf = (type: string): readonly RowOperator[] => {
  if (type === 'instant') return ['gte', 'lt', ...presence]
  if (type === 'geometry') return presence
  if (type === 'boolean') return ['eq', ...presence]
  return isOrdered(type) ? ofNumbers : ofTexts
}

/** How many values an operator takes, at least and at most. */
export const rowValuesOf = (operator: RowOperator): readonly [least: number, most: number] => {
  if (operator === 'isnull' || operator === 'notnull') return [0, 0]
  if (operator === 'between') return [2, 2]
  return operator === 'in' ? [1, mostRowValues] : [1, 1]
}

const numbers: ReadonlySet<string> = new Set(['integer', 'decimal', 'longitude', 'latitude'])
const times: ReadonlySet<string> = new Set(['date', 'time', 'instant'])
const isOrdered = (type: string): boolean => numbers.has(type) || times.has(type)

/** A row filter in words: `行政区划 为 福田区`. Empty where it covers every row. */
export const rowsInWords = (filter: RowFilter): Text =>
  text(filter.map(conditionZh).join('，且 '), filter.map(conditionEn).join(', and '))

function conditionZh({ field, type, operator, values }: RowCondition): string {
  const [first = '', second = ''] = values.map((value) => (type === 'boolean' ? yesZh(value) : value))
  const isTime = times.has(type)
  const said: Record<RowOperator, string> = {
    eq: `为 ${first}`,
    ne: `不为 ${first}`,
    in: `为 ${values.join('、')}${values.length > 1 ? ' 之一' : ''}`,
    prefix: `以 ${first} 开头`,
    lt: isTime ? `早于 ${first}` : `小于 ${first}`,
    lte: isTime ? `不晚于 ${first}` : `不大于 ${first}`,
    gt: isTime ? `晚于 ${first}` : `大于 ${first}`,
    gte: isTime ? `不早于 ${first}` : `不小于 ${first}`,
    between: `在 ${first} 至 ${second} 之间（含）`,
    isnull: '没有值',
    notnull: '有值',
  }
  return `${field} ${said[operator]}`
}

function conditionEn({ field, type, operator, values }: RowCondition): string {
  const [first = '', second = ''] = values.map((value) => (type === 'boolean' ? yesEn(value) : value))
  const isTime = times.has(type)
  const said: Record<RowOperator, string> = {
    eq: `is ${first}`,
    ne: `is not ${first}`,
    in: `is ${values.length > 1 ? 'one of ' : ''}${values.join(', ')}`,
    prefix: `begins with ${first}`,
    lt: isTime ? `is before ${first}` : `is below ${first}`,
    lte: isTime ? `is not after ${first}` : `is at most ${first}`,
    gt: isTime ? `is after ${first}` : `is above ${first}`,
    gte: isTime ? `is not before ${first}` : `is at least ${first}`,
    between: `is from ${first} to ${second}`,
    isnull: 'has no value',
    notnull: 'has a value',
  }
  return `${field} ${said[operator]}`
}

const yesZh = (value: string): string => (value === 'true' ? '是' : '否')
const yesEn = (value: string): string => (value === 'true' ? 'yes' : 'no')
