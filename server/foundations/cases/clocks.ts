import {
  addDays,
  type CivilDate,
  civilDateOf,
  endOfCivilDate,
  type Instant,
  instantOf,
} from '@tiaoli/kernel/instants'
import { countWorkingDays, dueDate, type WorkingCalendar, yearOf } from '@tiaoli/kernel/working-days'
import type { Act, ClockRule } from '../rulebook/index.ts'
import type { ClockChange, ClockState } from './cases.types.ts'

/** The moment at which a due date has been missed is the end of that civil date in China. */
export const dueAtOf = (dueOn: CivilDate | null): Instant | null =>
  dueOn === null ? null : instantOf(endOfCivilDate(dueOn))

/**
 * Starts a clock by an event at `at`; the day of the event is not counted. A regulation binds from the day it is in
 * force, so an earlier event starts a statutory clock without a date: it shows waiting time only.
 */
export function startClock(
  rule: ClockRule,
  at: Date,
  calendar: WorkingCalendar,
  inForceOn: CivilDate,
): ClockChange {
  const startedOn = civilDateOf(at)
  const bound = rule.kind !== 'statutory' || startedOn >= inForceOn
  return {
    clock: rule.key,
    change: 'started',
    ...counted(calendar, startedOn, bound ? rule.workingDays : null),
  }
}

/** The extended period is one period from the first start, not a second one from the day of extension. */
export const extendClock = (
  clock: ClockState,
  extension: NonNullable<Act['extends']>,
  calendar: WorkingCalendar,
): ClockChange => ({
  clock: clock.clock,
  change: 'extended',
  ...countedOn(calendar, {
    ...clock,
    workingDays: clock.workingDays === null ? null : clock.workingDays + extension.workingDays,
  }),
})

/**
 * The same period counted by a calendar that knows more by now; undefined where nothing changes. A firm date moves
 * too where an announcement was corrected.
 */
export function recomputeClock(
  clock: ClockState,
  calendar: WorkingCalendar,
  year: number,
): ClockChange | undefined {
  if (!clock.running || clock.dueOn === null) return undefined
  if (clock.overdue && !clock.provisional) return undefined
  if (year < yearOf(clock.startedOn) || year > yearOf(clock.dueOn)) return undefined
  const anew = countedOn(calendar, clock)
  const same = anew.dueOn === clock.dueOn && anew.provisional === clock.provisional
  return same ? undefined : { clock: clock.clock, change: 'recomputed', ...anew }
}

/** The day of the pause is not used up: working days that ended before it are. */
export function pauseClock(clock: ClockState, at: Date, calendar: WorkingCalendar): ClockChange {
  const pausedOn = civilDateOf(at)
  const { pause } = clock
  const from = pause?.resumedOn ?? clock.startedOn
  const used = (pause?.usedWorkingDays ?? 0) + countWorkingDays(calendar, from, addDays(pausedOn, -1))
  return {
    ...unchanged(clock),
    change: 'paused',
    dueOn: null,
    provisional: false,
    pause: { pausedOn, usedWorkingDays: used, resumedOn: null },
  }
}

/** What was left of the period begins with the day after. */
export function resumeClock(clock: ClockState, at: Date, calendar: WorkingCalendar): ClockChange {
  const pause = { ...clock.pause!, resumedOn: civilDateOf(at) }
  return { clock: clock.clock, change: 'resumed', ...countedOn(calendar, { ...clock, pause }) }
}

export const isPaused = (clock: ClockState): boolean => clock.pause?.resumedOn === null

export const stopClock = (clock: ClockState): ClockChange => ({ ...unchanged(clock), change: 'stopped' })
export const markClockOverdue = (clock: ClockState): ClockChange => ({
  ...unchanged(clock),
  change: 'overdue',
})

/** True while the clock runs and its date, if it has one, has not ended. */
export const isRunningAt = (clock: ClockState | undefined, now: Date): clock is ClockState =>
  clock?.running === true && (clock.dueAt === null || instantOf(now) <= clock.dueAt)

/** True where the date has ended and nobody has said so yet. */
export const isNewlyOverdue = (clock: ClockState, now: Date): boolean =>
  clock.running && !clock.overdue && clock.dueAt !== null && clock.dueAt < instantOf(now)

/** The period of a clock as it stands: from its start, or what was left of it from where it last went on. */
function countedOn(
  calendar: WorkingCalendar,
  { startedOn, workingDays, pause }: Pick<ClockState, 'startedOn' | 'workingDays' | 'pause'>,
) {
  if (pause === undefined || workingDays === null) return counted(calendar, startedOn, workingDays)
  if (pause.resumedOn === null) return { startedOn, dueOn: null, workingDays, provisional: false, pause }
  const left = Math.max(1, workingDays - pause.usedWorkingDays)
  return { ...counted(calendar, pause.resumedOn, left), startedOn, workingDays, pause }
}

function counted(calendar: WorkingCalendar, startedOn: CivilDate, workingDays: number | null) {
  if (workingDays === null) return { startedOn, dueOn: null, workingDays, provisional: false }
  const { dueOn, provisional } = dueDate(calendar, startedOn, workingDays)
  return { startedOn, dueOn, workingDays, provisional }
}

const unchanged = ({ clock, startedOn, dueOn, workingDays, provisional, pause }: ClockState) => ({
  clock,
  startedOn,
  dueOn,
  workingDays,
  provisional,
  ...(pause === undefined ? {} : { pause }),
})
