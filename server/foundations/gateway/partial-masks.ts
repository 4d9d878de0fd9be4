import type { FieldType } from '../lake/lake.types.ts'
import type { PersonalKind } from './gateway.types.ts'

/**
 * Partial masks as they are customary in China: enough stays for a holder to know their own, not enough to find
 * another. A value that does not have the expected form is masked as any text, never shown.
 */

const mark = '*'

export type PartialMask = (value: string) => string

/** `110***********1234`: three digits of the place, four at the end. */
const identityNumber: PartialMask = (value) =>
  /^\d{17}[\dXx]$|^\d{15}$/.test(value) ? keepEnds(value, 3, 4) : anyText(value)

/** `138****5678`; of a landline the last four digits are hidden. */
const phone: PartialMask = (value) => {
  if (/^1\d{10}$/.test(value)) return keepEnds(value, 3, 4)
  return /^[\d+() -]{7,}$/.test(value) ? keepEnds(value, value.length - 4, 0) : anyText(value)
}

/** `王*明`, `王*`, `欧**明`. */
const personName: PartialMask = (value) => keepEnds(value, 1, charactersOf(value).length <= 2 ? 0 : 1)

/**
 * Down to the district: `重庆市渝中区***`. A step ends at the first word that can end it and may not hold a word of a
 * street or an estate, so that in doubt less is shown.
 */
const address: PartialMask = (value) => {
  const known =
    /^(?:[^省市区县路街号]{2,7}(?:省|自治区))?(?:[^市区县路街号]{1,10}(?:市|自治州|地区|盟))?(?:[^市区县旗路街道巷号弄村镇乡小园社]{1,10}(?:[区县旗市]))?/u
  return (known.exec(value)?.[0] ?? '') + mark.repeat(3)
}

/** `622202*********1234`: the issuer's six digits and the last four. */
const bankCard: PartialMask = (value) => (/^\d{13,19}$/.test(value) ? keepEnds(value, 6, 4) : anyText(value))

/** The first character. */
const anyText: PartialMask = (value) => keepEnds(value, 1, 0)

function keepEnds(value: string, first: number, last: number): string {
  const characters = charactersOf(value)
  const hidden = characters.length - first - last
  // A value so short that its ends would be all of it shows nothing.
  if (hidden <= 0) return mark.repeat(characters.length)
  return textOf(characters.slice(0, first)) + mark.repeat(hidden) + textOf(characters.slice(first + hidden))
}

/**
 * The characters of a text, to be counted and cut. Nearly every text has one unit for each and is taken as it stands:
 * an array of its characters took four times as long.
 */
const charactersOf = (value: string): string | readonly string[] =>
  /[\ud800-\udfff]/.test(value) ? [...value] : value

const textOf = (characters: string | readonly string[]): string =>
  typeof characters === 'string' ? characters : characters.join('')

const byPersonalKind: Record<PersonalKind, PartialMask> = {
  'identity-number': identityNumber,
  phone,
  name: personName,
  address,
  'bank-card': bankCard,
}

/** Types whose values can be shown in part; of the others (numbers, dates, places on a map) any part tells too much. */
const byType: Partial<Record<FieldType, PartialMask>> = {
  text: anyText,
  'identity-number': identityNumber,
  phone,
  // An organisation's unified social credit code (GB 32100) is published by its registry.
  'credit-code': (value) => value,
  // The first six digits are the district (GB/T 2260); what follows leads to the village.
  'division-code': (value) => (value.length <= 6 ? value : keepEnds(value, 6, 0)),
}

/** How values of a field are shown in part; undefined where no part can be shown. */
export const partialMaskOf = (type: FieldType, personal: PersonalKind | undefined): PartialMask | undefined =>
  byType[type] && ((personal && byPersonalKind[personal]) ?? byType[type])
