import type { CaseView } from '../../foundations/cases/index.ts'
import type { Act, Procedure } from '../../foundations/rulebook/index.ts'
import type { EntryMoment } from './catalogue.model.ts'

/** An act by which the provider lets go of the entry: to somebody who checks it, or, where nobody does, to everyone. */
export const submits = (procedure: Procedure, act: Act): boolean => {
  const handsOver = procedure.states
    .find((each) => each.key === act.to)
    ?.waitsFor.some((role) => procedure.roles[role]?.from !== 'provider')
  const letsGo = handsOver === true || act.effect === 'publish'
  return act.by.some((role) => procedure.roles[role]?.from === 'provider') && letsGo
}

/** What an act means for the entry; nothing for acts that only send it back or change nothing outside. */
export function momentsOf(procedure: Procedure, act: Act): EntryMoment[] {
  const moments: EntryMoment[] = submits(procedure, act) ? ['submission'] : []
  if (act.effect === 'publish') return [...moments, 'publication']
  if (act.effect === 'unpublish') return ['withdrawal']
  const to = procedure.states.find((each) => each.key === act.to)
  const byProvider = (roles: readonly string[]) =>
    roles.some((role) => procedure.roles[role]?.from === 'provider')
  const passes = to !== undefined && to.outcome === undefined && !byProvider(to.waitsFor)
  return passes && !byProvider(act.by) ? ['confirmation'] : moments
}
/** The provider writes wherever it could submit next: a draft, what was returned, and a change of what is published. */
export const isWritable = (view: CaseView): boolean =>
  view.procedure.acts.some((act) => act.from.includes(view.state.state) && submits(view.procedure, act))

/** Where publishing leads: coming back there otherwise means that a change was given up. */
export const isBackAtPublished = (procedure: Procedure, state: string, effect: string | undefined): boolean =>
  effect === undefined && procedure.acts.some((act) => act.effect === 'publish' && act.to === state)
