import { isCivilDate } from './instants.ts'

/** Characters of a unified social credit code, in the order of their values 0 to 30 (GB 32100-2015, table 1). */
export const creditCodeAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Weights of the first 17 characters: powers of 3 modulo 31 (GB 32100-2015, 4.3). */
export const creditCodeWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

/** Weights of the first 17 digits: powers of 2 modulo 11 (GB 11643-1999, ISO 7064 MOD 11-2). */
export const identityNumberWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const

/** Check characters of an identity number by the weighted sum modulo 11. */
export const identityNumberChecks = '10X98765432'

/** First two digits of the codes of provinces and their like (GB/T 2260). */
export const provinceCodes = [
  ...['11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34', '35', '36', '37'],
  ...['41', '42', '43', '44', '45', '46', '50', '51', '52', '53', '54', '61', '62', '63', '64', '65'],
  ...['71', '81', '82'],
] as const

const provinces = new Set<string>(provinceCodes)

/** The 18th character for the first 17 of a unified social credit code; null where one of them is not allowed. */
export function creditCodeCheck(first17: string): string | null {
  if (first17.length !== 17) return null
  let sum = 0
  for (const [index, weight] of creditCodeWeights.entries()) {
    const value = creditCodeAlphabet.indexOf(first17[index]!)
    if (value < 0) return null
    sum += value * weight
  }
  return creditCodeAlphabet[(31 - (sum % 31)) % 31]!
}

/** Whether the text is a unified social credit code in capitals: shape, division of two digits, check character. */
export function isCreditCode(value: string): boolean {
  return (
    /^[1-9A-Y][0-9A-Y]\d{6}[0-9A-Y]{10}$/.test(value) && creditCodeCheck(value.slice(0, 17)) === value[17]
  )
}

/** The 18th character for the first 17 digits of an identity number; null where they are not 17 digits. */
export function identityNumberCheck(first17: string): string | null {
  if (!/^\d{17}$/.test(first17)) return null
  const sum = identityNumberWeights.reduce(
    (total, weight, index) => total + weight * Number(first17[index]),
    0,
  )
  return identityNumberChecks[sum % 11]!
}

/**
 * Whether the text is an 18-digit identity number: province, a birth date that exists (1850 or later), check
 * character; a small `x` counts as `X`.
 */
export function isIdentityNumber(value: string): boolean {
  if (!/^[1-8]\d{16}[\dXx]$/.test(value) || !provinces.has(value.slice(0, 2))) return false
  const bornOn = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`
  return (
    bornOn >= '1850-01-01' &&
    isCivilDate(bornOn) &&
    identityNumberCheck(value.slice(0, 17)) === value[17]!.toUpperCase()
  )
}

/**
 * Whether the text has the shape of an administrative division code: a known province, and 2, 4 or 6 digits
 * (GB/T 2260), 9 to the township or 12 to the village (statistical use). That the place exists is not asked.
 */
export function isDivisionCode(value: string): boolean {
  return /^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/.test(value) && provinces.has(value.slice(0, 2))
}

/** Whether the text is a mainland mobile number (11 digits, `+86` allowed) or a landline with its area code. */
export function isMainlandPhone(value: string): boolean {
  return /^(\+?86[- ]?)?1[3-9]\d{9}$/.test(value) || /^0\d{2,3}-?\d{7,8}$/.test(value)
}
