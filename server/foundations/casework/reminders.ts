import { addDays, type CivilDate, civilDateOf, startOfCivilDate } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { WorkingCalendar } from '@tiaoli/kernel/working-days'
import type { CaseEvent, CaseState, ClockState } from '../cases/index.ts'
import type { Procedure } from '../rulebook/index.ts'

export type Reminder = { readonly clock: ClockState; readonly subject: string; readonly at: Date }

/**
 * Reminders that a case still has coming: at the start of the working day in China that lies so many working days
 * before the due date as the rule of the clock says. Named with the date, so that one of a date that has since moved
 * finds no clock any more.
 */
export function remindersOf(
  calendar: WorkingCalendar,
  procedure: Procedure,
  { id, clocks }: CaseState,
): Reminder[] {
  return clocks.flatMap((clock) => {
    const days = procedure.clocks.find(({ key }) => key === clock.clock)?.remindWorkingDaysBefore
    if (days === undefined || !clock.running || clock.overdue || clock.dueOn === null) return []
    const at = startOfCivilDate(workingDaysBefore(calendar, clock.dueOn, days))
    return [{ clock, subject: `${id} ${clock.clock} ${clock.dueOn}`, at }]
  })
}

function workingDaysBefore(calendar: WorkingCalendar, dueOn: CivilDate, days: number): CivilDate {
  let on = dueOn
  for (let left = days; left > 0; ) {
    on = addDays(on, -1)
    if (calendar.dayKind(on).working) left -= 1
  }
  return on
}

/** What the owner of the clock is told. A local target is named as what it is. */
export const reminderNotice = (state: CaseState, clock: ClockState): { title: Text; body: Text } => ({
  title: text(`办件 ${state.number} 即将到期`, `Case ${state.number} falls due soon`),
  body: text(
    `“${clock.title.zh}”将于 ${clock.dueOn} 届满${clock.kind === 'local' ? '（非法定）' : ''}，请及时办理。`,
    `“${clock.title.en}” ends on ${clock.dueOn}${clock.kind === 'local' ? ' (not statutory)' : ''}; please act in time.`,
  ),
})

/** What owner and supervisors are told when a date has passed; of a local target it says that the law has none. */
export function overdueNotice(
  state: CaseState,
  { clocks }: CaseEvent,
  { title }: Procedure,
): { title: Text; body: Text } {
  const late = clocks.flatMap((change) => state.clocks.find((each) => each.clock === change.clock) ?? [])
  const local = late.find(({ kind }) => kind === 'local')
  if (local === undefined || late.some(({ kind }) => kind === 'statutory'))
    return {
      title: text(`办件 ${state.number} 已逾期`, `Case ${state.number} is overdue`),
      body: text(
        `${title.zh}超过时限仍未办结，请尽快办理。`,
        `${title.en}: the date has passed; please act.`,
      ),
    }
  const { zh, en } = local.instrument ?? text('', '')
  return {
    title: text(
      `办件 ${state.number} 超过本地目标（非法定）`,
      `Case ${state.number} is past its local target (not statutory)`,
    ),
    body: text(
      `${title.zh}“${local.title.zh}”已超过本地目标。该目标依据${zh}设定，条例没有规定期限。`,
      `${title.en}, “${local.title.en}”: the local target has passed. It rests on ${en}; the regulation sets no period.`,
    ),
  }
}

/** What every party is told when a year is announced and dates are counted anew by it. */
export function recountedNotice(
  state: CaseState,
  { clocks }: CaseEvent,
): { kind: string; title: Text; body: Text } {
  const dates = clocks.flatMap(({ clock, dueOn, provisional }) => {
    const title = state.clocks.find((each) => each.clock === clock)?.title
    return title === undefined || dueOn === null ? [] : [{ title, dueOn, provisional }]
  })
  return {
    kind: 'case.recounted',
    title: text(`办件 ${state.number} 的期限已重新计算`, `Case ${state.number}: its dates were counted anew`),
    body: text(
      `节假日安排公布。${dates.map(({ title, dueOn, provisional }) => `“${title.zh}”现至 ${dueOn}${provisional ? '（仍为暂定）' : ''}`).join('；')}。`,
      `The holidays were announced. ${dates.map(({ title, dueOn, provisional }) => `“${title.en}” now ends on ${dueOn}${provisional ? ' (still provisional)' : ''}`).join('; ')}.`,
    ),
  }
}

/** Whether a reminder set for `at` still lies ahead: who is told of the case today needs no other notice today. */
export const isAhead = (at: Date, now: Date): boolean => at > startOfCivilDate(civilDateOf(now))
