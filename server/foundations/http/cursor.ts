import { createHash } from 'node:crypto'
import { isId } from '@tiaoli/kernel/ids'
import { Problem } from '../problems/index.ts'
import { isStorable } from './storable.ts'

/** The name of a list as one search asks for it: a cursor of another search is not one of this. */
export const listOf = (name: string, search: readonly unknown[]): string =>
  `${name} ${createHash('sha256').update(JSON.stringify(search)).digest('base64url').slice(0, 12)}`

/** A cursor is opaque to callers: where a list goes on, and which list it belongs to. */
export const writeCursor = (list: string, position: unknown): string =>
  Buffer.from(JSON.stringify([list, position])).toString('base64url')

/** Throws `bad-cursor` for anything that this list did not give out. */
export function readCursor<T>(
  list: string,
  cursor: string | undefined,
  check: (position: unknown) => position is T,
): T | undefined {
  if (cursor === undefined) return undefined
  try {
    const [name, position] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, unknown]
    if (name === list && check(position)) return position
  } catch {
    // Not ours: said below.
  }
  throw new Problem('bad-cursor')
}

/** A place in a list that is ordered by a text: one that the store could ever have given out. */
export const isText = (value: unknown): value is string => typeof value === 'string' && isStorable(value)

/** A place in a list that is ordered by id. */
export const isIdText = (value: unknown): value is string => isText(value) && isId(value)
