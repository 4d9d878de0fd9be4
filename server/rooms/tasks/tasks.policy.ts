import {
  type Area,
  isOverseer,
  type Organisation,
  oversees,
  type Session,
  scopeOf,
} from '../../foundations/identity/index.ts'
import type { TasksRules } from '../../foundations/rulebook/index.ts'
import { stewardOf } from '../catalogue/index.ts'

const watching = ['officer', 'supervisor'] as const

/** The body that runs the platform sees the tasks of all. */
const runsPlatform = ({ centre }: TasksRules, { user }: Session): boolean =>
  centre !== undefined &&
  user?.organisation?.roles.includes(centre) === true &&
  user.powers.some((power) => power === 'officer' || power === 'supervisor')

/** Whose tasks a caller sees: of an authority's area, of all (null), of the own body, or none (undefined). */
export const viewpointOf = (
  rules: TasksRules,
  session: Session,
  organisations: readonly Organisation[],
): Area | undefined => (runsPlatform(rules, session) ? null : scopeOf(session, organisations, ...watching))

/** Whether the caller sees tasks of others than the own body. */
export const seesOthers = (rules: TasksRules, session: Session): boolean =>
  runsPlatform(rules, session) || isOverseer(session, ...watching)

/** Requirements are recorded by those who watch over the provider. */
export const mayRequire = (
  rules: TasksRules,
  session: Session,
  provider: Organisation | undefined,
): boolean =>
  session.user?.powers.includes('officer') === true &&
  (runsPlatform(rules, session) || oversees(session, provider, 'officer'))

export const mayReport = (session: Session, providerId: string): boolean => stewardOf(session) === providerId
