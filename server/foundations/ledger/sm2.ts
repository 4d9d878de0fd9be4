import type { KeyObject } from 'node:crypto'
import { sm2 } from 'sm-crypto-v2'

/**
 * SM2 signatures (GM/T 0003.2) by a library: Node's OpenSSL signs with SM2 too, but only under an empty user id, and
 * its interface has no place for the one that GM/T 0009 sets and that seals and readers in use expect.
 */
export type Sm2Key = {
  /** 32 bytes. */
  readonly privateScalar: Buffer
  /** Uncompressed: 0x04 and both coordinates, 65 bytes. */
  readonly publicPoint: Buffer
}

/** The user id of GM/T 0009, section 10. */
export const sm2UserId = '1234567812345678'

/** INTEGER 1 and the OCTET STRING of 32 bytes after it: the scalar as RFC 5915 has it, inside PKCS #8. */
const scalarLead = Buffer.from('0201010420', 'hex')

/** @throws Error where the key is not of the curve SM2 */
export function sm2KeyOf(privateKey: KeyObject): Sm2Key {
  const der = privateKey.export({ type: 'pkcs8', format: 'der' })
  const start = der.indexOf(scalarLead)
  if (start < 0 || !der.includes(Buffer.from('06082a811ccf5501822d', 'hex'))) throw new Error('no key of SM2')
  const privateScalar = Buffer.from(der.subarray(start + scalarLead.length, start + scalarLead.length + 32))
  const publicPoint = Buffer.from(sm2.getPublicKeyFromPrivateKey(privateScalar.toString('hex')), 'hex')
  return { privateScalar, publicPoint }
}

/** @returns the DER of the pair r, s */
export const sm2Sign = ({ privateScalar, publicPoint }: Sm2Key, text: Buffer): Buffer =>
  Buffer.from(
    sm2.doSignature(text, privateScalar.toString('hex'), {
      der: true,
      hash: true,
      publicKey: publicPoint.toString('hex'),
      userId: sm2UserId,
    }),
    'hex',
  )

/** False for anything that is not a signature of the text, whatever form it has. */
export function sm2Verify(publicPoint: Buffer, text: Buffer, signature: Buffer): boolean {
  try {
    return sm2.doVerifySignature(text, signature.toString('hex'), publicPoint.toString('hex'), {
      der: true,
      hash: true,
      userId: sm2UserId,
    })
  } catch {
    // The library throws on bytes that are no DER and on points that are not on the curve.
    return false
  }
}

/** The public key as SubjectPublicKeyInfo in PEM, which OpenSSL reads. */
export function sm2Pem(publicPoint: Buffer): string {
  const lead = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex')
  const base64 = Buffer.concat([lead, publicPoint]).toString('base64')
  return `-----BEGIN PUBLIC KEY-----\n${base64.match(/.{1,64}/g)!.join('\n')}\n-----END PUBLIC KEY-----\n`
}
