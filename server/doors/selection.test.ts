import { expect, it } from 'vitest'
import { readFilters } from './selection.ts'

it('reads a box as the two ranges that it is, each judged like any other filter', () => {
  expect(readFilters(['经度,纬度:within:120.5|31|121|31.5'])).toEqual([
    { field: '经度', operator: 'between', values: ['120.5', '121'] },
    { field: '纬度', operator: 'between', values: ['31', '31.5'] },
  ])
})

it('reads a box around a geometry as one filter of its field', () => {
  expect(readFilters(['管网:主线:within:120.5|31|121|31.5'])).toEqual([
    { field: '管网:主线', operator: 'within', values: ['120.5', '31', '121', '31.5'] },
  ])
})

it.each(['范围:within:1|2|3', '经度,纬度:within:1|2|3', '经度,纬度:within'])(
  'refuses %s, which is no box',
  (clause) => {
    expect(() => readFilters([clause])).toThrow('bad-filter')
  },
)

it('leaves field names with commas and colons to other operators', () => {
  expect(readFilters(['甲,乙:丙:eq:丁:戊'])).toEqual([
    { field: '甲,乙:丙', operator: 'eq', values: ['丁:戊'] },
  ])
})
