import type { BatchMode } from '@tiaoli/contract/aggregation'
import type { pullStates } from '@tiaoli/contract/pulls'
import type { Text } from '@tiaoli/kernel/text'
import type { Mark, SourceTable } from '../../foundations/outbound/index.ts'

/** A file or a table that is read on a schedule (定时拉取). */
export type Pull = {
  readonly id: string
  readonly entryId: string
  readonly userId: string
  readonly userName: string
  readonly url: string
  /** Of a database: as whom the platform signs in. */
  readonly user: string | null
  /** Token of a file, password of a database. */
  readonly sealedToken: string | null
  /** Null: a file. Columns that are not named have the name of their field. */
  readonly table: Omit<SourceTable, 'changedColumn'> | null
  /** Null: the whole table is read each time. */
  readonly risingColumn: string | null
  /** Up to where rows are live. */
  readonly mark: Mark | null
  /** Up to where the last batch reads, as long as it is not live. */
  readonly pendingMark: Mark | null
  readonly everyMinutes: number
  readonly mode: BatchMode
  readonly state: (typeof pullStates)[number]
  readonly failure: Text | null
  readonly askedAt: Date | null
  readonly changedAt: Date | null
  readonly nextAt: Date
  /** What the server of the file said of its version, to be asked with the next time (RFC 9110, 13). */
  readonly etag: string | null
  readonly lastModified: string | null
  /** Of the last rows that were taken in. */
  readonly sha256: string | null
  readonly batchId: string | null
  readonly createdAt: Date
}
