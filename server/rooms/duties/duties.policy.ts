import {
  isOverseer,
  type Organisation,
  oversees,
  overseesCity,
  type Session,
} from '../../foundations/identity/index.ts'
import type { HeldDuty } from './duties.model.ts'

const has = (session: Session, ...wanted: string[]): boolean =>
  session.user?.powers.some((power) => wanted.includes(power)) === true

/** Whether the caller sees duties of others, each authority those of its area. */
export const seesOthers = (session: Session): boolean => isOverseer(session, 'officer', 'supervisor')

/** Names owners and sets the dates of the whole city. */
export const mayManage = (session: Session): boolean => overseesCity(session, 'officer')

/** Whether what an organisation does for a duty is shown to the caller. */
export const seesOwner = (session: Session, owner: Organisation | undefined): boolean =>
  oversees(session, owner, 'officer', 'supervisor') ||
  (owner !== undefined && owner.id === session.user?.organisation?.id)

/** Files evidence: whoever acts for one of the owners. */
export const mayFile = (session: Session, { owners }: HeldDuty): boolean =>
  owners.some(({ organisation }) => organisation.id === session.user?.organisation?.id) &&
  has(session, 'steward', 'officer')

/** The duty as the caller sees it; undefined where it is none of theirs. */
export function viewpointOf(session: Session, found: HeldDuty): HeldDuty | undefined {
  // A duty that nobody has yet is seen by whoever names its owners.
  if (overseesCity(session, 'officer', 'supervisor')) return found
  const owners = found.owners.filter(({ organisation }) => seesOwner(session, organisation))
  return owners.length === 0 ? undefined : { ...found, owners }
}
