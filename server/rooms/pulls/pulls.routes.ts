import * as contract from '@tiaoli/contract/pulls'
import type { Mount } from '../../foundations/http/index.ts'
import type { BatchState } from '../aggregation/index.ts'
import type { Timeliness } from '../catalogue/index.ts'
import type { Pull } from './pulls.model.ts'
import type { Pulls } from './pulls.service.ts'

const present = (
  pull: Pull,
  { dueBefore, late }: Timeliness,
  batchState: BatchState | null,
): contract.Pull => ({
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
  batchState,
  nextAt: pull.nextAt.toISOString(),
  dueBefore: dueBefore?.toISOString() ?? null,
  late,
})

export function mountPulls(mount: Mount, pulls: Pulls): void {
  const show = async (pull: Pull) => present(pull, await pulls.timeliness(pull), await pulls.batchState(pull))

  mount(contract.createPull, async ({ params, body, session }) =>
    show(await pulls.create(session, params.entryId, body)),
  )
  mount(contract.listPulls, async ({ params, session }) => ({
    items: await Promise.all((await pulls.list(session, params.entryId)).map(show)),
  }))
  mount(contract.runPull, async ({ params, query, session }) =>
    show(await pulls.runNow(session, params.pullId, query.reading)),
  )
  mount(contract.removePull, async ({ params, session }) => {
    await pulls.remove(session, params.pullId)
    return { removed: true as const }
  })
}
