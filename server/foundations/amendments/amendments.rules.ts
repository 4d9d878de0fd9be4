import { createHash } from 'node:crypto'
import { articleNumber, canonical, type Rulebook } from '../rulebook/index.ts'

/** For each article a digest of everything in the rulebook that rests on it; 0 holds what rests on none. */
export type Digests = Readonly<Record<number, string>>

/** Values that describe the text or report on the software, and that no case rests on. */
const describing = new Set(['obligations', 'coverage', 'version', 'articles'])

/**
 * What each article bears. A value belongs to the article that its nearest enclosing part names, and to every article
 * that a part names further out: the act of a procedure to its own article and to those of the procedure.
 */
export function digestsOf(rulebook: Rulebook): Digests {
  const borne = new Map<number, string[]>()
  const add = (number: number, path: string, value: unknown): void => {
    const known = borne.get(number) ?? []
    known.push(`${path} ${JSON.stringify(canonical(value))}`)
    borne.set(number, known)
  }
  const walk = (path: string, value: unknown, within: boolean): void => {
    if (value === null || typeof value !== 'object') {
      if (!within) add(0, path, value)
      return
    }
    const { article, articles } = value as { article?: unknown; articles?: unknown }
    const named = [article, ...(Array.isArray(articles) ? articles : [])].flatMap((id) =>
      typeof id === 'string' ? (articleNumber(rulebook.prefix, id) ?? []) : [],
    )
    for (const number of new Set(named)) add(number, path, value)
    for (const [key, inner] of Object.entries(value))
      walk(`${path}.${keyOf(inner, key)}`, inner, within || named.length > 0)
  }
  for (const [key, value] of Object.entries(rulebook)) if (!describing.has(key)) walk(key, value, false)
  return Object.fromEntries(
    [...borne].map(([number, values]) => [
      number,
      createHash('sha256').update(values.sort().join('\n')).digest('hex').slice(0, 16),
    ]),
  )
}

/** Parts of lists go by their key, so that an added part amends its own article and no other. */
const keyOf = (part: unknown, index: string): string => {
  const own = (part as { key?: unknown } | null)?.key
  return typeof own === 'string' ? own : index
}

/** The articles whose values are not what they were, in order; what no article bears is not among them. */
export function amendedBetween(before: Digests, after: Digests): number[] {
  const numbers = new Set([...Object.keys(before), ...Object.keys(after)].map(Number))
  return [...numbers]
    .filter((number) => number !== 0 && before[number] !== after[number])
    .sort((a, b) => a - b)
}
