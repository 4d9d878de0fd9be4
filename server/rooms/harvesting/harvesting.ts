import { createDecisions } from './decisions.service.ts'
import * as harvestedStore from './harvested.store.ts'
import type { HarvestingDeps } from './harvesting.deps.ts'
import type { HarvestedState } from './harvesting.model.ts'
import { createRunner } from './run.service.ts'
import * as runStore from './runs.store.ts'
import { createSources } from './sources.service.ts'

export type Harvesting = ReturnType<typeof createHarvesting>

/** Catalogues of others: registered, tried, read by a schedule, and brought in as drafts. */
export function createHarvesting(deps: HarvestingDeps) {
  const { db } = deps.database
  return {
    sources: createSources(deps),
    runner: createRunner(deps),
    decide: createDecisions(deps),
    runs: (sourceId: string, limit: number) => runStore.lastRuns(db, sourceId, limit),
    run: (runId: string) => runStore.findRun(db, runId),
    counted: (sourceId: string) => harvestedStore.countHarvested(db, sourceId),
    harvested: (
      sourceId: string,
      state: HarvestedState | undefined,
      after: string | undefined,
      limit: number,
    ) => harvestedStore.listHarvested(db, sourceId, state, after, limit),
  }
}
