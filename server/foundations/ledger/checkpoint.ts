import { LedgerError } from './ledger.errors.ts'
import type { NoteSigner, NoteVerifier } from './signed-note.ts'

/** A tree head as C2SP tlog-checkpoint writes it: origin, size, root hash. */
export type TreeHead = { readonly size: number; readonly root: Buffer }

export type Checkpoint = TreeHead & {
  readonly origin: string
  /** What is signed. */
  readonly text: string
  /** With its signatures. */
  readonly note: string
}

export const checkpointPath = 'checkpoint'

/** The newest checkpoint that a witness has cosigned: the published one goes on before a witness has answered. */
export const witnessedPath = 'checkpoint.witnessed'

export const signCheckpoint = (signer: NoteSigner, head: TreeHead): string =>
  signer.sign(`${signer.name}\n${head.size}\n${head.root.toString('base64')}\n`)

const largestSize = 2 ** 53 - 1

/** A checkpoint in its one form; null for anything else. Extension lines are not used here and not taken. */
export function readCheckpointText(text: string): Omit<Checkpoint, 'note'> | null {
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text) ?? []
  if (origin === undefined || root === undefined || Number(size) > largestSize) return null
  return { origin, size: Number(size), root: Buffer.from(root, 'base64'), text }
}

/** Reads back a checkpoint of our own. @throws LedgerError `ledger-forked` where it is not ours. */
export function openCheckpoint(verifier: NoteVerifier, note: string): Checkpoint {
  const text = verifier.open(note)
  const read = text === null ? null : readCheckpointText(text)
  if (read?.origin !== verifier.name)
    throw new LedgerError('ledger-forked', 'the published checkpoint is not signed by this key')
  return { ...read, note }
}
