import * as contract from '@tiaoli/contract/pulls'
import type { Mount } from '../../foundations/http/index.ts'
import type { Pull } from './pulls.model.ts'
import type { Pulls } from './pulls.service.ts'

const present = (pull: Pull): contract.Pull => ({
  id: pull.id,
  entryId: pull.entryId,
  kind: pull.table === null ? 'file' : 'table',
  url: pull.url,
  user: pull.user,
  table: pull.table && { schema: pull.table.schema, name: pull.table.name },
  risingColumn: pull.risingColumn,
  readUpTo: pull.mark?.value ?? null,
  hasToken: pull.sealedToken !== null,
  everyMinutes: pull.everyMinutes,
  mode: pull.mode,
  state: pull.state,
  failure: pull.failure,
  askedAt: pull.askedAt?.toISOString() ?? null,
  changedAt: pull.changedAt?.toISOString() ?? null,
  batchId: pull.batchId,
  nextAt: pull.nextAt.toISOString(),
})

export function mountPulls(mount: Mount, pulls: Pulls): void {
  mount(contract.createPull, async ({ params, body, session }) =>
    present(await pulls.create(session, params.entryId, body)),
  )
  mount(contract.listPulls, async ({ params, session }) => ({
    items: (await pulls.list(session, params.entryId)).map(present),
  }))
  mount(contract.runPull, async ({ params, query, session }) =>
    present(await pulls.runNow(session, params.pullId, query.reading)),
  )
  mount(contract.removePull, async ({ params, session }) => {
    await pulls.remove(session, params.pullId)
    return { removed: true as const }
  })
}
