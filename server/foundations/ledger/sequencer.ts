import type { Database } from '../database/index.ts'
import { checkpointPath, signCheckpoint, type TreeHead } from './checkpoint.ts'
import { LedgerError } from './ledger.errors.ts'
import { type LogsOfNode, type OwnLog, type PublishedLog, readHead } from './logs.ts'
import { rootOf } from './merkle.ts'
import type { RecordStore } from './records.store.ts'
import { extendTiles } from './tile-writer.ts'
import { subtreesOf } from './tiles.ts'

export type SequencerParts = {
  readonly database: Database
  readonly node: string
  readonly records: RecordStore
  readonly logs: LogsOfNode<OwnLog>
}

/** Groups of records given their places by one statement. */
const groupsAtOnce = 256

/** Leaves held in memory at once. Those of the SM3 tree are made from whole records. */
const batchSize = 10_240
const recordsAtOnce = 2_048

/** What writes to the logs of a node, wherever it runs, does so under this name. */
export const lockOfNode = (node: string): string => `tiaoli.ledger.sequence${node === '' ? '' : `.${node}`}`

/**
 * Brings a node's published logs up to its records, in an order that survives a crash at any point: first the
 * positions, in the database; then the tiles, which are a function of the positions; last the checkpoint, in one
 * rename. What a crash leaves undone the next run does, byte for byte the same. The SM3 tree follows the other one
 * over the same positions.
 *
 * @throws LedgerError `ledger-forked`
 */
export function sequenceOnce({ database, node, records, logs }: SequencerParts): Promise<void> {
  return database.exclusively(lockOfNode(node), async () => {
    while ((await records.assignPositions(node, groupsAtOnce)) === groupsAtOnce);
    const end = await records.length(node)
    await extend(logs.sha256, end, batchSize, (from, to) => records.leaves(node, from, to))
    if (logs.sm3 !== undefined)
      await extend(logs.sm3, end, recordsAtOnce, (from, to) => records.sm3Leaves(node, from, to))
  })
}

type Leaves = (from: number, to: number) => Promise<Buffer[]>

/**
 * Before it signs, it proves to itself that the tiles still give the root that it signed last: a log that has lost
 * or changed history (a restored backup, a foreign hand) is never signed over.
 */
async function extend(log: OwnLog, end: number, batch: number, leaves: Leaves): Promise<void> {
  const published = await readHead(log)
  if (published?.size === end) return
  const begin = published?.size ?? 0
  if (end < begin) throw new LedgerError('ledger-forked', `${begin} published, ${end} in the database`)
  if (published !== undefined) await requireSameRoot(log, published)
  await extendTiles(log.storage, log.tree, begin, inBatches(leaves, begin, end, batch))
  const root = await rootOf(log.tree, subtreesOf(log.storage, log.tree, end), end)
  await log.storage.write(checkpointPath, Buffer.from(signCheckpoint(log.signer, { size: end, root })))
}

async function requireSameRoot({ storage, tree }: PublishedLog, head: TreeHead): Promise<void> {
  const root = await rootOf(tree, subtreesOf(storage, tree, head.size), head.size)
  if (!root.equals(head.root))
    throw new LedgerError('ledger-forked', `tiles do not give the root published at size ${head.size}`)
}

async function* inBatches(leaves: Leaves, from: number, to: number, size: number): AsyncGenerator<Buffer[]> {
  for (let at = from; at < to; at += size) yield leaves(at, Math.min(to, at + size))
}
