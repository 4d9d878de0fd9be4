import { describe, expect, it } from 'vitest'
import type { Plot } from './chart-defaults.ts'
import { binRange, cellsOf, groupsOf, linedOf, widthFor } from './plot-data.ts'

const words = { nothing: '（空）', yesNo: (value: boolean) => (value ? '是' : '否') }
const plot = (part: Partial<Plot>): Plot => ({ group: '', split: '', measure: 'count', kind: 'bar', ...part })

describe('lines and bars', () => {
  it('put the largest category first', () => {
    const rows = [
      { 站点类型: '区控', count: 2 },
      { 站点类型: null, count: 9 },
    ]
    expect(linedOf(rows, plot({ group: '站点类型' }), words)).toEqual({
      labels: ['（空）', '区控'],
      series: [{ name: '', values: [9, 2] }],
    })
  })

  it('read exact numbers that come as text', () => {
    const rows = [
      { 启用日期: '2025-01', avg_浓度: '12.50' },
      { 启用日期: '2025-02', avg_浓度: null },
    ]
    const { labels, series } = linedOf(rows, plot({ group: '启用日期:month', measure: 'avg:浓度' }), words)
    expect(labels).toEqual(['2025-01', '2025-02'])
    expect(series[0]!.values).toEqual([12.5, null])
  })

  it('show months without rows: none where rows are counted, a gap where there is nothing to average', () => {
    const rows = [
      { 日期: '2024-11', count: 4, avg_浓度: 1 },
      { 日期: '2025-02', count: 1, avg_浓度: 2 },
      { 日期: null, count: 3, avg_浓度: 9 },
    ]
    const counted = linedOf(rows, plot({ group: '日期:month' }), words)
    expect(counted.labels).toEqual(['2024-11', '2024-12', '2025-01', '2025-02', '（空）'])
    expect(counted.series[0]!.values).toEqual([4, 0, 0, 1, 3])
    const averaged = linedOf(rows, plot({ group: '日期:month', measure: 'avg:浓度' }), words)
    expect(averaged.series[0]!.values).toEqual([1, null, null, 2, 9])
  })

  it('fill days over the end of a month, and years', () => {
    const days = [
      { 日: '2024-02-28', count: 1 },
      { 日: '2024-03-01', count: 1 },
    ]
    expect(linedOf(days, plot({ group: '日:day' }), words).labels).toEqual([
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ])
    const years = [
      { 年: '1998', count: 1 },
      { 年: '2000', count: 1 },
    ]
    expect(linedOf(years, plot({ group: '年:year' }), words).labels).toEqual(['1998', '1999', '2000'])
  })

  it('show empty bins, named from where to where', () => {
    const rows = [
      { 浓度: 0.1, count: 1 },
      { 浓度: 0.2, count: 2 },
      { 浓度: 0.4, count: 3 },
    ]
    const { labels, series } = linedOf(rows, plot({ group: '浓度:bin' }), words)
    expect(labels).toEqual(['0.1–0.2', '0.2–0.3', '0.3–0.4', '0.4–0.5'])
    expect(series[0]!.values).toEqual([1, 2, 0, 3])
  })

  it('are as many as the values they are split by', () => {
    const rows = [
      { 日期: '2025-01', 类型: '甲', count: 1 },
      { 日期: '2025-01', 类型: '乙', count: 2 },
      { 日期: '2025-02', 类型: '乙', count: 3 },
    ]
    expect(linedOf(rows, plot({ group: '日期:month', split: '类型' }), words)).toEqual({
      labels: ['2025-01', '2025-02'],
      series: [
        { name: '甲', values: [1, 0] },
        { name: '乙', values: [2, 3] },
      ],
    })
  })
})

it('puts cells at the middle of their bins and leaves out rows without one of the numbers', () => {
  const rows = [
    { 面积: 0, 价格: 10, count: 4 },
    { 面积: 5, 价格: 12, count: 1 },
    { 面积: null, 价格: 12, count: 7 },
  ]
  expect(cellsOf(rows, plot({ group: '面积:bin', split: '价格:bin', kind: 'scatter' }))).toEqual([
    { x: 2.5, y: 11, count: 4 },
    { x: 7.5, y: 13, count: 1 },
  ])
})

it('works out the width of as many bins as are wanted', () => {
  const range = binRange([{ 浓度: 0 }, { 浓度: 5 }, { 浓度: 95 }], '浓度:bin')!
  expect(range).toEqual({ least: 0, greatest: 100, width: 5 })
  expect([10, 20, 50, 100].map((bins) => widthFor(range, bins))).toEqual([10, 5, 2, 1])
  expect(binRange([{ 浓度: 3 }], '浓度:bin')).toBeNull()
  const widths = new Map([['浓度:bin', 2]])
  expect(groupsOf(plot({ group: '浓度:bin', split: '类型' }), widths)).toBe('浓度:bin:2,类型')
})
