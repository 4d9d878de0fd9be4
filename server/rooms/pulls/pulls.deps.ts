import type { Text } from '@tiaoli/kernel/text'
import type { Tx } from '../../foundations/database/index.ts'
import type { WayInDeps } from '../aggregation/index.ts'
import type { Pull } from './pulls.model.ts'
import type { PullChange } from './pulls.store.ts'

export type PullsDeps = WayInDeps

export const pullJob = 'pulls.fetch'

/** What a reading may do: write down what it found, and take no rows twice. */
export type Run = {
  readonly signal: AbortSignal
  settle(tx: Tx, pull: Pull, found: Partial<PullChange>): Promise<void>
  fail(pull: Pull, failure: Text): Promise<void>
}

/** The same rows have come before: no batch is made of them. */
export class SameRows extends Error {
  override readonly name = 'SameRows'
}
