import { Rejection } from './finding.ts'
import type { VerifierKey, WitnessKey } from './keys.ts'
import type { LogSource } from './log-source.ts'
import { type Checkpoint, openCheckpoint } from './note.ts'

/**
 * The newest checkpoint, and the newest that all demanded witnesses have cosigned: that one may be older, as a log goes
 * on before its witnesses have answered.
 */
export async function newestCheckpoints(
  source: LogSource,
  verifier: VerifierKey,
  witnesses: readonly WitnessKey[],
): Promise<{ readonly newest: Checkpoint; readonly witnessed: Checkpoint | undefined }> {
  const note = await source.checkpoint()
  const newest = openCheckpoint(note, verifier)
  if (witnesses.length === 0) return { newest, witnessed: undefined }
  const cosigned = await source.note('checkpoint.witnessed')
  const witnessed = openCheckpoint(cosigned ?? note, verifier, witnesses)
  if (witnessed.size > newest.size)
    throw new Rejection('log-shrunk', `${witnessed.size} witnessed, ${newest.size} published`)
  return { newest, witnessed }
}
