import type { CivilDate } from '@tiaoli/kernel/instants'
import { addDays } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { Problem } from '../../foundations/problems/index.ts'
import type { Procedure, Rulebook } from '../../foundations/rulebook/index.ts'

/** The longest time that is counted at once, and the days between which there is anything to count. */
const mostDays = 3 * 366
const earliest = '2000-01-01'
const latest = '2199-12-31'

/** From the first day of the month eleven months before to today, as far as nothing else is asked. */
export function periodOf(
  asked: { readonly from?: string | undefined; readonly until?: string | undefined },
  today: CivilDate,
): { readonly from: CivilDate; readonly until: CivilDate } {
  const until = asked.until ?? today
  const from = asked.from ?? monthsBefore(until, 11)
  const outside = from < earliest || until > latest
  if (outside || from > until || addDays(from, mostDays) < until)
    throw new Problem('bad-request', {
      condition: text(
        '起止日期须先后有序，且不超过三年',
        'The days have to be in order and at most three years apart',
      ),
      remedy: text('请调整起止日期。', 'Choose other days.'),
    })
  return { from, until }
}

function monthsBefore(on: CivilDate, months: number): CivilDate {
  const month = Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1 - months
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`
}

/** Every month of the period, so that one in which nothing happened is seen as such. */
export function monthsOf({ from, until }: { readonly from: CivilDate; readonly until: CivilDate }): string[] {
  const months: string[] = []
  for (
    let month = from.slice(0, 7);
    month <= until.slice(0, 7);
    month = monthsBefore(`${month}-01`, -1).slice(0, 7)
  )
    months.push(month)
  return months
}

/** Procedures that end in a yes or a no to somebody who asks; what is ordered of a body is nobody's request. */
export const answeredProcedures = ({ procedures }: Pick<Rulebook, 'procedures'>): readonly Procedure[] =>
  procedures.filter(
    ({ roles, states }) =>
      Object.values(roles).some(({ from }) => from === 'opener') &&
      Object.values(roles).every(({ from }) => from !== 'given') &&
      states.some(({ outcome }) => outcome === 'granted' || outcome === 'refused'),
  )

/** Of those, requests for data: what they end in is a grant. */
export const givesAccess = ({ acts }: Procedure): boolean => acts.some(({ effect }) => effect === 'grant')

export const hasStatutoryPeriod = ({ clocks }: Procedure): boolean =>
  clocks.some(({ kind, workingDays }) => kind === 'statutory' && workingDays !== null)
