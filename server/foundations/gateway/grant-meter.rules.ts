import type { Refusal } from '@tiaoli/kernel/decisions'
import type { GrantLimits } from '@tiaoli/kernel/grant-limits'
import { type CivilDate, civilDateOf } from '@tiaoli/kernel/instants'
import type { GrantUse } from './gateway.types.ts'
import { requestsUsedUp, requestTooLarge, rowsUsedUp } from './refusals-of-bounds.ts'

/** What a call takes at most; `whole`: less than all of it would be no answer. */
export type Needed = { readonly rows: number; readonly whole: boolean }

/** What is left of one limit of a grant, and until when. */
export type GrantStanding = {
  readonly name: 'grant-requests' | 'grant-rows'
  readonly most: number
  readonly left: number
  readonly windowSeconds: number
  readonly resetSeconds: number
}

/** Use as it is kept: of the last day and the last minute in which there was any. `minute` counts from the epoch. */
export type KeptUse = {
  readonly day: CivilDate
  readonly rows: number
  readonly minute: number
  readonly requests: number
}

const minuteMs = 60_000
const dayMs = 86_400_000
/** Civil time in China, which knows no other. */
const chinaMs = 8 * 3_600_000

export const minuteOf = (now: Date): number => Math.floor(now.getTime() / minuteMs)

export const useAt = (kept: KeptUse | undefined, now: Date): GrantUse => ({
  rowsToday: kept?.day === civilDateOf(now) ? kept.rows : 0,
  requestsThisMinute: kept?.minute === minuteOf(now) ? kept.requests : 0,
})

/** What a call may take of what is left, or why it may not. */
export function taken(
  limits: GrantLimits,
  { rowsToday, requestsThisMinute }: GrantUse,
  { rows, whole }: Needed,
): { readonly rows: number } | { readonly refusal: Refusal } {
  const { rowsPerRequest = Infinity, rowsPerDay = Infinity, requestsPerMinute = Infinity } = limits
  if (requestsThisMinute >= requestsPerMinute) return { refusal: requestsUsedUp(limits) }
  const left = Math.max(0, rowsPerDay - rowsToday)
  if (left === 0 && rows > 0) return { refusal: rowsUsedUp(limits, 0) }
  if (whole && rows > rowsPerRequest) return { refusal: requestTooLarge(limits, rows) }
  if (whole && rows > left) return { refusal: rowsUsedUp(limits, left, rows) }
  return { rows: Math.min(rows, rowsPerRequest, left) }
}

/** How the limits of a grant stand that run out: rows of one request are no matter of time. */
export function standingUnder(limits: GrantLimits, use: GrantUse, now: Date): readonly GrantStanding[] {
  const inMinute = minuteMs - (now.getTime() % minuteMs)
  const inDay = dayMs - ((now.getTime() + chinaMs) % dayMs)
  const { rowsPerDay, requestsPerMinute } = limits
  return [
    ...(requestsPerMinute === undefined
      ? []
      : [standing('grant-requests', requestsPerMinute, use.requestsThisMinute, minuteMs, inMinute)]),
    ...(rowsPerDay === undefined ? [] : [standing('grant-rows', rowsPerDay, use.rowsToday, dayMs, inDay)]),
  ]
}

const standing = (
  name: GrantStanding['name'],
  most: number,
  used: number,
  windowMs: number,
  resetMs: number,
): GrantStanding => ({
  name,
  most,
  left: Math.max(0, most - used),
  windowSeconds: windowMs / 1000,
  resetSeconds: Math.ceil(resetMs / 1000),
})
