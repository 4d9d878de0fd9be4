import type { CivilDate } from '@tiaoli/kernel/instants'
import type { PublishedEntry } from '../catalogue/index.ts'

/** On whose word an entry has to be aggregated in another cycle than it says itself. */
export type Requirement = {
  readonly issuer: string
  readonly instrument: string
  readonly on: CivilDate
}

/** What lies at the source, as the platform counted it there, or as the owner of the entry reports it. */
export type SourceCount = {
  readonly rows: number
  /** Null where the source does not say when it changed. */
  readonly changedAt: Date | null
  readonly reportedAt: Date
  readonly measured: boolean
}

/** What is kept of the aggregation of an entry beside the entry and its snapshots. */
export type TaskNotes = {
  readonly requiredCycle: string | null
  readonly requirement: Requirement | null
  readonly source: SourceCount | null
  readonly exceptionCaseId: string | null
  readonly toldDueAt: Date | null
}

export const nothingNoted: TaskNotes = {
  requiredCycle: null,
  requirement: null,
  source: null,
  exceptionCaseId: null,
  toldDueAt: null,
}

/** An aggregation task (汇聚任务): what a published entry promises, and what was noted of it. */
export type Task = { readonly entry: PublishedEntry; readonly notes: TaskNotes }

/**
 * What is wrong with the aggregation of an entry. `never-loaded`: no data at all. `late`: the cycle has passed since the
 * last load. `partial`: the source has more rows. `lagging`: the source has changed since. `no-interface`: excepted, but
 * nobody can reach it where it lies.
 */
export type Fault = 'never-loaded' | 'late' | 'partial' | 'lagging' | 'no-interface'

export type Standing = {
  /** `at-source`: the rows lie with their provider and are answered from there. Excepted entries owe no load. */
  readonly state: 'excepted' | 'short' | 'aggregated' | 'at-source'
  readonly faults: readonly Fault[]
  /** When the next load is due; null where neither entry nor requirement names a cycle. */
  readonly dueAt: Date | null
  /** Rows at the source that are not here. */
  readonly missingRows: number | null
  /** How much younger the source is than what was loaded, in seconds. */
  readonly lagSeconds: number | null
}

/** The way of an entry's data, in this order. */
export const stages = ['registered', 'connected', 'aggregated', 'shared', 'opened'] as const
export type Stage = (typeof stages)[number]

export type StageReached = {
  readonly stage: Stage
  readonly at: Date
  readonly organisationId: string
  readonly userId: string
  readonly rows: number | null
  readonly source: string | null
  readonly recordId: string
}
