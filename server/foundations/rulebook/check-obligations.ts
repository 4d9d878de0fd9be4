import type { Fault } from './faults.ts'
import { articleNumber } from './lookup.ts'
import type { Obligation } from './obligation.types.ts'

/** `CQ-26.2` names a paragraph, and so everything in it; `CQ-26.2-a` names one obligation. */
export const isWithin = (obligation: string, id: string): boolean =>
  obligation === id || (obligation.startsWith(id) && /^[(-]/.test(obligation.slice(id.length)))

/** What cannot be true of a register; the prefix and the article numbers are unknown where it is read alone. */
export function checkObligations(
  obligations: readonly Obligation[],
  known: { readonly prefix: string | undefined; readonly articles: ReadonlySet<number> | undefined },
): Fault[] {
  const prefix = known.prefix ?? obligations[0]?.id.split('-')[0] ?? ''
  const seen = new Set<string>()
  return obligations.flatMap(({ id }, index) => {
    const fault = (expected: string): Fault[] => [
      { file: 'obligations.yaml', path: `${index}.id`, found: id, expected },
    ]
    if (seen.has(id)) return fault('each id once')
    seen.add(id)
    const number = articleNumber(prefix, id)
    if (number === undefined) return fault(`an id that begins with ${prefix}-`)
    return known.articles?.has(number) === false ? fault('an article of this regulation') : []
  })
}
