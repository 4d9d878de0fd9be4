import type { Database } from '../database/index.ts'
import { checkpointPath, openCheckpoint, signCheckpoint, type TreeHead } from './checkpoint.ts'
import { LedgerError } from './ledger.errors.ts'
import { rootOf } from './merkle.ts'
import type { RecordStore } from './records.store.ts'
import type { NoteSigner } from './signed-note.ts'
import type { LedgerStorage } from './storage.ts'
import { extendTiles } from './tile-writer.ts'
import { subtreesOf } from './tiles.ts'

export type SequencerParts = {
  readonly database: Database
  readonly records: RecordStore
  readonly storage: LedgerStorage
  readonly signer: NoteSigner
}

/** Groups of records given their places by one statement. */
const groupsAtOnce = 256

/** Leaves held in memory at once. */
const batchSize = 10_240

/**
 * Brings the published log up to the records, in an order that survives a crash at any point: first the positions,
 * in the database; then the tiles, which are a function of the positions; last the checkpoint, in one rename. What a
 * crash leaves undone the next run does, byte for byte the same.
 *
 * Before it signs, it proves to itself that the tiles still give the root that it signed last: a log that has lost
 * or changed history (a restored backup, a foreign hand) is never signed over.
 *
 * @throws LedgerError `ledger-forked`
 */
export function sequenceOnce(parts: SequencerParts): Promise<void> {
  return parts.database.exclusively('tiaoli.ledger.sequence', async () => {
    const { records, storage, signer } = parts
    while ((await records.assignPositions(groupsAtOnce)) === groupsAtOnce);
    const end = await records.length()
    const published = await readHead(parts)
    if (published?.size === end) return
    const begin = published?.size ?? 0
    if (end < begin) throw new LedgerError('ledger-forked', `${begin} published, ${end} in the database`)
    if (published !== undefined) await requireSameRoot(storage, published)
    await extendTiles(storage, begin, leavesInBatches(records, begin, end))
    const root = await rootOf(subtreesOf(storage, end), end)
    await storage.write(checkpointPath, Buffer.from(signCheckpoint(signer, { size: end, root })))
  })
}

/** The newest published tree head, if there is one. */
export async function readHead(
  parts: Pick<SequencerParts, 'storage' | 'signer'>,
): Promise<(TreeHead & { readonly note: string }) | undefined> {
  const bytes = await parts.storage.read(checkpointPath)
  if (bytes === null) return undefined
  const note = bytes.toString('utf8')
  return { ...openCheckpoint(parts.signer, note), note }
}

async function requireSameRoot(storage: LedgerStorage, head: TreeHead): Promise<void> {
  const root = await rootOf(subtreesOf(storage, head.size), head.size)
  if (!root.equals(head.root))
    throw new LedgerError('ledger-forked', `tiles do not give the root published at size ${head.size}`)
}

async function* leavesInBatches(records: RecordStore, from: number, to: number): AsyncGenerator<Buffer[]> {
  for (let at = from; at < to; at += batchSize) yield records.leaves(at, Math.min(to, at + batchSize))
}
