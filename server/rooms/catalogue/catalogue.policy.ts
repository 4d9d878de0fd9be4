import type { Session } from '../../foundations/identity/index.ts'
import type { Entry } from './catalogue.model.ts'

/** The organisation that a caller compiles entries for; undefined for anyone who compiles none. */
export function stewardOf(session: Session): string | undefined {
  return session.user?.powers.includes('steward') ? session.user.organisation?.id : undefined
}

export const isOwn = (session: Session, entry: Entry): boolean =>
  session.user?.organisation?.id === entry.providerId

/** Those who check the catalogue see entries before they are published. */
export const checksCatalogue = (session: Session): boolean =>
  session.user?.organisation?.kind === 'authority' && session.user.powers.includes('officer')

/** Unpublished entries are known to their provider and, once handed over, to the authority; to everyone else they do not exist. */
export const maySee = (session: Session, entry: Entry, firstState: string): boolean =>
  entry.published || isOwn(session, entry) || (checksCatalogue(session) && entry.status !== firstState)
