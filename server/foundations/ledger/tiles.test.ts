import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rootOf, type SubtreeHash, sha256Tree } from './merkle.ts'
import { folderStorage } from './storage.ts'
import { extendTiles } from './tile-writer.ts'
import { entriesPath, subtreesOf, tilePath } from './tiles.ts'

const entry = (index: number): Buffer => sha256Tree.leaf(Buffer.from(`entry ${index}`))

async function* entries(from: number, to: number): AsyncGenerator<Buffer[]> {
  yield Array.from({ length: to - from }, (_, offset) => entry(from + offset))
}

/** The same tree from its leaves, without tiles. */
const fromLeaves: SubtreeHash = async (level, index) =>
  level === 0
    ? sha256Tree.leaf(entry(index))
    : sha256Tree.pair(await fromLeaves(level - 1, 2 * index), await fromLeaves(level - 1, 2 * index + 1))

describe('tiles', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiaoli-tiles-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('are named as the specification names them', () => {
    expect(tilePath(0, 1_234_067, 256)).toBe('tile/0/x001/x234/067')
    expect(tilePath(2, 0, 1)).toBe('tile/2/000.p/1')
    expect(entriesPath(1_000, 17)).toBe('tile/entries/x001/000.p/17')
  })

  it('give the root of the tree however it grew', async () => {
    const storage = folderStorage(folder)
    const sizes = [0, 1, 2, 255, 256, 257, 300, 511, 512, 70_000]
    for (const [step, size] of sizes.entries()) {
      if (step > 0) await extendTiles(storage, sha256Tree, sizes[step - 1]!, entries(sizes[step - 1]!, size))
      expect(await rootOf(sha256Tree, subtreesOf(storage, sha256Tree, size), size)).toEqual(
        await rootOf(sha256Tree, fromLeaves, size),
      )
    }
    // The specification's own example of a tree of 70,000.
    expect(readdirSync(join(folder, 'tile/0')).filter((name) => !name.endsWith('.p'))).toHaveLength(273)
    expect(readdirSync(join(folder, 'tile/0/273.p'))).toEqual(['112'])
    expect(readdirSync(join(folder, 'tile/1'))).toEqual(['000', '001.p'])
    expect(readdirSync(join(folder, 'tile/1/001.p'))).toContain('17')
    expect(readdirSync(join(folder, 'tile/2/000.p'))).toEqual(['1'])
  })

  it('come out the same when they are written again after a crash', async () => {
    const storage = folderStorage(folder)
    await extendTiles(storage, sha256Tree, 0, entries(0, 200))
    await extendTiles(storage, sha256Tree, 200, entries(200, 900))
    await extendTiles(storage, sha256Tree, 200, entries(200, 1_000))
    expect(await rootOf(sha256Tree, subtreesOf(storage, sha256Tree, 1_000), 1_000)).toEqual(
      await rootOf(sha256Tree, fromLeaves, 1_000),
    )
    expect(await rootOf(sha256Tree, subtreesOf(storage, sha256Tree, 200), 200)).toEqual(
      await rootOf(sha256Tree, fromLeaves, 200),
    )
  })
})
