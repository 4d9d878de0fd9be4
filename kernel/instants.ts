/** A moment, as an RFC 3339 text in UTC with milliseconds: `2026-10-14T01:30:00.000Z`. */
export type Instant = string

/** A civil date in the People's Republic of China: `2026-10-14`. */
export type CivilDate = string

/** Tells the time. Everything that asks for "now" asks a clock, so that a test can set it. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock that starts at `at` and then runs at the speed of the system's. */
export function clockStartingAt(at: Date, system: Clock = systemClock): Clock {
  const offset = at.getTime() - system.now().getTime()
  return { now: () => new Date(system.now().getTime() + offset) }
}

/** China keeps one civil time, UTC+8 without daylight saving (since 1991). */
const chinaOffsetMs = 8 * 3_600_000

let lastMoment = Number.NaN
let lastInstant: Instant = ''

/** Many things happen within one millisecond, and its text is made once. */
export function instantOf(date: Date): Instant {
  const moment = date.getTime()
  if (moment !== lastMoment) {
    lastInstant = date.toISOString()
    lastMoment = moment
  }
  return lastInstant
}

/** The civil date in China on which the moment falls. */
export const civilDateOf = (moment: Date): CivilDate =>
  new Date(moment.getTime() + chinaOffsetMs).toISOString().slice(0, 10)

/** The moment in China's civil time, to the minute: `2026-10-14 09:30`. */
export const civilMinuteOf = (moment: Date): string =>
  new Date(moment.getTime() + chinaOffsetMs).toISOString().slice(0, 16).replace('T', ' ')

/** The last millisecond of a civil date in China: a period "until" that date ends then. */
export const endOfCivilDate = (on: CivilDate): Date =>
  new Date(Date.parse(`${on}T00:00:00.000Z`) - chinaOffsetMs + 86_400_000 - 1)

export const startOfCivilDate = (on: CivilDate): Date =>
  new Date(Date.parse(`${on}T00:00:00.000Z`) - chinaOffsetMs)

export function addDays(on: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${on}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

export function isCivilDate(value: string): value is CivilDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const moment = new Date(`${value}T00:00:00.000Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value)
}

/** A clock that can be set to a moment, stands still there, and goes on with its base once released. */
export type AdjustableClock = Clock & { setTo(moment: Date): void; release(): void }

export function adjustableClock(base: Clock = systemClock): AdjustableClock {
  let moment: Date | undefined
  return {
    now: () => moment ?? base.now(),
    setTo: (at) => {
      moment = at
    },
    release: () => {
      moment = undefined
    },
  }
}
