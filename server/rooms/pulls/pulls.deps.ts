import type { Clock } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import type { AddressGuard, SecretSeal } from '../../foundations/outbound/index.ts'
import type { Aggregation } from '../aggregation/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Pull } from './pulls.model.ts'
import type { PullChange } from './pulls.store.ts'

export type PullsDeps = {
  readonly database: Database
  readonly aggregation: Aggregation
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly jobs: Jobs
  readonly clock: Clock
  readonly guard: AddressGuard
  readonly seal: SecretSeal
}

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
