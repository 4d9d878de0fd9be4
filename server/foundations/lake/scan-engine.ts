import { type Dialect, duckDialect } from './dialect.ts'
import type { Bound, Duck, ScanSession, SqlRow } from './duck.ts'
import type { Filter, SnapshotManifest } from './lake.types.ts'
import { snapshotRowsSql } from './parts.ts'

/** A snapshot and where it lies. */
export type Located = { readonly manifest: SnapshotManifest; readonly folder: string }

/** What answers a scan: statements with bound values, ended by a signal. */
export type Scanner = {
  connected<T>(signal: AbortSignal | undefined, work: (session: ScanSession) => Promise<T>): Promise<T>
  /** Rows in batches for as long as they are asked for. */
  streamed(sql: string, bound: readonly Bound[], signal: AbortSignal | undefined): AsyncGenerator<SqlRow[]>
}

/** The rows of a snapshot, each with its `_row`, as a relation in the SQL of the one that answers. */
export type Scan = { readonly scanner: Scanner; readonly dialect: Dialect; readonly rows: string }

/** An engine outside of the process that reads the same files. */
export type ScanEngine = {
  /** Undefined where it cannot read the snapshot: it was sealed before there was an engine. */
  scanOf(located: Located): Promise<Scan | undefined>
  /** What it knows of a snapshot whose rows are destroyed. */
  forget(snapshotId: string): Promise<void>
}

/** Who answers the scans of a snapshot. */
export type Scans = {
  readonly here: (located: Located) => Scan
  /** Whoever suits the size of all that are read. */
  suited(located: readonly Located[]): Promise<readonly Scan[]>
}

/**
 * What reads rows in their order and leaves none out reads a few groups of rows, or all of them one after the other:
 * no engine at a distance does that sooner. What chooses, sorts, groups or compares looks at all of them first.
 */
export const looksThrough = (query: {
  readonly filters: readonly Filter[]
  readonly sort?: readonly unknown[]
}): boolean => query.filters.length > 0 || (query.sort?.length ?? 0) > 0

/** Small snapshots are answered in the process, large ones by the engine where there is one. */
export function createScans(duck: Duck, engine?: ScanEngine, leastRows = Number.POSITIVE_INFINITY): Scans {
  const here = ({ folder, manifest }: Located): Scan => ({
    scanner: duck,
    dialect: duckDialect,
    rows: snapshotRowsSql(folder, manifest),
  })
  return {
    here,
    suited: async (located) => {
      if (engine === undefined || located.every(({ manifest }) => manifest.rows < leastRows))
        return located.map(here)
      const scans = await Promise.all(located.map(engine.scanOf))
      return scans.some((scan) => scan === undefined) ? located.map(here) : (scans as Scan[])
    },
  }
}
