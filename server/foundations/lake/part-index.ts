import type { KeyValue } from './key-order.ts'
import type { SnapshotManifest } from './lake.types.ts'
import { partPaths, partsOf } from './parts.ts'
import { type BlockCache, openRowIndex, type RowIndex } from './row-index.ts'

/**
 * Looks rows up in a snapshot of several parts: the newest part that knows the key answers, with its row or with the
 * word that there is none any more.
 */
export function openPartIndex(folder: string, manifest: SnapshotManifest, cache: BlockCache): RowIndex {
  const name = manifest.snapshotId
  if (manifest.parts === undefined) return openRowIndex(partPaths(folder, 0).index, name, cache)
  const parts = partsOf(manifest).map(({ deleted }, part) => {
    const paths = partPaths(folder, part)
    return {
      rows: openRowIndex(paths.index, `${name}/${part}`, cache),
      deleted:
        paths.deleted === null || deleted === 0
          ? null
          : openRowIndex(paths.deleted.index, `${name}/${part}/deleted`, cache),
    }
  })
  const newestFirst = parts.toReversed()
  return {
    find: (key: readonly KeyValue[]) => {
      for (const { rows, deleted } of newestFirst) {
        const row = rows.find(key)
        if (row !== null) return row
        if (deleted?.find(key)) return null
      }
      return null
    },
    close: () => {
      for (const { rows, deleted } of parts) {
        rows.close()
        deleted?.close()
      }
    },
  }
}
