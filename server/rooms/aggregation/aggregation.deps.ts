import type { Refusal } from '@tiaoli/kernel/decisions'
import type { Clock } from '@tiaoli/kernel/instants'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Lake, StagedFile } from '../../foundations/lake/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import type { Catalogue, Entry } from '../catalogue/index.ts'
import type { Batch } from './aggregation.model.ts'

export type AggregationDeps = {
  readonly database: Database
  readonly lake: Lake
  readonly catalogue: Catalogue
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly notices: Notices
  /** Whose word lets rows of a body go in. */
  readonly stewardsOf: (tx: Tx, organisationId: string) => Promise<readonly string[]>
  readonly clock: Clock
  readonly maxUploadBytes: number
  /** Told in the transaction in which a snapshot becomes live. */
  readonly beforeLive: (tx: Tx, snapshot: LiveSnapshot) => Promise<void>
  /** Refuses data that the regulation does not let in as the entry describes them. */
  readonly requireAggregable: (entry: Entry) => void
  /** Told once a snapshot is live. */
  readonly onLive: (entryId: string) => void
  /** Why a file must not be brought in for the entry, told by where it comes from. */
  readonly refusalOfStaged: (entry: Entry, staged: StagedFile) => Promise<Refusal | undefined>
}

/** What becomes live, and the batch that brought it. */
export type LiveSnapshot = Pick<Batch, 'entryId' | 'organisationId' | 'userId' | 'fileName'> & {
  readonly receivedAt: Date
  readonly rows: number
}

/** The work of a batch in the background, by the id of the batch. */
export const profileJob = 'aggregation.profile'
export const loadJob = 'aggregation.load'
