import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  emptyRoot,
  hashLeaf,
  hashPair,
  hashRange,
  inclusionProof,
  rootOf,
  type SubtreeHash,
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

const subtreesOver = (leaves: readonly Buffer[]): SubtreeHash => {
  const at: SubtreeHash = async (level, index) =>
    level === 0
      ? leaves[index]!
      : hashPair(await at(level - 1, 2 * index), await at(level - 1, 2 * index + 1))
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
    hash = node % 2 === 1 ? hashPair(sibling, hash) : hashPair(hash, sibling)
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return hash
}

describe('tree of RFC 6962', () => {
  const leaves = referenceEntries.map((hex) => hashLeaf(Buffer.from(hex, 'hex')))

  it('gives the reference roots', async () => {
    expect(emptyRoot().toString('hex')).toBe(referenceRoots[0])
    for (let size = 1; size <= leaves.length; size++)
      expect((await rootOf(subtreesOver(leaves), size)).toString('hex')).toBe(referenceRoots[size])
  })

  it('proves every leaf of a tree of any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), async (size, seed) => {
        const many = Array.from({ length: size }, (_, index) => hashLeaf(Buffer.from(String(index))))
        const index = seed % size
        const proof = await inclusionProof(subtreesOver(many), index, size)
        const root = await hashRange(subtreesOver(many), 0, size)
        expect(rootByProof(many[index]!, index, size, proof)).toEqual(root)
      }),
      { numRuns: 100 },
    )
  })
})
