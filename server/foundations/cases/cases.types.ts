import type { figureKeys } from '@tiaoli/contract/figures'
import type { ArticleId, Refusal, Verdict } from '@tiaoli/kernel/decisions'
import type { CivilDate, Clock, Instant } from '@tiaoli/kernel/instants'
import type { Mask } from '@tiaoli/kernel/masks'
import type { Text } from '@tiaoli/kernel/text'
import type { CountedDay, WorkingCalendar } from '@tiaoli/kernel/working-days'
import type { Database, Tx } from '../database/index.ts'
import type { Act, Article, ClockKind, ContentField, Procedure, Rulebook } from '../rulebook/index.ts'
import type { LocalTarget } from './edition.ts'

/** Who does an act: a user, for an organisation or for themself, in the roles that the case gives them. */
export type Actor = {
  readonly userId: string
  readonly organisationId: string | null
  readonly name: string
  /** The colleague whose part the actor plays while that colleague is away; bound by what binds either. */
  readonly inPlaceOf?: { readonly userId: string; readonly name: string }
}

/** A legal basis as an officer cites it: instrument, rank, article. */
export type Basis = { readonly instrument: string; readonly rank: string; readonly article: string }

export type ActContent = Readonly<Record<string, unknown>>

/** One line of a case's history. The state of a case is a fold of its events and nothing else. */
export type CaseEvent = {
  readonly sequence: number
  readonly at: Instant
  /** Key of the act; `overdue`, `lapsed`, `recomputed`, `provider-replaced` and `party-succeeded` are the house's own events and have no actor. */
  readonly act: string
  readonly actor: Actor | null
  readonly role: string | null
  readonly content: ActContent
  /** The state in which the case is after the event. */
  readonly to: string
  /** The flags that the act sets; others stay as they are. */
  readonly flags: Readonly<Record<string, boolean>>
  readonly clocks: readonly ClockChange[]
  /** What the actor was told and went on in spite of. */
  readonly warnings: readonly Text[]
  /** Parties that the act names, by role; absent where it names none. */
  readonly parties?: CaseParties
}

export type ClockChange = {
  readonly clock: string
  readonly change: 'started' | 'stopped' | 'extended' | 'overdue' | 'recomputed' | 'paused' | 'resumed'
  readonly startedOn: CivilDate
  /** The last day of the period; null where the rule has no number. */
  readonly dueOn: CivilDate | null
  readonly workingDays: number | null
  /** True while the official calendar of a year that is touched has not been announced. */
  readonly provisional: boolean
  /** Where the period was ever paused; it has no due date while it stands still. */
  readonly pause?: ClockPause
}

export type ClockPause = {
  readonly pausedOn: CivilDate
  /** Working days of the period that had ended before the day of the pause. */
  readonly usedWorkingDays: number
  /** The day on which it went on, which is not counted; null while it stands still. */
  readonly resumedOn: CivilDate | null
}

export type ClockState = {
  readonly clock: string
  readonly kind: ClockKind
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
  readonly pause?: ClockPause
}

export type CaseState = {
  readonly id: string
  readonly number: string
  readonly procedure: string
  readonly rulebookId: string
  readonly rulebookVersion: string
  /** Null where the case is about no entry. */
  readonly entryId: string | null
  /** What a case without entry is about, in the words of whoever opened it. */
  readonly subject: Text | null
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
  /** As the edition has it under which the case began. */
  readonly procedure: Procedure
  readonly state: CaseState
  readonly event: CaseEvent
  readonly effect: string | undefined
  /** Whoever brought it about tells those concerned in a way of its own. */
  readonly quiet: boolean
}

/** What the engine has to know of the entry that a case is about. */
export type EntryFacts = {
  readonly providerId: string
  readonly published: boolean
  readonly fieldNames: readonly string[]
  /** Whether values of a field can be shown under a mask. */
  readonly fits: (fieldName: string, mask: Mask) => boolean
  /** The type of a field; undefined where the entry has none of that name. */
  readonly typeOf: (fieldName: string) => string | undefined
}

/** What content may name: fields of the entry, if the case has one, organisations, and other entries. */
export type Nameable = {
  readonly fieldNames: readonly string[]
  /** Whether values of the field can be shown under the mask. */
  readonly fits: (fieldName: string, mask: Mask) => boolean
  readonly typeOf: (fieldName: string) => string | undefined
  readonly isOrganisation: (id: string) => boolean
  /** The provider of each published entry that the content names, by the id of the entry. */
  readonly providers: ReadonlyMap<string, string>
}

