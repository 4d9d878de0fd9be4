import type { RowCondition, RowFilter } from '@tiaoli/kernel/row-filters'
import { rowOperatorsOf, rowValuesOf } from '@tiaoli/kernel/row-filters'
import { fieldTypes } from './field-types.ts'
import { queriedValue } from './filters.ts'
import { LakeError } from './lake.errors.ts'
import type { FieldType, Row } from './lake.types.ts'

/** Whether the condition can be asked of a field of its type: operator, number of values, and each value's form. */
export function isRowCondition({ field, type, operator, values }: RowCondition): boolean {
  const [least, most] = rowValuesOf(operator)
  if (!Object.hasOwn(fieldTypes, type) || !rowOperatorsOf(type).includes(operator)) return false
  if (values.length < least || values.length > most) return false
  try {
    for (const value of values) queriedValue(type as FieldType, value, field)
    return true
  } catch (error) {
    if (error instanceof LakeError) return false
    throw error
  }
}

/**
 * Pure: tells of a row as it leaves the lake whether it meets all conditions: the same rows as `conditionOf` finds of
 * them in SQL, without asking the engine. A value that cannot be read as its type meets nothing but "has a value".
 */
export function rowMatcherOf(filter: RowFilter): (row: Row) => boolean {
  const tests = filter.map((condition) => [condition.field, testOf(condition)] as const)
  return (row) => tests.every(([field, test]) => test(row[field] ?? null))
}

type Value = string | number | boolean
type Test = (value: Value | null) => boolean

function testOf({ field, type, operator, values }: RowCondition): Test {
  if (operator === 'isnull') return (value) => value === null
  if (operator === 'notnull') return (value) => value !== null
  const read = readers[kindOf(type as FieldType)]
  const stated = values.map((value) => read(queriedValue(type as FieldType, value, field)))
  if (stated.includes(undefined)) return () => false
  const [first, second] = stated as Value[]
  const of = (meets: (value: Value) => boolean): Test => {
    return (value) => {
      const known = value === null ? undefined : read(value)
      return known !== undefined && meets(known)
    }
  }
  switch (operator) {
    case 'eq':
      return of((value) => value === first)
    case 'ne':
      return of((value) => value !== first)
    case 'in': {
      const some = new Set(stated as Value[])
      return of((value) => some.has(value))
    }
    case 'prefix':
      return of((value) => String(value).startsWith(String(first)))
    case 'lt':
      return of((value) => value < first!)
    case 'lte':
      return of((value) => value <= first!)
    case 'gt':
      return of((value) => value > first!)
    case 'gte':
      return of((value) => value >= first!)
    case 'between':
      return of((value) => value >= first! && value <= second!)
  }
}

type Kind = 'text' | 'number' | 'boolean' | 'date' | 'time' | 'instant'

const kindOf = (type: FieldType): Kind => {
  if (type === 'boolean' || type === 'date' || type === 'time' || type === 'instant') return type
  return fieldTypes[type].textual ? 'text' : 'number'
}

/** A value in the form in which values of its kind are compared; undefined for what is none. */
const readers: Readonly<Record<Kind, (value: Value) => Value | undefined>> = {
  text: (value) => String(value),
  number: (value) => {
    const known = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    return typeof known === 'number' && !Number.isNaN(known) ? known : undefined
  },
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  date: (value) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined),
  time: (value) => {
    if (typeof value !== 'string' || !/^\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/.test(value)) return undefined
    const whole = value.length === 5 ? `${value}:00` : value
    return whole.includes('.') ? whole.replace(/\.?0+$/, '') : whole
  },
  instant: (value) => {
    const moment = typeof value === 'string' ? Date.parse(value) : Number.NaN
    return Number.isNaN(moment) ? undefined : moment
  },
}
