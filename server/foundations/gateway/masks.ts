import { type Mask, readMask } from '@tiaoli/kernel/masks'
import type { FieldType, Row } from '../lake/lake.types.ts'
import type { FieldFacts, PlannedField } from './gateway.types.ts'
import { partialMaskOf } from './partial-masks.ts'
import type { Pseudonyms } from './pseudonyms.ts'

type Value = Row[string]
type Show = (value: NonNullable<Value>, pseudonyms: Pseudonyms) => Value

/** What a mask makes of the values of a field, and of which type they are then. */
type Showing = { readonly type: FieldType; readonly show: Show }

/**
 * How a field's values are shown under a mask; undefined where the mask cannot be laid over such values, and the field
 * is then not shown at all.
 */
export function showingOf(
  field: Pick<FieldFacts, 'name' | 'type' | 'personal'>,
  mask: Mask,
): Showing | undefined {
  const { type, personal, name } = field
  const { kind, step } = readMask(mask) ?? { kind: 'hidden', step: 0 }
  switch (kind) {
    case 'none':
      return { type, show: (value) => value }
    case 'partial': {
      const partial = partialMaskOf(type, personal)
      return partial && { type: partialType(type), show: (value) => partial(String(value)) }
    }
    case 'pseudonym': {
      // The JSON of field and value, the field's part written once.
      const field = `[${JSON.stringify(name)},`
      return {
        type: 'text',
        show: (value, pseudonyms) => pseudonyms(`${field}${JSON.stringify(String(value))}]`),
      }
    }
    case 'year':
    case 'month':
      return calendarTypes.has(type)
        ? { type: 'text', show: (value) => startOf(String(value), kind === 'year' ? 4 : 7) }
        : undefined
    case 'district':
      return districtOf(type, personal)
    case 'band':
    case 'round':
      return numberTypes.has(type) ? overNumbers(kind, type, step) : undefined
    case 'hidden':
    case 'aggregate':
      return undefined
  }
}

const calendarTypes: ReadonlySet<FieldType> = new Set(['date', 'instant'])
const numberTypes: ReadonlySet<FieldType> = new Set(['integer', 'decimal'])

/** What was a number of a person is, with stars in it, a text like any other. */
const partialType = (type: FieldType): FieldType => (type === 'credit-code' ? type : 'text')

/** A date that is none in its form shows nothing. */
const startOf = (value: string, length: 4 | 7): string | null =>
  /^\d{4}-\d{2}/.test(value) ? value.slice(0, length) : null

/** Down to the district: the first six digits of a division code (GB/T 2260), the beginning of an address. */
function districtOf(type: FieldType, personal: FieldFacts['personal']): Showing | undefined {
  if (type === 'division-code') return { type, show: (value) => String(value).slice(0, 6) }
  const address = personal === 'address' ? partialMaskOf(type, personal) : undefined
  return address && { type: 'text', show: (value) => address(String(value)) }
}

/** A band is shown by its ends, the upper one not included; a rounded number stays a number. */
function overNumbers(kind: 'band' | 'round', type: FieldType, step: number): Showing {
  if (kind === 'round') return { type, show: (value) => plain(Math.round(Number(value) / step) * step) }
  return {
    type: 'text',
    show: (value) => {
      const from = Math.floor(Number(value) / step) * step
      return `${plain(from)}–${plain(from + step)}`
    },
  }
}

/** Without the dust of binary fractions: 0.1 + 0.2 is 0.3. Whole numbers have none. */
const plain = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(12))) + 0

export type Masker = (row: Row) => Row

type Shown = { readonly name: string; readonly show: Show }

/** How the fields of a plan are shown: plans of one ground have one list of them. */
const shownBefore = new WeakMap<readonly PlannedField[], readonly Shown[]>()

function shownOf(fields: readonly PlannedField[]): readonly Shown[] {
  const before = shownBefore.get(fields)
  if (before !== undefined) return before
  // A plan holds only masks that fit; a value under any other is not shown.
  const shown = fields.map((field) => ({
    name: field.name,
    show: showingOf(field, field.mask)?.show ?? (() => null),
  }))
  shownBefore.set(fields, shown)
  return shown
}

/**
 * Makes rows what the plan shows of them: only its fields, in its order, under its masks. Null stays null: that
 * nothing is there is not personal.
 */
export function maskerOf(fields: readonly PlannedField[], pseudonyms: Pseudonyms): Masker {
  const shown = shownOf(fields)
  return (row) => {
    const masked: Record<string, Value> = {}
    for (const { name, show } of shown) {
      const value = row[name] ?? null
      masked[name] = value === null ? null : show(value, pseudonyms)
    }
    return masked
  }
}
