import { describe, expect, it } from 'vitest'
import type { Organisation, Power } from './identity.model.ts'
import { refusalOfPowers } from './power-rules.ts'

const body: Organisation = {
  id: 'civil',
  name: { zh: '示例民政局', en: 'civil' },
  kind: 'department',
  level: 'city',
  creditCode: '',
  roles: [],
  budgetFunded: true,
}
const admin = { id: 'admin' }
const refused = (organisation: Organisation | null, powers: Power[], id = 'person') =>
  refusalOfPowers(admin, { id, organisation }, powers)?.code

describe('powers are refused', () => {
  it('to the one who gives them, whatever they are', () => {
    expect(refused(body, [], 'admin')).toBe('own-powers')
    expect(refused(body, ['officer'], 'admin')).toBe('own-powers')
  })
  it('to who acts for no body, or for one that is no more', () => {
    expect(refused(null, ['officer'])).toBe('powers-without-body')
    expect(refused({ ...body, dissolvedAt: new Date(0) }, ['steward'])).toBe('powers-without-body')
    expect(refused(null, [])).toBeUndefined()
  })
  it.each<Power>(['officer', 'supervisor', 'steward', 'admin'])('to people of a company: %s', (power) => {
    expect(refused({ ...body, kind: 'company' }, ['requester', power])).toBe('powers-of-company')
  })
  it.each<Power>(['officer', 'supervisor', 'steward', 'requester'])('to an administrator: %s', (power) => {
    expect(refused(body, ['admin', power])).toBe('powers-separated')
  })
})

it('powers are given otherwise', () => {
  expect(refused(body, ['officer', 'supervisor', 'steward', 'requester'])).toBeUndefined()
  expect(refused(body, ['admin'])).toBeUndefined()
  expect(refused({ ...body, kind: 'company' }, ['requester'])).toBeUndefined()
})
