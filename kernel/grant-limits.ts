import { type Text, text } from './text.ts'

/** How much may be taken under a grant: rows with one request, rows within a day of China, requests within a minute. */
export const grantLimitKinds = ['rowsPerRequest', 'rowsPerDay', 'requestsPerMinute'] as const
export type GrantLimitKind = (typeof grantLimitKinds)[number]

/** Absent kinds have no limit of the grant's; those of the platform hold for everybody beside it. */
export type GrantLimits = { readonly [K in GrantLimitKind]?: number }

/** The greatest number that can be set: beyond it a limit says nothing. */
export const greatestLimit = 1_000_000_000

/** Limits as they were stated; undefined for what is none: an unknown kind, no whole number from 1. */
export function readLimits(stated: unknown): GrantLimits | undefined {
  if (stated === null || typeof stated !== 'object' || Array.isArray(stated)) return undefined
  const entries = Object.entries(stated)
  const right = entries.every(
    ([kind, most]) =>
      grantLimitKinds.some((each) => each === kind) &&
      Number.isSafeInteger(most) &&
      most >= 1 &&
      most <= greatestLimit,
  )
  return right && entries.length > 0 ? Object.fromEntries(entries) : undefined
}

/** Limits in words, the narrowest window first. */
export function limitsInWords(limits: GrantLimits): Text {
  const set = grantLimitKinds.flatMap((kind) =>
    limits[kind] === undefined ? [] : ([[kind, limits[kind]]] as const),
  )
  return text(
    set
      .map(([kind, most]) => `${zh[kind]}不超过 ${most} ${kind === 'requestsPerMinute' ? '次请求' : '行'}`)
      .join('，'),
    set.map(([kind, most]) => `at most ${most} ${en[kind]}`).join(', '),
  )
}

const zh = { rowsPerRequest: '每次请求', rowsPerDay: '每日', requestsPerMinute: '每分钟' } as const
const en = {
  rowsPerRequest: 'rows with one request',
  rowsPerDay: 'rows a day',
  requestsPerMinute: 'requests a minute',
} as const
