import { join } from 'node:path'
import { quoteName, quoteText } from './duck.ts'
import type { SnapshotManifest, SnapshotPart } from './lake.types.ts'
import { columnsOf, rowColumn } from './load-sql.ts'
import { snapshotPaths } from './snapshot-folder.ts'

/** What of a manifest tells how its rows are laid. */
export type Laid = Pick<SnapshotManifest, 'rows' | 'sha256' | 'fields' | 'parts'>

/** Part of a snapshot in which a row lies, and its place there, from 0. */
export const partColumn = '_part'
export const placeColumn = '_place'

/** Where a part lies: its rows twice (0003), and the keys that it takes out of the parts before it. */
export function partPaths(folder: string, part: number) {
  const first = snapshotPaths(folder)
  if (part === 0) return { parquet: first.parquet, index: first.index, deleted: null }
  const named = (name: string) => join(folder, `${name}-${part}`)
  return {
    parquet: `${named('rows')}.parquet`,
    index: { rows: `${named('rows')}.jsonl`, blocks: `${named('blocks')}.jsonl` },
    deleted: {
      parquet: `${named('deleted')}.parquet`,
      index: { rows: `${named('deleted')}.jsonl`, blocks: `${named('deleted-blocks')}.jsonl` },
    },
  }
}

/** Every file that a part may have, in a fixed order. */
export function filesOf(folder: string, part: number): string[] {
  const { parquet, index, deleted } = partPaths(folder, part)
  const own = [parquet, index.rows, index.blocks]
  return deleted === null ? own : [...own, deleted.parquet, deleted.index.rows, deleted.index.blocks]
}

/** Rows of the parts that no longer count, by part and place. */
export const gonePath = (folder: string): string => join(folder, 'gone.parquet')

/** Pure: the parts of a snapshot, the oldest first; what was loaded whole has one. */
export const partsOf = (manifest: Laid): readonly SnapshotPart[] =>
  manifest.parts ?? [{ rows: manifest.rows, stored: manifest.rows, deleted: 0, sha256: manifest.sha256 }]

/**
 * The rows of a snapshot as a relation of SQL, each numbered by `_row` in one order that never changes: part after
 * part, and in a part by place. Of a snapshot of one part the engine knows the number and skips what lies before.
 */
export function snapshotRowsSql(folder: string, manifest: Laid): string {
  if (manifest.parts === undefined)
    return `(select * exclude (file_row_number), file_row_number as ${rowColumn} from ${placed(partPaths(folder, 0).parquet)})`
  return placedRowsSql(folder, manifest, 0)
}

/** The same of the parts from `from` on, each row with its part and its place in it. */
export function placedRowsSql(folder: string, manifest: Laid, from: number): string {
  const parts = partsOf(manifest)
  const names = manifest.fields.flatMap(columnsOf).map(quoteName).join(', ')
  let before = 0
  const relations = parts.map(({ stored }, part) => {
    const offset = before
    before += stored
    const all = placed(partPaths(folder, part).parquet)
    const left =
      manifest.parts === undefined || part === parts.length - 1
        ? `${all} r`
        : `${all} r anti join (select place from read_parquet(${quoteText(gonePath(folder))}) where part = ${part}) g
           on r.file_row_number = g.place`
    const row = offset === 0 ? 'file_row_number' : `file_row_number + ${offset}`
    return `select ${names}, ${part} as ${partColumn}, file_row_number as ${placeColumn}, ${row} as ${rowColumn} from ${left}`
  })
  return `(${relations.slice(from).join(' union all ')})`
}

const placed = (parquet: string): string => `read_parquet(${quoteText(parquet)}, file_row_number = true)`

/**
 * Pure: how many of the parts stay as they are when rows that weigh `incoming` come on top of them; the others become
 * one with what comes. A part that is less than twice as large as all that comes after it is taken in: so the parts
 * of a snapshot at least double from the newest to the oldest, there are never more than some twenty of them, and a
 * row is written anew as often as its part doubles, however small the batches are.
 */
export function partsKept(parts: readonly SnapshotPart[], incoming: number): number {
  let kept = parts.length
  let gathered = incoming
  while (kept > 0) {
    const { stored, deleted } = parts[kept - 1]!
    if (stored + deleted >= 2 * gathered) return kept
    gathered += stored + deleted
    kept -= 1
  }
  return 0
}
