import type { Refusal } from '@tiaoli/kernel/decisions'
import { limitsInWords } from '@tiaoli/kernel/grant-limits'
import { type RowFilter, rowsInWords } from '@tiaoli/kernel/row-filters'
import type { DecideInput } from './decide.types.ts'
import type { AccessFacts, EntryFacts, GrantFacts, GrantUse, Plan } from './gateway.types.ts'
import {
  gradeForPublicBodies,
  gradeNeedsGrant,
  gradeOutsideType,
  requestsUsedUp,
  rowsNotDeterminable,
  rowsUsedUp,
} from './refusals-of-bounds.ts'
import type { Trace } from './trace.ts'

/** What bounds a ground beside its terms: the grade of the data, the rows it covers, and how much it lets be taken. */

/** Important and core data are given on decisions only, and as the city's rules of grades for the opening type say. */
export function freeGrade(
  ground: 'shared' | 'open',
  { grade, opening }: EntryFacts,
  trace: Trace | undefined,
): Refusal | undefined {
  const rule = ground === 'open' ? opening.grades : undefined
  const refusal =
    rule !== undefined && !rule.allowed.includes(grade ?? '')
      ? gradeOutsideType(rule)
      : grade === 'important' || grade === 'core'
        ? gradeNeedsGrant(grade)
        : undefined
  tellGrade(trace, ground, null, grade, rule, refusal)
  return refusal
}

/** Core data are held by public bodies; what is opened on request keeps to the grades of its type as well. */
export function lackOfGrade(
  { caller, entry, trace }: DecideInput,
  { id, opened, userId }: GrantFacts,
): Refusal | undefined {
  const { grade } = entry
  const rule = (opened ?? !caller.publicBody) ? entry.opening.grades : undefined
  const refusal =
    rule !== undefined && !rule.allowed.includes(grade ?? '')
      ? gradeOutsideType(rule)
      : grade === 'core' && (userId !== null || !caller.publicBody)
        ? gradeForPublicBodies(grade)
        : undefined
  tellGrade(trace, 'granted', id, grade, rule, refusal)
  return refusal
}

function tellGrade(
  trace: Trace | undefined,
  ground: Plan['basis'],
  grantId: string | null,
  grade: EntryFacts['grade'],
  rule: AccessFacts['grades'],
  refusal: Refusal | undefined,
): void {
  if (trace === undefined || (grade == null && rule === undefined)) return
  const article = rule?.article ?? null
  const met = refusal === undefined
  trace({ ground, grantId, condition: 'grade-allowed', met, article, facts: { grade: grade ?? null } })
}

/** Which rows a grant covers is told by fields: where one is gone or has become something else, nobody knows. */
export function lackOfRows(
  { entry, trace }: DecideInput,
  { id, rows = [] }: GrantFacts,
): Refusal | undefined {
  if (rows.length === 0) return undefined
  const types = new Map(entry.fields.map(({ name, type }) => [name, type]))
  const gone = rowsGone(rows, (field) => types.get(field))
  const met = gone.length === 0
  trace?.({
    ground: 'granted',
    grantId: id,
    condition: 'rows-determinable',
    met,
    article: null,
    facts: { rows: rowsInWords(rows), gone },
  })
  return met ? undefined : rowsNotDeterminable(rows, gone)
}

/** Fields of a row filter that are not what they were when it was decided. */
export const rowsGone = (filter: RowFilter, typeOf: (field: string) => string | undefined): string[] => [
  ...new Set(filter.filter(({ field, type }) => typeOf(field) !== type).map(({ field }) => field)),
]

/** What the grant lets be taken in a minute and a day is a condition of it like its end. */
export function lackOfMeasure({ used, trace }: DecideInput, { id, limits }: GrantFacts): Refusal | undefined {
  if (limits === undefined) return undefined
  const { rowsToday, requestsThisMinute } = used?.get(id) ?? nothingUsed
  const { rowsPerDay = Infinity, requestsPerMinute = Infinity } = limits
  const refusal =
    requestsThisMinute >= requestsPerMinute
      ? requestsUsedUp(limits)
      : rowsToday >= rowsPerDay
        ? rowsUsedUp(limits, 0)
        : undefined
  trace?.({
    ground: 'granted',
    grantId: id,
    condition: 'within-limits',
    met: refusal === undefined,
    article: null,
    facts: {
      limits: limitsInWords(limits),
      rowsToday: String(rowsToday),
      requestsThisMinute: String(requestsThisMinute),
    },
  })
  return refusal
}

const nothingUsed: GrantUse = { rowsToday: 0, requestsThisMinute: 0 }
