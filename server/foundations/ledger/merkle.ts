import { hash } from 'node:crypto'

/** Tree hashing of RFC 6962, section 2.1, over SHA-256. The tree is read through hashes of its complete subtrees. */

/** The hash of the complete subtree of 2^`level` leaves that begins at leaf `index` * 2^`level`. */
export type SubtreeHash = (level: number, index: number) => Promise<Buffer>

export const emptyRoot = (): Buffer => hash('sha256', Buffer.alloc(0), 'buffer')

export const hashLeaf = (entry: Buffer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from([0]), entry]), 'buffer')

export const hashPair = (left: Buffer, right: Buffer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from([1]), left, right]), 'buffer')

/** The hash over a power of two of neighbouring hashes. */
export function hashComplete(hashes: readonly Buffer[]): Buffer {
  let row = hashes
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, index) => hashPair(row[2 * index]!, row[2 * index + 1]!))
  return row[0]!
}

/** The hash of leaves `from` (inclusive) to `to` (exclusive), `from` < `to`, cut as the RFC cuts a tree. */
export async function hashRange(subtree: SubtreeHash, from: number, to: number): Promise<Buffer> {
  const count = to - from
  if (count === 1) return subtree(0, from)
  const half = largestPowerBelow(count)
  if (half * 2 === count) return subtree(Math.log2(count), from / count)
  const cut = from + half
  return hashPair(await hashRange(subtree, from, cut), await hashRange(subtree, cut, to))
}

export const rootOf = async (subtree: SubtreeHash, size: number): Promise<Buffer> =>
  size === 0 ? emptyRoot() : hashRange(subtree, 0, size)

/** PATH(index, D[size]) of RFC 6962, section 2.1.1: the leaf's neighbour first. */
export async function inclusionProof(subtree: SubtreeHash, index: number, size: number): Promise<Buffer[]> {
  const proof: Buffer[] = []
  let from = 0
  let to = size
  while (to - from > 1) {
    const cut = from + largestPowerBelow(to - from)
    if (index < cut) {
      proof.push(await hashRange(subtree, cut, to))
      to = cut
    } else {
      proof.push(await hashRange(subtree, from, cut))
      from = cut
    }
  }
  return proof.reverse()
}

/** The largest power of two smaller than `count`, for `count` > 1. */
function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}
