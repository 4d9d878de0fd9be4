import { dueDate } from '@tiaoli/kernel/working-days'
import { describe, expect, it } from 'vitest'
import { officialCalendar } from './calendar.ts'

const nationalDay = { zh: '国庆节', en: 'National Day' }

describe('the official calendar', () => {
  const calendar = officialCalendar()

  it('knows why a day works or rests', () => {
    expect(calendar.dayKind('2019-09-29')).toEqual({ working: true, reason: 'make-up', name: nationalDay })
    expect(calendar.dayKind('2022-10-01')).toEqual({ working: false, reason: 'holiday', name: nationalDay })
    expect(calendar.dayKind('2022-07-09')).toEqual({ working: false, reason: 'weekend' })
    expect(calendar.dayKind('2022-07-11')).toEqual({ working: true, reason: 'weekday' })
  })

  it('tells announced years from those that are not', () => {
    expect([2003, 2004, 2019, 2022, 2026].map((year) => calendar.announced(year))).toEqual([
      false,
      true,
      true,
      true,
      true,
    ])
    expect(calendar.announced(2099)).toBe(false)
  })

  it('counts weekends alone in a year that is not announced, and says so', () => {
    expect(calendar.dayKind('2099-10-01')).toEqual({ working: true, reason: 'weekday' })
    expect(dueDate(calendar, '2099-09-30', 1)).toMatchObject({ dueOn: '2099-10-01', provisional: true })
  })

  it('takes in a year that an officer loads', () => {
    const loaded = officialCalendar()
    loaded.load({
      year: 2099,
      holidays: [{ on: '2099-10-01', name: nationalDay }],
      makeUpDays: [{ on: '2099-10-10', name: nationalDay }],
    })
    expect(loaded.announced(2099)).toBe(true)
    expect(loaded.dayKind('2099-10-01')).toEqual({ working: false, reason: 'holiday', name: nationalDay })
    expect(loaded.dayKind('2099-10-10')).toEqual({ working: true, reason: 'make-up', name: nationalDay })
    expect(loaded.dayKind('2099-10-12')).toEqual({ working: true, reason: 'weekday' })
    expect(calendar.announced(2099)).toBe(false)
  })

  it('lets a loaded year stand over what the package says', () => {
    const amended = officialCalendar([
      { year: 2026, holidays: [{ on: '2026-07-01', name: nationalDay }], makeUpDays: [] },
    ])
    expect(amended.dayKind('2026-07-01').working).toBe(false)
    expect(amended.dayKind('2026-07-02')).toEqual({ working: true, reason: 'weekday' })
  })
})
