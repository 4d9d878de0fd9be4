import { type Organisation, oversees, type Session } from '../../foundations/identity/index.ts'
import type { Entry } from './catalogue.model.ts'

/** The organisation that a caller compiles entries for; undefined for anyone who compiles none. */
export function stewardOf(session: Session): string | undefined {
  return session.user?.powers.includes('steward') ? session.user.organisation?.id : undefined
}

export const isOwn = (session: Session, entry: Entry): boolean =>
  session.user?.organisation?.id === entry.providerId

/** Those who check the catalogue of a provider, each authority in its area, see its entries before they are published. */
export const checksCatalogue = (session: Session, provider: Organisation | undefined): boolean =>
  oversees(session, provider, 'officer')

/** As who checks the catalogue, or in the place of a colleague who does: what one may act on, one may read. */
export const looksInto = (session: Session, provider: Organisation | undefined): boolean => {
  const { user, standsInFor = [] } = session
  if (user === null || checksCatalogue(session, provider)) return user !== null
  return standsInFor.some(({ powers }) =>
    checksCatalogue({ ...session, user: { ...user, powers } }, provider),
  )
}

/** Unpublished entries are known to their provider and, once handed over, to its authorities; to everyone else they do not exist. */
export const maySee = (
  session: Session,
  entry: Entry,
  firstState: string,
  provider: Organisation | undefined,
): boolean =>
  entry.published || isOwn(session, entry) || (looksInto(session, provider) && entry.status !== firstState)
