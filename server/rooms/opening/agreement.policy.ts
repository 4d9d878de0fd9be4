import { type Organisation, oversees, type Session } from '../../foundations/identity/index.ts'
import type { Agreement } from './agreement.model.ts'

type Sides = Pick<Agreement, 'organisationId' | 'userId' | 'authorityId' | 'providerId'>

/** Whoever uses the data under the agreement. */
export const holds = (session: Session, agreement: Sides): boolean =>
  (agreement.organisationId !== null &&
    agreement.organisationId === session.user?.organisation?.id &&
    session.user.powers.includes('requester')) ||
  (agreement.userId !== null && agreement.userId === session.user?.id)

/** An officer of the authority that signed it. */
export const isAuthorityOf = (session: Session, agreement: Sides): boolean =>
  session.user?.organisation?.id === agreement.authorityId && session.user.powers.includes('officer')

/** Its two sides read it, the provider has a copy, and the authorities supervise; for all others it is not there. */
export const sees = (session: Session, agreement: Sides, provider: Organisation | undefined): boolean => {
  const { user } = session
  if (user === null) return false
  const organisationId = user.organisation?.id
  return (
    (agreement.userId !== null && agreement.userId === user.id) ||
    (organisationId !== undefined &&
      (oversees(session, provider, 'officer') ||
        organisationId === agreement.organisationId ||
        organisationId === agreement.providerId ||
        organisationId === agreement.authorityId))
  )
}
