import { createHmac, randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

/** Codes of six digits that change every thirty seconds (RFC 6238), as every authenticator app makes them. */
const periodSeconds = 30
const secretBytes = 20
/** A code of the step before or after is taken too: clocks differ. */
const stepsAround = 1
const backupCodeCount = 10
/** Without signs that are read for one another. */
const backupAlphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
const backupLength = 12

export const newSecret = (): string => new Secret({ size: secretBytes }).base32

const totpOf = (secret: string, label = '', issuer = '') =>
  new TOTP({ secret: Secret.fromBase32(secret), period: periodSeconds, digits: 6, label, issuer })

/** What an authenticator app reads from the QR code (`otpauth://`). */
export const addressOf = (secret: string, username: string, issuer: string): string =>
  totpOf(secret, username, issuer).toString()

/** The step whose code this is, about now; undefined where it is none of them. */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  // The library takes a text of any other form for a fault of its caller.
  if (!isOneTimeCode(code)) return undefined
  const timestamp = now.getTime()
  const delta = totpOf(secret).validate({ token: code, timestamp, window: stepsAround })
  return delta === null ? undefined : TOTP.counter({ period: periodSeconds, timestamp }) + delta
}

/** Ten codes of 59 random bits each, for the day on which the telephone is lost. */
export const newBackupCodes = (): string[] =>
  Array.from({ length: backupCodeCount }, () => {
    const signs = Array.from({ length: backupLength }, () => backupAlphabet[randomInt(backupAlphabet.length)])
    return signs.join('').replace(/(.{4})(?=.)/g, '$1-')
  })

/** Only this is kept of a backup code. However it is typed, with or without dashes, it is the same code. */
export const backupDigest = (secret: string, userId: string, code: string): string =>
  createHmac('sha256', secret)
    .update(
      `backup ${userId} ${code
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '')}`,
    )
    .digest('base64url')

export const isOneTimeCode = (code: string): boolean => /^\d{6}$/.test(code)
