import type { Act, Procedure } from '../rulebook/index.ts'

/** The one act that leaves no state: it opens the case. The loader has seen to it that there is exactly one. */
export const openingActOf = (procedure: Procedure): Act =>
  procedure.acts.find((act) => act.from.length === 0)!

export const stateOf = (procedure: Procedure, key: string) =>
  procedure.states.find((state) => state.key === key)
