import type { CommitmentFacts } from '../../foundations/gateway/index.ts'

/** One version of the wording. */
export type CommitmentText = {
  readonly version: number
  readonly body: string
  readonly organisationId: string
  readonly publishedAt: Date
}

/** What a holder has signed (承诺), for one entry and, unless its data are shared freely, one grant. */
export type Commitment = {
  readonly id: string
  readonly entryId: string
  readonly grantId: string | null
  readonly caseId: string | null
  readonly providerId: string
  readonly organisationId: string | null
  readonly userId: string | null
  readonly text: { readonly version: number; readonly body: string }
  readonly signedBy: string
  readonly signedByName: string
  readonly signedAt: Date
  readonly recordId: string
  readonly breach: { readonly at: Date; readonly reasons: string } | null
  readonly liftedAt: Date | null
}

/** What the gateway has to know: a commitment whose stop was lifted no longer counts for anything. */
export const factsOf = (commitments: readonly Commitment[]): CommitmentFacts[] =>
  commitments
    .filter((each) => each.liftedAt === null)
    .map(({ grantId, breach }) => ({ grantId, state: breach === null ? 'signed' : 'broken' }))
