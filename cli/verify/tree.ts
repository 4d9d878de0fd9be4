import { createHash } from 'node:crypto'

/**
 * Merkle tree hashing and the verification algorithms of RFC 9162, section 2.1 (as RFC 6962), over SHA-256 or, for the
 * second tree, over SM3.
 */
export type Tree = {
  hashOf(...parts: Uint8Array[]): Buffer
  leafHash(entry: Uint8Array): Buffer
  nodeHash(left: Uint8Array, right: Uint8Array): Buffer
}

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

function treeOver(algorithm: 'sha256' | 'sm3'): Tree {
  const hashOf = (...parts: Uint8Array[]): Buffer => {
    const digest = createHash(algorithm)
    for (const part of parts) digest.update(part)
    return digest.digest()
  }
  return {
    hashOf,
    leafHash: (entry) => hashOf(leafPrefix, entry),
    nodeHash: (left, right) => hashOf(nodePrefix, left, right),
  }
}

export const sha256Tree = treeOver('sha256')
export const sm3Tree = treeOver('sm3')

/** Takes leaf hashes one by one and gives the root, holding one hash for each complete subtree. */
export class RootBuilder {
  private readonly peaks: { readonly height: number; readonly hash: Buffer }[] = []
  private readonly tree: Tree
  constructor(tree: Tree) {
    this.tree = tree
  }

  add(leaf: Buffer): void {
    let peak = { height: 0, hash: leaf }
    for (let last = this.peaks.at(-1); last?.height === peak.height; last = this.peaks.at(-1)) {
      this.peaks.pop()
      peak = { height: peak.height + 1, hash: this.tree.nodeHash(last.hash, peak.hash) }
    }
    this.peaks.push(peak)
  }

  root(): Buffer {
    const [last, ...others] = this.peaks.map((peak) => peak.hash).reverse()
    return last === undefined
      ? this.tree.hashOf()
      : others.reduce((right, left) => this.tree.nodeHash(left, right), last)
  }
}

/** The root to which a leaf leads (RFC 9162, section 2.1.3.2); undefined where the proof has the wrong length. */
export function rootByInclusion(
  { nodeHash }: Tree,
  leaf: Buffer,
  index: number,
  size: number,
  proof: readonly Buffer[],
): Buffer | undefined {
  let node = BigInt(index)
  let last = BigInt(size) - 1n
  let root = leaf
  for (const sibling of proof) {
    if (last === 0n) return undefined
    if (node % 2n === 1n || node === last) {
      root = nodeHash(sibling, root)
      while (node % 2n === 0n && node !== 0n) {
        node /= 2n
        last /= 2n
      }
    } else root = nodeHash(root, sibling)
    node /= 2n
    last /= 2n
  }
  return last === 0n ? root : undefined
}

/** Whether the tree with the old root is a prefix of the tree with the new one (RFC 9162, section 2.1.4.2). */
export function isPrefix(
  { nodeHash }: Tree,
  older: { readonly size: number; readonly root: Buffer },
  newer: { readonly size: number; readonly root: Buffer },
  proof: readonly Buffer[],
): boolean {
  let node = BigInt(older.size) - 1n
  let last = BigInt(newer.size) - 1n
  while (node % 2n === 1n) {
    node /= 2n
    last /= 2n
  }
  const path = node === 0n ? [older.root, ...proof] : [...proof]
  const first = path.shift()
  if (first === undefined) return false
  let olderRoot = first
  let newerRoot = first
  for (const sibling of path) {
    if (last === 0n) return false
    if (node % 2n === 1n || node === last) {
      olderRoot = nodeHash(sibling, olderRoot)
      newerRoot = nodeHash(sibling, newerRoot)
      while (node % 2n === 0n && node !== 0n) {
        node /= 2n
        last /= 2n
      }
    } else newerRoot = nodeHash(newerRoot, sibling)
    node /= 2n
    last /= 2n
  }
  return last === 0n && olderRoot.equals(older.root) && newerRoot.equals(newer.root)
}

/** Gives the hash of the complete subtree of 2^height leaves that begins at leaf `start`. */
export type Subtree = (height: number, start: number) => Promise<Buffer>

/** PROOF(older, D[newer]) of RFC 9162, section 2.1.4.1, for 0 < older < newer. */
export async function consistencyProof(
  tree: Tree,
  subtree: Subtree,
  older: number,
  newer: number,
): Promise<Buffer[]> {
  const proof: Buffer[] = []
  let [from, to, whole] = [0, newer, true]
  while (to !== older) {
    const cut = from + splitOf(to - from)
    if (older <= cut) {
      proof.push(await rangeHash(tree, subtree, cut, to))
      to = cut
    } else {
      proof.push(await rangeHash(tree, subtree, from, cut))
      from = cut
      whole = false
    }
  }
  if (!whole) proof.push(await rangeHash(tree, subtree, from, to))
  return proof.reverse()
}

async function rangeHash(tree: Tree, subtree: Subtree, from: number, to: number): Promise<Buffer> {
  const count = to - from
  const cut = splitOf(count)
  if (count === 1) return subtree(0, from)
  if (cut * 2 === count) return subtree(Math.log2(count), from)
  return tree.nodeHash(
    await rangeHash(tree, subtree, from, from + cut),
    await rangeHash(tree, subtree, from + cut, to),
  )
}

/** Where the RFC splits `count` leaves: the largest power of two below it. */
function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}
