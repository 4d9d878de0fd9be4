import type {
  AggregateQuery,
  AnsweredAggregate,
  BlocksOver,
  ExportFormat,
  FieldType,
  Filter,
  ReceiverMarks,
  Row,
  RowPage,
  RowQuery,
  SizedGroup,
} from '../lake/lake.types.ts'
import type { CommitmentFacts, EntryFacts, GrantFacts } from './gateway.types.ts'

/** Names a row by the values of the entry's key fields. */
export type RowKey = Readonly<Record<string, string>>

export type ReaderExport = {
  /** `type`: of the values as they go out, which a mask may have changed. */
  readonly fields: readonly { readonly field: string; readonly title: string; readonly type: FieldType }[]
  readonly filters: readonly Filter[]
  readonly format: ExportFormat
  /** To be laid over every row before it is written; absent where the file can be made from the columns as they are. */
  readonly transform?: (row: Row) => Row
  readonly signal: AbortSignal
  /** Says in the file to whom it is handed over. */
  readonly marks?: ReceiverMarks
}

/** A file on its way out. */
export type ReaderFile = {
  readonly stream: AsyncIterable<Uint8Array>
  readonly contentType: string
  /** Without a dot. */
  readonly fileExtension: string
  /** How many rows the whole file will have; null where nobody can tell. */
  readonly rowsForeseen: number | null
  /** How many rows have gone into it so far; null where that can be told only of the whole file. */
  rowsWritten(): number | null
}

/** The rows of one immutable snapshot. Made by the lake; asked by the gateway and by nobody else. */
export type RowReader = {
  readonly snapshotId: string
  /** An entry that was revised after its last load has fields that its rows have not, and the other way round. */
  readonly fieldNames: readonly string[]
  /** The type in which the snapshot keeps a field; undefined where it has none of that name. */
  typeOf(field: string): FieldType | undefined
  /** Fields that together identify a row; empty where rows have no identity. */
  readonly keyFields: readonly string[]
  /** Rows that lie at their source are given one by one, by key; nothing else can be asked of them. */
  readonly byKeyOnly?: boolean
  rowByKey(key: RowKey, fields: readonly string[]): Promise<Row | null>
  page(query: RowQuery): Promise<RowPage>
  aggregate(query: AggregateQuery): Promise<readonly Row[]>
  export(request: ReaderExport): Promise<ReaderFile>
  /** Throws what an export of these would throw for their sake; reads nothing. */
  checkSelection(fields: readonly string[], filters: readonly Filter[]): void
  /** By what aggregates of guarded fields are judged; without it none are given. */
  readonly guarded?: {
    sizedGroups(query: AggregateQuery, counted: readonly string[]): Promise<readonly SizedGroup[]>
    /** How many blocks of few rows the answers tell apart when they are laid over each other. */
    smallBlocks(answers: readonly AnsweredAggregate[], over: BlocksOver): Promise<number>
  }
}

export type LakePort = {
  /** The live snapshot, or the named one; undefined where there is none to read. */
  readerFor(entryId: string, snapshotId?: string): Promise<RowReader | undefined>
}

/** Whose grants: the organisation's and the user's own. */
export type GrantHolder = { readonly organisationId: string | null; readonly userId: string | null }

/** A file that is being handed over to somebody in particular. */
export type Delivery = ReceiverMarks & {
  readonly recordId: string
  readonly entryId: string
  readonly snapshotId: string
  readonly basis: 'shared' | 'granted'
  readonly grantId: string | null
  readonly organisationId: string | null
  readonly userId: string | null
  readonly scenario: string | null
  readonly fields: readonly string[]
}

/** Keeps what was handed over to whom, so that a file can be traced to its receiver. */
export type DeliveriesPort = {
  begun(delivery: Delivery): Promise<void>
  /** SHA-256 in hex of all that went out; told of a whole file only. */
  ended(mark: string, sha256: string): Promise<void>
  /** Not a byte went out: nobody was handed anything. */
  dropped(mark: string): Promise<void>
}

/** Notes of whose identity number data were looked up, so that the person can be told. */
export type SubjectsPort = {
  /** Durable when it resolves. The numbers are kept by no other form than a keyed digest. */
  note(numbers: readonly string[], recordId: string): Promise<void>
}

/** What the gateway knows of the world, read from the rooms that own it. */
export type FactsPort = {
  entryFacts(entryId: string): Promise<EntryFacts | undefined>
  /** All grants of the holder on the entry, whether or not they still live. */
  grantsOf(holder: GrantHolder, entryId: string): Promise<readonly GrantFacts[]>
  /** Commitments of the holder for the entry; absent where the regulation knows none. */
  commitmentsOf?(holder: GrantHolder, entryId: string): Promise<readonly CommitmentFacts[]>
}
