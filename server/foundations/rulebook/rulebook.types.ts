import type { ArticleId } from '@tiaoli/kernel/decisions'
import type { CivilDate } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import type { CoverageRecord } from './coverage.ts'
import type { Obligation } from './obligation.types.ts'
import type { RoomRules } from './rooms.schema.ts'

/** A city's data regulation as data: everything the software needs to know of the law, and nothing else. */
export type Rulebook = {
  /** `chongqing-2022` */
  readonly id: string
  /** Changes with every change of a value; a case keeps the version under which it began. */
  readonly version: string
  readonly city: Text
  readonly regulation: Text
  readonly inForceOn: CivilDate
  /** Prefix of obligation and article ids: `CQ`. */
  readonly prefix: string
  /** The one-character mark before an article number on the article chip: 渝. */
  readonly chip: Text
  readonly articles: readonly Article[]
  /** Everything the regulation orders, each thing by itself. */
  readonly obligations: readonly Obligation[]
  /** Which of them scenarios have proven. */
  readonly coverage: CoverageRecord
  /** Who acts under this regulation, in its own words. */
  readonly roles: readonly RoleTerm[]
  readonly catalogue: CatalogueRules
  readonly use: UseRules
  /** What the text orders of single rooms; a room of which it orders nothing is not offered. */
  readonly rooms: RoomRules
  readonly procedures: readonly Procedure[]
}

/** Our summary of what one article orders. Never the sentence of the text. */
export type Article = {
  readonly id: ArticleId
  readonly number: number
  readonly title: Text
  readonly summary: Text
}

export type RoleTerm = {
  readonly key: string
  readonly term: Text
  /** A role that is nobody's own: whoever holds the named role at the level, and in the district, of the body it is for. */
  readonly byLevel?: { readonly city: string; readonly district: string }
  /** One body alone holds it, and the article says which: it is given to no other. */
  readonly sole?: { readonly article: ArticleId }
  /** Each area of this level, the city or a district, has one data authority that holds it. */
  readonly onePerArea?: { readonly level: 'city' | 'district'; readonly article: ArticleId }
}

export type CatalogueRules = {
  /** The city's name for the catalogue and its parts. */
  readonly name: Text
  readonly parts: readonly {
    readonly key: string
    readonly term: Text
    readonly article: ArticleId
    /** Entries of bodies in these roles belong to this part and to no other. */
    readonly holders?: readonly string[]
  }[]
  readonly sharingTypes: readonly AccessType[]
  readonly openingTypes: readonly AccessType[]
  /** What the form starts with, where the text makes a principle of it. */
  readonly defaultSharingType?: { readonly key: string; readonly article: ArticleId }
  /**
   * An entry may be without a type on this axis, and begins so: nothing is chosen for its provider. Whether it may stay
   * so is for `requiredContent` to say. `term` is what is shown in place of a type.
   */
  readonly untyped?: {
    readonly sharing?: { readonly term: Text; readonly article: ArticleId }
    readonly opening?: { readonly term: Text; readonly article: ArticleId }
  }
  /** Nothing is shared, opened or connected but as a confirmed entry of the catalogue. */
  readonly managed?: { readonly article: ArticleId; readonly condition: Text; readonly remedy: Text }
  /** Catalogues are gathered by sector under the body that leads it. */
  readonly sectors?: {
    readonly article: ArticleId
    /** The lead sees how the entries of the sector stand, of this part of the catalogue only. */
    readonly watches?: { readonly part: string }
  }
  /** The article that says which types there are on an axis, where it is not that of the types themselves. */
  readonly onlyTypes?: {
    readonly sharing?: { readonly article: ArticleId }
    readonly opening?: { readonly article: ArticleId }
  }
  /** Grade and class of the data limit how they may be opened. Which limits which is the city's setting (非法定). */
  readonly openingLimits?: {
    readonly article: ArticleId
    readonly instrument: Text
    readonly condition: Text
    readonly remedy: Text
    readonly types: readonly {
      readonly type: string
      /** Security grades that the type may have. */
      readonly grades: readonly string[]
      /** At least one field is of one of these classes (its sensitivity). */
      readonly classes: readonly string[]
    }[]
  }
  /** Ranks of legal basis that can be chosen in the form, whether or not a type accepts them. */
  readonly basisRanks: readonly { readonly key: string; readonly term: Text }[]
  /** Parts of an entry that must be there before it may be submitted. Keys name properties of the entry. */
  readonly requiredContent: readonly {
    readonly key: string
    readonly term: Text
    readonly article: ArticleId
  }[]
}

