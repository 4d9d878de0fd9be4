import type { Mount } from '../../foundations/http/index.ts'
import type { AgreementRoutesDeps } from './agreement.routes.ts'
import { mountAgreements } from './agreement.routes.ts'
import { type AgreementDeps, createAgreements, expireJob, expiringJob } from './agreement.service.ts'
import { mountDemands } from './demands.routes.ts'
import { createDemands } from './demands.ts'
import { createAgreementModels } from './model-texts.ts'
import { mountResults } from './results.routes.ts'
import { createResults } from './results.ts'
import { createAgreementTasks, taskDueJob, taskMissedJob } from './tasks.service.ts'

export type Opening = ReturnType<typeof createOpening>

/** The room of opened data: what binds its use, and how the city tells what is open (公共数据开放). */
export function createOpening(deps: AgreementDeps) {
  const { jobs } = deps
  const models = createAgreementModels(deps)
  const tasks = createAgreementTasks(deps)
  const agreements = createAgreements(deps, models, tasks)
  jobs.handle(expireJob, agreements.expire)
  jobs.handle(expiringJob, agreements.warnOfExpiry)
  jobs.handle(taskDueJob, tasks.remind)
  jobs.handle(taskMissedJob, tasks.markMissed)
  const procedure = deps.rulebook.rooms.opening?.agreement?.procedure
  return {
    models,
    tasks,
    agreements,
    results: createResults(deps),
    demands: createDemands(deps),
    /** Procedures in which an agreement is drawn up. */
    follows: procedure === undefined ? [] : [procedure],
    onAct: agreements.onAct,
    onRevoked: agreements.onRevoked,
  }
}

export function mountOpening(
  mount: Mount,
  opening: Opening,
  deps: Omit<AgreementRoutesDeps, 'agreements' | 'models' | 'tasks'>,
): void {
  mountAgreements(mount, { ...deps, ...opening })
  mountResults(mount, { ...deps, ...opening })
  mountDemands(mount, { ...deps, ...opening })
}

export const openingMigrations = { room: 'opening', folder: new URL('./migrations/', import.meta.url) }
