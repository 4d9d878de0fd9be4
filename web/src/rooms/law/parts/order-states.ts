import type { ProcedureView } from '@tiaoli/contract/rulebook'

/**
 * Orders the states of a procedure by how many acts lie between them and its start, endings last, so that the
 * diagram is read from top to bottom.
 */
export function orderStates({
  states,
  acts,
}: Pick<ProcedureView, 'states' | 'acts'>): ProcedureView['states'] {
  const depth = new Map<string, number>()
  const opening = acts.find(({ from }) => from.length === 0)?.to ?? states[0]?.key
  let front = opening ? [opening] : []
  for (let step = 0; front.length > 0; step += 1) {
    for (const key of front) depth.set(key, step)
    front = acts
      .filter(({ from, to }) => to !== null && !depth.has(to) && from.some((key) => front.includes(key)))
      .map(({ to }) => to!)
  }
  const rank = ({ key, outcome }: ProcedureView['states'][number]) =>
    (outcome === null ? 0 : 1000) + (depth.get(key) ?? 500)
  return states.toSorted((a, b) => rank(a) - rank(b))
}
