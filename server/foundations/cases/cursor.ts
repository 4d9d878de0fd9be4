import { isId } from '@tiaoli/kernel/ids'
import type { Instant } from '@tiaoli/kernel/instants'

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
  return Number.isNaN(Date.parse(due)) ? undefined : { dueAt: due, id }
}
