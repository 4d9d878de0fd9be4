import type { Readable } from 'node:stream'
import type { FilterOperator } from '@tiaoli/contract/filters'
import type { Descriptor, SchemaField } from '@tiaoli/contract/table-schema'
import type { ObjectStore } from '../objects/index.ts'
import type { KeptFiles } from './kept-files.ts'
import type { LakeErrorCode } from './lake.errors.ts'
import type { ReceiverMarks } from './row-marks.ts'
import type { Evidence } from './trace-evidence.ts'
import type { TrinoSettings } from './trino-settings.ts'

export type { FilterOperator, ReceiverMarks }

/** Types of a column. Everything with meaning in its digits (codes, identifiers) is text of a kind, never a number. */
export type FieldType =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'time'
  | 'instant'
  | 'credit-code'
  | 'identity-number'
  | 'division-code'
  | 'phone'
  | 'longitude'
  | 'latitude'
  | 'geometry'

/** A file as it arrived, whole on disk and flushed. Plain data: keep it anywhere and hand it back after a restart. */
export type StagedFile = {
  readonly path: string
  readonly fileName: string
  readonly sizeBytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

export type FileFormat =
  | 'csv'
  | 'xlsx'
  | 'xls'
  | 'ods'
  | 'json'
  | 'ndjson'
  | 'geojson'
  | 'parquet'
  /** An archive of files, each with tables of its own; a shapefile is one. */
  | 'zip'

/** A file of an archive that is no table, and why. */
export type LeftOutFile = { readonly name: string; readonly code: LakeErrorCode }

/** What an archive says of its tables, and by which of its files: one `schema.json` or `datapackage.json`, or several. */
export type FoundDescriptor = { readonly name: string; readonly told: Descriptor }

export type StageOptions = {
  /** Only shown, never part of a path. */
  readonly fileName: string
  readonly maxBytes: number
  readonly signal?: AbortSignal
}

export type ProfileOptions = {
  /** Label of an encoding (`utf-8`, `gb18030`, `utf-16le` …); found out where left out. */
  readonly encoding?: string
  /** One of comma, semicolon, tab, pipe; found out where left out. */
  readonly delimiter?: string
  /** Name of one sheet; all of them where left out. */
  readonly table?: string
  /** Texts that stand for "no value"; `defaultNulls` where left out. */
  readonly nulls?: readonly string[]
  /** What is said of the tables; what an archive says of itself where left out. */
  readonly descriptor?: Descriptor
  /** Types that the steward has declared, by column source: not inferred, but counted for misfits. */
  readonly declared?: Readonly<Record<string, FieldType>>
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: LoadProgress) => void
}

/** What was found in a file, shown to its steward before anything is taken in. */
export type FileProfile = {
  readonly format: FileFormat
  /** Name of the encoding of a text file, as found or as told: `utf-8`, `gb18030`, … */
  readonly encoding?: string
  readonly delimiter?: string
  readonly tables: readonly TableProfile[]
  /** Files of an archive that are none. */
  readonly leftOut?: readonly LeftOutFile[]
  /** The file of the archive that says what its tables are. */
  readonly descriptorName?: string
}

export type TableProfile = {
  /** Name of the sheet; the file name where there is one table only. */
  readonly name: string
  readonly rowCount: number
  readonly columns: readonly ColumnProfile[]
  /** The first rows as they stand in the file. */
  readonly sampleRows: readonly (readonly (string | null)[])[]
  /** Rows that cannot be taken in whatever the types: ragged, undecodable. */
  readonly malformedRows: number
  /** Where a schema tells of the table. */
  readonly schema?: TableSchemaRead
}

/** What a schema says of a table, beside its columns. */
export type TableSchemaRead = {
  /** Fields that are no columns of the table. */
  readonly absent: readonly string[]
  readonly primaryKey: readonly string[]
  /** Null where nothing is said. */
  readonly missingValues: readonly string[] | null
  /** What of the dialect is not applied. */
  readonly unchecked: readonly string[]
}

