import type { Cases, CaseView } from '../cases/index.ts'
import { type Area, areaOf, type Identity, isInArea, type Session } from '../identity/index.ts'
import { Problem } from '../problems/index.ts'
import { actorOf } from './case-actor.ts'

type Access = { readonly cases: Cases; readonly identity: Identity }

/** The area whose cases the caller supervises: null for the city, undefined for whoever supervises none. */
export const supervisedBy = (identity: Identity, session: Session): Area | undefined =>
  areaOf(session, identity.organisations(), 'officer', 'supervisor')

/** A data authority sees the cases in which bodies of its area take part; that of the city sees all. @article SZ-5.1 */
async function supervised({ cases, identity }: Access, session: Session, caseId: string) {
  const area = supervisedBy(identity, session)
  const view = area === undefined ? undefined : await cases.get(caseId, null)
  const parties = Object.values(view?.state.parties ?? {})
  return area === null || parties.some(({ organisationId }) => isInArea(area, organisationId))
    ? view
    : undefined
}

/** The case as the caller may see it: as a party, or as who supervises. Throws `not-found` for everybody else. */
export async function requireSeen(access: Access, session: Session, caseId: string): Promise<CaseView> {
  const view =
    (await access.cases.get(caseId, actorOf(session))) ?? (await supervised(access, session, caseId))
  if (view === undefined) throw new Problem('not-found')
  return view
}
