import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import {
  ed25519Of,
  keyIdOf,
  lineOf,
  rawEd25519,
  requireKeyName,
  signaturesOf,
  splitNote,
} from './signed-note.ts'

/** Timestamped cosignatures of witnesses by Ed25519 (C2SP tlog-cosignature, `cosignature/v1`). */
const cosignatureType = 0x04
const timestampBytes = 8

/** The last second that a Date can tell. */
const latestSeconds = 8_640_000_000_000n

/** Signs checkpoints of others; its key signs nothing else. */
export type Cosigner = {
  readonly name: string
  readonly verifierKey: string
  /** The signature line over a checkpoint's text. */
  cosign(text: string, at: Date): string
}

/** What a witness's signature on a checkpoint says, found by its key. */
export type CosignatureVerifier = {
  readonly name: string
  readonly verifierKey: string
  /** The lines of the note that are valid cosignatures of this witness, the latest first. */
  find(note: string): readonly { readonly line: string; readonly at: Date }[]
}

/** What is signed: the header keeps it apart from anything else an Ed25519 key may sign. */
const messageOf = (text: string, seconds: bigint): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`)

export function cosigner(name: string, privateKey: KeyObject): Cosigner {
  requireKeyName(name)
  const typedKey = typedKeyOf(createPublicKey(privateKey))
  const keyId = keyIdOf(name, typedKey)
  return {
    name,
    verifierKey: `${name}+${keyId.toString('hex')}+${typedKey.toString('base64')}`,
    cosign: (text, at) => {
      const seconds = BigInt(Math.floor(at.getTime() / 1000))
      const timestamp = Buffer.alloc(timestampBytes)
      timestamp.writeBigUInt64BE(seconds)
      return lineOf(name, keyId, Buffer.concat([timestamp, sign(null, messageOf(text, seconds), privateKey)]))
    },
  }
}

/** @throws Error where the text is no verifier key of a witness */
export function cosignatureVerifier(verifierKey: string): CosignatureVerifier {
  const [, name, keyId, typed] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u.exec(verifierKey) ?? []
  const typedKey = Buffer.from(typed ?? '', 'base64')
  if (name === undefined || keyId === undefined || typedKey[0] !== cosignatureType || typedKey.length !== 33)
    throw new Error('no verifier key of a witness')
  if (keyIdOf(name, typedKey).toString('hex') !== keyId) throw new Error('a verifier key of another name')
  const publicKey = ed25519Of(typedKey.subarray(1))
  const id = Buffer.from(keyId, 'hex')
  return {
    name,
    verifierKey,
    find: (note) => {
      const split = splitNote(note)
      if (split === null) return []
      return signaturesOf(split.lines, name, id)
        .filter((bytes) => bytes.length === timestampBytes + 64)
        .map((bytes) => ({ bytes, seconds: bytes.readBigUInt64BE() }))
        .filter(
          ({ bytes, seconds }) =>
            seconds <= latestSeconds &&
            verify(null, messageOf(split.text, seconds), publicKey, bytes.subarray(timestampBytes)),
        )
        .map(({ bytes, seconds }) => ({
          line: lineOf(name, id, bytes),
          at: new Date(Number(seconds) * 1000),
        }))
        .sort((a, b) => +b.at - +a.at)
    },
  }
}

const typedKeyOf = (publicKey: KeyObject): Buffer =>
  Buffer.concat([Buffer.from([cosignatureType]), rawEd25519(publicKey)])
