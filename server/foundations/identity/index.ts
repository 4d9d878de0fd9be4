export type { AccountEvent, AccountEvents, Origin } from './account-events.ts'
export { countedAs } from './addresses.ts'
export { type ForeignUse, keyEndingJob } from './api-keys.ts'
export { type AttemptLimit, createAttemptLimit } from './attempt-limit.ts'
export {
  isPublicBody,
  nobody,
  type Organisation,
  type Power,
  type Session,
  type StandIn,
  type User,
} from './identity.model.ts'
export { createIdentity, type Identity } from './identity.service.ts'
export { cookieOf, presentUser, sessionCookies } from './identity.view.ts'
export { originOf } from './origin.ts'
export {
  type Area,
  areaOf,
  isInArea,
  isOverseer,
  mayOversee,
  overseersOf,
  oversees,
  overseesCity,
  scopeOf,
} from './oversight.ts'
export { holdersTowards, holderTowards } from './own-level.ts'
export type { PersonView } from './people.ts'
export { refusalOfPowers } from './power-rules.ts'
export { refusalOfRoles } from './role-rules.ts'
export type { Proof, SignedIn } from './sign-in.ts'

export const identityMigrations = { room: 'identity', folder: new URL('./migrations/', import.meta.url) }
