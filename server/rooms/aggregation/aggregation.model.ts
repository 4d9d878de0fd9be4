import type { acceptBatchSchema, BatchMode, batchStates } from '@tiaoli/contract/aggregation'
import type { Descriptor } from '@tiaoli/contract/table-schema'
import type { Text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import type {
  FileProfile,
  LoadProgress,
  RowChanges,
  RowRefusal,
  StagedFile,
} from '../../foundations/lake/index.ts'

export type BatchState = (typeof batchStates)[number]

/** How the steward wants the file taken in; what is left out is as proposed. */
export type Acceptance = z.output<typeof acceptBatchSchema>

export type BatchResult = {
  readonly rows: number
  readonly refusedRows: number
  readonly refusals: readonly RowRefusal[]
  /** Null where the rows stand for themselves. */
  readonly changes: RowChanges | null
}

/** One file on its way into the lake (汇聚批次). */
export type Batch = {
  readonly id: string
  readonly entryId: string
  readonly organisationId: string
  readonly userId: string
  readonly userName: string
  readonly number: number
  readonly state: BatchState
  readonly mode: BatchMode
  readonly autoAccept: boolean
  readonly fileName: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly staged: StagedFile
  readonly encoding: string | null
  readonly delimiter: string | null
  /** What the sender says of the tables; null where only the file may say it. */
  readonly descriptor: Descriptor | null
  /** When it was given after the file; null where it came with it, or never. */
  readonly describedAt: Date | null
  readonly progress: (LoadProgress & { readonly startedAt: string }) | null
  readonly profile: FileProfile | null
  readonly acceptance: Acceptance | null
  readonly result: BatchResult | null
  readonly snapshotId: string | null
  /** What the rows were made from, where they were made from rows of the platform; it must be live until they are. */
  readonly baseSnapshotId: string | null
  /** Number of the newest snapshot when the file came, or when somebody last accepted it; 0 where there was none. */
  readonly seenSnapshot: number
  readonly failure: { readonly code: string; readonly message: Text } | null
  /** Why it waits for a person, though it was to go in by itself. */
  readonly waits: Text | null
  /** What its sender calls it; null where nothing was said. */
  readonly batchKey: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly finishedAt: Date | null
}

/** One immutable version of the data of an entry (数据快照). */
export type Snapshot = {
  readonly id: string
  readonly entryId: string
  /** Null where no file came in: an earlier version was restored. */
  readonly batchId: string | null
  readonly mode: BatchMode | 'restore'
  /** The snapshot that was changed, or that is restored. */
  readonly baseSnapshotId: string | null
  readonly changes: RowChanges | null
  readonly number: number
  readonly liveAt: Date
  readonly rows: number
  readonly refusedRows: number
  readonly sizeBytes: number
  readonly sha256: string
  readonly fileName: string
  readonly quality: Quality
  readonly recordId: string
  /** By the provider, against the end of its time; null where it is not pinned. */
  readonly pinned: { readonly at: string; readonly note: string } | null
  /** When somebody was first given its citation; a version that was cited is kept. */
  readonly citedAt: Date | null
  readonly destroyedAt: Date | null
  readonly destructionRecord: string | null
}

/** What is counted of a snapshot's quality when it is sealed. Shares are from 0 to 1. */
export type Quality = {
  /** Cells with a value among all cells. */
  readonly completeness: number
  /** Rows taken in among all rows of the file. */
  readonly validity: number
  readonly fields: readonly {
    readonly field: string
    readonly nulls: number
    readonly distinct: number
    readonly min: string | null
    readonly max: string | null
  }[]
}
