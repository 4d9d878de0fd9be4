import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Filter, SizedGroup } from '../lake/lake.types.ts'
import { changedByFew, shownOf, unsafeQuestion } from './small-groups.rules.ts'

const groupsOf = (sizes: readonly number[]): SizedGroup[] =>
  sizes.map((size, place) => ({ key: `group ${place}`, size, values: {}, row: { count: size } }))
const least = { rows: 5, article: undefined }

describe('groups that are shown', () => {
  it('are large enough, and what is held back is too', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 12 }), (sizes) => {
        const groups = groupsOf(sizes)
        const shown = shownOf(groups, 5)
        if (shown === undefined) return
        const held = groups.filter(({ key }) => !shown.has(key)).reduce((sum, { size }) => sum + size, 0)
        for (const { key, size } of groups) if (shown.has(key)) expect(size).toBeGreaterThanOrEqual(5)
        expect(held === 0 || held >= 5).toBe(true)
      }),
    )
  })

  it('are all of them where none is small, and none where one small one would be told by the rest', () => {
    expect(shownOf(groupsOf([5, 9, 7]), 5)?.size).toBe(3)
    // The group of 2 cannot be held back alone: the total would tell it. The smallest other goes with it.
    expect([...shownOf(groupsOf([2, 9, 7]), 5)!]).toEqual(['group 1'])
    expect(shownOf(groupsOf([2, 9]), 5)).toBeUndefined()
    expect(shownOf([], 5)).toBeUndefined()
  })

  it('are not those that differ from an earlier snapshot by a few rows', () => {
    const before = { shown: ['group 0', 'group 1', 'group 2'], sizes: [6, 20, 9] }
    expect([...changedByFew(groupsOf([7, 30, 9]), before, 5)]).toEqual(['group 0'])
  })

  it('are measured by the values that a sum is over, not by their rows', () => {
    const sparse = groupsOf([20, 20, 20]).map((group, at) => ({
      ...group,
      values: { income: [1, 6, 9][at]! },
    }))
    expect([...shownOf(sparse, 5)!]).toEqual(['group 2'])
    const before = { shown: ['group 1', 'group 2'], sizes: [20, 20], values: { income: [5, 9] } }
    expect([...changedByFew(sparse, before, 5)]).toEqual(['group 1'])
  })
})

describe('a question to guarded fields', () => {
  it('is not for single values, nor for bins that follow them', () => {
    const asked = (
      operation: 'min' | 'max' | 'sum',
      grain?: 'bin',
      binWidth?: number,
      filters: readonly Filter[] = [],
    ) =>
      unsafeQuestion(
        {
          measures: [{ operation, field: 'income' }],
          groupBy: [{ field: 'income', ...(grain && { grain }), ...(binWidth && { binWidth }) }],
          filters,
        },
        least,
        ['number'],
      )?.code
    expect(asked('min')).toBe('aggregate-not-safe')
    expect(asked('max')).toBe('aggregate-not-safe')
    expect(asked('sum', 'bin')).toBe('aggregate-not-safe')
    expect(asked('sum', 'bin', 100)).toBeUndefined()
    for (const operator of ['eq', 'ne', 'in', 'prefix', 'contains'] as const)
      expect(asked('sum', 'bin', 100, [{ field: 'number', operator, values: ['N1'] }])).toBe(
        'aggregate-not-safe',
      )
  })
})
