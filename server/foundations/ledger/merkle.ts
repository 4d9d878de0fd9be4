import { hash } from 'node:crypto'

/**
 * Tree hashing and proofs of RFC 6962, section 2.1. The tree is read through hashes of its complete subtrees; which
 * hash function it stands on is told by its hashing: SHA-256 as the specification has it, SM3 for the second tree.
 */
export type TreeHashing = {
  readonly algorithm: HashAlgorithm
  emptyRoot(): Buffer
  leaf(entry: Buffer): Buffer
  pair(left: Buffer, right: Buffer): Buffer
  /** The hash over a power of two of neighbouring hashes. */
  complete(hashes: readonly Buffer[]): Buffer
}

export type HashAlgorithm = 'sha256' | 'sm3'

/** The hash of the complete subtree of 2^`level` leaves that begins at leaf `index` * 2^`level`. */
export type SubtreeHash = (level: number, index: number) => Promise<Buffer>

const leafPrefix = Buffer.from([0])
const nodePrefix = Buffer.from([1])

function hashingBy(algorithm: HashAlgorithm): TreeHashing {
  const pair = (left: Buffer, right: Buffer): Buffer =>
    hash(algorithm, Buffer.concat([nodePrefix, left, right]), 'buffer')
  return {
    algorithm,
    emptyRoot: () => hash(algorithm, Buffer.alloc(0), 'buffer'),
    leaf: (entry) => hash(algorithm, Buffer.concat([leafPrefix, entry]), 'buffer'),
    pair,
    complete: (hashes) => {
      let row = hashes
      while (row.length > 1)
        row = Array.from({ length: row.length / 2 }, (_, index) => pair(row[2 * index]!, row[2 * index + 1]!))
      return row[0]!
    },
  }
}

export const sha256Tree = hashingBy('sha256')
export const sm3Tree = hashingBy('sm3')

/** The hash of leaves `from` (inclusive) to `to` (exclusive), `from` < `to`, cut as the RFC cuts a tree. */
export async function hashRange(
  tree: TreeHashing,
  subtree: SubtreeHash,
  from: number,
  to: number,
): Promise<Buffer> {
  const count = to - from
  if (count === 1) return subtree(0, from)
  const half = largestPowerBelow(count)
  if (half * 2 === count) return subtree(Math.log2(count), from / count)
  const cut = from + half
  const [left, right] = await Promise.all([
    hashRange(tree, subtree, from, cut),
    hashRange(tree, subtree, cut, to),
  ])
  return tree.pair(left, right)
}

export const rootOf = async (tree: TreeHashing, subtree: SubtreeHash, size: number): Promise<Buffer> =>
  size === 0 ? tree.emptyRoot() : hashRange(tree, subtree, 0, size)

/** PATH(index, D[size]) of RFC 6962, section 2.1.1: the leaf's neighbour first. Its hashes are asked for all at once. */
export async function inclusionProof(
  tree: TreeHashing,
  subtree: SubtreeHash,
  index: number,
  size: number,
): Promise<Buffer[]> {
  const proof: Promise<Buffer>[] = []
  let from = 0
  let to = size
  while (to - from > 1) {
    const cut = from + largestPowerBelow(to - from)
    if (index < cut) {
      proof.push(hashRange(tree, subtree, cut, to))
      to = cut
    } else {
      proof.push(hashRange(tree, subtree, from, cut))
      from = cut
    }
  }
  return Promise.all(proof.reverse())
}

/** PROOF(older, D[newer]) of RFC 6962, section 2.1.2; empty where `older` is 0 or `newer`. */
export async function consistencyProof(
  tree: TreeHashing,
  subtree: SubtreeHash,
  older: number,
  newer: number,
): Promise<Buffer[]> {
  if (older === 0 || older === newer) return []
  const proof: Promise<Buffer>[] = []
  let from = 0
  let to = newer
  while (to !== older) {
    const cut = from + largestPowerBelow(to - from)
    if (older <= cut) {
      proof.push(hashRange(tree, subtree, cut, to))
      to = cut
    } else {
      proof.push(hashRange(tree, subtree, from, cut))
      from = cut
    }
  }
  // A tree that is itself a left edge of the newer one is known by its root already.
  if (from > 0) proof.push(hashRange(tree, subtree, from, to))
  return Promise.all(proof.reverse())
}

type Head = { readonly size: number; readonly root: Buffer }

/**
 * Whether the proof shows that the tree of the older head begins the tree of the newer one (RFC 9162, section
 * 2.1.4.2). Sizes are below 2^53.
 */
export function isConsistent(tree: TreeHashing, older: Head, newer: Head, proof: readonly Buffer[]): boolean {
  if (older.size === 0) return proof.length === 0
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root)
  if (older.size > newer.size) return false
  let node = older.size - 1
  let last = newer.size - 1
  while (node % 2 === 1) {
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  const path = node === 0 ? [older.root, ...proof] : [...proof]
  const start = path.shift()
  if (start === undefined) return false
  let [olderRoot, newerRoot] = [start, start]
  for (const sibling of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      olderRoot = tree.pair(sibling, olderRoot)
      newerRoot = tree.pair(sibling, newerRoot)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    } else newerRoot = tree.pair(newerRoot, sibling)
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && olderRoot.equals(older.root) && newerRoot.equals(newer.root)
}

/** The largest power of two smaller than `count`, for `count` > 1. */
function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}
