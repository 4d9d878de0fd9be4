import { hash, randomFillSync } from 'node:crypto'
import { newId } from '@tiaoli/kernel/ids'
import type { Instant } from '@tiaoli/kernel/instants'
import { canonicalJson, inOrder } from './canonical-json.ts'
import { LedgerError } from './ledger.errors.ts'
import type { JsonMembers, RecordInput, RecordView } from './ledger.types.ts'

/** What the leaf of a record is made of: everything that was recorded, and nothing that comes later. */
export type RecordContent = Omit<RecordView, 'erasedAt' | 'position'>

/** A record ready to be inserted: its canonical text, and the leaf that the text gives with the salt, both in hex. */
export type SealedRecord = {
  readonly id: string
  readonly at: Instant
  readonly text: string
  readonly salt: string
  readonly leaf: string
}

/** Enough that nobody can find erased content by trying likely texts. */
const saltBytes = 16

/** Far above any record of the platform; it bounds what one caller can make the others of its batch wait for. */
const maxTextLength = 64 * 1024

/** Gives a record its identity and its leaf. @throws LedgerError `record-invalid` */
export function sealRecord(input: RecordInput, at: Instant): SealedRecord {
  const id = newId()
  const text = recordText({
    id,
    at,
    kind: input.kind,
    userId: input.userId ?? null,
    organisationId: input.organisationId ?? null,
    entryId: input.entryId ?? null,
    caseId: input.caseId ?? null,
    grantId: input.grantId ?? null,
    snapshotId: input.snapshotId ?? null,
    article: input.article ?? null,
    outcome: input.outcome ?? null,
    payload: input.payload ?? {},
  })
  requireStorable(text)
  const { salt, leaf } = saltedLeafOf(text)
  return { id, at, text, salt, leaf }
}

/** The canonical JSON text that a stranger hashes to check a receipt. */
export function recordText(
  content: Omit<RecordContent, 'payload'> & { readonly payload: JsonMembers | null },
): string {
  const members = {
    article: content.article,
    at: content.at,
    caseId: content.caseId,
    entryId: content.entryId,
    grantId: content.grantId,
    id: content.id,
    kind: content.kind,
    organisationId: content.organisationId,
    outcome: content.outcome,
    payload: content.payload,
    snapshotId: content.snapshotId,
    userId: content.userId,
  }
  // These stand in order here, so that only the payload has to be looked at.
  const payload = content.payload && inOrder(content.payload)
  return payload === undefined ? canonicalJson(members) : JSON.stringify({ ...members, payload })
}

/** Random bytes are fetched for many salts at once: asking the system for each alone cost more than the hash. */
const saltPool = Buffer.alloc(saltBytes * 256)
let saltsUsed = saltPool.length

/** Room for any record: three bytes hold every UTF-16 unit. */
const hashed = Buffer.alloc(saltBytes + 3 * maxTextLength)

/** A fresh salt, and SHA-256 over it and the text. In hex, as it is sent: a buffer for each would lie outside the heap. */
function saltedLeafOf(text: string): { readonly salt: string; readonly leaf: string } {
  if (saltsUsed === saltPool.length) {
    randomFillSync(saltPool)
    saltsUsed = 0
  }
  saltPool.copy(hashed, 0, saltsUsed, saltsUsed + saltBytes)
  saltsUsed += saltBytes
  const length = saltBytes + hashed.write(text, saltBytes, 'utf8')
  return {
    salt: hashed.toString('hex', 0, saltBytes),
    leaf: hash('sha256', hashed.subarray(0, length), 'hex'),
  }
}

/**
 * The entry of a record in the SM3 tree: over the same salt and text as its leaf. Where they were erased before this
 * tree was begun, over the leaf, which is all that is left.
 */
export const sm3LeafOf = (
  record: RecordContent & { readonly salt: Buffer | null; readonly leaf: Buffer },
): Buffer =>
  hash(
    'sm3',
    record.salt === null ? record.leaf : Buffer.concat([record.salt, Buffer.from(recordText(record))]),
    'buffer',
  )

/**
 * PostgreSQL keeps neither U+0000 nor lone surrogates, and one such record would fail all that share its insert:
 * so it is turned away before it joins them.
 */
function requireStorable(text: string): void {
  if (text.length > maxTextLength) throw new LedgerError('record-invalid', `${text.length} characters`)
  // An escape, that is after an even number of backslashes: a text may well speak of \u0000.
  if (text.includes('\\u') && /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/.test(text))
    throw new LedgerError('record-invalid', 'U+0000 or a lone surrogate')
}
