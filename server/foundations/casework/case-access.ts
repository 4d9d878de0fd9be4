import type { Cases, CaseView } from '../cases/index.ts'
import type { Session } from '../identity/index.ts'
import { Problem } from '../problems/index.ts'
import { actorOf } from './case-actor.ts'

/** The data authority sees every case of the city. */
export const supervises = (session: Session): boolean =>
  session.user?.organisation?.kind === 'authority' &&
  (session.user.powers.includes('officer') || session.user.powers.includes('supervisor'))

/** The case as the caller may see it: as a party, or as who supervises. Throws `not-found` for everybody else. */
export async function requireSeen(cases: Cases, session: Session, caseId: string): Promise<CaseView> {
  const view =
    (await cases.get(caseId, actorOf(session))) ??
    (supervises(session) ? await cases.get(caseId, null) : undefined)
  if (view === undefined) throw new Problem('not-found')
  return view
}
