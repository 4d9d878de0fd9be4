import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type CivilDate } from './instants.ts'
import { countWorkingDays, dayKindByWeekday, dueDate, type WorkingCalendar, yearOf } from './working-days.ts'

/** A calendar that knows the named free days and make-up days, and every year but those named. */
function calendarWith(days: {
  free?: readonly CivilDate[]
  makeUp?: readonly CivilDate[]
  unannounced?: readonly number[]
}): WorkingCalendar {
  return {
    dayKind: (on) => {
      if (days.free?.includes(on)) return { working: false, reason: 'holiday' }
      if (days.makeUp?.includes(on)) return { working: true, reason: 'make-up' }
      return dayKindByWeekday(on)
    },
    announced: (year) => !days.unannounced?.includes(year),
  }
}

describe('the due date', () => {
  const plain = calendarWith({})

  it('does not count the day on which the period starts', () => {
    expect(dueDate(plain, '2026-10-12', 1).dueOn).toBe('2026-10-13')
  })

  it('counts from the next working day when the start is a day of rest', () => {
    expect(dueDate(plain, '2026-10-10', 1).dueOn).toBe('2026-10-12')
  })

  it('passes over holidays and counts make-up days', () => {
    const calendar = calendarWith({ free: ['2026-10-15'], makeUp: ['2026-10-17'] })
    const { dueOn, days } = dueDate(calendar, '2026-10-14', 2)
    expect(dueOn).toBe('2026-10-17')
    expect(days).toEqual([
      { on: '2026-10-15', working: false, reason: 'holiday', number: null },
      { on: '2026-10-16', working: true, reason: 'weekday', number: 1 },
      { on: '2026-10-17', working: true, reason: 'make-up', number: 2 },
    ])
  })

  it('is provisional as soon as one day lies in a year that is not announced', () => {
    const calendar = calendarWith({ unannounced: [2027] })
    expect(dueDate(calendar, '2026-12-29', 2).provisional).toBe(false)
    expect(dueDate(calendar, '2026-12-29', 3).provisional).toBe(true)
  })

  it.each([0, -1, 1.5, Number.NaN, 2_001])('refuses a period of %s working days', (workingDays) => {
    expect(() => dueDate(plain, '2026-10-12', workingDays)).toThrow(RangeError)
  })

  it('agrees with a list of all working days, whatever the calendar', () => {
    const day = fc.integer({ min: 0, max: 120 }).map((offset) => addDays('2026-08-01', offset))
    const days = fc.uniqueArray(day, { maxLength: 25 })
    fc.assert(
      fc.property(days, days, day, fc.integer({ min: 1, max: 30 }), (free, makeUp, startOn, workingDays) => {
        const calendar = calendarWith({ free, makeUp })
        const { dueOn } = dueDate(calendar, startOn, workingDays)

        const later = Array.from({ length: 400 }, (_, index) => addDays(startOn, index + 1))
        const working = later.filter((on) => {
          const weekday = new Date(on).getUTCDay()
          return !free.includes(on) && (makeUp.includes(on) || (weekday > 0 && weekday < 6))
        })
        expect(dueOn).toBe(working[workingDays - 1])
        expect(countWorkingDays(calendar, startOn, dueOn)).toBe(workingDays)
        expect(countWorkingDays(calendar, startOn, addDays(dueOn, -1))).toBe(workingDays - 1)
      }),
    )
  })
})

it('counts no working days backwards', () => {
  expect(countWorkingDays(calendarWith({}), '2026-10-14', '2026-10-14')).toBe(0)
  expect(countWorkingDays(calendarWith({}), '2026-10-14', '2026-10-01')).toBe(0)
})

it('reads the year of a date', () => {
  expect(yearOf('2026-10-14')).toBe(2026)
})
