import { isId } from '@tiaoli/kernel/ids'
import { type Instant, instantOf } from '@tiaoli/kernel/instants'

/** The last row of a page: the next one begins after it. */
export type CaseCursor = { readonly dueAt: Instant | null; readonly id: string }

export const encodeCursor = ({ dueAt, id }: CaseCursor): string =>
  Buffer.from(`${dueAt ?? ''}|${id}`).toString('base64url')

/** Undefined where the text is not a cursor that we gave out. */
export function decodeCursor(cursor: string): CaseCursor | undefined {
  if (cursor.length > 120) return undefined
  const [due, id, ...more] = Buffer.from(cursor, 'base64url').toString('utf8').split('|')
  if (due === undefined || id === undefined || more.length > 0 || !isId(id)) return undefined
  if (due === '') return { dueAt: null, id }
  const dueAt = new Date(due)
  // Only the one spelling that we give out: other spellings of dates are not the database's.
  return !Number.isNaN(dueAt.getTime()) && instantOf(dueAt) === due ? { dueAt: due, id } : undefined
}