export type ColumnProfile = {
  /** Header exactly as in the file (after trimming); empty and double headers are given a name and marked. */
  readonly source: string
  readonly renamedFrom?: string
  readonly type: FieldType
  readonly nulls: number
  /** An estimate (HyperLogLog), never above the number of values. */
  readonly distinctAbout: number
  readonly samples: readonly string[]
  /** Cells that are not of the type although nearly all others are: they would refuse their rows. */
  readonly misfits: number
  readonly misfitSamples: readonly string[]
  /** What a schema says of the column. */
  readonly schema?: SchemaField
  /** Bounds of the schema that cannot be read, by their names. */
  readonly unreadBounds?: readonly string[]
  /** Personal data that the values look like. */
  readonly looksPersonal?: 'identity-number' | 'phone' | 'name' | 'address' | 'bank-card'
}

/** How a column of the file becomes a field of the snapshot. */
export type ColumnMapping = {
  readonly source: string
  /** A letter, then letters, digits and `_`, 63 characters at most; unique whatever the case of its letters. */
  readonly field: string
  readonly type: FieldType
  readonly required: boolean
}

export type LoadRequest = {
  readonly staged: StagedFile
  readonly table: string
  readonly encoding?: string
  readonly delimiter?: string
  readonly columns: readonly ColumnMapping[]
  /**
   * Fields that together identify a row; empty where rows have no identity (then there is no look-up by key). Two
   * rows with one key: the earlier line stays, the later one is refused as `duplicate-key`. Never of a type whose
   * text is not exact (`decimal`, `longitude`, `latitude`).
   */
  readonly keyFields: readonly string[]
  /** As for the profile. */
  readonly descriptor?: Descriptor
  /** Types, spellings and constraints of the descriptor are not applied; its dialect is. */
  readonly ignoreSchema?: boolean
  /** Texts that stand for "no value". The same as for the profile, or its columns are judged once more. */
  readonly nulls: readonly string[]
  /** Where the rows change an earlier snapshot rather than stand for themselves. */
  readonly onto?: LoadOnto
  readonly onProgress: (progress: LoadProgress) => void
  readonly signal: AbortSignal
}

/**
 * How rows change an earlier snapshot, which stays as it is. `append` refuses a row whose key is there already;
 * `upsert` puts it in place of the one that is there; `delete` needs the columns of the key only, and refuses a key
 * that is not there. The fields and the key have to be those of the earlier snapshot (`fields-changed`); `upsert` and
 * `delete` need a key (`no-key`).
 */
export type LoadOnto = { readonly snapshotId: string; readonly mode: 'append' | 'upsert' | 'delete' }

/** Rows of a file that became new rows, took the place of others, or took others away. */
export type RowChanges = { readonly added: number; readonly replaced: number; readonly removed: number }

export type LoadProgress = {
  readonly stage: 'decoding' | 'reading' | 'checking' | 'sorting' | 'indexing' | 'sealing'
  /** Of the whole work, from 0 to 1; never goes back. */
  readonly fraction: number
}

/** An immutable snapshot on disk; its folder is complete or absent. */
export type SealedSnapshot = {
  readonly snapshotId: string
  readonly rows: number
  readonly refusedRows: number
  /** First refused rows, for the page; all of them are in the report file. */
  readonly refusals: readonly RowRefusal[]
  readonly sizeBytes: number
  /** SHA-256 of the Parquet file, lower-case hex; of several parts, of what tells them apart (`sha256OfParts`). */
  readonly sha256: string
  readonly fields: readonly FieldStatistics[]
  /** Where it was made by changing an earlier one. */
  readonly changes?: RowChanges
}

export type RowRefusal = {
  /** Line of the file on which the row begins, from 1; for a sheet or a JSON list the row, from 1. */
  readonly line: number
  readonly column: string | null
  readonly cause: RefusalCause
  /** The cell as it stands in the file, cut at 200 characters. */
  readonly value: string | null
  /** Where the cause is a key that was there before: the line of the row that stays. */
  readonly firstLine?: number
}

