import type { audiences } from '@tiaoli/contract/casefiles'

export type Audience = (typeof audiences)[number]

/** What somebody added to a case beside its formal acts. */
export type Paper = {
  readonly id: string
  readonly caseId: string
  readonly at: Date
  readonly userId: string
  readonly organisationId: string | null
  /** Key of the party for which it was written. */
  readonly side: string
  readonly audience: Audience
  readonly recordId: string
}

export type Attachment = Paper & {
  readonly note: string
  readonly fileName: string
  readonly sizeBytes: number
  readonly sha256: string
}

export type Comment = Paper & { readonly body: string }
