import type { Session } from '../../foundations/identity/index.ts'
import type { Commitment } from './commitment.model.ts'

type Holder = Pick<Commitment, 'organisationId' | 'userId'>

const isOfficer = (session: Session): boolean =>
  session.user?.organisation?.kind === 'authority' &&
  (session.user.powers.includes('officer') || session.user.powers.includes('supervisor'))

const isHolder = (session: Session, { organisationId, userId }: Holder): boolean =>
  (organisationId !== null && organisationId === session.user?.organisation?.id) ||
  (userId !== null && userId === session.user?.id)

/** The wording is laid down by an officer of the body in that role. */
export const mayPublish = (session: Session, role: string): boolean =>
  session.user?.powers.includes('officer') === true &&
  session.user.organisation?.roles.includes(role) === true

/** An organisation signs through those who file its requests, a person for themself. */
export const maySign = (session: Session, holder: Holder): boolean =>
  isHolder(session, holder) && (holder.organisationId === null || session.user!.powers.includes('requester'))

/** Whose commitments the caller sees: undefined where everyone's. */
export const scopeOf = (session: Session) =>
  isOfficer(session)
    ? undefined
    : { organisationId: session.user?.organisation?.id ?? null, userId: session.user?.id ?? null }

export const maySee = (session: Session, each: Commitment): boolean =>
  isOfficer(session) || isHolder(session, each) || each.providerId === session.user?.organisation?.id

/** The provider and the authority can stop delivery; nobody does to themself. */
export const mayReportBreach = (session: Session, each: Commitment): boolean =>
  each.breach === null &&
  !isHolder(session, each) &&
  (isOfficer(session) ||
    (each.providerId === session.user?.organisation?.id && session.user!.powers.includes('steward')))

/** Only the authority lifts a stop. */
export const mayLift = (session: Session, each: Commitment): boolean =>
  each.breach !== null && each.liftedAt === null && isOfficer(session) && !isHolder(session, each)
