import { newestCheckpoints } from './checkpoints.ts'
import { type Finding, finding, Rejection } from './finding.ts'
import { parseVerifierKey, parseWitnessKey } from './keys.ts'
import { type LogSource, openLog, subtreesFrom } from './log-source.ts'
import { type Checkpoint, openCheckpoint } from './note.ts'
import { consistencyProof, isPrefix, type Tree } from './tree.ts'

export type ConsistencyFinding = Finding<{
  readonly origin: string
  readonly oldSize: number
  readonly newSize: number
}>

/**
 * Checks that a log as it is now still begins with all that an older checkpoint of it covered. With witnesses it is
 * the log as all of them have cosigned it.
 */
export function verifyConsistency(
  oldCheckpoint: string,
  urlOrFolder: string,
  verifierKey: string,
  witnessKeys: readonly string[] = [],
): Promise<ConsistencyFinding> {
  return finding(async () => {
    const verifier = parseVerifierKey(verifierKey)
    const witnesses = witnessKeys.map(parseWitnessKey)
    const source = openLog(urlOrFolder)
    const older = openCheckpoint(oldCheckpoint, verifier)
    const { newest, witnessed } = await newestCheckpoints(source, verifier, witnesses)
    if (witnessed !== undefined) {
      await requirePrefix(verifier.tree, source, witnessed, newest)
      if (older.size > witnessed.size)
        throw new Rejection('not-witnessed-yet', `${older.size} > ${witnessed.size}`)
    }
    const newer = witnessed ?? newest
    await requirePrefix(verifier.tree, source, older, newer)
    return { origin: newer.origin, oldSize: older.size, newSize: newer.size }
  })
}

type Head = Pick<Checkpoint, 'size' | 'root'>

/** @throws Rejection where the tree of the older head does not begin that of the newer one */
export async function requirePrefix(tree: Tree, source: LogSource, older: Head, newer: Head): Promise<void> {
  const sizes = `${older.size} → ${newer.size}`
  if (newer.size < older.size) throw new Rejection('log-shrunk', sizes)
  if (newer.size === older.size) {
    if (!newer.root.equals(older.root)) throw new Rejection('history-rewritten', sizes)
  } else if (older.size > 0) {
    const proof = await consistencyProof(tree, subtreesFrom(tree, source, newer.size), older.size, newer.size)
    if (!isPrefix(tree, older, newer, proof)) throw new Rejection('history-rewritten', sizes)
  }
}
