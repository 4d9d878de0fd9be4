import type { ArticleId, Refusal } from '@tiaoli/kernel/decisions'
import type { CivilDate, Instant } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import type { Tx } from '../database/index.ts'

/** Who does an act: a user, for an organisation or for themself, in the roles that the case gives them. */
export type Actor = { readonly userId: string; readonly organisationId: string | null; readonly name: string }

/** A legal basis as an officer cites it: instrument, rank, article. */
export type Basis = { readonly instrument: string; readonly rank: string; readonly article: string }

export type ActContent = Readonly<Record<string, unknown>>

/** One line of a case's history. The state of a case is a fold of its events and nothing else. */
export type CaseEvent = {
  readonly sequence: number
  readonly at: Instant
  /** Key of the act; `overdue` and `recomputed` are the clock's own events and have no actor. */
  readonly act: string
  readonly actor: Actor | null
  readonly role: string | null
  readonly content: ActContent
  readonly to: string
  readonly flags: Readonly<Record<string, boolean>>
  readonly clocks: readonly ClockChange[]
  readonly warnings: readonly Text[]
}

export type ClockChange = {
  readonly clock: string
  readonly change: 'started' | 'stopped' | 'extended' | 'overdue' | 'recomputed'
  readonly startedOn: CivilDate
  /** Last working day; null where the rule has no number. */
  readonly dueOn: CivilDate | null
  readonly workingDays: number | null
  /** True while the official calendar of a year that is touched has not been announced. */
  readonly provisional: boolean
}

export type ClockState = {
  readonly clock: string
  readonly kind: 'statutory' | 'local'
  readonly title: Text
  readonly article?: ArticleId
  readonly instrument?: Text
  readonly owner: string
  readonly startedOn: CivilDate
  readonly dueOn: CivilDate | null
  /** The moment the due date ends, UTC. */
  readonly dueAt: Instant | null
  readonly workingDays: number | null
  readonly provisional: boolean
  readonly extended: boolean
  readonly running: boolean
  readonly overdue: boolean
  readonly stoppedAt: Instant | null
}

export type CaseState = {
  readonly id: string
  readonly number: string
  readonly procedure: string
  readonly rulebookId: string
  readonly rulebookVersion: string
  readonly entryId: string
  readonly parties: CaseParties
  readonly state: string
  readonly outcome: 'granted' | 'refused' | 'withdrawn' | 'closed' | null
  readonly flags: Readonly<Record<string, boolean>>
  readonly clocks: readonly ClockState[]
  /** The content of the opening act. */
  readonly opening: ActContent
  readonly openedAt: Instant
  /** Number of events: what an act must name to prove that it has seen the newest. */
  readonly version: number
  readonly events: readonly CaseEvent[]
}

/** Organisations and persons in the roles of the procedure. */
export type CaseParties = Readonly<
  Record<string, { readonly organisationId: string | null; readonly userId: string | null }>
>

export type AllowedAct = {
  readonly act: string
  /** Refusal that the act would meet now, e.g. an extension after the date has passed; absent where it may be done. */
  readonly blocked?: Refusal
  readonly warnings: readonly Text[]
}

/** What a room is told inside the transaction of an act, so that its effect stands or falls with it. */
export type ActHappened = {
  readonly tx: Tx
  readonly state: CaseState
  readonly event: CaseEvent
  readonly effect: string | undefined
}
