import { expect, it } from 'vitest'
import { articleLabel, articleNumber, articleOf } from './article-label.ts'

it.each([
  ['CQ-26', '渝 26'],
  ['CQ-26.1-a', '渝 26'],
  ['CQ-3.1(1)', '渝 3'],
])('the chip of %s reads %s', (id, label) => {
  expect(articleLabel('渝', id)).toBe(label)
})

it('leads from an obligation to its article', () => {
  expect(articleOf('TJ-16.2-a')).toBe('TJ-16')
  expect(articleNumber('TJ-16.2-a')).toBe('16')
})

it('shows an id that it cannot read as it is', () => {
  expect(articleLabel('渝', '附则')).toBe('渝 附则')
})
