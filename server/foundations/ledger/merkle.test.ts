import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  consistencyProof,
  hashRange,
  inclusionProof,
  isConsistent,
  rootOf,
  type SubtreeHash,
  sha256Tree,
  sm3Tree,
} from './merkle.ts'

/** Inputs and roots of the reference tree that RFC 6962 implementations share (certificate-transparency-go). */
const referenceEntries = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const referenceRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const subtreesOver = (leaves: readonly Buffer[], tree = sha256Tree): SubtreeHash => {
  const at: SubtreeHash = async (level, index) =>
    level === 0
      ? leaves[index]!
      : tree.pair(await at(level - 1, 2 * index), await at(level - 1, 2 * index + 1))
  return at
}

/** Section 2.1.1 read from the verifier's side: fold the path from the leaf upwards. */
function rootByProof(leaf: Buffer, index: number, size: number, proof: Buffer[]): Buffer {
  let hash = leaf
  let node = index
  let last = size - 1
  for (const sibling of proof) {
    while (node % 2 === 0 && node === last) {
      node = Math.floor(node / 2)
      last = Math.floor(last / 2)
    }
    hash = node % 2 === 1 ? sha256Tree.pair(sibling, hash) : sha256Tree.pair(hash, sibling)
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return hash
}

const manyLeaves = (count: number, tree = sha256Tree): Buffer[] =>
  Array.from({ length: count }, (_, index) => tree.leaf(Buffer.from(String(index))))

describe('tree of RFC 6962', () => {
  const leaves = referenceEntries.map((hex) => sha256Tree.leaf(Buffer.from(hex, 'hex')))

  it('gives the reference roots', async () => {
    expect(sha256Tree.emptyRoot().toString('hex')).toBe(referenceRoots[0])
    for (let size = 1; size <= leaves.length; size++)
      expect((await rootOf(sha256Tree, subtreesOver(leaves), size)).toString('hex')).toBe(
        referenceRoots[size],
      )
  })

  it('proves every leaf of a tree of any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), async (size, seed) => {
        const many = manyLeaves(size)
        const index = seed % size
        const proof = await inclusionProof(sha256Tree, subtreesOver(many), index, size)
        const root = await hashRange(sha256Tree, subtreesOver(many), 0, size)
        expect(rootByProof(many[index]!, index, size, proof)).toEqual(root)
      }),
      { numRuns: 100 },
    )
  })

  it.each([sha256Tree, sm3Tree])(
    'proves with $algorithm that one tree begins another, and no more',
    async (tree) => {
      const most = 260
      const many = manyLeaves(most, tree)
      const rewritten = [...many.slice(0, -1), tree.leaf(Buffer.from('other'))]
      const head = async (from: Buffer[], size: number) => ({
        size,
        root: await rootOf(tree, subtreesOver(from, tree), size),
      })
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: most }), fc.nat({ max: most }), async (one, other) => {
          const [older, newer] = one < other ? [one, other] : [other, one]
          const proof = await consistencyProof(tree, subtreesOver(many, tree), older, newer)
          const [old, now] = [await head(many, older), await head(many, newer)]
          expect(isConsistent(tree, old, now, proof)).toBe(true)
          expect(isConsistent(tree, old, now, [...proof, tree.emptyRoot()])).toBe(false)
          if (proof.length > 0) expect(isConsistent(tree, old, now, proof.slice(1))).toBe(false)
          if (older > 0) {
            expect(isConsistent(tree, { ...old, root: tree.emptyRoot() }, now, proof)).toBe(false)
            if (newer > older) expect(isConsistent(tree, now, old, proof)).toBe(false)
            const forked = await head(rewritten, most)
            if (older === most) expect(isConsistent(tree, old, forked, [])).toBe(false)
          }
        }),
        { numRuns: 60 },
      )
    },
  )
})
