import type { Clock } from '@tiaoli/kernel/instants'
import type { Database } from '../database/index.ts'
import type { Cosigner, Ledger, NoteVerifier } from '../ledger/index.ts'
import { isSignedBy, judge, readAddCheckpoint } from './add-checkpoint.rules.ts'
import { findHeads, keepFork, keepHead, lockHead } from './witness.store.ts'

/** How a request ended, by the answers of C2SP tlog-witness. */
export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly lines: string }
  /** The log is behind, ahead, or has signed another tree of the size that was cosigned. */
  | { readonly kind: 'conflict'; readonly size: number }
  | { readonly kind: 'malformed' | 'unknown-origin' | 'not-signed' | 'old-size-above' | 'proof-fails' }

export type WitnessConfig = {
  readonly database: Database
  readonly ledger: Pick<Ledger, 'record'>
  readonly cosigner: Cosigner
  /** Keys of the logs that are witnessed; the name of a key is the origin of its log. */
  readonly logs: readonly NoteVerifier[]
  readonly clock: Clock
}

export type Witness = ReturnType<typeof createWitness>

/**
 * Cosigns checkpoints of other installations' logs once it has seen that each begins with the last. What it signs for
 * is kept before it is signed, so that it vouches for one history only, over restarts and on all nodes.
 */
export function createWitness({ database, ledger, cosigner, logs, clock }: WitnessConfig) {
  return {
    verifierKey: cosigner.verifierKey,

    /** @param body as the specification has it */
    async addCheckpoint(body: string): Promise<WitnessAnswer> {
      const request = readAddCheckpoint(body)
      if (request === null) return { kind: 'malformed' }
      const { checkpoint } = request
      const keys = logs.filter(({ name }) => name === checkpoint.origin)
      if (keys.length === 0) return { kind: 'unknown-origin' }
      if (!isSignedBy(keys, checkpoint)) return { kind: 'not-signed' }
      const at = clock.now()
      const finding = await database.inTransaction(async (tx) => {
        const known = await lockHead(tx, checkpoint.origin)
        const found = judge(known, request)
        if (found.kind === 'cosign') await keepHead(tx, checkpoint.origin, checkpoint, at)
        // Signed by the log itself against what it had signed before: worth keeping, once, where nobody can change it.
        if (found.kind === 'fork' && (await keepFork(tx, checkpoint.origin, checkpoint)))
          await ledger.record(tx, {
            kind: 'witness.fork',
            outcome: 'refused',
            payload: {
              origin: checkpoint.origin,
              size: checkpoint.size,
              cosigned: known?.root.toString('base64') ?? null,
              checkpoint: checkpoint.note.slice(0, mostKept),
            },
          })
        return found
      })
      switch (finding.kind) {
        case 'cosign':
          return { kind: 'cosigned', lines: cosigner.cosign(checkpoint.text, at) }
        case 'fork':
        case 'other-size':
          return { kind: 'conflict', size: finding.size }
        default:
          return finding
      }
    },

    /** The logs that are witnessed, with what was cosigned of each; null before the first time. */
    async standing(): Promise<readonly { origin: string; size: number | null; at: Date | null }[]> {
      const heads = new Map((await findHeads(database.db)).map((head) => [head.origin, head]))
      return [...new Set(logs.map(({ name }) => name))].map((origin) => ({
        origin,
        size: heads.get(origin)?.size ?? null,
        at: heads.get(origin)?.at ?? null,
      }))
    },
  }
}

/** Room for a checkpoint with its own signature; of more that a stranger adds nothing is kept. */
const mostKept = 8_000
