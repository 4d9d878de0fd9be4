import type { Clock } from '@tiaoli/kernel/instants'
import type { Database } from '../../foundations/database/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import type { AddressGuard, SecretSeal } from '../../foundations/outbound/index.ts'
import type { Aggregation } from '../aggregation/index.ts'
import type { Catalogue } from '../catalogue/index.ts'

export type StreamsDeps = {
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
  readonly onError: (error: unknown) => void
}

export const streamBatchJob = 'streams.batch'
export const streamSilentJob = 'streams.silent'
