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

/** The days from the start, or from where the period last went on; none while it stands still. */
function countedDays(calendar: WorkingCalendar, { startedOn, workingDays, pause }: ClockState) {
  if (workingDays === null || pause?.resumedOn === null) return []
  if (pause === undefined) return dueDate(calendar, startedOn, workingDays).days
  return dueDate(calendar, pause.resumedOn, Math.max(1, workingDays - pause.usedWorkingDays)).days
}

/** A clock with each of its days, so that anybody can count after it. */
export function presentClock(
  calendar: WorkingCalendar,
  clock: ClockState,
  owner: CaseClock['owner'],
  now: Date,
): CaseClock {
  const counted = countedDays(calendar, clock)
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
    pausedOn: clock.pause?.resumedOn === null ? clock.pause.pausedOn : null,
    days: counted.map((day) => ({
      on: day.on,
      working: day.working,
      reason: day.reason,
      name: day.name ?? null,
    })),
  }
}