export type RefusalCause =
  | 'too-few-cells'
  | 'too-many-cells'
  | 'not-of-type'
  | 'missing'
  | 'undecodable'
  | 'unclosed-quote'
  /** The row is longer than a row may be (1 MiB). */
  | 'too-long'
  | 'duplicate-key'
  /** Of a geometry: a ring does not end where it begins. */
  | 'open-ring'
  /** Of a geometry: a position is not in degrees, or not on this earth. */
  | 'not-in-degrees'
  /** Of the type of the field, and not what the schema that came with the file allows. */
  | 'not-allowed'
  /** No row has the key that is to be deleted. */
  | 'no-such-row'

export type FieldStatistics = {
  readonly field: string
  readonly type: FieldType
  readonly nulls: number
  /** An estimate (HyperLogLog), never above the number of values. */
  readonly distinctAbout: number
  /** Null where there is no value, and for types and fields that tell of a person. */
  readonly min: string | null
  readonly max: string | null
}

/** What the folder of a snapshot says about itself. */
export type SnapshotManifest = SealedSnapshot & {
  /** Of the layout of the folder; a reader refuses one that it does not know. 2: rows in several parts. */
  readonly layout: 1 | 2
  readonly keyFields: readonly string[]
  /** The oldest first; absent where there is one only. */
  readonly parts?: readonly SnapshotPart[]
}

/** Rows that lie together in files of their own, which never change and which snapshots have in common. */
export type SnapshotPart = {
  /** Those that still count. */
  readonly rows: number
  /** Those in the file. */
  readonly stored: number
  /** Keys that it takes out of the parts before it. */
  readonly deleted: number
  /** SHA-256 of its Parquet file, lower-case hex. */
  readonly sha256: string
}

/** A question to the rows, never text from outside. Fields are physical names of the snapshot. */
export type RowQuery = {
  readonly fields: readonly string[]
  readonly filters: readonly Filter[]
  readonly sort: readonly { readonly field: string; readonly descending: boolean }[]
  readonly limit: number
  /** Opaque; bound to snapshot, filters and sort: a cursor of another query is refused. */
  readonly cursor?: string
  /** In snapshots of more rows a total that is not known is estimated; counted in all where absent. */
  readonly countUpTo?: number
  /** Ends the reading: whoever asked has gone. */
  readonly signal?: AbortSignal
}

export type Filter = {
  readonly field: string
  readonly operator: FilterOperator
  readonly values: readonly string[]
}

export type Row = Readonly<Record<string, string | number | boolean | null>>
export type RowPage = {
  readonly rows: readonly Row[]
  readonly nextCursor: string | null
  readonly total: number | null
  /** The total was told from a part of the rows. */
  readonly totalIsEstimate?: boolean
}

/** What is asked of the difference of two snapshots. */
export type DiffQuery = {
  /** Fields to show; of the same type in both. */
  readonly fields: readonly string[]
  /** Fields by whose values rows of one key differ; without a key, those that make up the row. */
  readonly compared: readonly string[]
  /** Rows that count, on both sides. */
  readonly filters: readonly Filter[]
  readonly limit: number
  readonly cursor?: string
}

export type RowDiff = {
  readonly kind: 'added' | 'changed' | 'removed'
  readonly before: Row | null
  readonly after: Row | null
}

/** A page of differences, and how many of each kind there are in all. */
export type DiffPage = {
  readonly rows: readonly RowDiff[]
  readonly nextCursor: string | null
  readonly added: number
  readonly changed: number
  readonly removed: number
}

