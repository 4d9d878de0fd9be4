import type { CivilDate, Instant } from '@tiaoli/kernel/instants'

/** Whose hand stands under an agreement, for whom, in whose place if in a colleague's, and when. */
export type Signature = {
  readonly organisationId: string | null
  readonly userId: string
  readonly name: string
  readonly inPlaceOf?: { readonly userId: string; readonly name: string }
  readonly at: Instant
}

/**
 * `offered`: signed by the authority, waits for the user. `superseded`: offered anew with other terms. `lapsed`: its
 * case ended without it. `in-force`, `expired` at the end of its period, `ended` before it.
 */
export type AgreementStanding = 'offered' | 'superseded' | 'lapsed' | 'in-force' | 'expired' | 'ended'

/** Values of the matters by their key, as the act that offered the agreement recorded them. */
export type Matters = Readonly<Record<string, unknown>>

export type Agreement = {
  readonly id: string
  readonly number: string
  readonly caseId: string
  readonly entryId: string
  readonly providerId: string
  readonly authorityId: string
  readonly organisationId: string | null
  readonly userId: string | null
  readonly modelVersion: number | null
  readonly standing: AgreementStanding
  readonly matters: Matters
  readonly offered: Signature
  readonly accepted: Signature | null
  /** What both sides sign, and its SHA-256 in hex; null for agreements older than this. */
  readonly terms: string | null
  readonly termsSha256: string | null
  /** Records of the two signatures. */
  readonly offeredRecordId: string | null
  readonly acceptedRecordId: string | null
  /** The signed text, and its SHA-256 in hex. */
  readonly document: string | null
  readonly sha256: string | null
  readonly recordId: string | null
  readonly grantId: string | null
  readonly untilOn: CivilDate
  readonly ending: { readonly ground: string | null; readonly reasons: string } | null
  readonly endedAt: Date | null
  readonly createdAt: Date
}

export type AgreementModel = {
  readonly version: number
  readonly inForceOn: CivilDate
  readonly clauses: Readonly<Record<string, string>>
  readonly bodies: readonly string[]
  readonly note: string
  readonly madeAt: Date
  readonly organisationId: string
}

export type TaskKind = 'feedback' | 'measure' | 'disposal'

export type AgreementTask = {
  readonly id: string
  readonly agreementId: string
  readonly kind: TaskKind
  readonly subject: string
  readonly dueOn: CivilDate | null
  readonly openedAt: Date
  readonly missedAt: Date | null
  readonly filedAt: Date | null
  readonly content: Readonly<Record<string, string>> | null
  readonly recordId: string | null
}

export type AgreementCopy = {
  readonly organisationId: string
  readonly deliveredAt: Date
  readonly openedAt: Date | null
}