export type OpenCase = {
  readonly procedure: string
  /** Null for a procedure about a matter. */
  readonly entryId: string | null
  readonly actor: Actor
  readonly content: ActContent
  /** Parties of roles that the opening room names. */
  readonly given?: CaseParties
  /** Many cases are opened together, and those concerned are told once by whoever does it. */
  readonly quiet?: boolean
  /** A transaction that the case joins, where its opening is part of something larger. */
  readonly tx?: Tx
}

/** Cases of one procedure that are opened in one act, each on an entry that the opening room has just written. */
export type OpenCases = Pick<OpenCase, 'procedure' | 'actor' | 'content' | 'quiet'> & {
  readonly tx: Tx
  readonly on: readonly {
    /** Under which the case is opened, so that the entry can name it. */
    readonly caseId: string
    readonly entryId: string
    readonly entry: EntryFacts
  }[]
}

export type ActOnCase = {
  readonly caseId: string
  readonly act: string
  readonly actor: Actor
  readonly content: ActContent
  /** The version that the actor has seen. */
  readonly version: number
  readonly tx?: Tx
}

/** A case as one viewer sees it, with what that viewer may do now. */
export type CaseView = {
  readonly state: CaseState
  readonly procedure: Procedure
  readonly allowed: readonly AllowedAct[]
  /** The roles that the viewer has in the case. */
  readonly roles: readonly string[]
}

/**
 * `inbox`: waits for me, the nearest due date first. `mine`: opened by me. `involved`: I am a party.
 * `all`: every case; the room decides who may ask for that.
 */
export type CaseBox = 'inbox' | 'mine' | 'involved' | 'all'

export type ListCases = {
  /** The transaction of the caller, where it is in one. */
  readonly tx?: Tx
  readonly box: CaseBox
  readonly actor: Actor
  /** In the box `all`: only cases in which one of these organisations takes part. */
  readonly organisationIds?: readonly string[]
  /** From the page before; an unknown one is refused. */
  readonly cursor?: string
  /** 1 to 200. */
  readonly limit?: number
  readonly procedure?: string
  readonly state?: string
  readonly entryId?: string
  /** True: only cases that have not ended; false: only those that have. */
  readonly open?: boolean
  /** Only the cases that a figure counts. */
  readonly counted?: CountedCases
}

/**
 * What is counted of cases. `late`: answered, a statutory date having passed; `inTime`: answered with every statutory
 * date kept; `untimed`: answered where no statutory period has a number; `overdue`: unanswered, its statutory date past.
 * `missedLocal` counts targets that the city set itself (非法定) and has no part in the others.
 */
export type FigureKey = (typeof figureKeys)[number]

/** Cases opened from a day to another, both included. */
export type FigureScope = {
  readonly from: CivilDate
  readonly until: CivilDate
  readonly procedures: readonly string[]
  /** Whose part an organisation is counted by; absent for the city as a whole. */
  readonly by?: 'applicant' | 'provider' | 'decider'
  /** Only theirs; absent for everybody's. */
  readonly organisationIds?: readonly string[]
}

export type CountCases = FigureScope & {
  readonly group: 'all' | 'month' | 'organisation'
  /** Most organisations that are told, those with the most cases first. */
  readonly limit: number
}

export type CaseCount = {
  readonly organisationId: string | null
  /** `2026-10`. */
  readonly month: string | null
  /** From opening to the first answer; null where nothing was answered. */
  readonly medianWorkingDays: number | null
  readonly counts: Readonly<Record<FigureKey, number>>
}

/** The cases behind one figure. */
export type CountedCases = FigureScope & { readonly key: FigureKey; readonly basisRank?: string }

export type CaseSummary = {
  readonly id: string
  readonly number: string
  readonly procedure: string
  /** As the edition has it under which the case began. */
  readonly definition: Procedure
  readonly entryId: string | null
  readonly subject: Text | null
  readonly state: string
  readonly stateTitle: Text
  readonly outcome: CaseState['outcome']
  readonly parties: CaseParties
  readonly waitingOrganisationIds: readonly string[]
  /** The running clock that ends first: among the viewer's own in the inbox, among all elsewhere. */
  readonly due: { readonly clock: string; readonly kind: ClockKind; readonly dueAt: Instant } | null
  /** True where a running clock has been marked overdue. */
  readonly overdue: boolean
  readonly openedAt: Instant
  readonly updatedAt: Instant
  readonly version: number
}

export type CasePage = { readonly cases: readonly CaseSummary[]; readonly nextCursor: string | null }

