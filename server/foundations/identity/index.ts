export { countedAs } from './addresses.ts'
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
export type { ForeignUse } from './identity.service.ts'
export { createIdentity, type Identity } from './identity.service.ts'
export { presentUser, sessionCookies } from './identity.view.ts'
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
export { refusalOfRoles } from './role-rules.ts'

export const identityMigrations = { room: 'identity', folder: new URL('./migrations/', import.meta.url) }
