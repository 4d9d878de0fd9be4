import { describe, expect, it } from 'vitest'
import { differs, mappedBy, nameOf } from './sign-on.rules.ts'

const civil = { value: 'civil-staff', organisationId: 'civil', powers: ['requester'] as const }
const market = { value: 'market-staff', organisationId: 'market', powers: ['steward'] as const }
const by = (claim: string | null) => ({ claim, mapping: [civil, market] })

describe('a mapping', () => {
  it('admits nobody where no claim is named, or the claim is missing, strange or another', () => {
    expect(mappedBy(by(null), { sub: 's', group: 'civil-staff' })).toBeUndefined()
    for (const group of [
      undefined,
      null,
      7,
      {},
      [],
      ['x'],
      'Civil-staff',
      'civil-staff ',
      ['civil', 'staff'],
    ])
      expect(mappedBy(by('group'), { sub: 's', group })).toBeUndefined()
    for (const claim of ['__proto__', 'constructor', 'toString'])
      expect(mappedBy(by(claim), { sub: 's' })).toBeUndefined()
  })
  it('admits by the first line that has a value of the claim', () => {
    expect(mappedBy(by('group'), { sub: 's', group: 'market-staff' })).toBe(market)
    expect(mappedBy(by('group'), { sub: 's', group: ['market-staff', 'civil-staff'] })).toBe(civil)
  })
  it.each([undefined, false, 'true', 1])('takes no e-mail address that is not verified: %s', (verified) => {
    expect(
      mappedBy(by('email'), { sub: 's', email: 'civil-staff', email_verified: verified }),
    ).toBeUndefined()
  })
  it('takes one that is', () => {
    expect(mappedBy(by('email'), { sub: 's', email: 'civil-staff', email_verified: true })).toBe(civil)
  })
})

it('a new account is called as the provider says, without signs that nobody sees, else by its subject', () => {
  expect(nameOf({ sub: 'subject', name: ' 示例\u0000甲\u202e ' })).toBe('示例甲')
  expect(nameOf({ sub: 'subject', name: '\u0000\u0001' })).toBe('subject')
  expect(nameOf({ sub: 'subject', name: 7 })).toBe('subject')
  expect(nameOf({ sub: 's'.repeat(255) })).toHaveLength(60)
})

it('a membership differs by organisation or powers, whatever their order', () => {
  const user = { organisation: { id: 'civil' }, powers: ['requester', 'steward'] as const }
  expect(differs({ ...civil, powers: ['steward', 'requester'] }, user)).toBe(false)
  expect(differs(civil, user)).toBe(true)
  expect(differs({ ...civil, powers: user.powers, organisationId: 'market' }, user)).toBe(true)
  expect(differs({ ...civil, powers: user.powers }, { ...user, organisation: null })).toBe(true)
})
