import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { type Sm2Key, sm2Pem, sm2Sign, sm2Verify } from './sm2.ts'

/** Notes as C2SP signed-note has them, and the keys that sign and check them. */
export type NoteVerifier = {
  readonly name: string
  /** `<name>+<key id in hex>+<base64 of type and key>`: what a verifier is given. */
  readonly verifierKey: string
  /** The text of a note that this key has signed; null where it has not. */
  open(note: string): string | null
}

export type NoteSigner = NoteVerifier & {
  /** The line by which this key signs. @param text ends with a newline */
  signatureLine(text: string): string
  /** The whole note, signed by this key alone. */
  sign(text: string): string
}

/** Signature types of the specification: Ed25519, and those that it has given no byte. */
const ed25519Type = 0x01
const unassignedType = 0xff

/** What follows the byte of an unassigned type. After it stands the public key as an uncompressed point, 65 bytes. */
const sm2Identifier = Buffer.from('tiaoli/sm2-with-sm3\n')

type KeyMaterial = {
  readonly typedKey: Buffer
  verifies(text: Buffer, signature: Buffer): boolean
}

export function noteSigner(name: string, privateKey: KeyObject): NoteSigner {
  const publicKey = createPublicKey(privateKey)
  return signerBy(name, ed25519Material(publicKey), (text) => sign(null, text, privateKey))
}

/** Signs with SM2 over SM3 (GM/T 0003) under the user id of GM/T 0009; the signature is the DER that OpenSSL reads. */
export const sm2NoteSigner = (name: string, key: Sm2Key): NoteSigner =>
  signerBy(name, sm2Material(key.publicPoint), (text) => sm2Sign(key, text))

/** @throws Error where the text is no verifier key of a kind that is known here */
export function noteVerifier(verifierKey: string): NoteVerifier {
  const [, name, keyId, typed] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u.exec(verifierKey) ?? []
  if (name === undefined || typed === undefined) throw new Error('no verifier key')
  const typedKey = Buffer.from(typed, 'base64')
  const verifier = verifierBy(name, materialOf(typedKey))
  if (verifier.verifierKey !== `${name}+${keyId}+${typed}`) throw new Error('a verifier key of another name')
  return verifier
}

/** The public key of an SM2 verifier key in PEM, for OpenSSL; undefined for a key of another kind. */
export function sm2PemOf(verifierKey: string): string | undefined {
  const typedKey = Buffer.from(verifierKey.split('+').slice(2).join('+'), 'base64')
  const lead = Buffer.concat([Buffer.from([unassignedType]), sm2Identifier])
  return typedKey.subarray(0, lead.length).equals(lead) ? sm2Pem(typedKey.subarray(lead.length)) : undefined
}

/** A note of several signatures by the same text. */
export const signNote = (text: string, signers: readonly NoteSigner[]): string =>
  `${text}\n${signers.map((signer) => signer.signatureLine(text)).join('')}`

/** Cuts a note into its text, which ends with a newline, and its signature lines without theirs. */
export function splitNote(note: string): { readonly text: string; readonly lines: readonly string[] } | null {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n') || end + 2 === note.length) return null
  return { text: note.slice(0, end + 1), lines: note.slice(end + 2, -1).split('\n') }
}

/** Four bytes by which a key of a name is told from others. */
export const keyIdOf = (name: string, typedKey: Buffer): Buffer =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typedKey]), 'buffer').subarray(0, 4)

/** What a key has signed with: the bytes after the key id of each line that is its own. */
export function signaturesOf(lines: readonly string[], name: string, keyId: Buffer): Buffer[] {
  const lead = `— ${name} `
  return lines
    .filter((line) => line.startsWith(lead))
    .map((line) => Buffer.from(line.slice(lead.length), 'base64'))
    .filter((bytes) => bytes.subarray(0, 4).equals(keyId))
    .map((bytes) => bytes.subarray(4))
}

export const lineOf = (name: string, keyId: Buffer, signature: Buffer): string =>
  `— ${name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`

export function requireKeyName(name: string): void {
  if (name === '' || /[\s+]/u.test(name)) throw new Error(`no key name: ${JSON.stringify(name)}`)
}

/** The 32 bytes of an Ed25519 public key, and back. */
export const rawEd25519 = (publicKey: KeyObject): Buffer =>
  Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url')
export const ed25519Of = (raw: Buffer): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' })

function verifierBy(name: string, { typedKey, verifies }: KeyMaterial): NoteVerifier {
  requireKeyName(name)
  const keyId = keyIdOf(name, typedKey)
  return {
    name,
    verifierKey: `${name}+${keyId.toString('hex')}+${typedKey.toString('base64')}`,
    open: (note) => {
      const split = splitNote(note)
      if (split === null) return null
      const own = signaturesOf(split.lines, name, keyId)
      return own.some((signature) => verifies(Buffer.from(split.text), signature)) ? split.text : null
    },
  }
}

function signerBy(name: string, material: KeyMaterial, signs: (text: Buffer) => Buffer): NoteSigner {
  const verifier = verifierBy(name, material)
  const keyId = keyIdOf(name, material.typedKey)
  const signatureLine = (text: string): string => lineOf(name, keyId, signs(Buffer.from(text)))
  return { ...verifier, signatureLine, sign: (text) => `${text}\n${signatureLine(text)}` }
}

function materialOf(typedKey: Buffer): KeyMaterial {
  const [type] = typedKey
  const key = typedKey.subarray(1)
  if (type === ed25519Type && key.length === 32) return ed25519Material(ed25519Of(key))
  const identifier = key.subarray(0, sm2Identifier.length)
  if (type === unassignedType && identifier.equals(sm2Identifier))
    return sm2Material(key.subarray(sm2Identifier.length))
  throw new Error('a verifier key of a type that is not known here')
}

const ed25519Material = (publicKey: KeyObject): KeyMaterial => ({
  typedKey: Buffer.concat([Buffer.from([ed25519Type]), rawEd25519(publicKey)]),
  verifies: (text, signature) => verify(null, text, publicKey, signature),
})

const sm2Material = (publicPoint: Buffer): KeyMaterial => ({
  typedKey: Buffer.concat([Buffer.from([unassignedType]), sm2Identifier, publicPoint]),
  verifies: (text, signature) => sm2Verify(publicPoint, text, signature),
})
