import { Rejection } from './finding.ts'
import { exactBase64, type VerifierKey, type WitnessKey } from './keys.ts'

export type Checkpoint = {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  readonly note: string
}

const separator = '\n\n'
/** Far above a log, its nodes and a crowd of witnesses. */
const mostSignatures = 100

/** The text of a note that this key has signed and, where they are given, every one of these witnesses cosigned. */
export function openNote(note: string, verifier: VerifierKey, witnesses: readonly WitnessKey[] = []): string {
  const end = note.lastIndexOf(separator)
  if (end < 0 || !note.endsWith('\n')) throw new Rejection('note-malformed')
  const text = note.slice(0, end + 1)
  const signatures = readSignatures(note.slice(end + separator.length))
  const own = signatures.filter((each) => isBy(each, verifier))
  if (own.length === 0) throw new Rejection('signature-missing')
  if (!own.every(({ bytes }) => verifier.signed(text, bytes))) throw new Rejection('signature-forged')
  for (const witness of witnesses) {
    const given = signatures.filter((each) => isBy(each, witness))
    if (given.length === 0) throw new Rejection('witness-missing', witness.name)
    if (!given.every(({ bytes }) => witness.signedAt(text, bytes) !== undefined))
      throw new Rejection('cosignature-forged', witness.name)
  }
  return text
}

/** Reads a checkpoint that this key has signed, and no other. */
export function openCheckpoint(
  note: string,
  verifier: VerifierKey,
  witnesses: readonly WitnessKey[] = [],
): Checkpoint {
  const match = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n$/.exec(openNote(note, verifier, witnesses))
  const root = exactBase64(match?.[3] ?? '')
  if (match === null || root?.length !== 32) throw new Rejection('note-malformed')
  if (match[1] !== verifier.name) throw new Rejection('origin-differs', match[1])
  return { origin: match[1], size: Number(match[2]), root, note }
}

type Signature = { readonly name: string; readonly id: Buffer; readonly bytes: Buffer }

const isBy = (signature: Signature, key: { readonly name: string; readonly id: Buffer }): boolean =>
  signature.name === key.name && signature.id.equals(key.id)

function readSignatures(lines: string): Signature[] {
  const each = lines.split('\n').slice(0, -1)
  if (each.length > mostSignatures) throw new Rejection('note-malformed', 'too many signatures')
  return each.map((line) => {
    const match = /^— (\S+) (\S+)$/u.exec(line)
    const bytes = exactBase64(match?.[2] ?? '')
    if (match === null || bytes === undefined || bytes.length < 5)
      throw new Rejection('note-malformed', 'signature line')
    return { name: match[1]!, id: bytes.subarray(0, 4), bytes: bytes.subarray(4) }
  })
}
