import { type Finding, finding, Rejection } from './finding.ts'
import { openLog, subtreesFrom } from './log-source.ts'
import { openCheckpoint, parseVerifierKey } from './note.ts'
import { consistencyProof, isPrefix } from './tree.ts'

export type ConsistencyFinding = Finding<{
  readonly origin: string
  readonly oldSize: number
  readonly newSize: number
}>

/** Checks that a log as it is now still begins with all that an older checkpoint of it covered. */
export function verifyConsistency(
  oldCheckpoint: string,
  urlOrFolder: string,
  verifierKey: string,
): Promise<ConsistencyFinding> {
  return finding(async () => {
    const verifier = parseVerifierKey(verifierKey)
    const source = openLog(urlOrFolder)
    const older = openCheckpoint(oldCheckpoint, verifier)
    const newer = openCheckpoint(await source.checkpoint(), verifier)
    const sizes = `${older.size} → ${newer.size}`
    if (newer.size < older.size) throw new Rejection('log-shrunk', sizes)
    if (newer.size === older.size) {
      if (!newer.root.equals(older.root)) throw new Rejection('history-rewritten', sizes)
    } else if (older.size > 0) {
      const proof = await consistencyProof(subtreesFrom(source, newer.size), older.size, newer.size)
      if (!isPrefix(older, newer, proof)) throw new Rejection('history-rewritten', sizes)
    }
    return { origin: newer.origin, oldSize: older.size, newSize: newer.size }
  })
}