export type AggregateQuery = {
  /** `bin` puts numbers into ranges of `binWidth`, or about twenty of a round width, and answers with their lower bounds. */
  readonly groupBy: readonly {
    readonly field: string
    readonly grain?: 'year' | 'month' | 'day' | 'bin'
    readonly binWidth?: number
  }[]
  /** A column of the answer is named by `as`, or `operation` and field joined by `_` (`count`, `sum_amount`). */
  readonly measures: readonly {
    readonly operation: 'count' | 'sum' | 'avg' | 'min' | 'max'
    readonly field?: string
    readonly as?: string
  }[]
  readonly filters: readonly Filter[]
  readonly limit: number
  /** Ends the reading: whoever asked has gone. */
  readonly signal?: AbortSignal
}

/**
 * A group of an aggregate with its number of rows, how many of them have a value in each field that was to be counted,
 * and a name of its own among the groups of that question.
 */
export type SizedGroup = {
  readonly key: string
  readonly size: number
  readonly values: Readonly<Record<string, number>>
  readonly row: Row
}

/** An aggregate that was answered: which groups, by their keys, were shown of it. */
export type AnsweredAggregate = Pick<AggregateQuery, 'filters' | 'groupBy'> & {
  readonly shown: readonly string[]
}

/** Which blocks are small, and of which rows: of those that have a value in `field`, or of all. */
export type BlocksOver = { readonly least: number; readonly field?: string }

export type ExportFormat = 'csv' | 'xlsx' | 'json' | 'ndjson' | 'geojson' | 'parquet'

/** How a CSV file is spelt: UTF-8 with a byte-order mark, by which spreadsheets know it, or without; or GB 18030. */
export type CsvEncoding = 'utf-8-bom' | 'utf-8' | 'gb18030'

/** Applied to each row before it leaves the lake: the place for masks. Must keep the names of the fields. */
export type RowTransform = (row: Row) => Row

export type ExportQuery = {
  readonly fields: readonly {
    readonly field: string /** Heads the column in CSV and XLSX. */
    readonly title: string
    /** As which the values go out, where `transform` makes others of them. */
    readonly type?: FieldType
  }[]
  readonly filters: readonly Filter[]
  readonly format: ExportFormat
  /** Of a CSV file; with a byte-order mark where absent. */
  readonly encoding?: CsvEncoding
  readonly transform?: RowTransform
  readonly signal?: AbortSignal
  /** Says to whom the file is handed over. */
  readonly marks?: ReceiverMarks
}

export type Download = {
  readonly stream: Readable
  readonly contentType: string
  /** Without a dot. */
  readonly fileExtension: string
}

export type PageOptions = { readonly transform?: RowTransform }

/**
 * Reads one snapshot. Values leave as they are in JSON: integers and decimals as numbers, booleans as such, dates as
 * `2026-10-14`, times as `09:30:00`, instants as `2026-10-14T01:30:00.000Z`, all else as text.
 */
export type SnapshotReader = {
  readonly manifest: SnapshotManifest
  /** One row by the values of all key fields in their order, or null. Throws `no-key`, `unknown-field`. */
  lookUp(values: readonly string[], fields: readonly string[]): Promise<Row | null>
  /** The same at once, for files that lie on this disk for good. */
  rowByKey(values: readonly string[], fields: readonly string[]): Row | null
  /** Throws `unknown-field`, `bad-filter`, `bad-query`, `bad-cursor`. */
  page(query: RowQuery, options?: PageOptions): Promise<RowPage>
  aggregate(query: AggregateQuery): Promise<Row[]>
  /** The same with each group's number of rows and of values in `counted`; bins have to state their width. */
  sizedGroups(query: AggregateQuery, counted: readonly string[]): Promise<SizedGroup[]>
  /** How many blocks of fewer than `least` rows these answers tell apart, laid over each other. */
  smallBlocks(answers: readonly AnsweredAggregate[], over: BlocksOver): Promise<number>
  export(query: ExportQuery): Promise<Download>
  /** Throws what `export` would of the same: `unknown-field`, `bad-filter`, `bad-query`. Reads nothing. */
  checkSelection(fields: readonly string[], filters: readonly Filter[]): void
  /** Of these fields those that hold running text, which can carry a mark: at least `texts` different ones among the first thousands of rows. */
  proseFields(fields: readonly string[], texts: number): Promise<string[]>
  /** The refused rows of the load as CSV (line, column, cause, value, whole row); null where none was refused. */
  refusalReport(): Promise<Download | null>
}

