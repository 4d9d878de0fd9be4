import type { ArticleId } from '@tiaoli/kernel/decisions'
import type { Text } from '@tiaoli/kernel/text'

/** Who bears an obligation, by kind; the exact names of the text stand in `bearers`. */
export const actors = [
  'government',
  'authority',
  'district-authority',
  'department',
  'provider',
  'user-department',
  'public-service-org',
  'processor',
  'applicant',
  'operator',
  'entrusted-party',
  'enterprise',
  'exchange',
  'intermediary',
  'sector-regulator',
  'cac',
  'police',
  'other',
] as const
export type Actor = (typeof actors)[number]

/** The part of the platform to which an obligation belongs; some parts serve several rooms. */
export const capabilities = [
  'general',
  'identity',
  'catalogue',
  'aggregation',
  'quality',
  'sharing',
  'opening',
  'records',
  'operation',
  'market',
  'assets',
  'enterprise-data',
  'protection',
  'risk',
  'crossborder',
  'rights',
  'complaints',
  'supervision',
  'emergency',
  'projects',
  'devices',
  'procurement',
  'entrustment',
  'federation',
  'city',
  'statistics',
  'economy',
  'promotion',
] as const
export type Capability = (typeof capabilities)[number]

/**
 * `function`: somebody sees the platform do it; `rule`: it is enforced, or a date is computed; `duty`: an organisation's
 * own, which the platform tracks; `term`: a definition; `formal`: purpose, scope, entry into force.
 */
export const obligationKinds = ['function', 'rule', 'duty', 'term', 'formal'] as const
export type ObligationKind = (typeof obligationKinds)[number]

/** How strongly the text speaks. Only what it orders can be breached. */
export const modalities = ['order', 'may', 'encourage', 'explore', 'declare'] as const
export type Modality = (typeof modalities)[number]

/** One separable obligation of a regulation, in our own words. */
export type Obligation = {
  /** `CQ-26.2-a`: article 26, paragraph 2, first part; `CQ-3.1(4)`: the fourth item of a paragraph. */
  readonly id: ArticleId
  /** In Chinese the term that an official would use. */
  readonly title: Text
  readonly actor: Actor
  /** Further kinds of bearers of the same obligation. */
  readonly coActors: readonly Actor[]
  /** The bearers as the text names them. */
  readonly bearers: readonly (Text & { readonly role?: string | undefined })[]
  /** False where the sentence names nobody, and `actor` is a reading. */
  readonly bearerNamed: boolean
  readonly capability: Capability
  readonly kind: ObligationKind
  readonly modality: Modality
  /** The text's own word for the modality, where it says more: `forbid`, `shall-promote`. */
  readonly wording?: string | undefined
  /** 5: the heart of the platform … 1: only tracked. */
  readonly core: number
  /** What the text orders, in our own words. */
  readonly obligation: Text
  readonly deadline?: Deadline | undefined
  readonly cadence?: Cadence | undefined
  /** What shows that a duty was done. */
  readonly evidence?: string | undefined
  /** Where the text is open: the reading taken. */
  readonly reading?: string | undefined
  /** Values of the text that have no place of their own above: classes, contents, conditions, penalties. */
  readonly params: Readonly<Record<string, unknown>>
  /** What the software has to do, seen from outside. */
  readonly platform: string
  /** One scenario that shows it. */
  readonly accept: string
}

/** When something has to be done, as far as the text says. */
export type Deadline = {
  /** Null where the text has no number: then there is no statutory period. */
  readonly workingDays: number | null
  /** The text's own word in place of a number: 及时. */
  readonly zh?: string | undefined
  readonly en?: string | undefined
  readonly from?: string | undefined
  readonly by?: readonly string[] | undefined
}

/** How often something has to be done. No text of the five has a number here. */
export type Cadence = {
  readonly zh?: string | undefined
  readonly en?: string | undefined
  readonly by?: readonly string[] | undefined
  /** Whoever the text leaves the interval to. */
  readonly setBy?: string | undefined
}

/** Whether failing to do it can be a breach at all: what a text only allows, encourages or explores cannot. */
export const canBeBreached = (obligation: Pick<Obligation, 'modality'>): boolean =>
  obligation.modality === 'order'
