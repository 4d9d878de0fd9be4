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

/** A file as it arrived, whole on disk and flushed. */
export type StagedFile = {
  readonly path: string
  readonly fileName: string
  readonly sizeBytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

export type FileFormat = 'csv' | 'xlsx' | 'json' | 'ndjson' | 'parquet'

/** What was found in a file, shown to its steward before anything is taken in. */
export type FileProfile = {
  readonly format: FileFormat
  /** Name of the encoding of a text file, as found or as told: `utf-8`, `gb18030`, … */
  readonly encoding?: string
  readonly delimiter?: string
  readonly tables: readonly TableProfile[]
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
}

export type ColumnProfile = {
  /** Header exactly as in the file (after trimming); empty and double headers are given a name and marked. */
  readonly source: string
  readonly renamedFrom?: string
  readonly type: FieldType
  readonly nulls: number
  readonly distinctAtLeast: number
  readonly samples: readonly string[]
  /** Cells that are not of the type although nearly all others are: they would refuse their rows. */
  readonly misfits: number
  readonly misfitSamples: readonly string[]
  /** Personal data that the values look like. */
  readonly looksPersonal?: 'identity-number' | 'phone' | 'name' | 'address' | 'bank-card'
}

/** How a column of the file becomes a field of the snapshot. */
export type ColumnMapping = {
  readonly source: string
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
  /** Fields that together identify a row; empty where rows have no identity (then there is no look-up by key). */
  readonly keyFields: readonly string[]
  /** Texts that stand for "no value". */
  readonly nulls: readonly string[]
  readonly onProgress: (progress: LoadProgress) => void
  readonly signal: AbortSignal
}

export type LoadProgress = {
  readonly stage: 'decoding' | 'reading' | 'checking' | 'sorting' | 'indexing' | 'sealing'
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
  /** SHA-256 of the Parquet file, lower-case hex. */
  readonly sha256: string
  readonly fields: readonly FieldStatistics[]
}

export type RowRefusal = {
  /** Line of the file on which the row begins, from 1; for a sheet or a JSON list the row, from 1. */
  readonly line: number
  readonly column: string | null
  readonly cause: RefusalCause
  /** The cell as it stands in the file, cut at 200 characters. */
  readonly value: string | null
}

export type RefusalCause =
  | 'too-few-cells'
  | 'too-many-cells'
  | 'not-of-type'
  | 'missing'
  | 'undecodable'
  | 'unclosed-quote'
  | 'duplicate-key'

export type FieldStatistics = {
  readonly field: string
  readonly type: FieldType
  readonly nulls: number
  readonly distinct: number
  readonly min: string | null
  readonly max: string | null
}

/** A question to the rows, never text from outside. Fields are physical names of the snapshot. */
export type RowQuery = {
  readonly fields: readonly string[]
  readonly filters: readonly Filter[]
  readonly sort: readonly { readonly field: string; readonly descending: boolean }[]
  readonly limit: number
  /** Opaque; bound to snapshot, filters and sort: a cursor of another query is refused. */
  readonly cursor?: string
}

export type FilterOperator =
  | 'eq'
  | 'ne'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'in'
  | 'prefix'
  | 'contains'
  | 'between'
  | 'isnull'
  | 'notnull'
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
}

export type AggregateQuery = {
  readonly groupBy: readonly { readonly field: string; readonly grain?: 'year' | 'month' | 'day' | 'bin' }[]
  readonly measures: readonly {
    readonly operation: 'count' | 'sum' | 'avg' | 'min' | 'max'
    readonly field?: string
  }[]
  readonly filters: readonly Filter[]
  readonly limit: number
}

export type ExportFormat = 'csv' | 'xlsx' | 'json' | 'ndjson' | 'parquet'
