import { type Finding, finding, Rejection } from './finding.ts'
import { exactBase64, parseVerifierKey, parseWitnessKey } from './keys.ts'
import { openCheckpoint } from './note.ts'
import { rootByInclusion, sm3Tree } from './tree.ts'

export type ReceiptFinding = Finding<{
  readonly origin: string
  readonly index: number
  readonly size: number
  /** The record as it was logged; null where its content has been erased and only its place is proved. */
  readonly record: unknown
  readonly checkpoint: string
}>

/**
 * Checks that the record of a receipt is in the log whose key this is, by the receipt alone. A key of SM2 checks the
 * part for the SM3 tree. With witnesses the checkpoint has to be cosigned by all of them.
 */
export function verifyReceipt(
  receipt: unknown,
  verifierKey: string,
  witnessKeys: readonly string[] = [],
): Promise<ReceiptFinding> {
  return finding(async () => {
    const verifier = parseVerifierKey(verifierKey)
    const { tree } = verifier
    const { record, salt, index, ...first } = parseReceipt(receipt)
    const { entry, proof, checkpoint } = tree === sm3Tree ? parseSm3(receipt) : first
    if (record !== null && !tree.hashOf(salt, Buffer.from(record, 'utf8')).equals(entry))
      throw new Rejection('record-altered')
    const head = openCheckpoint(checkpoint, verifier, witnessKeys.map(parseWitnessKey))
    if (index >= head.size) throw new Rejection('index-outside', `${index} / ${head.size}`)
    const root = rootByInclusion(tree, tree.leafHash(entry), index, head.size, proof)
    if (root === undefined || !root.equals(head.root)) throw new Rejection('not-included', String(index))
    const content: unknown = record === null ? null : JSON.parse(record)
    return { origin: head.origin, index, size: head.size, record: content, checkpoint }
  })
}

function parseSm3(receipt: unknown) {
  const { sm3 } = receipt as { sm3?: unknown }
  if (typeof sm3 !== 'object' || sm3 === null) throw new Rejection('no-sm3')
  return parsePlace(sm3 as Record<string, unknown>)
}

function parsePlace({ entry, proof, checkpoint }: Record<string, unknown>) {
  if (typeof checkpoint !== 'string') throw new Rejection('receipt-malformed', 'checkpoint')
  if (!Array.isArray(proof) || proof.length > 64) throw new Rejection('receipt-malformed', 'proof')
  return {
    entry: bytesOf(entry, 'entry', 32),
    proof: proof.map((hash) => bytesOf(hash, 'proof', 32)),
    checkpoint,
  }
}

function parseReceipt(value: unknown) {
  const receipt = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const { format, record, index } = receipt
  if (format !== 'tiaoli-receipt-1') throw new Rejection('receipt-malformed', 'format')
  if (record !== null && typeof record !== 'string') throw new Rejection('receipt-malformed', 'record')
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0)
    throw new Rejection('receipt-malformed', 'index')
  return {
    record,
    salt: record === null ? Buffer.alloc(0) : bytesOf(receipt.salt, 'salt', 16),
    index,
    ...parsePlace(receipt),
  }
}

function bytesOf(value: unknown, name: string, length: number): Buffer {
  const bytes = typeof value === 'string' ? exactBase64(value) : undefined
  if (bytes?.length !== length) throw new Rejection('receipt-malformed', name)
  return bytes
}
