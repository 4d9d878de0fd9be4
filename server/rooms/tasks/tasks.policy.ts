import type { Session } from '../../foundations/identity/index.ts'
import type { TasksRules } from '../../foundations/rulebook/index.ts'
import { stewardOf } from '../catalogue/index.ts'

/** The authority and the body that runs the platform see the tasks of all. */
export function seesAll(rules: TasksRules, session: Session): boolean {
  const body = session.user?.organisation
  const acts = session.user?.powers.some((power) => power === 'officer' || power === 'supervisor')
  return (
    acts === true &&
    (body?.kind === 'authority' ||
      (rules.centre !== undefined && body?.roles.includes(rules.centre) === true))
  )
}

/** Whose tasks a caller sees: of all (null), of the own body, or none (undefined). */
export const viewpointOf = (rules: TasksRules, session: Session): string | null | undefined =>
  seesAll(rules, session) ? null : session.user?.organisation?.id

/** Requirements are recorded by those who watch over all. */
export const mayRequire = (rules: TasksRules, session: Session): boolean =>
  seesAll(rules, session) && session.user!.powers.includes('officer')

export const mayReport = (session: Session, providerId: string): boolean => stewardOf(session) === providerId
