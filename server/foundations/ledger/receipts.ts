import type { Receipt } from './ledger.types.ts'
import { inclusionProof } from './merkle.ts'
import { recordText } from './record.ts'
import type { StoredRecord } from './records.store.ts'
import { readHead, type SequencerParts } from './sequencer.ts'
import { subtreesOf } from './tiles.ts'

/**
 * Proves a record from the tiles alone: a handful of small files, however long the log is.
 * Undefined while the newest checkpoint does not cover the record.
 */
export async function makeReceipt(
  parts: Pick<SequencerParts, 'storage' | 'signer'>,
  record: StoredRecord,
): Promise<Receipt | undefined> {
  const head = await readHead(parts)
  if (head === undefined || record.position === null || record.position >= head.size) return undefined
  const proof = await inclusionProof(subtreesOf(parts.storage, head.size), record.position, head.size)
  return {
    format: 'tiaoli-receipt-1',
    record: record.salt && recordText(record),
    salt: record.salt?.toString('base64') ?? null,
    entry: record.leaf.toString('base64'),
    index: record.position,
    proof: proof.map((hash) => hash.toString('base64')),
    checkpoint: head.note,
  }
}
