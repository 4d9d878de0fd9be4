import { type KeptTiles, rowsOver, type TileRows } from './kept-tiles.ts'
import type { SubtreeHash, TreeHashing } from './merkle.ts'
import type { LedgerStorage } from './storage.ts'

/** The tree as static files, in the layout of C2SP tlog-tiles: 256 hashes a tile, each level of tiles 8 of the tree. */

export const tileWidth = 256
const tileHeight = 8
const hashBytes = 32

/** Path of a tile; `width` below 256 makes it a partial tile. */
export const tilePath = (level: number, index: number, width: number): string =>
  `tile/${level}/${indexPath(index)}${partialSuffix(width)}`

/** Path of the bundle that holds the entries under a tile of level 0. */
export const entriesPath = (index: number, width: number): string =>
  `tile/entries/${indexPath(index)}${partialSuffix(width)}`

/** Folder of the partial forms of a tile, of no more use once the tile is full. */
export const partialsOf = (fullPath: string): string => `${fullPath}.p`

const partialSuffix = (width: number): string => (width === tileWidth ? '' : `.p/${width}`)

/** Groups of three digits, all but the last led by an x: 1234067 is `x001/x234/067`. */
function indexPath(index: number): string {
  let path = String(index % 1000).padStart(3, '0')
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`
  return path
}

/** How many hashes stand at this tile level in a tree of `size` leaves. */
export const hashesAtLevel = (level: number, size: number): number => Math.floor(size / tileWidth ** level)

/** How many hashes a tile has in a tree of `size` leaves. */
const widthOf = (level: number, index: number, size: number): number =>
  Math.min(tileWidth, hashesAtLevel(level, size) - index * tileWidth)

/** Cuts a tile file into its hashes. */
export function splitHashes(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length / hashBytes }, (_, index) =>
    bytes.subarray(index * hashBytes, (index + 1) * hashBytes),
  )
}

/** An entry bundle: each entry after its length as a big-endian uint16. */
export function encodeBundle(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(entry.length)
      return [length, entry]
    }),
  )
}

export function decodeBundle(bytes: Buffer): Buffer[] {
  const entries: Buffer[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt16BE(at)
    entries.push(bytes.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return entries
}

/**
 * Reads subtree hashes of the tree of `size` leaves from its tiles; each tile is read at most once. `kept`: tiles that
 * earlier readings of this log have left. Whoever wants to know what lies on the disk now gives none.
 */
export function subtreesOf(
  storage: LedgerStorage,
  tree: TreeHashing,
  size: number,
  kept?: KeptTiles,
): SubtreeHash {
  const tiles = new Map<string, Promise<TileRows>>()
  const rowsOf = async (level: number, index: number): Promise<TileRows> => {
    const width = widthOf(level, index, size)
    const name = `${level}/${index}/${width}`
    const known = kept?.get(name)
    if (known !== undefined) return known
    const rows = rowsOver(tree, Buffer.concat(await readTile(storage, level, index, size)))
    if (level > 0 || width < tileWidth) kept?.set(name, rows)
    return rows
  }
  return async (level, index) => {
    const tileLevel = Math.floor(level / tileHeight)
    const height = level % tileHeight
    const tileIndex = Math.floor((index * 2 ** height) / tileWidth)
    const name = `${tileLevel}/${tileIndex}`
    let tile = tiles.get(name)
    if (tile === undefined) {
      tile = rowsOf(tileLevel, tileIndex)
      tiles.set(name, tile)
    }
    return (await tile)(height, index - tileIndex * (tileWidth >> height))
  }
}

/** The hashes of one tile as a tree of `size` leaves has them. */
export async function readTile(
  storage: LedgerStorage,
  level: number,
  index: number,
  size: number,
): Promise<Buffer[]> {
  const width = widthOf(level, index, size)
  const bytes = await readWidened(storage, (wide) => tilePath(level, index, wide), width)
  return splitHashes(bytes).slice(0, width)
}

/** The entries of the last, unfinished bundle of a log of `size`; none where it ends with a full one. */
export async function readLastEntries(storage: LedgerStorage, size: number): Promise<Buffer[]> {
  const width = size % tileWidth
  if (width === 0) return []
  const bytes = await readWidened(storage, (wide) => entriesPath(Math.floor(size / tileWidth), wide), width)
  return decodeBundle(bytes).slice(0, width)
}

/** A partial file may have gone because the full one is there: that one begins with the same bytes. */
async function readWidened(
  storage: LedgerStorage,
  pathOf: (width: number) => string,
  width: number,
): Promise<Buffer> {
  const bytes = (await storage.read(pathOf(width))) ?? (await storage.read(pathOf(tileWidth)))
  if (bytes === null) throw new Error(`the log has lost ${pathOf(width)}`)
  return bytes
}
