import { expect, it } from 'vitest'
import { rangeAsked } from './byte-range.rules.ts'

const file = { sizeBytes: 100, etag: '"a"' }

it.each([
  [undefined, undefined, null],
  ['bytes=0-', undefined, { first: 0, last: 99 }],
  ['bytes=40-', '"a"', { first: 40, last: 99 }],
  ['bytes=40-', '"b"', null],
  ['bytes=40-59', undefined, { first: 40, last: 59 }],
  ['bytes=40-500', undefined, { first: 40, last: 99 }],
  ['bytes=-10', undefined, { first: 90, last: 99 }],
  ['bytes=-500', undefined, { first: 0, last: 99 }],
  ['bytes=-0', undefined, 'unsatisfiable'],
  ['bytes=100-', undefined, 'unsatisfiable'],
  ['bytes=100-', '"b"', null],
  ['bytes=60-40', undefined, null],
  ['bytes=0-1,5-6', undefined, null],
  ['rows=0-1', undefined, null],
  ['bytes=', undefined, null],
])('of %s under %s is %o', (range, ifRange, asked) => {
  expect(rangeAsked(range, ifRange, file)).toEqual(asked)
})

it('of an empty file is never a part', () => {
  const empty = { sizeBytes: 0, etag: '"a"' }
  expect(rangeAsked('bytes=0-', undefined, empty)).toBe('unsatisfiable')
  expect(rangeAsked('bytes=-5', undefined, empty)).toBe('unsatisfiable')
})
