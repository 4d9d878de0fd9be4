import type { Clock } from '@tiaoli/kernel/instants'
import type { Database } from '../../foundations/database/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import type { AddressGuard, SecretSeal } from '../../foundations/outbound/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Aggregation } from './aggregation.service.ts'

/** What a room needs that goes to a source by itself and brings its rows in as batches. */
export type WayInDeps = {
  readonly database: Database
  readonly aggregation: Aggregation
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly jobs: Jobs
  readonly clock: Clock
  /** Which addresses may be called. */
  readonly guard: AddressGuard
  /** Keeps passwords of sources. */
  readonly seal: SecretSeal
}
