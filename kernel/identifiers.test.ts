import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  creditCodeAlphabet,
  creditCodeCheck,
  identityNumberCheck,
  isCreditCode,
  isDivisionCode,
  isIdentityNumber,
  isMainlandPhone,
} from './identifiers.ts'

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((d) => d.join(''))

describe('unified social credit code (GB 32100)', () => {
  it('takes codes of well-known bodies', () => {
    // 华为技术有限公司, 腾讯科技（深圳）有限公司, as printed in the public register.
    expect(isCreditCode('914403001922038216')).toBe(true)
    expect(isCreditCode('9144030071526726XG')).toBe(true)
  })

  it('finds every single wrong character', () => {
    fc.assert(
      fc.property(digits(17), fc.nat(17), fc.nat(30), (body, position, replacement) => {
        const code = `9${body.slice(1)}${creditCodeCheck(`9${body.slice(1)}`)}`
        const wrong = creditCodeAlphabet[replacement]!
        const changed = code.slice(0, position) + wrong + code.slice(position + 1)
        if (changed !== code) expect(isCreditCode(changed)).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('refuses letters that are not in the alphabet, and small ones', () => {
    expect(creditCodeCheck('9I440300192203821')).toBeNull()
    expect(isCreditCode('9144030071526726xg')).toBe(false)
    expect(isCreditCode('')).toBe(false)
  })
})

describe('identity number (GB 11643)', () => {
  it('takes the example of the standard', () => {
    expect(isIdentityNumber('11010519491231002X')).toBe(true)
    expect(isIdentityNumber('11010519491231002x')).toBe(true)
    expect(isIdentityNumber('440524188001010014')).toBe(true)
  })

  it('refuses a wrong check character, a date that does not exist and an unknown province', () => {
    expect(isIdentityNumber('110105194912310021')).toBe(false)
    const withCheck = (first17: string) => first17 + identityNumberCheck(first17)
    expect(isIdentityNumber(withCheck('11010519490230002'))).toBe(false)
    expect(isIdentityNumber(withCheck('99010519491231002'))).toBe(false)
    expect(isIdentityNumber(withCheck('11010519491231002'))).toBe(true)
  })

  it('has no check character for what is not 17 digits', () => {
    expect(identityNumberCheck('1101051949123100')).toBeNull()
    expect(identityNumberCheck('1101051949123100X')).toBeNull()
  })
})

describe('division code', () => {
  it('knows the lengths in use and the provinces', () => {
    for (const code of ['11', '5001', '500101', '500101001', '500101001001'])
      expect(isDivisionCode(code)).toBe(true)
    for (const code of ['', '1', '10', '500', '990101', '50010', '5001010010010'])
      expect(isDivisionCode(code)).toBe(false)
  })
})

describe('mainland phone', () => {
  it('takes mobile and landline numbers', () => {
    for (const phone of ['13800138000', '+8613800138000', '+86 13800138000', '023-67581234', '01067581234'])
      expect(isMainlandPhone(phone)).toBe(true)
    for (const phone of ['12800138000', '1380013800', '138001380000', '67581234', 'x'])
      expect(isMainlandPhone(phone)).toBe(false)
  })
})
