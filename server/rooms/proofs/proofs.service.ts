import { createHash, randomInt } from 'node:crypto'
import type { Clock } from '@tiaoli/kernel/instants'
import type { Database } from '../../foundations/database/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import { type DeliveryProof, findProof, insertProof } from './proofs.store.ts'

export type ProofsDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: Catalogue
  readonly ledger: Ledger
  readonly clock: Clock
}

export type Proofs = ReturnType<typeof createProofs>

/** A delivery that is about to begin. */
export type Delivery = {
  readonly entryId: string
  readonly snapshot: { readonly id: string; readonly number: number }
  /** From the open platform, and not between public bodies. */
  readonly open: boolean
  /** The receiver asked for a proof. */
  readonly asked: boolean
}

/** The file on its way out, with the code under which it can be verified once it has left whole. */
export type ProvenFile = { readonly code: string; readonly stream: AsyncIterable<Uint8Array> }

/** No letters that are taken for digits: the code is read aloud and typed at counters. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const newCode = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join(''),
  ).join('-')

/** Proof of source, version, time and integrity of delivered files. @article TJ-19.1 TJ-21.2 */
export function createProofs({ database, rulebook, catalogue, ledger, clock }: ProofsDeps) {
  const rules = rulebook.rooms.proofs

  return {
    /**
     * The same bytes, with a proof that is on disk before the last of them: a file that arrives whole can be
     * verified. Undefined where this delivery carries none.
     */
    async over(delivery: Delivery, stream: AsyncIterable<Uint8Array>): Promise<ProvenFile | undefined> {
      if (rules === undefined) return undefined
      const entry = await catalogue.find(delivery.entryId)
      const classed = entry?.content.documentClass != null
      if (entry === undefined || !(delivery.asked || classed)) return undefined
      const code = newCode()
      const article = delivery.open ? rules.opening.article : rules.sharing.article

      async function* proven(): AsyncGenerator<Uint8Array> {
        const hash = createHash('sha256')
        let sizeBytes = 0
        // One chunk is held back, so that the file does not end before its proof is written.
        let held: Uint8Array | undefined
        for await (const chunk of stream) {
          if (held !== undefined) yield held
          held = chunk
          hash.update(chunk)
          sizeBytes += chunk.byteLength
        }
        await write(hash.digest('hex'), sizeBytes)
        if (held !== undefined) yield held
      }

      async function write(sha256: string, sizeBytes: number): Promise<void> {
        await database.inTransaction(async (tx) => {
          const record = await ledger.record(tx, {
            kind: 'proof.issued',
            entryId: delivery.entryId,
            snapshotId: delivery.snapshot.id,
            article,
            payload: { code, sha256, sizeBytes, version: delivery.snapshot.number },
          })
          await insertProof(tx, {
            code,
            entryId: delivery.entryId,
            title: entry!.content.title,
            providerId: entry!.providerId,
            snapshotId: delivery.snapshot.id,
            snapshotNumber: delivery.snapshot.number,
            article,
            sha256,
            sizeBytes,
            issuedAt: clock.now(),
            recordId: record.id,
          })
        })
      }
      return { code, stream: proven() }
    },

    find: (code: string): Promise<DeliveryProof | undefined> =>
      findProof(database.db, code.trim().toUpperCase()),
  }
}
