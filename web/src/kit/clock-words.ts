import type { CaseClock } from '@tiaoli/contract/cases'

/** The state of a clock, which decides its colour: amber for what is due within a day, red only when overdue. */
export type ClockTone = 'calm' | 'due' | 'overdue' | 'stopped'

export type Timing = {
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
  readonly wasBefore: (day: string) => string
}

/** "还剩 3 个工作日" and "10 月 14 日（周五）前": how much is left, and until when. `day` is the formatted due day. */
export function clockParts(timing: Timing, day: string | null, words: ClockWords): string[] {
  const left = timing.workingDaysLeft
  if (left === null || day === null) return [words.noLength]
  if (timing.overdue) return [words.overdueBy(Math.abs(left)), words.wasBefore(day)]
  return [left === 0 ? words.dueToday : words.left(left), words.before(day)]
}

export type DayMark = { readonly on: string; readonly working: boolean; readonly passed: boolean }

/**
 * The days of a clock's bar. What has passed is told by what the clock says is left, not by the reader's own
 * calendar, which may be set wrong.
 */
export function dayMarks(days: CaseClock['days'], workingDaysLeft: number | null): DayMark[] {
  const working = days.filter((day) => day.working)
  const left = Math.max(0, workingDaysLeft ?? working.length)
  const firstLeft = working.at(-left)?.on
  return days.map((day) => ({
    on: day.on,
    working: day.working,
    passed: left === 0 || (firstLeft !== undefined && day.on < firstLeft),
  }))
}
