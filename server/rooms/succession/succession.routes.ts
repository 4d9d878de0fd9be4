import { dissolveOrganisation } from '@tiaoli/contract/succession'
import type { Mount } from '../../foundations/http/index.ts'
import type { Organisation } from '../../foundations/identity/index.ts'
import type { Succession } from './succession.service.ts'

const show = ({ id, name }: Organisation) => ({ id, name })

export function mountSuccession(mount: Mount, succession: Succession): void {
  mount(dissolveOrganisation, async ({ params, body: given, session }) => {
    const { body, successor, moved } = await succession.dissolve(session, params.organisationId, given)
    return { organisation: show(body), successor: show(successor), moved }
  })
}
