import { addDays, type CivilDate } from './instants.ts'
import type { Text } from './text.ts'

/** Whether a civil date counts as a working day, and why. `name` is the holiday that frees or moves the day. */
export type DayKind = {
  readonly working: boolean
  readonly reason: 'weekday' | 'weekend' | 'holiday' | 'make-up'
  readonly name?: Text
}

/** Knows the working days of a jurisdiction. */
export type WorkingCalendar = {
  dayKind(on: CivilDate): DayKind
  /** False while the holidays of that year are not known: its days are then told by the weekday alone. */
  announced(year: number): boolean
}

export type CountedDay = DayKind & {
  readonly on: CivilDate
  /** The number of this working day within the period, from 1; null for a day that does not count. */
  readonly number: number | null
}

export type DueDate = {
  readonly dueOn: CivilDate
  /** True where a year that the period touches has not been announced: the date may still move. */
  readonly provisional: boolean
  /** Every civil day after the start up to the due date, so that anyone can check the count. */
  readonly days: readonly CountedDay[]
}

/** A longer period than any law gives is a fault in the rule, not a date. */
const longestPeriodWorkingDays = 2_000

/**
 * The last day of a period of `workingDays` working days. The day on which the period starts is not counted;
 * counting begins on the day after it, and the due date is the last working day counted.
 * @throws RangeError where `workingDays` is not a whole number from 1 to 2000.
 */
export function dueDate(calendar: WorkingCalendar, startOn: CivilDate, workingDays: number): DueDate {
  if (!Number.isInteger(workingDays) || workingDays < 1 || workingDays > longestPeriodWorkingDays)
    throw new RangeError(
      `a period has 1 to ${longestPeriodWorkingDays} whole working days, not ${workingDays}`,
    )
  const days: CountedDay[] = []
  let counted = 0
  for (let on = addDays(startOn, 1); counted < workingDays; on = addDays(on, 1)) {
    const kind = calendar.dayKind(on)
    if (kind.working) counted += 1
    days.push({ ...kind, on, number: kind.working ? counted : null })
  }
  return {
    dueOn: days.at(-1)!.on,
    provisional: days.some(({ on }) => !calendar.announced(yearOf(on))),
    days,
  }
}

/** How many working days lie after `startOn`, up to and including `endOn`; 0 where `endOn` is not later. */
export function countWorkingDays(calendar: WorkingCalendar, startOn: CivilDate, endOn: CivilDate): number {
  let counted = 0
  for (let on = addDays(startOn, 1); on <= endOn; on = addDays(on, 1))
    if (calendar.dayKind(on).working) counted += 1
  return counted
}

export const yearOf = (on: CivilDate): number => Number(on.slice(0, 4))

/** Saturday and Sunday rest, every other day works: all that is known of a year before its announcement. */
export function dayKindByWeekday(on: CivilDate): DayKind {
  const weekday = new Date(`${on}T00:00:00.000Z`).getUTCDay()
  return weekday === 0 || weekday === 6
    ? { working: false, reason: 'weekend' }
    : { working: true, reason: 'weekday' }
}
