import { describe, expect, it } from 'vitest'
import { differencesOf, monthsAfter } from './editions.rules.ts'

const held = (entryId: string, version: number) => ({ entryId, version })

describe('editions', () => {
  it('tell what came, what changed and what went, and nothing of what stayed', () => {
    const before = [held('stays', 1), held('changes', 1), held('goes', 3)]
    const after = [held('stays', 1), held('changes', 2), held('comes', 1)]
    expect(differencesOf(before, after)).toEqual({
      added: [{ ...held('comes', 1), before: null }],
      changed: [{ ...held('changes', 2), before: 1 }],
      withdrawn: [{ ...held('goes', 3), before: 3 }],
    })
  })
})

describe('an interval in months', () => {
  it.each([
    ['2024-01-10T01:00:00Z', 6, '2024-07-10'],
    ['2024-01-31T01:00:00Z', 1, '2024-02-29'],
    ['2023-11-30T01:00:00Z', 3, '2024-02-29'],
    ['2023-12-31T20:00:00Z', 12, '2025-01-01'],
  ])('from %s over %i ends on %s, counted by the civil date in China', (at, months, on) => {
    expect(monthsAfter(new Date(at), months)).toBe(on)
  })
})
