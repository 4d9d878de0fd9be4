import { describe, expect, it } from 'vitest'
import { en, zh } from '../text/whole.ts'
import { clockParts, clockTone, dayMarks } from './clock-words.ts'
import { formatDay } from './formats.ts'

const running = (workingDaysLeft: number | null) => ({ workingDaysLeft, running: true, overdue: false })
const day = (on: string, language: 'zh' | 'en' = 'zh') => formatDay(on, language, '2026-10-09')

describe('the words of a clock', () => {
  it('says how much is left, then until when', () => {
    expect(clockParts(running(3), day('2026-10-14'), zh.clock)).toEqual([
      '还剩 3 个工作日',
      '10 月 14 日（周三）前',
    ])
    expect(clockParts(running(1), day('2026-10-14', 'en'), en.clock)).toEqual([
      '1 working day left',
      'by Wed 14 October',
    ])
  })

  it('says that something is due today, or by how much it is late', () => {
    expect(clockParts(running(0), day('2026-10-09'), zh.clock)[0]).toBe('今日到期')
    const late = { workingDaysLeft: -2, running: true, overdue: true }
    expect(clockParts(late, day('2026-09-30'), zh.clock)).toEqual([
      '已逾期 2 个工作日',
      '应于 9 月 30 日（周三）前办理',
    ])
  })

  it('invents no date where the regulation sets none', () => {
    expect(clockParts(running(null), null, zh.clock)).toEqual(['条例未规定期限'])
  })

  it('names the year only where it is another one', () => {
    expect(day('2027-01-04')).toBe('2027 年 1 月 4 日（周一）')
  })
})

describe('the tone of a clock', () => {
  it.each([
    [running(5), 'calm'],
    [running(1), 'due'],
    [running(null), 'calm'],
    [{ workingDaysLeft: 2, running: false, overdue: false }, 'stopped'],
    [{ workingDaysLeft: -1, running: false, overdue: true }, 'overdue'],
  ] as const)('%o is %s', (timing, tone) => {
    expect(clockTone(timing)).toBe(tone)
  })
})

describe('the bar of a clock', () => {
  const days = ['2026-10-08', '2026-10-09', '2026-10-10', '2026-10-11', '2026-10-12'].map((on, index) => ({
    on,
    working: index !== 3,
    reason: 'weekday' as const,
    name: null,
  }))

  it('counts what has passed from the end, whatever the calendar of the reader says', () => {
    expect(dayMarks(days, 2).map(({ passed }) => passed)).toEqual([true, true, false, false, false])
  })
  it('is full when nothing is left and empty when nothing is counted', () => {
    expect(dayMarks(days, -1).every(({ passed }) => passed)).toBe(true)
    expect(dayMarks(days, null).some(({ passed }) => passed)).toBe(false)
  })
})
