import type { Clock } from '@tiaoli/kernel/instants'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import type { AddressGuard, SecretSeal } from '../../foundations/outbound/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import type { Aggregation } from '../aggregation/index.ts'
import type { Catalogue } from '../catalogue/index.ts'

export type SourceFound = { readonly rows: number; readonly changedAt: Date | null; readonly at: Date }

export type ConnectionsDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly jobs: Jobs
  readonly clock: Clock
  /** Told once it is settled where the rows of an entry lie. */
  readonly onHeldAt: (entryId: string) => void
  /** Made later in the house: takes rows in that were read from a database. */
  readonly aggregation: () => Aggregation
  /** Told, in the transaction of the check, what the platform counted at the source of an entry. */
  readonly onMeasured: (tx: Tx, entryId: string, found: SourceFound) => Promise<void>
  readonly guard: AddressGuard
  readonly seal: SecretSeal
}
