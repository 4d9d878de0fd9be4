import type { SavedSearch } from '@tiaoli/contract/subscriptions'

/** What somebody wants to be told of (订阅); one of the three targets is there. */
export type Subscription = {
  readonly id: string
  readonly userId: string
  readonly entryId: string | null
  readonly organisationId: string | null
  readonly search: SavedSearch | null
  readonly createdAt: Date
  /** Changes up to then have been told of, or were not for it. */
  readonly heardUntil: Date
  readonly toldAt: Date | null
}

export const changeKinds = ['published', 'version', 'data', 'opening-type', 'withdrawn'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** Something that happened to a published entry. */
export type EntryChange = {
  readonly id: string
  readonly entryId: string
  readonly providerId: string
  readonly kind: ChangeKind
  readonly title: string
  readonly at: Date
}
