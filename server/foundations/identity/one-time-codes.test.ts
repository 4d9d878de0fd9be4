import { describe, expect, it } from 'vitest'
import {
  addressOf,
  backupDigest,
  isOneTimeCode,
  newBackupCodes,
  newSecret,
  stepOfCode,
} from './one-time-codes.ts'

// Appendix B of RFC 6238 has the secret "12345678901234567890"; its codes of eight digits end in these six.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

describe('one-time codes', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238 at %d seconds', (seconds, code) => {
    expect(stepOfCode(secret, code, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30))
  })

  it('hold for the step before and after, and for none further away', () => {
    const at = (seconds: number) => stepOfCode(secret, '287082', new Date(seconds * 1000))
    expect([at(0), at(29), at(89)]).toEqual([1, 1, 1])
    expect([at(90), at(600)]).toEqual([undefined, undefined])
  })

  it.each(['', '28708', '2870822', 'abcdef', '２８７０８２'])('are not %j', (code) => {
    expect(stepOfCode(secret, code, new Date(59_000))).toBeUndefined()
    expect(isOneTimeCode(code)).toBe(false)
  })

  it('come of secrets of 160 bits, told to the app in the customary form', () => {
    const made = newSecret()
    expect(made).toMatch(/^[A-Z2-7]{32}$/)
    expect(newSecret()).not.toBe(made)
    const address = new URL(addressOf(made, 'user', '示例平台'))
    expect([address.protocol, address.host]).toEqual(['otpauth:', 'totp'])
    expect(address.searchParams.get('secret')).toBe(made)
    expect(address.searchParams.get('issuer')).toBe('示例平台')
  })
})

describe('backup codes', () => {
  it('are ten, all different, and the same however they are typed', () => {
    const codes = newBackupCodes()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/)
    const [code = ''] = codes
    const digest = backupDigest('key', 'user', code)
    expect(backupDigest('key', 'user', ` ${code.toUpperCase().replaceAll('-', ' ')} `)).toBe(digest)
    for (const other of [
      backupDigest('other key', 'user', code),
      backupDigest('key', 'another user', code),
      backupDigest('key', 'user', codes[1]!),
    ])
      expect(other).not.toBe(digest)
  })
})
