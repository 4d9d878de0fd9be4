import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { createKeptTiles, type KeptTiles } from './kept-tiles.ts'
import { consistencyProof, inclusionProof, rootOf, sha256Tree } from './merkle.ts'
import type { LedgerStorage } from './storage.ts'
import { extendTiles } from './tile-writer.ts'
import { subtreesOf } from './tiles.ts'

/** Of the log as it was published; in the end with a full tile of the second level, and the beginning of the third. */
const sizes = [300, 1_023, 40_000, 65_536, 66_000, 70_000]

const files = new Map<string, Buffer>()
let reads: string[] = []
const storage: LedgerStorage = {
  read: async (path) => {
    reads.push(path)
    return files.get(path) ?? null
  },
  write: async (path, bytes) => void files.set(path, Buffer.from(bytes)),
  removeFolder: async (folder) => {
    for (const path of files.keys()) if (path.startsWith(`${folder}/`)) files.delete(path)
  },
}

async function* entries(from: number, to: number): AsyncGenerator<Buffer[]> {
  yield Array.from({ length: to - from }, (_, offset) => Buffer.from(`entry ${from + offset}`))
}

beforeAll(async () => {
  for (const [step, size] of sizes.entries())
    await extendTiles(storage, sha256Tree, sizes[step - 1] ?? 0, entries(sizes[step - 1] ?? 0, size))
})

const subtree = (size: number, kept?: KeptTiles) => subtreesOf(storage, sha256Tree, size, kept)

it('prove the same whatever was kept before, was pushed out, or is read for the first time', async () => {
  const roomy = createKeptTiles()
  const cramped = createKeptTiles(1)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...sizes), fc.nat(), async (size, seed) => {
      const [leaf, older] = [seed % size, 1 + (seed % (size - 1))]
      const included = await inclusionProof(sha256Tree, subtree(size), leaf, size)
      const consistent = await consistencyProof(sha256Tree, subtree(size), older, size)
      for (const kept of [roomy, cramped]) {
        expect(await inclusionProof(sha256Tree, subtree(size, kept), leaf, size)).toEqual(included)
        expect(await consistencyProof(sha256Tree, subtree(size, kept), older, size)).toEqual(consistent)
      }
    }),
    { numRuns: 40 },
  )
})

it('leaves one file to be read for a proof, and none of the entries', async () => {
  const kept = createKeptTiles()
  const size = sizes.at(-1)!
  await inclusionProof(sha256Tree, subtree(size, kept), 69_999, size)
  await inclusionProof(sha256Tree, subtree(size, kept), 0, size)
  reads = []
  await inclusionProof(sha256Tree, subtree(size, kept), 1_000, size)
  expect(reads).toEqual(['tile/0/003'])
})

it('keeps nothing from whoever asks what lies there now', async () => {
  const kept = createKeptTiles()
  const size = sizes.at(-1)!
  const root = await rootOf(sha256Tree, subtree(size, kept), size)
  const tile = files.get('tile/2/000.p/1')!
  tile[0]! ^= 1
  try {
    expect(await rootOf(sha256Tree, subtree(size, kept), size)).toEqual(root)
    expect(await rootOf(sha256Tree, subtree(size), size)).not.toEqual(root)
  } finally {
    tile[0]! ^= 1
  }
})
