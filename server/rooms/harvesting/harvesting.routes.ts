import * as contract from '@tiaoli/contract/harvesting'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { type Catalogue, stewardOf } from '../catalogue/index.ts'
import type { Harvested, Run, Source } from './harvesting.model.ts'
import { partsChanged, wordsOf } from './harvesting.rules.ts'
import type { Harvesting } from './harvesting.ts'

export type HarvestingRoutesDeps = {
  readonly harvesting: Harvesting
  readonly catalogue: Catalogue
  readonly identity: Identity
}

export function mountHarvesting(
  mount: Mount,
  { harvesting, catalogue, identity }: HarvestingRoutesDeps,
): void {
  const { sources } = harvesting

  async function present(source: Source): Promise<contract.HarvestSource> {
    const [last] = await harvesting.runs(source.id, 1)
    const { counterparts, toDecide } = await harvesting.counted(source.id)
    const { currentRun: _, organisationId, begun: __, ...shown } = source
    return {
      ...shown,
      organisation: {
        id: organisationId,
        name: identity.organisation(organisationId)?.name ?? { zh: '', en: '' },
      },
      registeredBy: source.registeredName,
      counterparts,
      toDecide,
      lastRun: last === undefined ? null : presentRun(last),
      nextRunAt: source.nextRunAt?.toISOString() ?? null,
      createdAt: source.createdAt.toISOString(),
    }
  }

  async function presentHarvested(found: readonly Harvested[]): Promise<contract.HarvestedEntry[]> {
    const entries = new Map(
      (await catalogue.findAll(found.map(({ entryId }) => entryId))).map((entry) => [entry.id, entry]),
    )
    return found.flatMap((each) => {
      const entry = entries.get(each.entryId)
      if (entry === undefined) return []
      const { taken, waiting } = each
      return {
        remoteId: each.remoteId,
        title: entry.content.title,
        state: each.state,
        entryId: entry.id,
        number: entry.number,
        status: entry.status,
        published: entry.published,
        differences:
          waiting === null
            ? []
            : partsChanged(taken, waiting).map((part) => ({
                part,
                before: wordsOf(taken, part),
                after: wordsOf(waiting, part),
              })),
        seenAt: each.seenAt.toISOString(),
      }
    })
  }

  const actsOf = (session: Session, source: Source) => [
    'change' as const,
    'run' as const,
    ...(stewardOf(session) === source.organisationId ? (['decide'] as const) : []),
  ]

  mount(contract.listHarvestSources, async ({ query, session }) => {
    const after = readCursor('harvest-sources', query.cursor, isIdText)
    const found = await sources.list(session, after, query.limit + 1)
    const page = found.slice(0, query.limit)
    const items: contract.HarvestSource[] = []
    for (const source of page) items.push(await present(source))
    return {
      items,
      nextCursor: found.length > query.limit ? writeCursor('harvest-sources', page.at(-1)!.id) : null,
    }
  })
  mount(contract.createHarvestSource, async ({ body, session }) =>
    present(await sources.register(session, body)),
  )
  mount(contract.getHarvestSource, async ({ params, session }) => {
    const source = await sources.requireSource(session, params.sourceId)
    const runs = await harvesting.runs(source.id, 20)
    return { ...(await present(source)), runs: runs.map(presentRun), acts: actsOf(session, source) }
  })
  mount(contract.changeHarvestSource, async ({ params, body, session }) =>
    present(await sources.change(session, params.sourceId, body)),
  )
  mount(contract.startHarvest, async ({ params, body, session }) =>
    presentRun(await sources.start(session, params.sourceId, body.mode, body.acceptWithdrawals)),
  )
  mount(contract.getHarvestRun, async ({ params, session }) => {
    const source = await sources.requireSource(session, params.sourceId)
    const run = await harvesting.run(params.runId)
    if (run === undefined || run.sourceId !== source.id) throw new Problem('not-found')
    return presentRun(run)
  })
  mount(contract.listHarvested, async ({ params, query, session }) => {
    const source = await sources.requireSource(session, params.sourceId)
    const list = listOf('harvested', [source.id, query.state])
    const after = readCursor(list, query.cursor, isIdText)
    const found = await harvesting.harvested(source.id, query.state, after, query.limit + 1)
    const page = found.slice(0, query.limit)
    return {
      items: await presentHarvested(page),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.entryId) : null,
    }
  })
  mount(contract.decideHarvested, async ({ params, body, session }) => {
    const source = await sources.requireSource(session, params.sourceId)
    const decided = await harvesting.decide(session, source, params.entryId, body.decision)
    return (await presentHarvested([decided]))[0]!
  })
}

const presentRun = (run: Run): contract.HarvestRun => ({
  id: run.id,
  mode: run.mode,
  state: run.state,
  askedBy: run.askedName,
  createdAt: run.createdAt.toISOString(),
  endedAt: run.endedAt?.toISOString() ?? null,
  counts: run.counts,
  failure: run.failure,
  failedAt: run.failedAt,
  refusal: run.refusal,
  examples: run.examples,
  parity: run.parity,
})
