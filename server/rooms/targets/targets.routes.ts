import * as contract from '@tiaoli/contract/targets'
import type { Mount } from '../../foundations/http/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Targets } from './targets.service.ts'

export function mountTargets(mount: Mount, targets: Targets, identity: Identity): void {
  const show = async () =>
    (await targets.list()).map(({ procedure, rule, target }) => {
      const by = target && identity.organisation(target.organisationId)
      return {
        procedure: { key: procedure.key, title: procedure.title },
        clock: { key: rule.key, title: rule.title, article: rule.article ?? null },
        workingDays: target?.workingDays ?? null,
        instrument: target?.instrument ?? null,
        setBy: by ? { id: by.id, name: by.name } : null,
        setAt: target?.setAt.toISOString() ?? null,
      }
    })
  mount(contract.listClockTargets, async ({ session }) => ({
    items: await show(),
    canSet: targets.maySet(session),
  }))
  mount(contract.setClockTarget, async ({ params, body, session }) => {
    await targets.set(session, params.procedure, params.clock, body)
    return (await show()).find(
      ({ procedure, clock }) => procedure.key === params.procedure && clock.key === params.clock,
    )!
  })
}
