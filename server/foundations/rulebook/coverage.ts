import type { ArticleId } from '@tiaoli/kernel/decisions'
import { z } from 'zod'
import type { Obligation } from './obligation.types.ts'

/**
 * How an obligation stands in this software. `proven`: a scenario that names it ran and passed; `built`: the rulebook
 * or the contract names it, and no scenario proves it; `tracked`: it is an organisation's duty and stands in the
 * register of duties; `stated`: a definition, or purpose, scope and entry into force, of which nothing is to be built by
 * itself; `open`: none of these.
 */
export const coverageStates = ['proven', 'built', 'tracked', 'stated', 'open'] as const
export type CoverageState = (typeof coverageStates)[number]

/** A scenario that ran and passed. */
export type Proof = { readonly file: string; readonly title: string }

export type Coverage = {
  readonly obligation: Obligation
  readonly state: CoverageState
  readonly proofs: readonly Proof[]
  /** Where rulebook, procedures and contract name it. */
  readonly places: readonly string[]
}

/** `law/<city>-<year>/coverage.json`: what the last complete run of the scenarios found. Written by `npm run law`. */
export const coverageRecord = z.strictObject({
  ranOn: z.string(),
  proofs: z.record(z.string(), z.array(z.strictObject({ file: z.string(), title: z.string() }))),
  places: z.record(z.string(), z.array(z.string())),
})
export type CoverageRecord = z.infer<typeof coverageRecord>

/** Holds the register against what a run has found. */
export function coverageOf(
  obligations: readonly Obligation[],
  { proofs, places }: Pick<CoverageRecord, 'proofs' | 'places'>,
): Coverage[] {
  return obligations.map((obligation) => {
    const found = { proofs: proofs[obligation.id] ?? [], places: places[obligation.id] ?? [] }
    return { obligation, state: stateOf(obligation, found), ...found }
  })
}

function stateOf(obligation: Obligation, found: Pick<Coverage, 'proofs' | 'places'>): CoverageState {
  if (found.proofs.length > 0) return 'proven'
  if (found.places.length > 0) return 'built'
  if (obligation.kind === 'duty') return 'tracked'
  return obligation.kind === 'term' || obligation.kind === 'formal' ? 'stated' : 'open'
}

/** Every `article` at any depth of a file that names one obligation of the register, with the path that names it. */
export function citations(file: string, value: unknown, ids: ReadonlySet<ArticleId>): [ArticleId, string][] {
  const found: [ArticleId, string][] = []
  const walk = (at: string, inner: unknown): void => {
    if (typeof inner === 'string') {
      if (ids.has(inner)) found.push([inner, file === '' ? at : `${file}: ${at}`])
    } else if (inner !== null && typeof inner === 'object')
      for (const [key, next] of Object.entries(inner))
        walk(nameOf(at, Array.isArray(inner) ? keyOf(next, key) : key), next)
  }
  walk('', value)
  return found
}

const nameOf = (at: string, name: string): string =>
  name === 'article' || name === 'articles' ? at : at === '' ? name : `${at}.${name}`

/** Items of lists go by their key, where they have one, so that a place keeps its name when the list grows. */
function keyOf(item: unknown, index: string): string {
  const own = (item as { key?: unknown } | null)?.key
  return typeof own === 'string' ? own : index
}
