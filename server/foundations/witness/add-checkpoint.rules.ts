import {
  type Checkpoint,
  isConsistent,
  type NoteVerifier,
  readCheckpointText,
  sha256Tree,
  splitNote,
} from '../ledger/index.ts'

/** A request of C2SP tlog-witness: what the log believes the witness to have, why that begins the new tree, the new head. */
export type AddCheckpoint = {
  readonly oldSize: number
  readonly proof: readonly Buffer[]
  readonly checkpoint: Checkpoint
}

export type KnownHead = { readonly size: number; readonly root: Buffer }

/** What a witness makes of a request. `fork`: the log has signed two trees of one size. */
export type Finding =
  | { readonly kind: 'cosign' }
  | { readonly kind: 'old-size-above' }
  | { readonly kind: 'other-size'; readonly size: number }
  | { readonly kind: 'fork'; readonly size: number }
  | { readonly kind: 'proof-fails' }

const mostProofLines = 63
const hashLine = /^[A-Za-z0-9+/]{43}=$/

/** Null where it has not the form of the specification. */
export function readAddCheckpoint(body: string): AddCheckpoint | null {
  const end = body.indexOf('\n\n')
  if (end < 0) return null
  const [first, ...hashes] = body.slice(0, end).split('\n')
  const [, oldSize] = /^old (0|[1-9]\d{0,15})$/.exec(first!) ?? []
  if (oldSize === undefined || !Number.isSafeInteger(Number(oldSize))) return null
  if (hashes.length > mostProofLines || !hashes.every((line) => hashLine.test(line))) return null
  const note = body.slice(end + 2)
  const split = splitNote(note)
  const read = split && readCheckpointText(split.text)
  return read === null
    ? null
    : {
        oldSize: Number(oldSize),
        proof: hashes.map((line) => Buffer.from(line, 'base64')),
        checkpoint: { ...read, note },
      }
}

/** A checkpoint is of a known log only if one of the keys trusted for its origin has signed it. */
export const isSignedBy = (keys: readonly NoteVerifier[], { note, text }: Checkpoint): boolean =>
  keys.some((key) => key.open(note) === text)

/** Decides in the order of the specification; `known` is what was cosigned last, nothing where it was never asked. */
export function judge(known: KnownHead | undefined, { oldSize, proof, checkpoint }: AddCheckpoint): Finding {
  if (oldSize > checkpoint.size) return { kind: 'old-size-above' }
  const size = known?.size ?? 0
  if (known?.size === checkpoint.size && !known.root.equals(checkpoint.root)) return { kind: 'fork', size }
  if (oldSize !== size) return { kind: 'other-size', size }
  const older = known ?? { size: 0, root: sha256Tree.emptyRoot() }
  if (checkpoint.size === 0 && !checkpoint.root.equals(sha256Tree.emptyRoot())) return { kind: 'proof-fails' }
  return { kind: isConsistent(sha256Tree, older, checkpoint, proof) ? 'cosign' : 'proof-fails' }
}
