import { expect, it } from 'vitest'
import { resembles } from './onward.rules.ts'

const received = ['号牌号码', '车辆类型', '登记日期', '所有人']

it('finds the fields that were received, whatever their order, and with one of their own among five', () => {
  expect(resembles(['登记日期', '车辆 类型', '号牌号码'], received)).toBe(true)
  expect(resembles([...received, '备注'], received)).toBe(true)
})

it('does not take a register for a received one that shares a name or two, or little of what it has', () => {
  expect(resembles(['号牌号码', '车辆类型'], received)).toBe(false)
  expect(resembles([...received, '甲', '乙'], received)).toBe(false)
  expect(resembles([], received)).toBe(false)
})
