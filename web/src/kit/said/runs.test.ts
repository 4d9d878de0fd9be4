import { expect, it } from 'vitest'
import { isHanAlone, runsOf } from './runs.ts'

it('divides a text where its language changes, and loses nothing of it', () => {
  const texts: Record<string, string[]> = {
    'Data of 示例市民政局 (2022) and 《企业登记信息》 too': ['示例市民政局', '《企业登记信息》'],
    '公园绿地（示例）, 3 fields': ['公园绿地（示例）'],
    'A类企业，3 项；CSV': ['类企业，3 项；'],
    '市场监督管理局 · 12 · 民政局': ['市场监督管理局 · 12 · 民政局'],
    '“plain” – 12 (…)': [],
  }
  for (const [text, chinese] of Object.entries(texts)) {
    const runs = runsOf(text)
    expect(runs.map((run) => run.text).join('')).toBe(text)
    expect(runs.filter(({ han }) => han).map((run) => run.text)).toEqual(chinese)
  }
})

it('takes figures and marks for no language of their own', () => {
  expect(isHanAlone('2026 年度计划 · 3')).toBe(true)
  expect(isHanAlone('企业 CSV')).toBe(false)
  expect(isHanAlone('12 %')).toBe(false)
})
