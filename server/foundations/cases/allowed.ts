import type { AllowedAct } from './cases.types.ts'
import { conditionsOf, type Situation } from './conditions.ts'

/**
 * The acts that belong to the actor in the present state. One that a further condition forbids for now is listed
 * with the refusal it would meet, so that an officer sees why a button is grey.
 */
export function allowedActs(situation: Situation): readonly AllowedAct[] {
  return situation.edition.procedure.acts
    .filter((act) => act.from.includes(situation.state.state))
    .flatMap((act) => {
      const { role, refusal, warnings } = conditionsOf(situation, act)
      return role === undefined ? [] : [{ act: act.key, blocked: refusal, warnings }]
    })
}
