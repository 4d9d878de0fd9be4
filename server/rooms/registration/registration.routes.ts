import * as contract from '@tiaoli/contract/registration'
import type { Mount } from '../../foundations/http/index.ts'
import { type Identity, presentUser, sessionCookies } from '../../foundations/identity/index.ts'
import type { Registration } from './registration.service.ts'
import type { Registered } from './registration.store.ts'

export function mountRegistration(mount: Mount, registration: Registration, identity: Identity): void {
  function show({ kind, checkedBy, registeredAt, organisationId }: Registered) {
    const organisation = organisationId === null ? undefined : identity.organisation(organisationId)
    return {
      kind,
      checkedBy,
      registeredAt: registeredAt.toISOString(),
      organisation: organisation ? { id: organisation.id, name: organisation.name } : null,
    }
  }

  mount(contract.getRegistrationTerms, () => registration.terms)
  mount(contract.register, async ({ body, request, reply }) => {
    const { user, cookies } = await registration.register(body, request.ip)
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
}
