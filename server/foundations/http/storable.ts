/** Nothing that the contract asks for lies deeper than this. */
const deepest = 32

/** Why a request cannot be kept as it was sent, and at which path. */
export type Unstorable = { readonly path: string; readonly why: 'text' | 'depth' }

/**
 * Finds what no store of ours keeps: U+0000 and lone surrogates, which PostgreSQL refuses, and values nested so deep
 * that they could only exhaust the stack. Told at the door it is a fault of the request; further in it would be ours.
 */
export const findUnstorable = (value: unknown): Unstorable | undefined => search(value, [])

function search(value: unknown, path: string[]): Unstorable | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : { path: path.join('.'), why: 'text' }
  if (value === null || typeof value !== 'object') return undefined
  if (path.length === deepest) return { path: path.slice(0, 3).join('.'), why: 'depth' }
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorable(key)) return { path: path.join('.'), why: 'text' }
    path.push(key)
    const found = search(inner, path)
    if (found !== undefined) return found
    path.pop()
  }
  return undefined
}

export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
