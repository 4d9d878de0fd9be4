import { expect, it } from 'vitest'
import { parseItems, writeItems } from './parse-items.ts'

it('reads what it writes', () => {
  const written = 'updateCycle|更新周期|update cycle|必填|daily、monthly\nextra.office|处室|office|选填|'
  const { items, badLine } = parseItems(written)
  expect(badLine).toBeUndefined()
  expect(items.map(({ key, required, codes }) => [key, required, codes])).toEqual([
    ['updateCycle', true, ['daily', 'monthly']],
    ['extra.office', false, []],
  ])
  expect(writeItems(items)).toBe(written)
})

it('names the line that lacks a part', () => {
  expect(parseItems('summary|摘要|summary\n更新周期').badLine).toBe('更新周期')
})
