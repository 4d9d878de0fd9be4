import { addDays, type CivilDate, isCivilDate } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Power } from '../../foundations/identity/index.ts'

/** Powers with which members deal with cases: these alone go along with a hand-over. */
export const casePowers: readonly Power[] = ['requester', 'steward', 'officer']

export const dealsWithCases = (powers: readonly Power[]): boolean =>
  powers.some((power) => casePowers.includes(power))

/** Days; whoever is away for longer gives up the post. */
export const longestHandOver = 184

export type Period = { readonly fromOn: CivilDate; readonly untilOn: CivilDate }

export const overlaps = (one: Period, other: Period): boolean =>
  one.fromOn <= other.untilOn && other.fromOn <= one.untilOn

/** What is wrong with the days of a hand-over made today; undefined where nothing is. */
export function faultOfPeriod(
  { fromOn, untilOn }: Period,
  today: CivilDate,
): { readonly path: 'fromOn' | 'untilOn'; readonly message: Text } | undefined {
  if (!isCivilDate(fromOn) || fromOn < today)
    return { path: 'fromOn', message: text('须是今天或以后的日期', 'Has to be today or later') }
  if (!isCivilDate(untilOn) || untilOn < fromOn)
    return { path: 'untilOn', message: text('不能早于开始日期', 'Must not come before the first day') }
  if (untilOn > addDays(fromOn, longestHandOver))
    return {
      path: 'untilOn',
      message: text(`不超过 ${longestHandOver} 天`, `At most ${longestHandOver} days`),
    }
  return undefined
}

export type Standing = 'coming' | 'active' | 'over' | 'ended'

export function standingOf({ fromOn, untilOn }: Period, endedAt: Date | null, today: CivilDate): Standing {
  if (endedAt !== null) return 'ended'
  if (today < fromOn) return 'coming'
  return today <= untilOn ? 'active' : 'over'
}
