import { expect, it } from 'vitest'
import { instantInput } from './common.ts'

it.each([
  ['2023-04-01T00:00:00Z', true],
  ['0000-01-01T00:00:00Z', false],
  ['0001-01-01T00:00:00Z', false],
  ['1900-01-01T00:00:00Z', true],
  ['9999-12-31T23:59:59Z', true],
  ['2023-02-30T00:00:00Z', false],
  ['yesterday', false],
])('takes %s as a moment: %s', (stated, taken) => {
  expect(instantInput().safeParse(stated).success).toBe(taken)
})

it('counts the year in UTC, whatever the offset', () => {
  const offset = instantInput({ offset: true })
  expect(offset.safeParse('2023-04-01T08:00:00+08:00').success).toBe(true)
  expect(offset.safeParse('9999-12-31T23:59:59-08:00').success).toBe(false)
})
