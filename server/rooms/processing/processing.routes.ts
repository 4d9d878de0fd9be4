import * as contract from '@tiaoli/contract/processing'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Processing } from './processing.service.ts'
import type { ProcessingRun } from './processing.store.ts'

export function mountProcessing(mount: Mount, processing: Processing, identity: Identity): void {
  const show = ({ userId: _, organisationId, steps, at, ...run }: ProcessingRun) => ({
    ...run,
    steps: [...steps],
    organisation: {
      id: organisationId,
      name: identity.organisation(organisationId)?.name ?? { zh: '', en: '' },
    },
    at: at.toISOString(),
  })

  mount(contract.cleanEntry, async ({ params, body, session }) =>
    show(await processing.clean(session, params.entryId, body)),
  )
  mount(contract.listProcessingRuns, async ({ params, query, session }) => {
    const { article } = processing.offered()
    const list = listOf('cleanings', [params.entryId])
    const before = readCursor(list, query.cursor, isIdText)
    const runs = await processing.runs(session, params.entryId, before, query.limit + 1)
    const page = runs.slice(0, query.limit)
    return {
      items: page.map(show),
      nextCursor: runs.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
      article,
      mayRun: processing.mayRun(session),
    }
  })
}
