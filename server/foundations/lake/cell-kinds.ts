import { creditCodeAlphabet, creditCodeWeights, provinceCodes } from '@tiaoli/kernel/identifiers'
import type { FieldType } from './lake.types.ts'

/**
 * Types that a cell can be known to be of by its bytes. Each has a bit, so that what a column may be is one number.
 * A cell is said to be of a type only in the spelling that needs no tidying; what is not said is for the engine to
 * judge, by the rules of `fieldTypes`, which take in all that is taken in here.
 */
export const kindBits = {
  integer: 1,
  decimal: 2,
  date: 4,
  'division-code': 8,
  'credit-code': 16,
} as const satisfies Partial<Record<FieldType, number>>

export type CellKind = keyof typeof kindBits

/** What a column of which no cell has been seen may be. */
export const anyKind = 31

/** Pure: the types of a set of bits. */
export const kindsIn = (bits: number): CellKind[] =>
  (Object.keys(kindBits) as CellKind[]).filter((kind) => (bits & kindBits[kind]) !== 0)

const zero = 0x30
const minus = 0x2d
const point = 0x2e

/**
 * How many points, minus signs and bytes that are no digits either there are in a cell, as one number: the sum of what
 * each byte adds. It tells more than a look at each byte would, and costs an addition. Of a cell longer than
 * `longestKind` it tells nothing.
 */
export const shapeOfByte = (byte: number): number => {
  if (byte >= zero && byte <= zero + 9) return 0
  if (byte === point) return onePoint
  return byte === minus ? oneMinus : oneOther
}

const onePoint = 1
const oneMinus = 1 << 6
const oneOther = 1 << 12

/** A minus, fifteen digits, a point and seventeen digits; the parts of a shape have room for as many. */
const longestKind = 34

/** Of those in `wanted`, the kinds that a cell of this shape from `from` to `to` is. Not for an empty cell. */
export function kindsOfCell(
  shape: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  wanted: number,
): number {
  const length = to - from
  if (length > longestKind) return 0
  let kinds = 0
  if ((wanted & anyNumber) !== 0) kinds = numberKinds(shape, bytes, from, to)
  if ((wanted & kindBits.date) !== 0 && shape === 2 * oneMinus && length === 10 && isDate(bytes, from))
    kinds |= kindBits.date
  if ((wanted & kindBits['division-code']) !== 0 && shape === 0 && isDivisionCode(bytes, from, length))
    kinds |= kindBits['division-code']
  if ((wanted & kindBits['credit-code']) !== 0 && length === codeLength && isCreditCode(bytes, from))
    kinds |= kindBits['credit-code']
  return kinds & wanted
}

const anyNumber = kindBits.integer | kindBits.decimal
const wholeDigits = 15
const placesAtMost = 17

/** A number without exponent, blanks or a plus: `-?(0|[1-9]\d{0,14})(\.\d{1,17})?`, an integer without its second part. */
function numberKinds(shape: number, bytes: Uint8Array, from: number, to: number): number {
  const signs = shape & ~onePoint
  const first = signs === 0 ? from : from + 1
  if (signs !== 0 && (signs !== oneMinus || bytes[from] !== minus)) return 0
  let places = 0
  if ((shape & onePoint) !== 0) {
    while (bytes[to - 1 - places] !== point) places += 1
    if (places === 0 || places > placesAtMost) return 0
  }
  const digits = to - first - (places === 0 ? 0 : places + 1)
  if (digits === 0 || digits > wholeDigits || (digits > 1 && bytes[first] === zero)) return 0
  // `-0` is another cell than `0`, and the same value.
  if (signs !== 0 && places === 0 && bytes[first] === zero) return kindBits.decimal
  return places === 0 ? anyNumber : kindBits.decimal
}

const twoDigits = (bytes: Uint8Array, at: number): number => bytes[at]! * 10 + bytes[at + 1]! - zero * 11

const daysOfMonth = Uint8Array.of(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

/** `2026-10-14`, a day that there is, from the year 1 on. */
function isDate(bytes: Uint8Array, from: number): boolean {
  if (bytes[from + 4] !== minus || bytes[from + 7] !== minus) return false
  const year = twoDigits(bytes, from) * 100 + twoDigits(bytes, from + 2)
  const month = twoDigits(bytes, from + 5)
  const day = twoDigits(bytes, from + 8)
  if (year === 0 || month === 0 || month > 12 || day === 0) return false
  const isLeapDay = month === 2 && day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return isLeapDay || day <= daysOfMonth[month]!
}

const provinces = new Uint8Array(100)
for (const code of provinceCodes) provinces[Number(code)] = 1

/** A code of two, four, six, nine or twelve digits that begins with a province. */
const isDivisionCode = (bytes: Uint8Array, from: number, length: number): boolean =>
  (length === 6 || length === 9 || length === 12 || length === 4 || length === 2) &&
  provinces[twoDigits(bytes, from)] === 1

const codeLength = 18
/** More than the sum of a code can be. */
const noValue = 1 << 16

/** The value of each byte in a credit code; `noValue` for what none may have. */
const codeValues = new Int32Array(256).fill(noValue)
for (const [value, character] of [...creditCodeAlphabet].entries())
  codeValues[character.charCodeAt(0)] = value
const codeWeights = Int32Array.of(...creditCodeWeights, 1)

/** A unified social credit code in capitals, as `isCreditCode` of the kernel judges it. */
function isCreditCode(bytes: Uint8Array, from: number): boolean {
  if (bytes[from] === zero) return false
  for (let at = from + 2; at < from + 8; at += 1) if (bytes[at]! < zero || bytes[at]! > zero + 9) return false
  let sum = 0
  for (let place = 0; place < codeLength; place += 1)
    sum += codeValues[bytes[from + place]!]! * codeWeights[place]!
  return sum < noValue && sum % 31 === 0
}
