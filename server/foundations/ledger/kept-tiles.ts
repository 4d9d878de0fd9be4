import { LRUCache } from 'lru-cache'
import type { TreeHashing } from './merkle.ts'

/** The hash of the complete subtree of 2^`height` hashes of a tile, the `index`-th of its height within the tile. */
export type TileRows = (height: number, index: number) => Buffer

const hashBytes = 32

/** Hashes a tile once, row by row from below, each row when it is first asked for; `hashes` stand one after another. */
export function rowsOver(tree: TreeHashing, hashes: Buffer): TileRows {
  const rows = [hashes]
  const at = (height: number, index: number): Buffer =>
    rows[height]!.subarray(index * hashBytes, (index + 1) * hashBytes)
  return (height, index) => {
    for (let below = rows.length - 1; below < height; below++) {
      const row = Buffer.alloc(((rows[below]!.length / hashBytes) >> 1) * hashBytes)
      for (let pair = 0; pair * hashBytes < row.length; pair++)
        tree.pair(at(below, 2 * pair), at(below, 2 * pair + 1)).copy(row, pair * hashBytes)
      rows.push(row)
    }
    return at(height, index)
  }
}

/**
 * Tiles of one log by level, index and number of hashes: what stands under such a name in a published log never
 * changes. Full ones of the lowest level are not among them, being too many to be met twice; of those above there is one
 * for each 65,536 records, so that those kept here serve a log of some thirty million.
 */
export type KeptTiles = Pick<LRUCache<string, TileRows>, 'get' | 'set'>

/** Of 16 KB each. */
const tilesKept = 512

export const createKeptTiles = (most = tilesKept): KeptTiles => new LRUCache({ max: most })

/** The kept tiles of each log by its path. */
export function keptTilesByLog(): (path: string) => KeptTiles {
  const logs = new Map<string, KeptTiles>()
  return (path) => {
    const known = logs.get(path) ?? createKeptTiles()
    logs.set(path, known)
    return known
  }
}
