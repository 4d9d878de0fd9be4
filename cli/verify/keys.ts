import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'
import { Rejection } from './finding.ts'
import { sha256Tree, sm3Tree, type Tree } from './tree.ts'

/** A verifier key of C2SP signed-note: `<name>+<key id>+<base64 of type and key>`. */
export type VerifierKey = {
  readonly name: string
  readonly id: Buffer
  /** What a log of this key hashes with: SM2 signs the tree of SM3. */
  readonly tree: Tree
  /** Whether the bytes after the key id are this key's signature over the text. */
  signed(text: string, signature: Buffer): boolean
}

/** A key of C2SP tlog-cosignature: it tells the time too, in seconds. */
export type WitnessKey = {
  readonly name: string
  readonly id: Buffer
  signedAt(text: string, signature: Buffer): bigint | undefined
}

const ed25519Type = 1
const cosignatureType = 4
const unassignedType = 255
const sm2Identifier = Buffer.from('tiaoli/sm2-with-sm3\n')
/** GM/T 0009 names this user id for whoever has agreed on no other. */
const sm2UserId = '1234567812345678'

/** Ed25519, or SM2 as Tiaoli writes it. */
export function parseVerifierKey(text: string): VerifierKey {
  const { name, id, type, key } = parse(text)
  if (type === ed25519Type && key.length === 32) {
    const publicKey = ed25519(key)
    const signed = (signedText: string, signature: Buffer) =>
      verify(null, Buffer.from(signedText), publicKey, signature)
    return { name, id, tree: sha256Tree, signed }
  }
  const point = key.subarray(sm2Identifier.length)
  if (
    type === unassignedType &&
    key.subarray(0, sm2Identifier.length).equals(sm2Identifier) &&
    point.length === 65
  )
    return { name, id, tree: sm3Tree, signed: (text, signature) => sm2Signed(point, text, signature) }
  throw new Rejection('key-malformed', 'neither Ed25519 nor SM2')
}

export function parseWitnessKey(text: string): WitnessKey {
  const { name, id, type, key } = parse(text)
  if (type !== cosignatureType || key.length !== 32)
    throw new Rejection('key-malformed', 'no key of a witness')
  const publicKey = ed25519(key)
  return {
    name,
    id,
    signedAt: (signedText, signature) => {
      if (signature.length !== 72) return undefined
      const seconds = signature.readBigUInt64BE()
      const message = Buffer.from(`cosignature/v1\ntime ${seconds}\n${signedText}`)
      return verify(null, message, publicKey, signature.subarray(8)) ? seconds : undefined
    },
  }
}

/** Standard Base64 with its padding, in its one form; undefined for anything else. */
export function exactBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

function parse(text: string): { name: string; id: Buffer; type: number; key: Buffer } {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text.trim())
  if (match === null) throw new Rejection('key-malformed')
  const [, name, idHex, base64] = match as unknown as [string, string, string, string]
  const typed = exactBase64(base64)
  if (typed === undefined || typed.length < 2) throw new Rejection('key-malformed')
  const id = Buffer.from(idHex, 'hex')
  const expected = sha256Tree.hashOf(Buffer.from(`${name}\n`), typed).subarray(0, 4)
  if (!expected.equals(id)) throw new Rejection('key-malformed', 'key id')
  return { name, id, type: typed[0]!, key: typed.subarray(1) }
}

function ed25519(raw: Buffer): KeyObject {
  const x = raw.toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

function sm2Signed(point: Buffer, text: string, signature: Buffer): boolean {
  try {
    return sm2.doVerifySignature(Buffer.from(text), signature.toString('hex'), point.toString('hex'), {
      der: true,
      hash: true,
      userId: sm2UserId,
    })
  } catch {
    // No DER, or no point of the curve: no signature either way.
    return false
  }
}
