import { creditCodeCheck, identityNumberCheck } from '@tiaoli/kernel/identifiers'
import type { Random } from './random.ts'

/**
 * Identifiers that pass every check and belong to nobody: organisation codes begin with `DEM`, identity numbers name
 * a district that no province has (`9999`), telephone numbers lie in `199 0000`.
 */

/** A unified social credit code (GB 32100): registering body (`91` enterprises, `52` social groups …), division, number. */
export function creditCode(registeredBy: string, divisionCode: string, number: number): string {
  const body = `DEM${String(number % 100_000).padStart(5, '0')}`
  const first17 = registeredBy + divisionCode + body + organisationCodeCheck(body)
  return first17 + creditCodeCheck(first17)!
}

/** The ninth character of an organisation code (GB 11714), which a credit code contains. */
function organisationCodeCheck(first8: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce(
    (total, weight, index) => total + weight * Number.parseInt(first8[index]!, 36),
    0,
  )
  return '0123456789X0'[11 - (sum % 11)]!
}

export type Person = {
  readonly name: string
  readonly identityNumber: string
  readonly phone: string
  readonly bornOn: string
  readonly gender: string
}

/** A person of the age of an adult, with a name that is plainly made up. */
export function person(random: Random, cityCode: string): Person {
  const year = random.integer(1950, 2004)
  const bornOn = [year, random.integer(1, 12), random.integer(1, 28)].map((part) =>
    String(part).padStart(2, '0'),
  )
  const order = random.integer(1, 999)
  const first17 = `${cityCode.slice(0, 2)}9999${bornOn.join('')}${String(order).padStart(3, '0')}`
  return {
    name: `示例${random.pick(stems)}${random.pick(branches)}`,
    identityNumber: first17 + identityNumberCheck(first17)!,
    phone: `1990000${String(random.integer(0, 9999)).padStart(4, '0')}`,
    bornOn: bornOn.join('-'),
    gender: order % 2 === 1 ? '男' : '女',
  }
}

const stems = [...'甲乙丙丁戊己庚辛壬癸']
const branches = [...'子丑寅卯辰巳午未申酉戌亥']
