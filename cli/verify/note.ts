import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { Rejection } from './finding.ts'
import { hashOf } from './tree.ts'

/** A verifier key of C2SP signed-note: `<name>+<key id>+<base64 of type and key>`. Only Ed25519 is taken. */
export type VerifierKey = { readonly name: string; readonly id: Buffer; readonly key: KeyObject }

export type Checkpoint = {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  readonly note: string
}

const ed25519Type = 1
const separator = '\n\n'

export function parseVerifierKey(text: string): VerifierKey {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text.trim())
  if (match === null) throw new Rejection('key-malformed')
  const [, name, idHex, base64] = match as unknown as [string, string, string, string]
  const typed = exactBase64(base64)
  const id = Buffer.from(idHex, 'hex')
  if (typed?.length !== 33 || typed[0] !== ed25519Type) throw new Rejection('key-malformed', 'not Ed25519')
  if (
    !hashOf(Buffer.from(`${name}\n`), typed)
      .subarray(0, 4)
      .equals(id)
  )
    throw new Rejection('key-malformed', 'key id')
  const x = typed.subarray(1).toString('base64url')
  return { name, id, key: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }) }
}

/** Reads a checkpoint that this key has signed, and no other. */
export function openCheckpoint(note: string, verifier: VerifierKey): Checkpoint {
  const end = note.lastIndexOf(separator)
  if (end < 0 || !note.endsWith('\n')) throw new Rejection('note-malformed')
  const text = note.slice(0, end + 1)
  requireSignature(text, note.slice(end + separator.length), verifier)
  const match = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n$/.exec(text)
  const root = exactBase64(match?.[3] ?? '')
  if (match === null || root?.length !== 32) throw new Rejection('note-malformed')
  if (match[1] !== verifier.name) throw new Rejection('origin-differs', match[1])
  return { origin: match[1], size: Number(match[2]), root, note }
}

function requireSignature(text: string, signatures: string, verifier: VerifierKey): void {
  let found = false
  for (const line of signatures.split('\n').slice(0, -1)) {
    const match = /^— (\S+) (\S+)$/u.exec(line)
    if (match === null) throw new Rejection('note-malformed', 'signature line')
    const bytes = exactBase64(match[2]!)
    if (match[1] !== verifier.name || !bytes?.subarray(0, 4).equals(verifier.id)) continue
    if (!verify(null, Buffer.from(text), verifier.key, bytes.subarray(4)))
      throw new Rejection('signature-forged')
    found = true
  }
  if (!found) throw new Rejection('signature-missing')
}

/** Standard Base64 with its padding, in its one form; undefined for anything else. */
export function exactBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
