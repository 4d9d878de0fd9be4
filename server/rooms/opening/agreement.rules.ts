import { addDays, type CivilDate, isCivilDate } from '@tiaoli/kernel/instants'
import {
  type AgreementRules,
  type FeedbackRhythm,
  feedbackRhythms,
} from '../../foundations/rulebook/index.ts'
import type { AgreementModel, Matters } from './agreement.model.ts'

/** More dates than this no agreement means: ten years of monthly feedback. */
const mostFeedbackDates = 120

/**
 * The days on which feedback is due: the first one agreed, then by the rhythm, as long as the period of use lasts.
 * A month that is too short for the day has it on its last day.
 *
 * @article CQ-29.2-a CQ-29.3-b
 */
export function feedbackDates(first: CivilDate, rhythm: FeedbackRhythm, until: CivilDate): CivilDate[] {
  const months = feedbackRhythms[rhythm]
  const dates = [first]
  if (months === 0) return dates
  for (let step = 1; dates.length < mostFeedbackDates; step++) {
    const on = addMonths(first, step * months)
    if (on > until) return dates
    dates.push(on)
  }
  return dates
}

/** The same day of a later month, or that month's last day. */
export function addMonths(on: CivilDate, months: number): CivilDate {
  const [year, month, day] = on.split('-').map(Number) as [number, number, number]
  const firstOfMonth = new Date(Date.UTC(year, month - 1 + months, 1))
  const lastDay = new Date(Date.UTC(firstOfMonth.getUTCFullYear(), firstOfMonth.getUTCMonth() + 1, 0))
  const begin = firstOfMonth.toISOString().slice(0, 10)
  return addDays(begin, Math.min(day, lastDay.getUTCDate()) - 1)
}

/** Measures of a text that names one a line; numbering and bullets are left out. */
export const measuresOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim().replace(/^(?:[-*•·]|[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．])\s*/u, ''))
      .filter((line) => line !== ''),
  ),
]

export type Deviation = { readonly key: string; readonly model: string; readonly agreed: string }

/** Where the parties wrote something else than the model text has. White space does not count. @article CQ-29.2-b */
export function deviationsFrom(model: AgreementModel | undefined, matters: Matters): Deviation[] {
  return Object.entries(model?.clauses ?? {}).flatMap(([key, clause]) => {
    const agreed = textOf(matters[key])
    return plain(agreed) === plain(clause) ? [] : [{ key, model: clause, agreed }]
  })
}

const plain = (text: string): string => text.replace(/\s+/gu, '')

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.join('、') : ''

/**
 * What the agreement settles in dates, as the act that offered it has recorded it. A case that began before its
 * procedure asked for days of feedback has none.
 */
export function datesOf(
  rules: AgreementRules,
  matters: Matters,
): { until: CivilDate; feedback: readonly CivilDate[] } {
  const until = matters[rules.until]
  if (!isDate(until)) throw new Error('an agreement without the end of its period')
  const first = matters[rules.feedback.first]
  const rhythm = matters[rules.feedback.rhythm] as FeedbackRhythm
  return { until, feedback: isDate(first) ? feedbackDates(first, rhythm, until) : [] }
}

const isDate = (value: unknown): value is CivilDate => typeof value === 'string' && isCivilDate(value)

/**
 * What an agreement starts from: what was asked for, and the model text in force. The authority changes what it will.
 *
 * @article CQ-29.1-a CQ-29.2-b
 */
export function draftMatters(
  rules: AgreementRules,
  request: Matters,
  model: AgreementModel | undefined,
): Matters {
  const keys = [...rules.matters.keys, rules.feedback.first, rules.feedback.rhythm]
  const drafted = keys.flatMap((key) => {
    const value = model?.clauses[key] ?? request[key]
    return value === undefined ? [] : [[key, value] as const]
  })
  return Object.fromEntries(drafted)
}
