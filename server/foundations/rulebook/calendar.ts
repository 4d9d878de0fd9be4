import type { CivilDate } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import { type DayKind, dayKindByWeekday, type WorkingCalendar, yearOf } from '@tiaoli/kernel/working-days'
import chineseDays from 'chinese-days'

/** A year's holidays as the State Council announces them, entered by an officer before the package knows them. */
export type AnnouncedYear = {
  readonly year: number
  readonly holidays: readonly { readonly on: CivilDate; readonly name: Text }[]
  /** Saturdays and Sundays on which work is done in exchange for a holiday (调休上班). */
  readonly makeUpDays: readonly { readonly on: CivilDate; readonly name: Text }[]
}

export type OfficialCalendar = WorkingCalendar & {
  /**
   * Takes in a year, over anything known of it before. Dates outside the year are taken too, since an
   * announcement may move a day of the last December.
   */
  load(year: AnnouncedYear): void
  /** Whether the packaged calendar knows the year by itself. */
  packaged(year: number): boolean
}

/** The official working days of China: holidays and make-up days as the State Council announced them. */
export function officialCalendar(loaded: readonly AnnouncedYear[] = []): OfficialCalendar {
  const years = new Map<number, AnnouncedYear>()
  const days = new Map<CivilDate, DayKind>()
  const load = (year: AnnouncedYear): void => {
    // What an earlier load of the year said is forgotten as a whole: a corrected year may free fewer days.
    for (const { on } of daysOf(years.get(year.year))) days.delete(on)
    years.set(year.year, year)
    for (const { on, name } of year.holidays) days.set(on, { working: false, reason: 'holiday', name })
    for (const { on, name } of year.makeUpDays) days.set(on, { working: true, reason: 'make-up', name })
  }
  const packaged = (year: number): boolean => packagedDayKind(`${year}-01-01`).reason === 'holiday'
  for (const year of loaded) load(year)
  return {
    load,
    packaged,
    dayKind: (on) => days.get(on) ?? (years.has(yearOf(on)) ? dayKindByWeekday(on) : packagedDayKind(on)),
    announced: (year) => years.has(year) || packaged(year),
  }
}

const daysOf = (year: AnnouncedYear | undefined) =>
  year === undefined ? [] : [...year.holidays, ...year.makeUpDays]

/**
 * The package knows a year once it knows that 1 January is a holiday: the one date that has been a holiday in
 * every announcement. A day it has no entry for bears the name of its weekday, any other `English,中文,days`.
 */
function packagedDayKind(on: CivilDate): DayKind {
  const { work, name } = chineseDays.getDayDetail(on)
  const [en, zh] = name.split(',')
  if (en === undefined || zh === undefined) return dayKindByWeekday(on)
  return { working: work, reason: work ? 'make-up' : 'holiday', name: { zh, en } }
}
