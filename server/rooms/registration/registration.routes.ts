import * as contract from '@tiaoli/contract/registration'
import type { Mount } from '../../foundations/http/index.ts'
import { type Identity, originOf, presentUser, sessionCookies } from '../../foundations/identity/index.ts'
import type { Registration } from './registration.service.ts'
import type { Registered } from './registration.store.ts'

/** How an applicant is known: of whoever acts for an organisation the number alone was checked, not the authority. */
export const presentApplicant = ({ kind, checkedBy, releasedAt }: Registered) => ({
  kind,
  checkedBy,
  agent: kind === 'natural-person' ? null : ('not-verified' as const),
  releasedAt: releasedAt?.toISOString() ?? null,
})

export function mountRegistration(mount: Mount, registration: Registration, identity: Identity): void {
  function show(registered: Registered) {
    const { registeredAt, organisationId } = registered
    const organisation = organisationId === null ? undefined : identity.organisation(organisationId)
    return {
      ...presentApplicant(registered),
      registeredAt: registeredAt.toISOString(),
      organisation: organisation ? { id: organisation.id, name: organisation.name } : null,
    }
  }

  mount(contract.getRegistrationTerms, () => registration.terms)
  mount(contract.register, async ({ body, request, reply }) => {
    const { user, cookies } = await registration.register(body, originOf(request))
    reply.header('set-cookie', sessionCookies(cookies, request.protocol))
    reply.header('cache-control', 'no-store')
    const party = { userId: user.id, organisationId: user.organisation?.id ?? null }
    return { user: presentUser(user), registration: show((await registration.find(party))!) }
  })
  mount(contract.getRegistration, async ({ session }) => {
    const { id, organisation } = session.user!
    const found = await registration.find({ userId: id, organisationId: organisation?.id ?? null })
    return { registration: found ? show(found) : null }
  })
  mount(contract.releaseRegistration, async ({ params, body, session, request }) => ({
    registration: show(
      await registration.release(session, params.organisationId, body.reasons, originOf(request)),
    ),
  }))
}
