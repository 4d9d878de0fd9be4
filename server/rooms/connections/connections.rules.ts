import type { Row } from '../../foundations/lake/lake.types.ts'
import { dialectOf, type SourceTable } from '../../foundations/outbound/index.ts'
import { dueAgain } from '../catalogue/index.ts'
import type { Check, ConnectionState, Measure, SourceSystem } from './connections.model.ts'

/** Checked again after this long, and twice within the time after which its data are stale. */
const usualSeconds = 300
const soonestSeconds = 30

export const secondsToNextCheck = ({ limitSeconds }: Pick<SourceSystem, 'limitSeconds'>): number =>
  limitSeconds === null
    ? usualSeconds
    : Math.min(usualSeconds, Math.max(soonestSeconds, Math.floor(limitSeconds / 2)))

/** The rows of a table are counted again after this long: a count goes through the whole of it. */
const countedAgainMs = 3_600_000

/**
 * Pure: what a usual check asks of a table. Between two counts only the time of the newest row is looked at, and only
 * where the owner states how old the data may be.
 */
export function lookAt(
  measure: Measure | null,
  limitSeconds: number | null,
  now: Date,
): 'count' | 'newest' | 'nothing' {
  if (measure === null) return 'count'
  // A table that cannot be read is read as soon as it can be; one that took too long is left alone for as long.
  if (measure.failure !== null && measure.failure !== 'too-slow') return 'count'
  if (now.getTime() - measure.at.getTime() >= countedAgainMs) return 'count'
  return limitSeconds !== null && measure.failure === null ? 'newest' : 'nothing'
}

/** Pure: where a check leaves the connection. What never worked is not broken but not connected. */
export const stateAfter = ({ okAt }: Pick<SourceSystem, 'okAt'>, check: Check): ConnectionState =>
  check.failure === null ? 'connected' : okAt === null ? 'not-connected' : 'broken'

/** Whether the data at the source are older than they may be. */
export const isStale = (limitSeconds: number | null, changedAt: Date | null, now: Date): boolean =>
  limitSeconds !== null && changedAt !== null && now.getTime() - changedAt.getTime() > limitSeconds * 1_000

/** The moment that the answer of a system names as its last change; a word that is none is left out. */
export function changedAtOf(answer: unknown): Date | null {
  const given = isRecord(answer) ? answer.changedAt : undefined
  if (typeof given !== 'string') return null
  const moment = new Date(given)
  const year = moment.getUTCFullYear()
  // Years that the store has no form for are no words of a source either.
  return year >= 1970 && year <= 9999 ? moment : null
}

/** The values of a row as a system answers it, by name of field; undefined where the answer is not of the agreed form. */
export function rowOf(answer: unknown, fields: readonly string[]): Row | undefined {
  const given = isRecord(answer) ? answer.row : undefined
  if (!isRecord(given)) return undefined
  const row: Record<string, Row[string]> = {}
  for (const field of fields) {
    const value = Object.hasOwn(given, field) ? given[field] : null
    if (value !== null && typeof value === 'object') return undefined
    row[field] = (value ?? null) as Row[string]
  }
  return row
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/**
 * `/rows/{key}` under the base address of the interface; undefined for a key that would lead elsewhere: an address
 * takes `.` and `..` for steps, however they are spelt. A `~` within a part is not the one between parts.
 */
export function rowUrl(base: string, key: readonly string[]): URL | undefined {
  const segment = key.map((part) => encodeURIComponent(part).replaceAll('~', '%7E')).join('~')
  if (['', '.', '..'].includes(segment)) return undefined
  const url = new URL(base)
  const path = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname
  url.pathname = `${path}/rows/${segment}`
  return url
}

/** A token was given for one server: whoever moves the interface to another states it anew. */
export function isSameServer(before: string | null, after: string | null): boolean {
  if (before === null || after === null) return false
  const [one, other] = [new URL(before), new URL(after)]
  // Not by their origin: all addresses of databases have the same, which is none.
  return one.protocol === other.protocol && one.host === other.host
}

/** What a system lets the platform read: an interface (http) or its database. */
export const modeOf = (url: string | null): 'interface' | 'database' | null =>
  url === null ? null : dialectOf(new URL(url)) === undefined ? 'interface' : 'database'

/**
 * Whether the data of an entry are older at their source than its update cycle allows. In real time a cycle has no
 * length of its own: there the limit holds that is registered with the system. Neither is statutory.
 */
export function isEntryStale(
  {
    updateCycle,
    limitSeconds,
  }: { readonly updateCycle: string | null; readonly limitSeconds: number | null },
  changedAt: Date | null,
  now: Date,
): boolean {
  if (changedAt === null) return false
  if (updateCycle === 'real-time' && limitSeconds !== null) return isStale(limitSeconds, changedAt, now)
  const due = dueAgain(updateCycle, changedAt)
  return due !== null && due < now
}

/**
 * Where the rows of an entry lie, from what its steward says: a column has the name of its field where nothing else
 * is said. Undefined where the name of a field is unknown to the entry.
 */
export function tableOf(
  given: {
    readonly schema: string | null
    readonly name: string
    readonly columns: readonly { readonly field: string; readonly column: string }[]
    readonly changedColumn: string | null
  },
  fields: readonly string[],
): SourceTable | undefined {
  if (given.columns.some(({ field }) => !fields.includes(field))) return undefined
  return {
    ...given,
    columns: fields.map((field) => ({
      field,
      column: given.columns.find((each) => each.field === field)?.column ?? field,
    })),
  }
}
