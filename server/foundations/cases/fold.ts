import type { CaseState } from './cases.types.ts'

/** The newest value given under `key` in any act of the case, such as the fields that were agreed last. */
export function latestContent(state: CaseState, key: string): unknown {
  return state.events.findLast((event) => event.content[key] !== undefined)?.content[key]
}
