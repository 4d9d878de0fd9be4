import type { KeptTiles } from './kept-tiles.ts'
import type { Receipt } from './ledger.types.ts'
import { type LogsOfNode, type PublishedLog, readHead } from './logs.ts'
import { inclusionProof } from './merkle.ts'
import { recordText } from './record.ts'
import type { StoredRecord } from './records.store.ts'
import { subtreesOf } from './tiles.ts'

type Place = { readonly proof: string[]; readonly checkpoint: string }

/**
 * Proves a record from the tiles alone: a handful of small files, however long the log is.
 * Undefined while the newest checkpoint does not cover the record.
 */
export async function makeReceipt(
  logs: LogsOfNode<PublishedLog>,
  record: StoredRecord,
  keptOf: (path: string) => KeptTiles,
  /** The entry of the record in the SM3 tree, null where it is not made yet. */
  sm3Leaf: () => Promise<Buffer | null>,
): Promise<Receipt | undefined> {
  const { position } = record
  if (position === null) return undefined
  const place = await placeIn(logs.sha256, keptOf, position)
  if (place === undefined) return undefined
  const second = logs.sm3 && (await placeIn(logs.sm3, keptOf, position))
  const entry = second && (await sm3Leaf())
  return {
    format: 'tiaoli-receipt-1',
    record: record.salt && recordText(record),
    salt: record.salt?.toString('base64') ?? null,
    entry: record.leaf.toString('base64'),
    index: position,
    ...place,
    // Begun later than the first tree, or lagging behind it for a moment: the first one proves all the same.
    ...(second && entry && { sm3: { entry: entry.toString('base64'), ...second } }),
  }
}

async function placeIn(
  log: PublishedLog,
  keptOf: (path: string) => KeptTiles,
  position: number,
): Promise<Place | undefined> {
  const head = await readHead(log)
  if (head === undefined || position >= head.size) return undefined
  const subtree = subtreesOf(log.storage, log.tree, head.size, keptOf(log.path))
  const proof = await inclusionProof(log.tree, subtree, position, head.size)
  return { proof: proof.map((hash) => hash.toString('base64')), checkpoint: head.note }
}
