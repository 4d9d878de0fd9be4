import { text } from '@tiaoli/kernel/text'
import { describe, expect, it } from 'vitest'
import type { Power, Session } from '../identity/index.ts'
import { takesPart } from './case-actor.ts'

const member = (...powers: Power[]) =>
  ({
    user: { id: 'u', name: '甲', organisation: { id: 'o', name: text('某局', 'a bureau') }, powers },
  }) as unknown as Session
const citizen = { user: { id: 'u', name: '乙', organisation: null, powers: [] } } as unknown as Session
const nobody = { user: null } as unknown as Session

describe('who takes part in procedures', () => {
  it('is whoever files, compiles or decides, and every person for themself', () => {
    for (const power of ['requester', 'steward', 'officer'] as const)
      expect(takesPart(member(power, 'admin'))).toBe(true)
    expect(takesPart(citizen)).toBe(true)
  })

  it('is not an administrator or a supervisor alone, nor somebody without an account', () => {
    for (const session of [member('admin'), member('supervisor'), member(), nobody])
      expect(takesPart(session)).toBe(false)
  })
})
