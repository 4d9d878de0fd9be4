import type { TreeHashing } from './merkle.ts'
import type { LedgerStorage } from './storage.ts'
import {
  encodeBundle,
  entriesPath,
  hashesAtLevel,
  partialsOf,
  readLastEntries,
  readTile,
  tilePath,
  tileWidth,
} from './tiles.ts'

/** Files written at once: enough to keep the disk busy while it flushes. */
const filesAtOnce = 16

/**
 * Extends the tiles of a log of `size` entries by the entries that follow, and returns when all is durable. Files
 * are a function of the entries alone, so that doing it again after a crash writes the same bytes.
 */
export async function extendTiles(
  storage: LedgerStorage,
  tree: TreeHashing,
  size: number,
  entries: AsyncIterable<readonly Buffer[]>,
): Promise<void> {
  const writes = boundedWrites(storage)
  const bundle = await readLastEntries(storage, size)
  const edges = await readEdges(storage, size)
  let end = size

  async function finishTile(level: number): Promise<void> {
    const edge = edges[level]!
    const path = tilePath(level, Math.floor(end / tileWidth ** (level + 1)) - 1, tileWidth)
    await writes.full(path, Buffer.concat(edge))
    const parent = tree.complete(edge)
    edges[level] = []
    await push(level + 1, parent)
  }

  /** Gives what is to be waited for: where no tile is finished, which is nearly always, nothing. */
  function push(level: number, hash: Buffer): Promise<void> | undefined {
    edges[level] ??= []
    const edge = edges[level]
    edge.push(hash)
    return edge.length === tileWidth ? finishTile(level) : undefined
  }

  for await (const batch of entries)
    for (const entry of batch) {
      bundle.push(entry)
      end++
      if (bundle.length === tileWidth)
        await writes.full(entriesPath(end / tileWidth - 1, tileWidth), encodeBundle(bundle.splice(0)))
      const finishing = push(0, tree.leaf(entry))
      if (finishing !== undefined) await finishing
    }

  if (bundle.length > 0)
    await writes.partial(entriesPath(Math.floor(end / tileWidth), bundle.length), encodeBundle(bundle))
  for (const [level, edge] of edges.entries())
    if (edge.length > 0) {
      const index = Math.floor(hashesAtLevel(level, end) / tileWidth)
      await writes.partial(tilePath(level, index, edge.length), Buffer.concat(edge))
    }
  await writes.settled()
}

/** The hashes of the unfinished tile of every level, the lowest first. */
async function readEdges(storage: LedgerStorage, size: number): Promise<Buffer[][]> {
  const edges: Buffer[][] = []
  for (let level = 0; hashesAtLevel(level, size) > 0; level++) {
    const index = Math.floor(hashesAtLevel(level, size) / tileWidth)
    const finished = hashesAtLevel(level, size) % tileWidth === 0
    edges.push(finished ? [] : await readTile(storage, level, index, size))
  }
  return edges
}

function boundedWrites(storage: LedgerStorage) {
  const running = new Set<Promise<void>>()
  let failure: { readonly cause: unknown } | undefined

  async function begin(work: () => Promise<void>): Promise<void> {
    while (running.size >= filesAtOnce) await Promise.race(running)
    if (failure !== undefined) await settled()
    const write = work().then(
      () => void running.delete(write),
      (cause: unknown) => {
        failure ??= { cause }
        running.delete(write)
      },
    )
    running.add(write)
  }

  /** Nothing is under way any more when this returns or throws. */
  async function settled(): Promise<void> {
    await Promise.all(running)
    if (failure !== undefined) throw failure.cause
  }

  return {
    partial: (path: string, bytes: Buffer) => begin(() => storage.write(path, bytes)),
    full: (path: string, bytes: Buffer) =>
      begin(async () => {
        await storage.write(path, bytes)
        await storage.removeFolder(partialsOf(path))
      }),
    settled,
  }
}
