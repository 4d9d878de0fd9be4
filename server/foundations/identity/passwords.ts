import { randomInt } from 'node:crypto'
import { text } from '@tiaoli/kernel/text'
import type { Tx } from '../database/index.ts'
import { Problem } from '../problems/index.ts'
import { writePassword } from './passwords.store.ts'

export const leastPassword = 10
const mostPassword = 200
/** Without signs that are read for one another. */
const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const givenLength = 16

/** The hashing of the sign-in library. */
export type Hashing = {
  readonly hash: (password: string) => Promise<string>
  readonly verify: (given: { hash: string; password: string }) => Promise<boolean>
}

/** A first password that somebody hands on: nobody chooses it, and its owner changes it at once. */
export const newPassword = (): string =>
  Array.from({ length: givenLength }, () => alphabet[randomInt(alphabet.length)]).join('')

/** Why this is no password for that user, or undefined. */
export function passwordFault(password: string, username: string) {
  if (password.length < leastPassword || password.length > mostPassword)
    return text(
      `密码为 ${leastPassword} 至 ${mostPassword} 位`,
      `A password has ${leastPassword} to ${mostPassword} characters`,
    )
  return username.length >= 3 && password.toLowerCase().includes(username.toLowerCase())
    ? text('密码不能包含用户名', 'A password does not contain the user name')
    : undefined
}

/** Takes as long where there is no such user, or no password: how long an answer takes tells nothing. */
export async function isPassword(hashing: Hashing, hash: string | null, password: string): Promise<boolean> {
  if (hash !== null) return hashing.verify({ hash, password })
  await hashing.hash(password)
  return false
}

/** @throws Problem `act-not-available` where the account has no password, since it signs on elsewhere */
export async function setPassword(
  tx: Tx,
  given: { userId: string; hash: string; now: Date; givenAt: Date | null },
): Promise<void> {
  if (await writePassword(tx, given.userId, given.hash, given.now, given.givenAt)) return
  throw new Problem('act-not-available', {
    condition: text(
      '该账号没有密码，由统一身份认证登录',
      'The account has no password: it signs on elsewhere',
    ),
  })
}
