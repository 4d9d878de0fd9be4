import { newestCheckpoints } from './checkpoints.ts'
import { type Content, contentCheck } from './contents.ts'
import { type Finding, finding, Rejection } from './finding.ts'
import { parseVerifierKey, parseWitnessKey } from './keys.ts'
import { type LogSource, openLog, pairUp, tilePath, tileWidth } from './log-source.ts'
import { RootBuilder, type Tree } from './tree.ts'

export type LogFinding = Finding<{
  readonly origin: string
  readonly size: number
  readonly root: string
  /** How many of the entries the demanded witnesses have cosigned; null where none was demanded. */
  readonly witnessed: number | null
  /** How many records were held against their entries, and how many had been erased; null where none were given. */
  readonly contents: { readonly held: number; readonly erased: number } | null
}>

/** Bundles fetched ahead of the one being hashed. */
const fetchedAhead = 16

/**
 * Derives the whole log again from its entries, and compares every tile and the root with what is published, and with
 * what the witnesses cosigned of it on the way there. With `contents` each record is held against its entry, too.
 */
export function verifyLog(
  urlOrFolder: string,
  verifierKey: string,
  witnessKeys: readonly string[] = [],
  contents?: AsyncIterable<Content>,
): Promise<LogFinding> {
  return finding(async () => {
    const verifier = parseVerifierKey(verifierKey)
    const source = openLog(urlOrFolder)
    const { tree } = verifier
    const { newest, witnessed } = await newestCheckpoints(source, verifier, witnessKeys.map(parseWitnessKey))
    const { origin, size, root } = newest
    const derived = new RootBuilder(tree)
    const requireWitnessed = (count: number) => {
      if (count === witnessed?.size && !derived.root().equals(witnessed.root))
        throw new Rejection('history-rewritten', `${count} witnessed`)
    }
    const check = contents && contentCheck(tree, contents)
    let level: Buffer[] = []
    let count = 0
    requireWitnessed(count)
    for await (const { index, entries } of bundles(source, size)) {
      const leaves = entries.map(tree.leafHash)
      const parent = await compareTile(tree, source, 0, index, leaves)
      if (parent !== undefined) level.push(parent)
      for (const [place, leaf] of leaves.entries()) {
        await check?.require(count, entries[place]!)
        derived.add(leaf)
        requireWitnessed(++count)
      }
    }
    for (let height = 1; level.length > 0; height++) level = await compareLevel(tree, source, height, level)
    if (!derived.root().equals(root)) throw new Rejection('root-differs', String(size))
    return {
      origin,
      size,
      root: root.toString('base64'),
      witnessed: witnessed?.size ?? null,
      contents: check === undefined ? null : { held: size, erased: check.erased() },
    }
  })
}

async function* bundles(source: LogSource, size: number) {
  const count = Math.ceil(size / tileWidth)
  const fetches: Promise<Buffer[]>[] = []
  for (let index = 0; index < count; index++) {
    for (let ahead = fetches.length; ahead < Math.min(count, index + fetchedAhead); ahead++) {
      const fetching = source.entries(ahead, Math.min(tileWidth, size - ahead * tileWidth))
      // One that fails is thrown when its turn comes.
      fetching.catch(() => {})
      fetches.push(fetching)
    }
    const entries = await fetches[index]!
    delete fetches[index]
    yield { index, entries }
  }
}

/** The hashes of the next level: those of this level's full tiles. */
async function compareLevel(
  tree: Tree,
  source: LogSource,
  height: number,
  hashes: readonly Buffer[],
): Promise<Buffer[]> {
  const parents: Buffer[] = []
  for (let index = 0; index * tileWidth < hashes.length; index++) {
    const tile = hashes.slice(index * tileWidth, (index + 1) * tileWidth)
    const parent = await compareTile(tree, source, height, index, tile)
    if (parent !== undefined) parents.push(parent)
  }
  return parents
}

/** The hash over the tile where it is full. */
async function compareTile(
  tree: Tree,
  source: LogSource,
  level: number,
  index: number,
  derived: readonly Buffer[],
): Promise<Buffer | undefined> {
  const published = await source.tile(level, index, derived.length)
  if (!derived.every((hash, at) => hash.equals(published[at]!)))
    throw new Rejection('tile-differs', tilePath(level, index))
  if (derived.length < tileWidth) return undefined
  let row = derived
  while (row.length > 1) row = pairUp(tree, row)
  return row[0]
}
