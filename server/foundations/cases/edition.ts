import type { CivilDate } from '@tiaoli/kernel/instants'
import type { Procedure, Rulebook } from '../rulebook/index.ts'

/** A procedure as one version of a rulebook had it: what a case keeps for life. */
export type ProcedureEdition = {
  readonly rulebookId: string
  readonly rulebookVersion: string
  /** No statutory clock runs for events before this date. */
  readonly inForceOn: CivilDate
  readonly procedure: Procedure
}

export const editionOf = (rulebook: Rulebook, procedure: Procedure): ProcedureEdition => ({
  rulebookId: rulebook.id,
  rulebookVersion: rulebook.version,
  inForceOn: rulebook.inForceOn,
  procedure,
})
