import { LedgerError } from './ledger.errors.ts'
import type { NoteSigner } from './signed-note.ts'

/** A tree head as C2SP tlog-checkpoint writes it: origin, size, root hash. */
export type TreeHead = { readonly size: number; readonly root: Buffer }

export const checkpointPath = 'checkpoint'

export const signCheckpoint = (signer: NoteSigner, head: TreeHead): string =>
  signer.sign(`${signer.name}\n${head.size}\n${head.root.toString('base64')}\n`)

/** Reads back a checkpoint of our own. @throws LedgerError `ledger-forked` where it is not ours. */
export function openCheckpoint(signer: NoteSigner, note: string): TreeHead {
  const [origin, size, root, ...rest] = (signer.open(note) ?? '').split('\n')
  if (origin !== signer.name || size === undefined || root === undefined || rest.join('') !== '')
    throw new LedgerError('ledger-forked', 'the published checkpoint is not signed by this key')
  return { size: Number(size), root: Buffer.from(root, 'base64') }
}
