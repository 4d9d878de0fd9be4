import { hash } from 'node:crypto'
import type { CivilDate } from '@tiaoli/kernel/instants'

/**
 * The daily index: a signed note that names every log of the installation with its key and its newest checkpoint, and
 * holds the digest of the index before it. Whoever has kept one of them can tell whether a log was left out, exchanged
 * or cut since.
 *
 * ```
 * data.example/ledger/index
 * number 3
 * on 2026-10-14
 * previous <SHA-256 of the text of number 2, Base64>
 * log <folder, . for the root> <size> <root> <verifier key> <checkpoint with its signatures, Base64>
 * unread <folder> <verifier key of a log that could not be read on that day>
 * ```
 */
export type IndexText = {
  /** Name of the key and first line. */
  readonly name: string
  /** From 1 without gaps. */
  readonly number: number
  readonly on: CivilDate
  /** Text of the index before, null for the first. */
  readonly previous: string | null
  readonly logs: readonly IndexedLog[]
  /** Logs that could not be read: they are no more left out than vouched for. */
  readonly unread: readonly Pick<IndexedLog, 'path' | 'verifierKey'>[]
}

export type IndexedLog = {
  readonly path: string
  readonly size: number
  readonly root: Buffer
  readonly verifierKey: string
  readonly checkpoint: string
}

export const latestIndexPath = 'index/latest'
export const indexPath = (number: number): string => `index/${number}`

/** Before the first index there is none: zeros stand for its digest. */
const noDigest = Buffer.alloc(32)

export const indexDigest = (text: string): Buffer => hash('sha256', Buffer.from(text), 'buffer')

export const writeIndex = ({ name, number, on, previous, logs, unread }: IndexText): string =>
  [
    name,
    `number ${number}`,
    `on ${on}`,
    `previous ${(previous === null ? noDigest : indexDigest(previous)).toString('base64')}`,
    ...logs.map((log) =>
      [
        'log',
        folderOf(log),
        log.size,
        log.root.toString('base64'),
        log.verifierKey,
        Buffer.from(log.checkpoint).toString('base64'),
      ].join(' '),
    ),
    ...unread.map((log) => `unread ${folderOf(log)} ${log.verifierKey}`),
    '',
  ].join('\n')

const folderOf = ({ path }: { readonly path: string }): string => (path === '' ? '.' : path)

/** Number and date of an index that our own key has signed. */
export function readIndex(text: string): { readonly number: number; readonly on: CivilDate } | null {
  const [, number, on] = /^[^\n]+\nnumber ([1-9]\d{0,9})\non (\d{4}-\d{2}-\d{2})\nprevious /.exec(text) ?? []
  return number === undefined || on === undefined ? null : { number: Number(number), on }
}
