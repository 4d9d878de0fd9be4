import type { CaseClock } from '@tiaoli/contract/cases'
import { type CivilDate, civilDateOf } from '@tiaoli/kernel/instants'
import { countWorkingDays, dueDate, type WorkingCalendar } from '@tiaoli/kernel/working-days'
import type { ClockState } from '../cases/index.ts'

/**
 * Working days until the due date: 0 on the day itself, negative once it has passed.
 */
export function workingDaysLeft(calendar: WorkingCalendar, dueOn: CivilDate, today: CivilDate): number {
  return today <= dueOn ? countWorkingDays(calendar, today, dueOn) : -countWorkingDays(calendar, dueOn, today)
}

/** A clock with each of its days, so that anybody can count after it. */
export function presentClock(
  calendar: WorkingCalendar,
  clock: ClockState,
  owner: CaseClock['owner'],
  now: Date,
): CaseClock {
  const counted = clock.workingDays === null ? null : dueDate(calendar, clock.startedOn, clock.workingDays)
  return {
    key: clock.clock,
    title: clock.title,
    kind: clock.kind,
    article: clock.article ?? null,
    instrument: clock.instrument ?? null,
    owner,
    startedOn: clock.startedOn,
    dueOn: clock.dueOn,
    dueAt: clock.dueAt,
    workingDays: clock.workingDays,
    workingDaysLeft:
      clock.running && clock.dueOn !== null ? workingDaysLeft(calendar, clock.dueOn, civilDateOf(now)) : null,
    provisional: clock.provisional,
    extended: clock.extended,
    running: clock.running,
    overdue: clock.overdue || (clock.running && clock.dueAt !== null && clock.dueAt < now.toISOString()),
    stoppedAt: clock.stoppedAt,
    days: (counted?.days ?? []).map((day) => ({
      on: day.on,
      working: day.working,
      reason: day.reason,
      name: day.name ?? null,
    })),
  }
}
