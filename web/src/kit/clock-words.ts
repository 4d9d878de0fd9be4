import type { CaseClock } from '@tiaoli/contract/cases'

/** The state of a clock, which decides its colour: amber for what is due within a day, red only when overdue. */
export type ClockTone = 'calm' | 'due' | 'overdue' | 'stopped'

type Timing = {
  readonly workingDaysLeft: number | null
  readonly overdue: boolean
  readonly running: boolean
}

export function clockTone({ workingDaysLeft, overdue, running }: Timing): ClockTone {
  if (overdue) return 'overdue'
  if (!running) return 'stopped'
  return workingDaysLeft !== null && workingDaysLeft <= 1 ? 'due' : 'calm'
}

export type ClockWords = {
  readonly left: (days: number) => string
  readonly dueToday: string
  readonly overdueBy: (days: number) => string
  readonly noLength: string
  readonly before: (day: string) => string
}

/** "还剩 3 个工作日 · 10 月 14 日（周五）前": how much is left, then until when. `day` is the formatted due day. */
export function clockSentence(timing: Timing, day: string | null, words: ClockWords): string {
  const left = timing.workingDaysLeft
  if (left === null || day === null) return words.noLength
  const amount = timing.overdue
    ? words.overdueBy(Math.abs(left))
    : left === 0
      ? words.dueToday
      : words.left(left)
  return `${amount} · ${words.before(day)}`
}

export type DayMark = { readonly on: string; readonly working: boolean; readonly passed: boolean }

/** The days of a clock's bar; a day has passed when it lies before `today`. */
export const dayMarks = (days: CaseClock['days'], today: string): DayMark[] =>
  days.map(({ on, working }) => ({ on, working, passed: on < today }))
