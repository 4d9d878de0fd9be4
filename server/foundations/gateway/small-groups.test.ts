import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Filter, SizedGroup } from '../lake/lake.types.ts'
import type { RowReader } from './ports.ts'
import {
  changedByFew,
  mostAnswers,
  mostRefusals,
  mostRemembered,
  shownOf,
  unsafeQuestion,
} from './small-groups.rules.ts'
import type { AnswersMemory, Kept } from './small-groups.store.ts'
import { createGroupGuard } from './small-groups.ts'

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

describe('the memory of answers', () => {
  const asked = { holder: 'department', entryId: 'entry' }
  const query = (filters: readonly Filter[] = []) => ({
    groupBy: [{ field: 'street' }],
    measures: [{ operation: 'sum', field: 'income' }] as const,
    filters,
    limit: 100,
  })
  const from = (value: number): readonly Filter[] => [
    { field: 'n', operator: 'gte', values: [String(value)] },
  ]
  /** `few`: whether the question would tell a few rows apart. */
  const guardOver = (few: { now: boolean }, kept: Kept[], refusals = 0) => {
    let refused = refusals
    const memory: AnswersMemory = {
      answers: async () => kept,
      remember: async (_asked, answer) => {
        if (kept.some(({ number }) => number === answer.number)) return false
        kept.push(answer)
        return true
      },
      refusalsToday: async () => refused,
      countRefusal: async () => {
        refused += 1
      },
    }
    const guard = createGroupGuard(memory, least)
    const reader = {
      snapshotId: 'snapshot',
      keyFields: [],
      guarded: {
        sizedGroups: async () => [{ key: 'a', size: 9, values: { income: 9 }, row: { street: 'a' } }],
        smallBlocks: async () => (few.now ? 1 : 0),
      },
    } as unknown as RowReader
    return {
      refused: () => refused,
      codeOf: async (filters: readonly Filter[] = [], within: readonly Filter[] = []) => {
        const verdict = await guard.aggregate(asked, reader, query(filters), ['income'], within)
        return verdict.ok ? 'given' : verdict.refusal.code
      },
    }
  }

  it('lets nobody learn more after twenty refusals in a day, but keeps to what was answered before', async () => {
    const few = { now: false }
    const kept: Kept[] = []
    const guard = guardOver(few, kept)
    expect(await guard.codeOf(from(0))).toBe('given')
    few.now = true
    for (let times = 0; times < mostRefusals; times++)
      expect(await guard.codeOf(from(times + 1))).toBe('group-too-small')
    few.now = false
    expect(guard.refused()).toBe(20)
    expect(await guard.codeOf(from(100))).toBe('aggregate-not-safe')
    expect(guard.refused()).toBe(20)
    expect(await guard.codeOf(from(0))).toBe('given')
    expect(kept).toHaveLength(1)
  })

  it('gives sixty different answers and no sixty-first, and those again that it gave', async () => {
    const kept: Kept[] = []
    const guard = guardOver({ now: false }, kept)
    for (let at = 0; at < mostAnswers; at++) expect(await guard.codeOf(from(at))).toBe('given')
    expect(kept).toHaveLength(60)
    expect(await guard.codeOf(from(60))).toBe('aggregate-not-safe')
    expect(await guard.codeOf(from(59))).toBe('given')
    expect(guard.refused()).toBe(0)
  })

  it('counts the same question of newer snapshots, up to four hundred in all', async () => {
    const guard = guardOver({ now: false }, [])
    expect(await guard.codeOf()).toBe('given')
    const answer = {
      filters: [],
      groupBy: [{ field: 'street' }],
      shown: ['a'],
      sizes: [9],
      values: { income: [9] },
    }
    const full = Array.from({ length: mostRemembered }, (_, at) => ({
      number: at,
      snapshotId: `s${at}`,
      answer,
    }))
    expect(mostRemembered).toBe(400)
    expect(await guardOver({ now: false }, full).codeOf()).toBe('aggregate-not-safe')
    expect(await guardOver({ now: false }, full.slice(1)).codeOf()).toBe('given')
  })

  it('knows of which rows an answer was: the same question within and without is two', async () => {
    const kept: Kept[] = []
    const guard = guardOver({ now: false }, kept)
    const within: readonly Filter[] = [{ field: 'district', operator: 'eq', values: ['甲区'] }]
    expect(await guard.codeOf()).toBe('given')
    expect(await guard.codeOf([], within)).toBe('given')
    expect(await guard.codeOf([], within)).toBe('given')
    expect(kept.map(({ answer }) => answer.filters)).toEqual([[], within])
    // What the decision names by the key, the reader has not named.
    expect(await guard.codeOf([], [{ field: 'number', operator: 'eq', values: ['N1'] }])).toBe('given')
  })
})
