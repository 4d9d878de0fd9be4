import { createHmac, hash } from 'node:crypto'

/** Makes of a value a name that is the same wherever the value comes up under one key, and tells nothing of it. */
export type Pseudonyms = (value: string) => string

/** Characters of base64url, six bits each: 72 bits of a name, 24 that tell under which grant it was made. */
const nameCharacters = 12
const tagCharacters = 4
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * Pseudonyms of one grant: stable under it, and not to be linked with those of another grant. The name is SHA-256 over
 * a key of one block and the value, cut to 72 bits: what is cut cannot be lengthened, so a key before the value is
 * enough, and it costs a tenth of an HMAC object for each. The tag follows from the name and the grant's own seed, so
 * that a leaked list of pseudonyms can be told from all others without any of the data.
 */
export function pseudonymsUnder(secret: Uint8Array | string, grantId: string): Pseudonyms {
  // Made at the first name that is asked for: most plans have none.
  let key: string | undefined
  let tag: ((name: string) => string) | undefined
  return (value) => {
    key ??= keyOf(secret, `pseudonyms ${grantId}`).toString('hex')
    tag ??= tagsUnder(secret, grantId)
    const name = hash('sha256', key + value, 'base64url').slice(0, nameCharacters)
    return name + tag(name)
  }
}

/** Tells the pseudonyms that were made under a grant. */
export function namesUnder(secret: Uint8Array | string, grantId: string): (text: string) => boolean {
  const tag = tagsUnder(secret, grantId)
  return (text) =>
    text.length === nameCharacters + tagCharacters &&
    text.endsWith(tag(text.slice(0, nameCharacters))) &&
    /^[\w-]+$/.test(text)
}

/** 24 hex digits that stand for a receiver in all files under one grant. */
export const handUnder = (secret: Uint8Array | string, receiver: string): string =>
  keyOf(secret, `hand ${receiver}`).toString('hex', 0, 12)

const keyOf = (secret: Uint8Array | string, purpose: string): Buffer =>
  createHmac('sha256', secret).update(purpose).digest()

/** A mixing of 32-bit words: the names are random already, the tag has nothing to hide but which grant it is of. */
function tagsUnder(secret: Uint8Array | string, grantId: string): (name: string) => string {
  const seeds = keyOf(secret, `tags ${grantId}`)
  const [first, second] = [seeds.readInt32LE(0), seeds.readInt32LE(4)]
  return (name) => {
    let word = first
    for (let at = 0; at < name.length; at += 1) {
      word = Math.imul(word ^ name.charCodeAt(at), 0xcc9e2d51)
      word = (word ^ (word >>> 15)) + second
    }
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35)
    word ^= word >>> 16
    let tag = ''
    for (let digit = 0; digit < tagCharacters; digit += 1) tag += alphabet[(word >>> (6 * digit)) & 63]
    return tag
  }
}
