import type { Clock } from '@tiaoli/kernel/instants'
import type { Database } from '../../foundations/database/index.ts'
import type { Gateway } from '../../foundations/gateway/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Lake } from '../../foundations/lake/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import type { Catalogue } from '../catalogue/index.ts'

/** What files are made with. */
export type ExportsDeps = {
  readonly database: Database
  readonly catalogue: Pick<Catalogue, 'find' | 'titlesOf'>
  readonly gateway: Gateway
  readonly lake: Pick<Lake, 'kept'>
  readonly ledger: Ledger
  readonly notices: Notices
  readonly jobs: Jobs
  readonly clock: Clock
}
