import { describe, expect, it } from 'vitest'
import type { CaseState, ClockState } from '../cases/index.ts'
import { officialCalendar, type Procedure } from '../rulebook/index.ts'
import { isAhead, reminderNotice, remindersOf } from './reminders.ts'

const clock: ClockState = {
  clock: 'reply',
  kind: 'statutory',
  title: { zh: '答复期限', en: 'reply period' },
  article: 'XX-1',
  owner: 'authority',
  startedOn: '2022-09-23',
  dueOn: '2022-10-08',
  dueAt: '2022-10-08T15:59:59.999Z',
  workingDays: 6,
  provisional: false,
  extended: false,
  running: true,
  overdue: false,
  stoppedAt: null,
}
const remindersFor = (change: Partial<ClockState>, remindWorkingDaysBefore?: number) =>
  remindersOf(
    officialCalendar(),
    { clocks: [{ key: 'reply', remindWorkingDaysBefore }] } as unknown as Procedure,
    { id: 'case', clocks: [{ ...clock, ...change }] } as unknown as CaseState,
  ).map(({ subject, at }) => [subject, at.toISOString()])

describe('the reminder of a clock', () => {
  it('comes at the start of the working day before in China: holidays are passed over', () => {
    expect(remindersFor({}, 1)).toEqual([['case reply 2022-10-08', '2022-09-29T16:00:00.000Z']])
    expect(remindersFor({}, 2)).toEqual([['case reply 2022-10-08', '2022-09-28T16:00:00.000Z']])
  })

  it('does not come where the rule speaks of none, nor for a clock that has stopped, passed, or has no date', () => {
    expect(remindersFor({})).toEqual([])
    for (const change of [{ running: false }, { overdue: true }, { dueOn: null, dueAt: null }])
      expect(remindersFor(change, 1)).toEqual([])
  })

  it('is not filed on its own day any more', () => {
    const at = new Date('2022-09-29T16:00:00.000Z')
    expect(isAhead(at, new Date('2022-09-29T15:59:59.999Z'))).toBe(true)
    expect(isAhead(at, at)).toBe(false)
  })

  it('calls a local target what it is', () => {
    const state = { number: 'XX-1' } as CaseState
    expect(reminderNotice(state, clock).body.zh).not.toContain('非法定')
    expect(reminderNotice(state, { ...clock, kind: 'local' }).body.zh).toContain('非法定')
  })
})
