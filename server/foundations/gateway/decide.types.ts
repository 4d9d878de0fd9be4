import type { CommitmentRules } from '../rulebook/rooms.schema.ts'
import type { UseRules } from '../rulebook/rulebook.types.ts'
import type {
  Act,
  Caller,
  CommitmentFacts,
  EntryFacts,
  GrantFacts,
  GrantUse,
  Purpose,
} from './gateway.types.ts'
import type { Trace } from './trace.ts'

/** All that a decision rests on. */
export type DecideInput = {
  readonly caller: Caller
  readonly entry: EntryFacts
  /** Only those of this caller on this entry, whether or not they still live. */
  readonly grants: readonly GrantFacts[]
  readonly use: UseRules
  readonly commitment?: CommitmentRules | undefined
  readonly commitments?: readonly CommitmentFacts[]
  readonly purpose: Purpose
  /** Undefined asks for every field that may be seen. */
  readonly wantedFields?: readonly string[]
  /** What is done with the rows; what only aggregates are given of is given to no other act. */
  readonly act?: Act
  /** Fields that the call looks up, filters, sorts or groups by. They have to be in the plan in clear, or they would leak. */
  readonly usedFields?: readonly string[]
  /** What was taken so far under those of the grants that have limits; nothing where absent. */
  readonly used?: ReadonlyMap<string, GrantUse> | undefined
  readonly now: Date
  /** Told of every condition that is looked at, in order; absent where nobody asks why. */
  readonly trace?: Trace
}
