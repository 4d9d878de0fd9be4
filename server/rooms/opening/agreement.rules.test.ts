import { describe, expect, it } from 'vitest'
import { addMonths, deviationsFrom, feedbackDates, measuresOf } from './agreement.rules.ts'

describe('days of feedback', () => {
  it('follow the rhythm to the last day of use and not beyond', () => {
    expect(feedbackDates('2026-03-31', 'quarterly', '2026-12-31')).toEqual([
      '2026-03-31',
      '2026-06-30',
      '2026-09-30',
      '2026-12-31',
    ])
    expect(feedbackDates('2026-03-31', 'quarterly', '2026-12-30')).toHaveLength(3)
  })
  it('are one only where it is agreed so, even after the period', () => {
    expect(feedbackDates('2027-01-31', 'once', '2026-12-31')).toEqual(['2027-01-31'])
  })
  it('end somewhere', () => {
    expect(feedbackDates('2026-01-31', 'monthly', '2999-01-01')).toHaveLength(120)
  })
  it('keep to the day of the first one through short months and years', () => {
    expect(['1', '13'].map((months) => addMonths('2027-01-31', Number(months)))).toEqual([
      '2027-02-28',
      '2028-02-29',
    ])
  })
})

it('reads measures one a line, without their numbers, each once', () => {
  expect(measuresOf('1. 加密存储\n（二）专人管理\n\n- 加密存储\n3个月内完成演练')).toEqual([
    '加密存储',
    '专人管理',
    '3个月内完成演练',
  ])
})

describe('deviations from the model text', () => {
  const model = {
    version: 2,
    inForceOn: '2026-01-01',
    clauses: { feedback: '每季度提交报告', disposal: '期满删除' },
    bodies: [],
    note: '',
    madeAt: new Date(0),
    organisationId: 'authority',
  }
  it('are told for each matter with both texts; white space is none', () => {
    expect(deviationsFrom(model, { feedback: '每年提交报告', disposal: ' 期满\n删除' })).toEqual([
      { key: 'feedback', model: '每季度提交报告', agreed: '每年提交报告' },
    ])
  })
  it('are none where there is no model', () => {
    expect(deviationsFrom(undefined, { feedback: '甲' })).toEqual([])
  })
})
