import { expect, it } from 'vitest'
import { boxFieldOf, boxOf } from './box-filter.ts'

it.each([
  ['106.4, 29.5, 106.6, 29.6', '106.4|29.5|106.6|29.6'],
  ['106.4，29.5，106.6，29.6', '106.4|29.5|106.6|29.6'],
  [' -1 -2 1 2 ', '-1|-2|1|2'],
  ['106.6, 29.5, 106.4, 29.6', null],
  ['106.4, 29.5, 106.6', null],
  ['106.4, 29.5, x, 29.6', null],
  ['', null],
])('reads %s as a box', (typed, box) => {
  expect(boxOf(typed)).toBe(box)
})

it('asks for two coordinates as one', () => {
  const longitude = { name: '经度', type: 'longitude' } as const
  expect(boxFieldOf([longitude])).toBeNull()
  expect(boxFieldOf([{ name: '纬度', type: 'latitude' }, longitude])).toBe('经度,纬度')
})
