import type { CalendarDay } from '@tiaoli/contract/calendar'
import { addDays, isCivilDate } from '@tiaoli/kernel/instants'

/** The holidays of the State Council's announcements, for the English side of the calendar. */
const english: Readonly<Record<string, string>> = {
  元旦: 'New Year',
  春节: 'Spring Festival',
  清明节: 'Qingming Festival',
  劳动节: 'Labour Day',
  端午节: 'Dragon Boat Festival',
  中秋节: 'Mid-Autumn Festival',
  国庆节: 'National Day',
}

/** A break is never longer than this; a longer span is a slip of the pen. */
const longestDays = 20

export type ParsedDays = { readonly days: readonly CalendarDay[]; readonly badLines: readonly number[] }

/**
 * Days as an officer types them from the notice, one break a line: `2027-02-05 至 2027-02-11 春节`, or a single date
 * with its name. Lines that say something else are told by number, from 1.
 */
export function parseDays(text: string): ParsedDays {
  const days: CalendarDay[] = []
  const badLines: number[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const found = /^\s*(\d{4}-\d{2}-\d{2})(?:\s*(?:至|到|~|～|—|–)\s*(\d{4}-\d{2}-\d{2}))?\s+(\S.*)$/.exec(
      line,
    )
    const [, from = '', to = from, name = ''] = found ?? []
    const span = spanOf(from, to)
    if (span === undefined) badLines.push(index + 1)
    else {
      const zh = name.trim()
      for (const on of span) days.push({ on, name: { zh, en: english[zh] ?? zh } })
    }
  }
  return { days, badLines }
}

function spanOf(from: string, to: string): string[] | undefined {
  if (!isCivilDate(from) || !isCivilDate(to) || to < from) return undefined
  const span: string[] = []
  for (let on = from; on <= to; on = addDays(on, 1)) {
    span.push(on)
    if (span.length > longestDays) return undefined
  }
  return span
}
