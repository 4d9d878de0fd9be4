import type { AddressGuard } from './address-guard.ts'

/**
 * A database of somebody else, read only. The address is `postgresql://host:port/database` or
 * `mysql://host:port/database` (MySQL and MariaDB), with `?sslmode=verify-full` for TLS, which is left out only within
 * the ranges that the administrator opened.
 */
export type DatabaseAddress = {
  readonly url: URL
  readonly user: string
  readonly password: string | null
  readonly guard: AddressGuard
  /** How long one question may take; half a minute where absent. */
  readonly answerMs?: number
}

/** A table or view of it, and which of its columns stands for which field. */
export type SourceTable = {
  /** Null: where unnamed tables lie, which is `public` in PostgreSQL and the database of the address in MySQL. */
  readonly schema: string | null
  readonly name: string
  readonly columns: readonly { readonly field: string; readonly column: string }[]
  /** The column that says when a row last changed; null where the table has none. */
  readonly changedColumn: string | null
}

export type TableMeasure = { readonly rows: number; readonly changedAt: Date | null }

/** How far a column that rises has come: its largest value, as the database writes it, and how many rows have that. */
export type Mark = { readonly value: string; readonly rows: number }

/** What the database says of its rising column. */
export type Progress = {
  /** The largest value that is not ahead of time; null where no row has one. */
  readonly mark: Mark | null
  /** Rows that have the value which was asked for, and rows with a larger one. */
  readonly atKnown: number
  readonly beyond: number
  /** Rows whose time has not come yet, by the platform's clock: somebody's clock is wrong. */
  readonly ahead: number
}

/** Which rows: all in the order of some columns, or those between two values of a rising column. */
export type Extent = {
  readonly orderedBy: readonly string[]
  readonly between?: {
    readonly column: string
    /** Null: from the beginning, rows without a value too. */
    readonly after: string | null
    /** Those with the value itself too. */
    readonly including: boolean
    /** Null: none has a value. */
    readonly upTo: string | null
  }
}

/** What can be asked of the database while the connection stands: all of it sees one and the same state. */
export type DatabaseReader = {
  /** Goes through the whole table. */
  measure(table: SourceTable): Promise<TableMeasure>
  /** When a row last changed, as the named column says. */
  newest(table: SourceTable): Promise<Date | null>
  /** @throws ColumnNotRising where the column holds neither whole or decimal numbers nor times */
  progress(table: SourceTable, column: string, known: string | null, now: Date): Promise<Progress>
  /** The values of the row with this key, by field; undefined where there is none. */
  row(
    table: SourceTable,
    key: Readonly<Record<string, string>>,
    fields: readonly string[],
  ): Promise<Record<string, unknown> | undefined>
  /** The rows, one JSON object a line, numbers as the database writes them. */
  lines(table: SourceTable, extent?: Extent): AsyncGenerator<string>
}

export const connectMs = 5_000
export const usualAnswerMs = 30_000
/** What is held in memory of a table at once: this many rows, each of at most so many bytes. */
export const rowsAtOnce = 64
export const longestRow = 512 * 1024
/** Clocks of two systems differ by this much without either being wrong. */
export const clocksDifferMs = 5 * 60_000

/** One row as a line, from the JSON text of each value. */
export const lineOf = (names: readonly string[], jsonAt: (place: number) => string | null): string =>
  `{${names.map((name, place) => `${name}:${jsonAt(place) ?? 'null'}`).join(',')}}\n`

/** The moment beyond which values are ahead of time, as a database writes it: in its zone, or in China's without one. */
export function latestMoment(now: Date, kind: 'with-zone' | 'without-zone' | 'date'): string {
  const latest = now.getTime() + clocksDifferMs
  if (kind === 'with-zone') return new Date(latest).toISOString()
  const civil = new Date(latest + 8 * 3_600_000).toISOString()
  return kind === 'date' ? civil.slice(0, 10) : civil.slice(0, 23).replace('T', ' ')
}
