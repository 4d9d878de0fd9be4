import type { FieldType } from './lake.types.ts'

/** What the cells of a column are, counted over all that have a value. */
export type ColumnCounts = {
  readonly values: number
  /** Digit strings with a leading zero, or longer than 15 digits: no numbers, whatever they look like. */
  readonly digitsOfCode: number
  /** How many values are of each type. */
  readonly fits: Readonly<Partial<Record<FieldType, number>>>
}

/** At least this share of the values, … */
const nearlyAllShare = 0.99
/** … and this many of them, make a type although some values are not of it: those are faults to be shown. */
const nearlyAllAtLeast = 20

/** Types that are tried, the most telling first; text is what remains. */
export const inferableTypes = [
  'geometry',
  'identity-number',
  'credit-code',
  'longitude',
  'latitude',
  'division-code',
  'phone',
  'date',
  'instant',
  'integer',
  'decimal',
  'time',
  'boolean',
] as const satisfies readonly FieldType[]

/**
 * Pure: the type of a column by its header and its values. A value that only looks like a number (a code, a number
 * with leading zeros) makes the column text; types whose values look like plain numbers need a header that says so.
 */
export function inferType(header: string, counts: ColumnCounts): FieldType {
  const found = inferableTypes.find((type) => isAllowed(type, header, counts) && isNearlyAll(type, counts))
  return found ?? 'text'
}

function isNearlyAll(type: FieldType, { values, fits }: ColumnCounts): boolean {
  const fitting = fits[type] ?? 0
  if (values === 0) return false
  return fitting === values || (fitting >= nearlyAllAtLeast && fitting >= values * nearlyAllShare)
}

const meansLongitude = /经度|longitude|^(lng|lon|long)$|[_ ](lng|lon)$/i
const meansLatitude = /纬度|latitude|^lat$|[_ ]lat$/i
const meansDivision =
  /区划|行政|地区|区县|省|市|县|镇|街道|乡|division|region|district|area|city|province|street|adcode|^code$/i
const meansCode = /代码|编码|编号|号码|证号|单号|邮编|序列号|code|(^|[^a-z])(no|id|number|zip)$/i
const meansDate = /日期|时间|年月日|date|time|day|[_ ](on|at)$/i

/** Pure: whether a column under this header may be of the type, whatever its values are. */
export function couldBe(type: FieldType, header: string): boolean {
  switch (type) {
    case 'longitude':
      return meansLongitude.test(header)
    case 'latitude':
      return meansLatitude.test(header)
    case 'division-code':
      return meansDivision.test(header) || meansCode.test(header)
    default:
      return true
  }
}

function isAllowed(type: FieldType, header: string, counts: ColumnCounts): boolean {
  if (!couldBe(type, header)) return false
  const allDigits = (counts.fits.integer ?? 0) > 0 || counts.digitsOfCode > 0
  switch (type) {
    case 'date':
      return !allDigits || meansDate.test(header)
    case 'boolean':
      return !allDigits
    case 'integer':
    case 'decimal':
      return counts.digitsOfCode === 0 && !meansCode.test(header)
    default:
      return true
  }
}
