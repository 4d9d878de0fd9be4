import type { ArticleId } from '@tiaoli/kernel/decisions'
import { startOfCivilDate } from '@tiaoli/kernel/instants'
import type { Organisation } from '../../foundations/identity/index.ts'
import type { Rulebook, TasksRules } from '../../foundations/rulebook/index.ts'
import { dueAgain, typeOf } from '../catalogue/index.ts'
import type { Fault, Stage, Standing, Task } from './tasks.model.ts'

/** The cycle that binds: a recorded requirement goes before what the entry says of itself. */
export const cycleOf = ({ entry, notes }: Task): string | null => notes.requiredCycle ?? entry.updateCycle

/** When the next load is due: counted from the last load, and from the publication where there was none. */
export const dueOf = (task: Task): Date | null =>
  dueAgain(cycleOf(task), task.entry.live?.at ?? task.entry.publishedAt)

/** What is owed besides being loaded: an interface, where what is excepted has to be shared all the same. */
export type Owed = { readonly interface?: boolean }

/** Pure: how the aggregation of an entry stands at a moment. */
export function standingOf(task: Task, now: Date, owed: Owed = {}): Standing {
  const { live } = task.entry
  const { source, exceptionCaseId } = task.notes
  const dueAt = dueOf(task)
  if (exceptionCaseId !== null) {
    const faults: Fault[] = owed.interface === true && task.entry.heldAt === null ? ['no-interface'] : []
    return { state: 'excepted', faults, dueAt: null, missingRows: null, lagSeconds: null }
  }
  // What stays at its source by the city's own mode is reached there and is never loaded.
  if (live === null && task.entry.heldAt !== null)
    return { state: 'at-source', faults: [], dueAt: null, missingRows: null, lagSeconds: null }
  const missingRows = source && Math.max(0, source.rows - (live?.rows ?? 0))
  const lagSeconds: number | null =
    source?.changedAt && live
      ? Math.max(0, Math.round((source.changedAt.getTime() - live.at.getTime()) / 1000))
      : null
  const faults: Fault[] = []
  if (live === null) faults.push('never-loaded')
  if (dueAt !== null && dueAt < now) faults.push('late')
  if (live !== null && missingRows) faults.push('partial')
  if (lagSeconds) faults.push('lagging')
  return { state: faults.length > 0 ? 'short' : 'aggregated', faults, dueAt, missingRows, lagSeconds }
}

/** The article that orders the body to aggregate: its group's own, or that of all. */
export const articleFor = (rules: TasksRules, body: Organisation | undefined): ArticleId =>
  rules.groups.find(({ holders }) => holders.some((role) => body?.roles.includes(role)))?.article ??
  rules.article

/** The stages that an entry with data has reached by its types, beyond being aggregated. */
export function stagesByType(
  rulebook: Rulebook,
  entry: { readonly sharingType: string; readonly openingType: string },
): Stage[] {
  const leads = (axis: 'sharing' | 'opening', type: string) =>
    (typeOf(rulebook, axis, type)?.effect ?? 'closed') !== 'closed'
  return [
    ...(leads('sharing', entry.sharingType) ? (['shared'] as const) : []),
    ...(leads('opening', entry.openingType) ? (['opened'] as const) : []),
  ]
}

/** A month of China's civil time, `2026-06`, as the moments from which and before which it lies. */
export function monthOf(month: string): { readonly from: Date; readonly before: Date } {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
  return { from: startOfCivilDate(`${month}-01`), before: startOfCivilDate(`${next}-01`) }
}

/** The middle of some durations, in hours; null where there are none. */
export function medianHours(durationsMs: readonly number[]): number | null {
  if (durationsMs.length === 0) return null
  const sorted = [...durationsMs].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return Math.round(median / 360_000) / 10
}
