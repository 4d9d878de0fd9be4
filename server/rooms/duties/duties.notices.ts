import { addDays, type CivilDate, endOfCivilDate, startOfCivilDate } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Duty, Target } from './duties.model.ts'
import { soonDays } from './duties.rules.ts'

/** What is told of a date: that it is near, and that it has passed. */
export type Reminder = { readonly subject: string; readonly at: Date }

const subjectOf = (duty: Duty, on: CivilDate, what: 'soon' | 'late'): string => `${duty.id} ${on} ${what}`

export function readSubject(subject: string): { dutyId: string; on: CivilDate; what: 'soon' | 'late' } {
  const [dutyId = '', on = '', what] = subject.split(' ')
  return { dutyId, on, what: what === 'late' ? 'late' : 'soon' }
}

/** Both for one date; the first only while it lies ahead. */
export function remindersOf(duty: Duty, on: CivilDate, now: Date): Reminder[] {
  const soonAt = startOfCivilDate(addDays(on, -soonDays))
  const lateAt = new Date(endOfCivilDate(on).getTime() + 1)
  return [
    ...(soonAt > now ? [{ subject: subjectOf(duty, on, 'soon'), at: soonAt }] : []),
    { subject: subjectOf(duty, on, 'late'), at: lateAt },
  ]
}

/** Every notice about a date says that the city set it, and by what. */
export function dateNotice(
  duty: Duty,
  { instrument }: Target,
  on: CivilDate,
  what: 'soon' | 'late',
): { kind: string; title: Text; body: Text; link: string } {
  const soon = what === 'soon'
  return {
    kind: soon ? 'duty.due-soon' : 'duty.late',
    title: soon
      ? text(`职责“${duty.title.zh}”临近目标日期`, `Duty “${duty.title.en}”: its target date is near`)
      : text(`职责“${duty.title.zh}”已过目标日期`, `Duty “${duty.title.en}”: its target date has passed`),
    body: text(
      `本市目标日期 ${on}（非法定，依据：${instrument.zh}），尚未收到履职材料。`,
      `The city’s own target is ${on} (not statutory; by ${instrument.en}); no evidence has been filed for it.`,
    ),
    link: `/desk/duties/${encodeURIComponent(duty.id)}`,
  }
}

export const ownerNotice = (duty: Duty): { kind: string; title: Text; body: Text; link: string } => ({
  kind: 'duty.owners',
  title: text(
    `本单位被指定承担职责“${duty.title.zh}”`,
    `Your organisation answers for “${duty.title.en}” from now on`,
  ),
  body: text(
    `依据：${duty.id}。请查看要求并留存履职材料。`,
    `By ${duty.id}. See what is asked, and file evidence.`,
  ),
  link: `/desk/duties/${encodeURIComponent(duty.id)}`,
})

export const targetNotice = (
  duty: Duty,
  { firstDueOn, instrument }: Target,
): { kind: string; title: Text; body: Text; link: string } => ({
  kind: 'duty.target',
  title: text(`职责“${duty.title.zh}”有了目标日期`, `Duty “${duty.title.en}” has a target date`),
  body: text(
    `首个目标日期 ${firstDueOn}（非法定，依据：${instrument.zh}）。`,
    `The first target date is ${firstDueOn} (not statutory; by ${instrument.en}).`,
  ),
  link: `/desk/duties/${encodeURIComponent(duty.id)}`,
})
