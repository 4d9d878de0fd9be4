import { type Organisation, oversees, type Session } from '../../foundations/identity/index.ts'
import type { Commitment } from './commitment.model.ts'

type Holder = Pick<Commitment, 'organisationId' | 'userId'>

/** Of the authority that watches over the provider of the data. */
const isOfficer = (session: Session, provider: Organisation | undefined): boolean =>
  oversees(session, provider, 'officer', 'supervisor')

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

type Provider = Organisation | undefined

export const maySee = (session: Session, each: Commitment, provider: Provider): boolean =>
  isOfficer(session, provider) ||
  isHolder(session, each) ||
  each.providerId === session.user?.organisation?.id

/** The provider and its authority can stop delivery; nobody does to themself. */
export const mayReportBreach = (session: Session, each: Commitment, provider: Provider): boolean =>
  each.breach === null &&
  !isHolder(session, each) &&
  (isOfficer(session, provider) ||
    (each.providerId === session.user?.organisation?.id && session.user!.powers.includes('steward')))

/** Only the authority lifts a stop. */
export const mayLift = (session: Session, each: Commitment, provider: Provider): boolean =>
  each.breach !== null && each.liftedAt === null && isOfficer(session, provider) && !isHolder(session, each)
