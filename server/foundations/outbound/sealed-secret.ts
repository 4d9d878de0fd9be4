import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Keeps secrets of others (tokens, passwords) unreadable in the database: AES-256-GCM under the installation's key. */
export type SecretSeal = { seal(secret: string): string; open(sealed: string): string }

const nonceBytes = 12
const tagBytes = 16

export function secretSeal(installationSecret: string): SecretSeal {
  const key = createHash('sha256').update(`connections ${installationSecret}`).digest()
  return {
    seal: (secret) => {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
      const text = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]
      return Buffer.concat(text).toString('utf8')
    },
  }
}
