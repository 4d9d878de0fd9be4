import { type Checkpoint, checkpointPath, openCheckpoint } from './checkpoint.ts'
import { sha256Tree, sm3Tree, type TreeHashing } from './merkle.ts'
import { type NoteSigner, type NoteVerifier, noteVerifier } from './signed-note.ts'
import { type LedgerStorage, storageUnder } from './storage.ts'

/** A log of a node as it is published: its files, the hash its tree stands on, and the key of its checkpoints. */
export type PublishedLog = {
  /** Folder of its files, from the root of what is published; empty for the first node's. */
  readonly path: string
  readonly tree: TreeHashing
  readonly storage: LedgerStorage
  readonly verifier: NoteVerifier
}

/** A log that this node writes. */
export type OwnLog = PublishedLog & { readonly signer: NoteSigner }

/** The keys of a node's logs, as other nodes know them. */
export type NodeKeys = {
  /** Empty for the first node of an installation, which needs no name. */
  readonly node: string
  readonly verifierKey: string
  /** Null where no SM3 tree is kept. */
  readonly sm2VerifierKey: string | null
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('/')

export const pathOfNode = (node: string): string => (node === '' ? '' : `nodes/${node}`)

/** Origin, and name of the key, of a log: that of the installation and the way to the log from there. */
export const originOf = (installation: string, node: string): string => joined(installation, pathOfNode(node))
export const sm3OriginOf = (installation: string, node: string): string =>
  joined(originOf(installation, node), sm3Folder)

const sm3Folder = 'sm3'

export type LogsOfNode<Log> = { readonly sha256: Log; readonly sm3: Log | undefined }

export function logsOf(storage: LedgerStorage, keys: NodeKeys): LogsOfNode<PublishedLog> {
  const path = pathOfNode(keys.node)
  const log = (at: string, tree: TreeHashing, key: string): PublishedLog => ({
    path: at,
    tree,
    storage: storageUnder(storage, at),
    verifier: noteVerifier(key),
  })
  return {
    sha256: log(path, sha256Tree, keys.verifierKey),
    sm3:
      keys.sm2VerifierKey === null ? undefined : log(joined(path, sm3Folder), sm3Tree, keys.sm2VerifierKey),
  }
}

/** The newest published checkpoint of a log, if there is one. @throws LedgerError `ledger-forked` */
export async function readHead({
  storage,
  verifier,
}: Pick<PublishedLog, 'storage' | 'verifier'>): Promise<Checkpoint | undefined> {
  const bytes = await storage.read(checkpointPath)
  return bytes === null ? undefined : openCheckpoint(verifier, bytes.toString('utf8'))
}
