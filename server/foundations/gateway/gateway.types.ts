import type { ArticleId } from '@tiaoli/kernel/decisions'
import type { GrantLimits } from '@tiaoli/kernel/grant-limits'
import type { Instant } from '@tiaoli/kernel/instants'
import type { Mask } from '@tiaoli/kernel/masks'
import type { RowFilter } from '@tiaoli/kernel/row-filters'
import type { Text } from '@tiaoli/kernel/text'
import type { FieldType } from '../lake/lake.types.ts'

/** Who calls: nobody in particular (the public), a signed-in user, or a key that stands for its owner. */
export type Caller = {
  readonly userId: string | null
  readonly organisationId: string | null
  /** Organisation is a public body that may use shared data. */
  readonly publicBody: boolean
  readonly apiKeyId: string | null
  /** A key can be bound to one grant. */
  readonly keyGrantId: string | null
  /** A key can be kept to some entries. */
  readonly keyEntryIds?: readonly string[] | undefined
  /** From where; absent where the house itself calls. */
  readonly address?: string | undefined
}

export type Purpose = { readonly grantId?: string; readonly scenario?: string }

/** What the gateway has to know of an entry. */
export type EntryFacts = {
  readonly id: string
  readonly providerId: string
  readonly published: boolean
  /** Security grade (数据分级); absent or null where the entry has none. */
  readonly grade?: SecurityGrade | null
  readonly sharing: AccessFacts
  readonly opening: AccessFacts
  readonly fields: readonly FieldFacts[]
}

/** General grades and, above them, important and core data (GB/T 43697). */
export type SecurityGrade = 'general-1' | 'general-2' | 'general-3' | 'general-4' | 'important' | 'core'

/** The entry's sharing or opening type, from the rulebook. */
export type AccessFacts = {
  readonly effect: 'free' | 'by-request' | 'closed'
  readonly article: ArticleId
  readonly procedure?: string
  /** The city's own word for the type, and the procedure's title: a refusal speaks in them where they are given. */
  readonly term?: Text
  readonly procedureTitle?: Text
  /** Grades that the type may have, where the city's rules say so, with what is said of another. */
  readonly grades?: {
    readonly allowed: readonly string[]
    readonly article: ArticleId
    readonly condition: Text
    readonly remedy: Text
  }
}

/** What a personal field holds, where that is known: it tells how it is masked in part. */
export type PersonalKind = 'identity-number' | 'phone' | 'name' | 'address' | 'bank-card'

export type FieldFacts = {
  readonly name: string
  readonly type: FieldType
  /** `public`: free to show; `internal`: departments only; `personal` and `sensitive`: masked unless granted in clear. */
  readonly sensitivity: 'public' | 'internal' | 'personal' | 'sensitive'
  readonly personal?: PersonalKind
}

/** What somebody may do, since when, until when and why: the outcome of a case. */
export type GrantFacts = {
  readonly id: string
  readonly entryId: string
  readonly organisationId: string | null
  readonly userId: string | null
  readonly fields: readonly string[]
  /** Fields that the decision gives only masked, by name; the others are given in clear. */
  readonly masks?: Readonly<Record<string, Mask>>
  /** Which rows the decision gives; every row where absent. */
  readonly rows?: RowFilter
  /** How much the decision lets be taken; absent where it says nothing of it. */
  readonly limits?: GrantLimits
  readonly scenario: string
  readonly caseId: string
  readonly article: ArticleId
  /** Given by a procedure of opening, whoever holds it; where unknown, who the caller is decides. */
  readonly opened?: boolean
  readonly validUntil: Instant | null
  readonly revokedAt: Instant | null
  /** It stands still since then; absent or null where it does not. */
  readonly suspendedAt?: Instant | null
}

/** The holder's commitment for the entry: under that grant, or for freely shared data where there is none. */
export type CommitmentFacts = { readonly grantId: string | null; readonly state: 'signed' | 'broken' }

/** What was taken under a grant with limits so far: within the day and the minute of the decision. */
export type GrantUse = { readonly rowsToday: number; readonly requestsThisMinute: number }

/** What a call does with rows. */
export type Act = 'row' | 'page' | 'aggregate' | 'export' | 'collect'

/** What may leave the house for one call: only these fields, masked so. */
export type Plan = {
  readonly basis: 'open' | 'shared' | 'granted' | 'own'
  readonly article: ArticleId
  readonly grantId: string | null
  readonly scenario: string | null
  /** Fields whose mask is `hidden` are not in a plan at all. */
  readonly fields: readonly PlannedField[]
  /**
   * Fields of which aggregates are given for groups of some size only: those that are given in aggregates alone, and
   * personal ones. Absent where there is none.
   */
  readonly guarded?: readonly string[]
  /** Only rows that meet all of these leave, by whatever way; absent where every row may. */
  readonly rowFilter?: RowFilter
  /** Of the grant; absent where it sets none. Those of the platform hold beside them. */
  readonly limits?: GrantLimits
  /** What a delivery under the plan carries, so that a copy of it can be traced to whoever had it. */
  readonly watermark: readonly Watermark[]
  readonly maxRowsPerPage: number
}

/**
 * `file`: a sign of the file as a whole; `forms`: of its rows, in forms that change no value; `pseudonyms`: values that
 * are themselves signs of the grant, in whatever way they leave.
 */
export type Watermark = 'file' | 'forms' | 'pseudonyms'

export type PlannedField = {
  readonly name: string
  /** Of the values as they are kept. */
  readonly type: FieldType
  readonly mask: Exclude<Mask, 'hidden' | 'aggregate'>
  readonly personal?: PersonalKind
}
