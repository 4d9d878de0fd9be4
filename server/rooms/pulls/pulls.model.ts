import type { BatchMode } from '@tiaoli/contract/aggregation'
import type { pullStates } from '@tiaoli/contract/pulls'
import type { Text } from '@tiaoli/kernel/text'

/** A file that is fetched on a schedule (定时拉取). */
export type Pull = {
  readonly id: string
  readonly entryId: string
  readonly userId: string
  readonly userName: string
  readonly url: string
  readonly sealedToken: string | null
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
  /** Of the last file that was taken in. */
  readonly sha256: string | null
  readonly batchId: string | null
  readonly createdAt: Date
}
