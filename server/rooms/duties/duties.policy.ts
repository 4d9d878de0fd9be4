import type { Session } from '../../foundations/identity/index.ts'
import type { HeldDuty } from './duties.model.ts'

const isAuthority = (session: Session): boolean => session.user?.organisation?.kind === 'authority'
const has = (session: Session, ...wanted: string[]): boolean =>
  session.user?.powers.some((power) => wanted.includes(power)) === true

/** The data authority keeps the register. */
export const seesEvery = (session: Session): boolean =>
  isAuthority(session) && has(session, 'officer', 'supervisor')

/** Names owners and sets the city's own dates. */
export const mayManage = (session: Session): boolean => isAuthority(session) && has(session, 'officer')

/** Files evidence: whoever acts for one of the owners. */
export const mayFile = (session: Session, { owners }: HeldDuty): boolean =>
  owners.some(({ organisation }) => organisation.id === session.user?.organisation?.id) &&
  has(session, 'steward', 'officer')

/** The duty as the caller sees it; undefined where it is none of theirs. */
export function viewpointOf(session: Session, found: HeldDuty): HeldDuty | undefined {
  if (seesEvery(session)) return found
  const owners = found.owners.filter(({ organisation }) => organisation.id === session.user?.organisation?.id)
  return owners.length === 0 ? undefined : { ...found, owners }
}