/** What a request would meet, told before it is filed. */
export type CasePreview = {
  readonly procedure: Procedure
  readonly rulebookId: string
  readonly rulebookVersion: string
  readonly opening: Act
  readonly content: readonly ContentField[]
  readonly parties: CaseParties
  readonly decider: {
    readonly role: string
    readonly title: Text
    readonly organisationId: string | null
  }
  /** Every clock of the procedure; those that filing starts carry the dates they would have if filed now. */
  readonly clocks: readonly {
    readonly clock: string
    readonly title: Text
    readonly kind: ClockKind
    readonly article?: ArticleId
    readonly instrument?: Text
    readonly owner: string
    readonly workingDays: number | null
    readonly startsOnFiling: boolean
    readonly dueOn: CivilDate | null
    readonly provisional: boolean
    readonly days: readonly CountedDay[]
  }[]
  readonly articles: readonly Article[]
  /** What filing would be refused for, whatever is written in the form. */
  readonly refusal?: Refusal
}

/** The door to formal procedures. Refusals are answers; only faults of the house throw. */
export type Cases = {
  open(request: OpenCase): Promise<Verdict<CaseState>>
  /** All of them or, with the refusal of the first that meets one, none. */
  openAll(request: OpenCases): Promise<Verdict<readonly CaseState[]>>
  /** A stale `version` is refused with the code `case-changed`. */
  act(request: ActOnCase): Promise<Verdict<CaseState>>
  /**
   * Undefined where there is no such case or the viewer is no party to it. A viewer of null is the house itself,
   * for rooms that have decided already who may read; it may do nothing.
   */
  get(caseId: string, viewer: Actor | null, tx?: Tx): Promise<CaseView | undefined>
  list(request: ListCases): Promise<Verdict<CasePage>>
  preview(request: {
    readonly procedure: string
    readonly entryId: string | null
    readonly opener: Actor
    readonly at?: Date
  }): Promise<Verdict<CasePreview>>
  /** Cases of these procedures that ended with a yes or a no, by entry, and how long after their opening. */
  answered(
    procedures: readonly string[],
  ): Promise<readonly { readonly entryId: string; readonly tookMs: number }[]>
  /** Of these entries, those on which a case in which the organisation takes part was refused. */
  refusedTo(organisationId: string, entryIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Puts a body into every part that another has in open cases; gives the number of cases. Periods run on. */
  replaceOrganisation(request: {
    readonly tx: Tx
    readonly fromId: string
    readonly toId: string
  }): Promise<number>
  /** Puts another organisation in the provider's part of every open case about the entry; each keeps its history. */
  replaceProvider(request: {
    readonly tx: Tx
    readonly entryId: string
    readonly organisationId: string
  }): Promise<void>
  /** Numbers of cases opened in a time, in one group or by month or organisation. */
  count(scope: CountCases): Promise<readonly CaseCount[]>
  /** Refusals by what they rest on. */
  countBases(
    scope: FigureScope,
  ): Promise<
    readonly { readonly rank: string | null; readonly instrument: string | null; readonly cases: number }[]
  >
  /** Writes what is counted of cases that are older than the figures; gives their number. */
  countOlder(): Promise<number>
  /** Marks every clock whose date has passed by `now`; gives the number of cases marked. */
  markOverdue(now: Date): Promise<number>
  /** Counts dates anew once `year` has been announced or corrected; gives the number of cases with a new date. */
  recompute(year: number): Promise<number>
}

export type CasesDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly calendar: WorkingCalendar
  /** Brings the calendar up to what other nodes have loaded, before anything is counted by it. */
  readonly readCalendar?: (tx: Tx) => Promise<void>
  readonly clock: Clock
  /** Called inside the transaction of every event; if it throws, nothing has happened. */
  readonly onAct: (happened: ActHappened) => Promise<void>
  /** Called in place of `onAct` for cases that were opened in one act, so that what is done for each is done at once. */
  readonly onOpened?: (happened: readonly ActHappened[]) => Promise<void>
  /** Local targets that hold for cases of the procedure that begin now; absent where none can be set. */
  readonly localTargets?: (procedure: string, tx: Tx) => Promise<readonly LocalTarget[]>
  /** Ids of the organisations that hold a role of the rulebook. */
  /** Whoever holds the role towards the bodies that the case concerns: a role can follow their level. */
  readonly organisationsWithRole: (
    role: string,
    tx: Tx,
    concerned: readonly string[],
  ) => Promise<readonly string[]>
  readonly isOrganisation: (id: string) => boolean
  readonly entryFacts: (entryId: string, tx: Tx) => Promise<EntryFacts | undefined>
}