/** One of a city's sharing or opening types. Code asks for its `effect`, users see its `term`. */
export type AccessType = {
  readonly key: string
  readonly term: Text
  readonly summary: Text
  readonly article: ArticleId
  /** Where the article names no such class: the instrument or setting by which the city has it (非法定). */
  readonly instrument?: Text
  /** `free`: access without request; `by-request`: by the named procedure; `closed`: no access and no request. */
  readonly effect: 'free' | 'by-request' | 'closed'
  readonly procedure?: string
  /** Where an article says that nobody of those whom it is for may be left out. */
  readonly forAll?: { readonly article: ArticleId; readonly condition: Text; readonly remedy: Text }
  readonly demands: {
    /** Conditions of use have to be written down. */
    readonly conditions?: { readonly article: ArticleId }
    /** A legal basis of one of these ranks has to be cited. */
    readonly basis?: { readonly article: ArticleId; readonly ranks: readonly string[] }
    /** Reasons have to be stated. */
    readonly reasons?: { readonly article: ArticleId }
    /** The type has to be filed with an authority (备案). */
    readonly filing?: { readonly article: ArticleId; readonly with: string }
  }
}

/** What binds the use of shared data. */
export type UseRules = {
  /** Fields and rows outside the grant are refused. */
  readonly scope: { readonly article: ArticleId; readonly condition: Text; readonly remedy: Text }
  /** Another purpose than the granted one is refused. */
  readonly purpose: { readonly article: ArticleId; readonly condition: Text; readonly remedy: Text }
  readonly noOnwardSupply: { readonly article: ArticleId; readonly condition: Text }
  /** The article that binds the use of opened data by those who are no public bodies, where the text has its own. */
  readonly opened?: { readonly article: ArticleId }
  /** A key by which an organisation uses a grant belongs to a system of its own, with its addresses. */
  readonly registeredSystems?: {
    readonly article: ArticleId
    readonly condition: Text
    readonly remedy: Text
  }
  /** A user of freely shared data has to name the duty served, where the text binds such use to duties. */
  readonly declaredDuty?: { readonly article: ArticleId; readonly condition: Text; readonly remedy: Text }
  /** The least group of which an aggregate is given, where the text sets one; else the platform's own rule holds. */
  readonly smallestGroup?: { readonly article: ArticleId; readonly rows: number }
  /** Results made with open data must name their source. */
  readonly citation?: { readonly article: ArticleId; readonly condition: Text }
}

/** A formal procedure as a table of states, acts and clocks. The engine reads it and knows no city. */
export type Procedure = {
  readonly key: string
  readonly title: Text
  readonly summary: Text
  /** Two letters that stand for the procedure in a case number: `GX` in `CQ-GX-2026-000123`. */
  readonly numberCode: string
  readonly articles: readonly ArticleId[]
  /** `matter`: a case about no catalogue entry, called by what its opening act says under `subject`. */
  readonly about?: 'entry' | 'matter'
  /** Of a matter: the content of the opening act, a text or a choice, that names it in lists. */
  readonly subject?: string
  /** The role that decides: shown to a party before it files. */
  readonly decider: string
  /** How each role of the procedure is filled in a case. */
  readonly roles: Readonly<Record<string, RoleBinding>>
  readonly states: readonly ProcedureState[]
  readonly acts: readonly Act[]
  readonly clocks: readonly ClockRule[]
}

/**
 * `title` is what the regulation calls the party in this procedure. `power` is the part that a member needs in the
 * organisation to act for it, or one of several; where absent, who files applies, who provides compiles, who holds an office decides.
 */
type ActingPower = 'requester' | 'steward' | 'officer'

export type RoleBinding = {
  readonly title: Text
  readonly power?: ActingPower | readonly ActingPower[]
} & (
  | {
      /** The party that opened the case. */
      readonly from: 'opener'
      /** Only an organisation in one of these roles of the rulebook may open it; absent where anyone may. */
      readonly holding?: {
        readonly roles: readonly string[]
        readonly article: ArticleId
        readonly condition: Text
        readonly remedy: Text
      }
    }
  /** The organisation that provides the entry the case is about. */
  | { readonly from: 'provider' }
  /** The one organisation that holds this role of the rulebook. */
  | { readonly from: 'role'; readonly role: string }
  /**
   * The organisation that an act names under this key of its content, or the provider of the entry that it names;
   * vacant until one does.
   */
  | { readonly from: 'named'; readonly content: string }
  /** The party, an organisation or a person, whom the room that opens the case names. */
  | { readonly from: 'given' }
)

