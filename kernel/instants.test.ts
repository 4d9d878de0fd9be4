import { describe, expect, it } from 'vitest'
import {
  addDays,
  adjustableClock,
  civilDateOf,
  civilMinuteOf,
  clockStartingAt,
  endOfCivilDate,
  isCivilDate,
  startOfCivilDate,
} from './instants.ts'

describe('civil dates in China', () => {
  it('begin and end at 16:00 UTC, the year too', () => {
    expect(civilDateOf(new Date('2026-09-28T15:59:59.999Z'))).toBe('2026-09-28')
    expect(civilDateOf(new Date('2026-09-28T16:00:00.000Z'))).toBe('2026-09-29')
    expect(civilDateOf(new Date('2026-12-31T16:00:00.000Z'))).toBe('2027-01-01')
  })

  it('have their hours eight before those of UTC, and no seconds', () => {
    expect(civilMinuteOf(new Date('2026-12-31T15:59:59.999Z'))).toBe('2026-12-31 23:59')
    expect(civilMinuteOf(new Date('2026-12-31T16:00:00.000Z'))).toBe('2027-01-01 00:00')
    expect(() => civilMinuteOf(new Date('no moment'))).toThrow(RangeError)
  })

  it.each(['2026-01-01', '2024-02-29', '2026-12-31'])('%s holds its first and its last millisecond', (on) => {
    const [start, end] = [startOfCivilDate(on), endOfCivilDate(on)]
    expect([civilDateOf(start), civilDateOf(end)]).toEqual([on, on])
    expect(civilDateOf(new Date(start.getTime() - 1))).toBe(addDays(on, -1))
    expect(civilDateOf(new Date(end.getTime() + 1))).toBe(addDays(on, 1))
  })

  it('are counted over the ends of months, leap days and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
    expect(addDays('2025-02-28', 1)).toBe('2025-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(addDays('2026-10-01', 0)).toBe('2026-10-01')
  })

  it.each(['2025-02-29', '2026-13-01', '2026-00-10', '2026-6-1', '2026-06-01T00:00:00Z', '', '二〇二六年'])(
    'do not include %j',
    (value) => {
      expect(isCivilDate(value)).toBe(false)
    },
  )
})

describe('clocks', () => {
  it('that start at a moment run on from there', () => {
    const system = adjustableClock()
    system.setTo(new Date('2026-01-01T00:00:00Z'))
    const clock = clockStartingAt(new Date('2019-05-01T00:00:00Z'), system)
    system.setTo(new Date('2026-01-01T00:01:00Z'))
    expect(clock.now().toISOString()).toBe('2019-05-01T00:01:00.000Z')
  })

  it('that are set stand still until they are released', () => {
    const base = { now: () => new Date('2026-01-01T00:00:00Z') }
    const clock = adjustableClock(base)
    clock.setTo(new Date('2020-01-01T00:00:00Z'))
    expect(clock.now()).toEqual(new Date('2020-01-01T00:00:00Z'))
    clock.release()
    expect(clock.now()).toEqual(base.now())
  })
})
