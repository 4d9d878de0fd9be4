import { countWorkingDays, dueDate } from '@tiaoli/kernel/working-days'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnnouncedYear, officialCalendar } from './calendar.ts'

/*
 * The count that parties rely on, held against one that shares nothing with it: days are numbered from a fixed day,
 * weekdays come from that number, and periods are walked through a plain list.
 */
const firstYear = 2019
const lastYear = 2030
const dayMs = 86_400_000
const origin = Date.UTC(firstYear - 1, 0, 1)
const textOf = (day: number): string => new Date(origin + day * dayMs).toISOString().slice(0, 10)
const numberOf = (year: number, month: number, date: number): number =>
  (Date.UTC(year, month, date) - origin) / dayMs
const daysIn = (year: number): number => numberOf(year + 1, 0, 1) - numberOf(year, 0, 1)
/** 1 January 2018 was a Monday. */
const isWeekend = (day: number): boolean => day % 7 >= 5
const end = numberOf(lastYear + 3, 0, 1)

type World = {
  readonly announced: readonly AnnouncedYear[]
  readonly works: readonly boolean[]
  readonly known: ReadonlySet<number>
}

const name = { zh: '示例假日', en: 'Demo holiday' }

/** A year with any holidays and make-up days at all, not only such as have ever been. */
const yearDays = (year: number) =>
  fc
    .record({
      off: fc.uniqueArray(fc.nat({ max: daysIn(year) - 1 }), { maxLength: 40 }),
      on: fc.uniqueArray(fc.nat({ max: daysIn(year) - 1 }), { maxLength: 12 }),
    })
    .map(({ off, on }) => {
      const start = numberOf(year, 0, 1)
      const holidays = [...new Set([0, ...off])].map((day) => start + day)
      const makeUpDays = on
        .map((day) => start + day)
        .filter((day) => isWeekend(day) && !holidays.includes(day))
      return { year, holidays, makeUpDays }
    })

const world: fc.Arbitrary<World> = fc
  .uniqueArray(fc.integer({ min: firstYear, max: lastYear }), { minLength: 1, maxLength: 12 })
  .chain((years) => fc.tuple(...years.map(yearDays)))
  .map((years) => {
    const works = Array.from({ length: end }, (_, day) => !isWeekend(day))
    for (const { holidays, makeUpDays } of years) {
      for (const day of holidays) works[day] = false
      for (const day of makeUpDays) works[day] = true
    }
    return {
      announced: years.map(({ year, holidays, makeUpDays }) => ({
        year,
        holidays: holidays.map((day) => ({ on: textOf(day), name })),
        makeUpDays: makeUpDays.map((day) => ({ on: textOf(day), name })),
      })),
      works,
      known: new Set(years.map(({ year }) => year)),
    }
  })

const start = fc.integer({ min: numberOf(firstYear, 0, 1), max: numberOf(lastYear, 11, 31) })

/** The packaged years would stand in for what a world leaves unannounced: years here are told by the world alone. */
const calendarOf = ({ announced, known }: World) => {
  const calendar = officialCalendar(announced)
  return {
    dayKind: (on: string) =>
      known.has(Number(on.slice(0, 4)))
        ? calendar.dayKind(on)
        : { working: !isWeekend((Date.parse(on) - origin) / dayMs), reason: 'weekday' as const },
    announced: (year: number) => known.has(year),
  }
}

describe('working days from 2019 to 2030, against a count of its own', () => {
  it('ends a period where the brute count ends it', () => {
    fc.assert(
      fc.property(world, start, fc.integer({ min: 1, max: 60 }), (here, from, workingDays) => {
        let day = from
        let counted = 0
        const years = new Set<number>()
        while (counted < workingDays) {
          day += 1
          years.add(new Date(origin + day * dayMs).getUTCFullYear())
          if (here.works[day]) counted += 1
        }
        const due = dueDate(calendarOf(here), textOf(from), workingDays)
        expect(due.dueOn).toBe(textOf(day))
        expect(due.provisional).toBe([...years].some((year) => !here.known.has(year)))
        expect(due.days).toHaveLength(day - from)
        expect(due.days.filter(({ number }) => number !== null)).toHaveLength(workingDays)
      }),
      { numRuns: 400 },
    )
  })

  it('counts the working days between two dates as the brute count does', () => {
    fc.assert(
      fc.property(world, start, fc.integer({ min: 0, max: 120 }), (here, from, length) => {
        const between = here.works.slice(from + 1, from + length + 1).filter(Boolean).length
        expect(countWorkingDays(calendarOf(here), textOf(from), textOf(from + length))).toBe(between)
      }),
      { numRuns: 400 },
    )
  })

  it('counts by the newest load of a year, as if the former had never been', () => {
    fc.assert(
      fc.property(yearDays(2029), yearDays(2029), (former, newest) => {
        const announced = ({ year, holidays, makeUpDays }: typeof former): AnnouncedYear => ({
          year,
          holidays: holidays.map((day) => ({ on: textOf(day), name })),
          makeUpDays: makeUpDays.map((day) => ({ on: textOf(day), name })),
        })
        const corrected = officialCalendar([announced(former)])
        corrected.load(announced(newest))
        const fresh = officialCalendar([announced(newest)])
        for (let day = numberOf(2029, 0, 1); day < numberOf(2030, 0, 1); day += 1)
          expect(corrected.dayKind(textOf(day))).toEqual(fresh.dayKind(textOf(day)))
      }),
      { numRuns: 50 },
    )
  })

  it('agrees with the days that the State Council announced, where the package has them', () => {
    const calendar = officialCalendar()
    const golden = [
      ['2022-09-30', 5, '2022-10-12'],
      ['2023-04-21', 5, '2023-04-27'],
      ['2024-02-08', 3, '2024-02-19'],
      ['2019-09-27', 2, '2019-09-30'],
    ] as const
    for (const [from, workingDays, dueOn] of golden)
      expect(dueDate(calendar, from, workingDays).dueOn).toBe(dueOn)
  })
})
