import type { SupplyLine } from '@tiaoli/contract/matching'
import type { CaseView } from '../../foundations/cases/index.ts'

/** States in which a demand is met: it has been matched with an entry that nobody has found unfit since. */
export const sectionOf = ({ state, procedure }: CaseView, entryKey: string): SupplyLine['section'] =>
  matchOf({ state, procedure }, entryKey) === undefined ? 'no-supply' : 'matched'

/**
 * The entry that the demand is matched with: the one that was named last, unless the case has since left the state
 * that naming it led to for one that waits for another match.
 */
export function matchOf(
  { state, procedure }: Pick<CaseView, 'state' | 'procedure'>,
  entryKey: string,
): string | undefined {
  let matched: string | undefined
  let matchedState: string | undefined
  for (const event of state.events) {
    const act = procedure.acts.find(({ key }) => key === event.act)
    const names = act?.content.some(({ key, kind }) => key === entryKey && kind === 'entry') ?? false
    if (names && typeof event.content[entryKey] === 'string') {
      matched = event.content[entryKey]
      matchedState = event.to
    } else if (matchedState !== undefined && event.to !== matchedState) {
      const outcome = procedure.states.find(({ key }) => key === event.to)?.outcome
      if (outcome !== 'granted') matched = undefined
      matchedState = undefined
    }
  }
  return matched
}

/** A demand that was taken back is in no section. */
export const isListed = ({ state }: CaseView): boolean => state.outcome !== 'withdrawn'
