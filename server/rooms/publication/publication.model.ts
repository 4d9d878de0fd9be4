import { createHash } from 'node:crypto'
import type { EntryContent } from '../catalogue/index.ts'

/** A check that an officer of the provider made before an entry is opened (发布前审查). */
export type PublicationCheck = {
  readonly id: string
  readonly entryId: string
  readonly kind: string
  readonly passed: boolean
  readonly note: string
  /** Digest of what was looked at. */
  readonly content: string
  readonly userId: string
  readonly userName: string
  readonly organisationId: string
  readonly checkedAt: Date
  readonly recordId: string
}

export type CitedBasis = NonNullable<EntryContent['sharing']['basis']>

/** A restricted sharing type as it was filed (备案). */
export type Filing = {
  readonly id: string
  readonly number: string
  readonly entryId: string
  readonly sharingType: string
  readonly basis: CitedBasis | null
  readonly providerId: string
  readonly authorityId: string
  readonly userId: string
  readonly filedAt: Date
  readonly recordId: string
}

/** What a check before opening looks at: a change of any of it asks for another check. */
export const contentDigest = ({ title, summary, keywords, fields, opening }: EntryContent): string =>
  createHash('sha256')
    .update(JSON.stringify([title, summary, keywords, fields, opening]))
    .digest('hex')

/** Whether the filing is of the type and the basis that the entry has. */
export const isOf = (filing: Filing, { sharing }: EntryContent): boolean =>
  filing.sharingType === sharing.type &&
  filing.basis?.rank === sharing.basis?.rank &&
  filing.basis?.instrument === sharing.basis?.instrument &&
  filing.basis?.article === sharing.basis?.article
