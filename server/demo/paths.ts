import type { Act, Procedure } from '../foundations/rulebook/index.ts'

/** Acts in their order, from the one that opens the case. */
export type Path = readonly Act[]

type Way = { readonly acts: Path; readonly state: string; readonly flags: Readonly<Record<string, boolean>> }

/** The shortest way through a procedure that ends with such an act; undefined where no way does. */
export function shortestPath(procedure: Procedure, endsWith: (act: Act) => boolean): Path | undefined {
  const ways = procedure.acts.filter((act) => act.from.length === 0).map((act) => after(act))
  const seen = new Set<string>()
  for (const way of ways) {
    if (endsWith(way.acts.at(-1)!)) return way.acts
    const place = JSON.stringify([way.state, way.flags])
    if (seen.has(place)) continue
    seen.add(place)
    ways.push(...procedure.acts.filter((act) => isPossible(act, way)).map((act) => after(act, way)))
  }
  return undefined
}

const after = (act: Act, way?: Way): Way => ({
  acts: [...(way?.acts ?? []), act],
  state: act.to ?? way?.state ?? '',
  flags: { ...way?.flags, ...act.sets },
})

const isPossible = (act: Act, way: Way): boolean =>
  act.from.includes(way.state) &&
  !way.acts.includes(act) &&
  (act.needs ?? []).every(({ flag, is }) => (way.flags[flag] ?? false) === is)
