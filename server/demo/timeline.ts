import { type AdjustableClock, addDays, type CivilDate, civilDateOf } from '@tiaoli/kernel/instants'
import type { WorkingCalendar } from '@tiaoli/kernel/working-days'

/** Something that happened in the demo city, and when. */
export type Step = { readonly at: Date; readonly happen: () => Promise<void> }

/** Lets everything happen in the order of time, by a clock that stands at each moment and goes on afterwards. */
export async function relive(clock: AdjustableClock, steps: readonly Step[]): Promise<void> {
  try {
    for (const { at, happen } of steps.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
      clock.setTo(at)
      await happen()
    }
  } finally {
    clock.release()
  }
}

export type Past = {
  readonly today: CivilDate
  /** The moment so many hours ago. */
  hoursAgo(hours: number): Date
  /** At that time of the working day after which so many working days, today included, have come; never today. */
  workingDaysAgo(days: number, time: string): Date
}

/** The past as seen from `now`, by the official calendar: periods that began in it have their true dates. */
export function pastOf(now: Date, calendar: WorkingCalendar): Past {
  const today = civilDateOf(now)
  const isWorking = (on: CivilDate): boolean => calendar.dayKind(on).working
  function workingDayBefore(days: number): CivilDate {
    let on = today
    for (let come = 0; ; ) {
      if (isWorking(on)) come += 1
      on = addDays(on, -1)
      if (come === days && isWorking(on)) return on
    }
  }
  return {
    today,
    hoursAgo: (hours) => new Date(now.getTime() - hours * 3_600_000),
    workingDaysAgo: (days, time) => new Date(`${workingDayBefore(days)}T${time}:00+08:00`),
  }
}
