import type { CaseSummary } from '@tiaoli/contract/cases'
import { type Language, type Text, text } from '@tiaoli/kernel/text'
import { ICalCalendar } from 'ical-generator'

export type DueDate = {
  readonly caseId: string
  readonly number: string
  /** `statutory` rests on an article; `local` is the city's own target. */
  readonly kind: 'statutory' | 'local' | 'waiting'
  readonly clock: string
  readonly title: Text
  readonly dueOn: string
}

/** The due dates of a list of cases; a case that nothing sets a date for has none. */
export const dueDatesOf = (
  cases: readonly CaseSummary[],
  titleOf: (procedure: string, clock: string) => Text | undefined,
): DueDate[] =>
  cases.flatMap(({ id, number, procedure, due }) =>
    due === null
      ? []
      : [
          {
            caseId: id,
            number,
            kind: due.kind,
            clock: due.clock,
            title: titleOf(procedure.key, due.clock) ?? procedure.title,
            dueOn: due.dueOn,
          },
        ],
  )

const kindWords: Readonly<Record<DueDate['kind'], Text>> = {
  statutory: text('法定期限', 'statutory'),
  local: text('非法定', 'not statutory'),
  waiting: text('仅计时', 'waiting time'),
}

/**
 * The dates as a calendar (RFC 5545) of whole days. It leaves the platform under a secret address and is kept by
 * whatever program reads it: so it names cases by their number and says neither of whom nor of what they are.
 */
export function dueCalendar(
  dates: readonly DueDate[],
  of: {
    readonly name: string
    readonly language: Language
    readonly publicUrl: string
    readonly host: string
    readonly now: Date
  },
): string {
  const { language } = of
  const calendar = new ICalCalendar({
    name: of.name,
    prodId: { company: 'Tiaoli', product: 'due dates', language: language === 'zh' ? 'ZH' : 'EN' },
    ttl: 3600,
  })
  for (const { caseId, number, kind, clock, title, dueOn } of dates)
    calendar.createEvent({
      id: `${caseId}.${clock}@${of.host}`,
      start: new Date(`${dueOn}T00:00:00Z`),
      allDay: true,
      stamp: of.now,
      summary: `${number} ${title[language]}（${kindWords[kind][language]}）`,
      url: `${of.publicUrl}/desk/cases/${caseId}`,
    })
  return calendar.toString()
}
