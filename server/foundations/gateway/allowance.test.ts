import { describe, expect, it } from 'vitest'
import { createAllowance } from './allowance.ts'
import type { Caller } from './gateway.types.ts'

const visitor = (address: string): Caller => ({
  userId: null,
  organisationId: null,
  publicBody: false,
  apiKeyId: null,
  keyGrantId: null,
  address,
})
const officer = (apiKeyId: string | null): Caller => ({
  ...visitor('10.0.0.1'),
  userId: 'user',
  organisationId: 'civil',
  apiKeyId,
})

function allowance() {
  let at = 0
  const made = createAllowance({
    visitor: { requests: 3, rows: 100, milliseconds: 1000 },
    key: { requests: 4, rows: 200, milliseconds: 1000 },
    party: { requests: 6, rows: 300, milliseconds: 1000 },
    shared: { requests: 8, rows: 400, milliseconds: 1500 },
    windowMs: 60_000,
    exportsAtOnce: { visitor: 2, party: 3 },
    now: () => at,
  })
  return {
    ...made,
    pass: (ms: number) => {
      at += ms
    },
  }
}

describe('an allowance', () => {
  it('turns a visitor away when the calls of the window are used up, and nobody else', () => {
    const { enter, standing, pass } = allowance()
    expect([1, 2, 3, 4].map(() => enter(visitor('1.1.1.1')))).toEqual([true, true, true, false])
    expect(enter(visitor('2.2.2.2'))).toBe(true)
    expect(standing(visitor('1.1.1.1'))).toMatchObject({ left: { requests: 0 }, resetSeconds: 60 })
    pass(59_001)
    expect(standing(visitor('1.1.1.1')).resetSeconds).toBe(1)
    expect(enter(visitor('1.1.1.1'))).toBe(false)
    pass(1_000)
    expect(enter(visitor('1.1.1.1'))).toBe(true)
  })

  it('turns those who are known away too, once all behind their address have used it up together', () => {
    const { enter, spend, pass } = allowance()
    const of = (organisationId: string, address: string): Caller => ({
      ...officer(null),
      organisationId,
      address,
    })
    spend(of('civil', '10.0.0.1'), { rows: 250 })
    expect(enter(of('market', '10.0.0.1'))).toBe(true)
    spend(of('market', '::ffff:10.0.0.1'), { rows: 150 })
    expect(enter(of('health', '10.0.0.1'))).toBe(false)
    expect(enter(of('health', '10.0.0.2'))).toBe(true)
    expect(enter(of('market', '10.0.0.2'))).toBe(true)
    pass(60_000)
    expect(enter(of('health', '10.0.0.1'))).toBe(true)
  })

  it('counts the rows that a call took against the next call', () => {
    const { enter, spend } = allowance()
    expect(enter(visitor('1.1.1.1'))).toBe(true)
    spend(visitor('1.1.1.1'), { rows: 250 })
    expect(enter(visitor('1.1.1.1'))).toBe(false)
  })

  it('counts the time in which rows were read', () => {
    const { enter, spend } = allowance()
    spend(visitor('1.1.1.1'), { milliseconds: 999.4 })
    expect(enter(visitor('1.1.1.1'))).toBe(true)
    spend(visitor('1.1.1.1'), { milliseconds: 1 })
    expect(enter(visitor('1.1.1.1'))).toBe(false)
  })

  it('binds each key by itself and all keys of an organisation together', () => {
    const { enter, standing } = allowance()
    const calls = (key: string | null, times: number) =>
      Array.from({ length: times }, () => enter(officer(key))).filter(Boolean).length
    expect(calls('a', 5)).toBe(4)
    expect(standing(officer('a'))).toMatchObject({ limits: { requests: 4 }, left: { requests: 0 } })
    // The other key has calls left of its own; the organisation has two.
    expect(calls('b', 5)).toBe(2)
    expect(standing(officer('b')).limits.requests).toBe(6)
    expect(calls(null, 1)).toBe(0)
  })

  it('counts all addresses of one network of IPv6 as one visitor', () => {
    const { enter } = allowance()
    const from = (last: number) => enter(visitor(`2400:3200:0:1::${last}`))
    expect([1, 2, 3, 4].map(from)).toEqual([true, true, true, false])
    expect(enter(visitor('2400:3200:0:2::1'))).toBe(true)
    expect(enter(visitor('::ffff:1.1.1.1'))).toBe(true)
    expect(enter(visitor('1.1.1.1'))).toBe(true)
    expect(allowanceLeft(enter, '1.1.1.1')).toBe(1)
  })

  it('counts the rows of an export once they are foreseen and gives back those not sent', () => {
    const { openExport, standing } = allowance()
    const left = () => standing(visitor('1.1.1.1')).left
    const known = openExport(visitor('1.1.1.1'))!
    known.foresee(90)
    expect(left().rows).toBe(10)
    known.close({ rows: 20, milliseconds: 300 })
    known.close({ rows: 0, milliseconds: 300 })
    expect(left()).toMatchObject({ rows: 80, milliseconds: 700 })
    // Broken off where nobody can tell how far it came.
    const unknown = openExport(visitor('1.1.1.1'))!
    unknown.foresee(80)
    unknown.close({ rows: null, milliseconds: 0 })
    expect(left().rows).toBe(0)
  })

  it('gives back to the window that was charged and to no later one', () => {
    const { openExport, standing, spend, pass } = allowance()
    const file = openExport(visitor('1.1.1.1'))!
    file.foresee(90)
    pass(60_000)
    spend(visitor('1.1.1.1'), { rows: 50 })
    file.close({ rows: 0, milliseconds: 0 })
    expect(standing(visitor('1.1.1.1')).left.rows).toBe(50)
  })

  it('bounds the exports that one caller has open at once', () => {
    const { openExport } = allowance()
    const first = openExport(visitor('2400:3200:0:1::1'))!
    expect(openExport(visitor('2400:3200:0:1::2'))).toBeDefined()
    expect(openExport(visitor('2400:3200:0:1::3'))).toBeUndefined()
    expect(openExport(visitor('1.1.1.1'))).toBeDefined()
    first.close({ rows: 0, milliseconds: 0 })
    expect(openExport(visitor('2400:3200:0:1::3'))).toBeDefined()
    expect(['a', 'b', null, 'c'].map((key) => openExport(officer(key)) !== undefined)).toEqual([
      true,
      true,
      true,
      false,
    ])
  })
})

const allowanceLeft = (enter: (caller: Caller) => boolean, address: string): number =>
  [1, 2, 3].filter(() => enter(visitor(address))).length