export type ProcedureState = {
  readonly key: string
  readonly title: Text
  /** In plain words: where the case stands and what comes next. */
  readonly summary: Text
  /** Roles that have to do something now. */
  readonly waitsFor: readonly string[]
  /** How the case has ended, where it has. */
  readonly outcome?: 'granted' | 'refused' | 'withdrawn' | 'closed'
}

export type Act = {
  readonly key: string
  readonly title: Text
  readonly summary: Text
  readonly article?: ArticleId
  readonly by: readonly string[]
  /**
   * Whoever does it must not be the party in one of these roles: nobody decides an own request. Where the regulation names
   * one body only and that body is itself the party, another person of it has to act, and a warning is recorded.
   */
  readonly apartFrom?: readonly string[]
  /** States in which it may be done; empty for the act that opens the case. */
  readonly from: readonly string[]
  /** The state it leads to; absent where the state stays. */
  readonly to?: string
  /** The act whose terms this one settles where it says nothing itself; the opening act where absent. */
  readonly takesUp?: string
  readonly tone?: 'primary' | 'danger'
  readonly content: readonly ContentField[]
  readonly needs?: readonly FlagCondition[]
  readonly sets?: Readonly<Record<string, boolean>>
  readonly starts?: readonly string[]
  readonly stops?: readonly string[]
  /** Clocks that stand still from this act, with the reason that its content states, until another resumes them. */
  readonly pauses?: readonly string[]
  readonly resumes?: readonly string[]
  readonly extends?: { readonly clock: string; readonly workingDays: number; readonly article: ArticleId }
  /** Only while this clock has not passed its date. */
  readonly before?: {
    readonly clock: string
    readonly article?: ArticleId
    readonly condition: Text
    readonly remedy: Text
  }
  readonly once?: boolean
  /**
   * May be done on several cases at a time with one content; each is decided by itself. Only where no article asks for
   * a statement of its own in each case.
   */
  readonly together?: boolean
  /** Said to the actor before and recorded with the act when it is done while the condition holds. */
  readonly warns?: readonly ActWarning[]
  /** What has to follow outside the case, in the same transaction; a room gives the name its meaning. */
  readonly effect?: string
}

export type FlagCondition = {
  readonly flag: string
  readonly is: boolean
  readonly article?: ArticleId
  readonly condition: Text
  readonly remedy: Text
}

/** Holds while the clock runs and its date has not passed. */
export type ActWarning = {
  readonly whileRunning: string
  readonly article?: ArticleId
  readonly warning: Text
}

export type ContentField = {
  readonly key: string
  /**
   * `basis`: instrument, rank and article; `fields`: names of fields of the entry; `masks`, `rows`, `limits`: how these are given, which rows, how much; `choice`: one of `choices`;
   * `organisation`: a registered organisation by its id; `entry`: a published entry by its id; `undertaking`: something that has to be affirmed, true or
   * not given at all.
   */
  readonly kind:
    | 'text'
    | 'basis'
    | 'fields'
    | 'masks'
    | 'rows'
    | 'limits'
    | 'date'
    | 'choice'
    | 'organisation'
    | 'entry'
    | 'undertaking'
  readonly title: Text
  readonly help?: Text
  readonly required: boolean
  readonly article?: ArticleId
  /** In characters, after white space at both ends is cut. */
  readonly minLength?: number
  readonly maxLength?: number
  readonly choices?: readonly { readonly key: string; readonly term: Text }[]
  /** Ranks that a basis may have. The loader fills in every rank of the rulebook where the text names none. */
  readonly ranks?: readonly string[]
}

/**
 * `statutory` rests on an article; `local` is the city's own target (非法定) and rests on an instrument; `waiting`
 * is no period at all: the text orders none, and only the time gone by is shown.
 */
export type ClockKind = 'statutory' | 'local' | 'waiting'

export type ClockRule = {
  readonly key: string
  readonly title: Text
  readonly kind: ClockKind
  /** Null where the rule has no number: the clock then shows waiting time and is never overdue. */
  readonly workingDays: number | null
  readonly article?: ArticleId
  readonly instrument?: Text
  /** The case goes on by itself, to this state, when the date has ended; only where an article says so. */
  readonly lapses?: { readonly to: string; readonly article: ArticleId }
  /** The role that has to act before it ends. */
  readonly owner: string
  /** Warn the owner this many working days before the due date. */
  readonly remindWorkingDaysBefore?: number
}
