import { describe, expect, it } from 'vitest'
import { defaultPlot, fieldOfGroup, groupOf, type Profiles, splitting } from './chart-defaults.ts'

const profiles: Profiles = new Map([
  ['站点编码', { distinct: 86 }],
  ['站点类型', { distinct: 3 }],
  ['浓度', { distinct: 400 }],
])
const code = { name: '站点编码', type: 'text', key: true } as const
const kind = { name: '站点类型', type: 'text' } as const
const level = { name: '浓度', type: 'decimal' } as const
const wind = { name: '风速', type: 'decimal' } as const
const since = { name: '启用日期', type: 'date' } as const

describe('the first plot', () => {
  it('runs over days where all fall within two months', () => {
    const hours = { name: '监测时间', type: 'instant' } as const
    expect(groupOf(hours, new Map([['监测时间', { distinct: 120 }]]))).toBe('监测时间:day')
    expect(groupOf(hours, new Map([['监测时间', { distinct: 9000 }]]))).toBe('监测时间:month')
  })

  it('runs over months where there is a date', () => {
    expect(defaultPlot([code, kind, since], profiles)).toEqual({
      group: '启用日期:month',
      split: '',
      measure: 'count',
      kind: 'line',
    })
  })
  it('counts by category otherwise', () => {
    expect(defaultPlot([code, kind, level], profiles)).toMatchObject({ group: '站点类型', kind: 'bar' })
  })
  it('sets two numbers against each other where there are no categories', () => {
    expect(defaultPlot([code, level, wind], profiles)).toMatchObject({
      group: '浓度:bin',
      split: '风速:bin',
      kind: 'scatter',
    })
  })
  it('is a histogram where there is one number only', () => {
    expect(defaultPlot([code, level], profiles)).toMatchObject({ group: '浓度:bin', split: '', kind: 'bar' })
  })
  it('is none where every value stands alone', () => {
    expect(defaultPlot([code], profiles)).toBeNull()
  })
})

it('never groups by a place or an identity number', () => {
  expect(groupOf({ name: '经度', type: 'longitude' }, profiles)).toBeNull()
  expect(groupOf({ name: '证件', type: 'identity-number' }, profiles)).toBeNull()
})

it('splits by what has a few values only', () => {
  expect(splitting([code, kind, level, since], profiles)).toEqual([kind])
})

it('finds the field in a group, colons in its name included', () => {
  expect(fieldOfGroup('时刻:起:month')).toBe('时刻:起')
  expect(fieldOfGroup('浓度:bin:0.05')).toBe('浓度')
})