export type LakeConfig = {
  /** Made where it is missing. Belongs to one process. */
  readonly folder: string
  /** For DuckDB alone; the process needs some 200 MB more. Default 256. */
  readonly memoryLimitMb?: number
  /** For DuckDB. Default 2. */
  readonly threads?: number
  /** Room on this disk for files of whole snapshots that were asked for before. Default 1 GiB. */
  readonly wholeFilesBytes?: number
  /** Answers scans of snapshots of at least `leastRows` rows; DuckDB answers all of them where absent. */
  readonly engine?: TrinoSettings & { readonly leastRows: number }
  /** Where snapshots and files last that other nodes need too; all of it in the folder where absent. */
  readonly objects?: {
    readonly store: ObjectStore
    /** Room on this disk for files that are read here. */
    readonly cacheBytes: number
    /** Of this process, among those that share the folder; empty for the only one. */
    readonly node: string
  }
}

/** Files in, snapshots out. Everything that is refused is a `LakeError`. */
export type Lake = {
  /** Writes a stream to disk. A stream that fails, is aborted or is too large leaves nothing behind. */
  stage(stream: Readable, options: StageOptions): Promise<StagedFile>
  /** Forgets a staged file and what was derived from it. */
  discard(staged: StagedFile): Promise<void>
  profile(staged: StagedFile, options?: ProfileOptions): Promise<FileProfile>
  /** Bad rows are refused into a report, never the whole file. What is sealed is complete on disk. */
  load(request: LoadRequest): Promise<SealedSnapshot>
  /** A snapshot of its own with the rows of an earlier one, which may then go. Throws `snapshot-missing`. */
  copy(snapshotId: string): Promise<SealedSnapshot>
  /**
   * How a later snapshot differs from an earlier one: by key, or by whole rows where they have none (then nothing is
   * changed). Throws `snapshot-missing`, `unknown-field`, `bad-filter`, `bad-query`, `bad-cursor`.
   */
  diff(earlier: string, later: string, query: DiffQuery): Promise<DiffPage>
  /** Throws `snapshot-missing`. Ask for it each time rather than keep it: readers are held here, the ones used last. */
  reader(snapshotId: string): Promise<SnapshotReader>
  /** How many different values of a field two snapshots hold, and share: counts, never a value. Throws `unknown-field`, `snapshot-missing`. */
  overlap(
    left: { readonly snapshotId: string; readonly field: string },
    right: { readonly snapshotId: string; readonly field: string },
  ): Promise<{ left: number; right: number; both: number }>
  /** What a staged file says of whom it was handed to; `atAGlance` looks at its beginning only. */
  evidence(staged: Pick<StagedFile, 'path'>, options?: { readonly atAGlance?: boolean }): Promise<Evidence>
  /** Files that are made now and collected later. */
  readonly kept: KeptFiles
  /** Told of a snapshot once it is live: one of which nobody says so is taken away by `sweep`. */
  keepSnapshot(snapshotId: string): Promise<void>
  removeSnapshot(snapshotId: string): Promise<void>
  /** Takes from this disk what other nodes have destroyed or thrown away: every few minutes. */
  catchUp(): Promise<void>
  /**
   * Removes what a crash left half-written, and staged files (by path) that are not to be kept, as far as they were
   * last written before `olderThan`. For the start of a process, before anything of its own is under way; where other
   * processes share the folder, what is young may be theirs. `isLive` is asked of snapshots that were made and of
   * which `keepSnapshot` was never told; none is asked about where they lie in the folder.
   */
  sweep(
    keepStaged: ReadonlySet<string>,
    olderThan?: Date,
    isLive?: (snapshotId: string) => Promise<boolean>,
  ): Promise<void>
  close(): Promise<void>
}
