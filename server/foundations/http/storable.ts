/** Nothing that the contract asks for lies deeper than this. */
const deepest = 32

/** Why a request cannot be kept as it was sent, and at which path. */
export type Unstorable = { readonly path: string; readonly why: 'text' | 'depth' }

/**
 * Finds what no store of ours keeps: U+0000 and lone surrogates, which PostgreSQL refuses, and values nested so deep
 * that they could only exhaust the stack. Told at the door it is a fault of the request; further in it would be ours.
 */
export function findUnstorable(value: unknown): Unstorable | undefined {
  const found = search(value, 0)
  return (
    found && { path: found.path.slice(0, found.why === 'depth' ? 3 : undefined).join('.'), why: found.why }
  )
}

/** The path is put together on the way back, and only of what was found: nearly always there is nothing. */
function search(value: unknown, depth: number): { path: string[]; why: Unstorable['why'] } | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : { path: [], why: 'text' }
  if (value === null || typeof value !== 'object') return undefined
  if (depth === deepest) return { path: [], why: 'depth' }
  for (const key of Object.keys(value)) {
    if (!isStorable(key)) return { path: [], why: 'text' }
    const found = search((value as Readonly<Record<string, unknown>>)[key], depth + 1)
    if (found !== undefined) return { path: [key, ...found.path], why: found.why }
  }
  return undefined
}

export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
