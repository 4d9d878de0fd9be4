import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'

/** Notes signed with Ed25519, as C2SP signed-note has them. */
export type NoteSigner = {
  readonly name: string
  /** `<name>+<key id in hex>+<base64 of type and key>`: what a verifier is given. */
  readonly verifierKey: string
  /** @param text ends with a newline */
  sign(text: string): string
  /** The text of a note that this key has signed; null where it has not. */
  open(note: string): string | null
}

/** Signature type of Ed25519 in the specification. */
const ed25519Type = 0x01

export function noteSigner(name: string, privateKey: KeyObject): NoteSigner {
  if (name === '' || /[\s+]/u.test(name)) throw new Error(`no key name: ${JSON.stringify(name)}`)
  const publicKey = createPublicKey(privateKey)
  const typedKey = Buffer.concat([
    Buffer.from([ed25519Type]),
    Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url'),
  ])
  const keyId = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typedKey]), 'buffer').subarray(0, 4)
  const signatureLead = `— ${name} `
  return {
    name,
    verifierKey: `${name}+${keyId.toString('hex')}+${typedKey.toString('base64')}`,
    sign: (text) => {
      const signature = sign(null, Buffer.from(text), privateKey)
      return `${text}\n${signatureLead}${Buffer.concat([keyId, signature]).toString('base64')}\n`
    },
    open: (note) => {
      const end = note.lastIndexOf('\n\n')
      if (end < 0) return null
      const text = note.slice(0, end + 1)
      const lines = note.slice(end + 2).split('\n')
      const signed = lines.some((line) => {
        if (!line.startsWith(signatureLead)) return false
        const bytes = Buffer.from(line.slice(signatureLead.length), 'base64')
        return (
          bytes.subarray(0, 4).equals(keyId) && verify(null, Buffer.from(text), publicKey, bytes.subarray(4))
        )
      })
      return signed ? text : null
    },
  }
}
