/** Nothing that the contract asks for lies deeper than this. */
const deepest = 32

/** Why a request cannot be kept as it was sent, and at which path. */
export type Unstorable = { readonly path: string; readonly why: 'text' | 'depth' }

/**
 * Finds what no store of ours keeps: U+0000 and lone surrogates, which PostgreSQL refuses, and values nested so deep
 * that they could only exhaust the stack. Told at the door it is a fault of the request; further in it would be ours.
 */
export function findUnstorable(value: unknown): Unstorable | undefined {
  const waiting: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value, path: [] }]
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    const { path } = each
    if (path.length > deepest) return { path: path.slice(0, 3).join('.'), why: 'depth' }
    if (typeof each.value === 'string' && !isStorable(each.value))
      return { path: path.join('.'), why: 'text' }
    if (each.value === null || typeof each.value !== 'object') continue
    for (const [key, inner] of Object.entries(each.value)) {
      if (!isStorable(key)) return { path: path.join('.'), why: 'text' }
      waiting.push({ value: inner, path: [...path, key] })
    }
  }
  return undefined
}

export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
