import { randomFillSync, randomInt } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createKeptTiles } from '../server/foundations/ledger/kept-tiles.ts'
import { consistencyProof, inclusionProof, rootOf, sha256Tree } from '../server/foundations/ledger/merkle.ts'
import { folderStorage, type LedgerStorage } from '../server/foundations/ledger/storage.ts'
import { subtreesOf, tilePath } from '../server/foundations/ledger/tiles.ts'
import type { BenchRow } from './bench.types.ts'

const leaves = 10_000_000
const width = 256
const hashBytes = 32
const proofs = 1_000
const targetMs = 5

/** Proofs in a log of ten million entries, of which there are the hash tiles alone: no entry can be read. */
export async function proofBench(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-bench-proof-'))
  try {
    writeTiles(folder)
    let reads = 0
    const disk = folderStorage(folder)
    const storage: LedgerStorage = {
      ...disk,
      read: (path) => {
        reads++
        return disk.read(path)
      },
    }
    await rootOf(sha256Tree, subtreesOf(storage, sha256Tree, leaves), leaves)
    reads = 0
    // As a ledger keeps them, empty at first.
    const kept = createKeptTiles()
    const inclusion = await timed(() => {
      const subtree = subtreesOf(storage, sha256Tree, leaves, kept)
      return inclusionProof(sha256Tree, subtree, randomInt(leaves), leaves)
    })
    const readsEach = Math.round((10 * reads) / proofs) / 10
    const consistency = await timed(() => {
      const subtree = subtreesOf(storage, sha256Tree, leaves, kept)
      return consistencyProof(sha256Tree, subtree, 1 + randomInt(leaves - 1), leaves)
    })
    const size = `${leaves / 1_000_000} M leaves`
    return [
      {
        name: `proof of inclusion, ${size}, p95`,
        value: inclusion.p95,
        unit: 'ms',
        target: `< ${targetMs}`,
        met: inclusion.p95 < targetMs,
      },
      { name: `proof of inclusion, ${size}, median`, value: inclusion.median, unit: 'ms' },
      { name: `proof of inclusion, ${size}: files read, no entries`, value: readsEach, unit: 'files' },
      { name: `proof of consistency, ${size}, p95`, value: consistency.p95, unit: 'ms' },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function timed(work: () => Promise<unknown>): Promise<{ median: number; p95: number }> {
  const times: number[] = []
  for (let round = 0; round < proofs; round++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round(100 * times[Math.floor(share * proofs)]!) / 100
  return { median: at(0.5), p95: at(0.95) }
}

/** The hash tiles of a log whose leaf hashes are random, level by level, without waiting for the disk. */
function writeTiles(folder: string): void {
  let count = leaves
  let row: Buffer | undefined
  for (let level = 0; count > 0; level++) {
    const parents = Buffer.alloc(Math.floor(count / width) * hashBytes)
    for (let index = 0; index * width < count; index++) {
      const held = Math.min(width, count - index * width)
      const start = index * width * hashBytes
      const tile = row
        ? row.subarray(start, start + held * hashBytes)
        : randomFillSync(Buffer.alloc(held * hashBytes))
      const file = join(folder, tilePath(level, index, held))
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, tile)
      if (held === width)
        sha256Tree
          .complete(
            Array.from({ length: width }, (_, at) => tile.subarray(at * hashBytes, (at + 1) * hashBytes)),
          )
          .copy(parents, index * hashBytes)
    }
    row = parents
    count = Math.floor(count / width)
  }
}

if (import.meta.main) console.table(await proofBench())
