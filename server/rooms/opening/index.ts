import { civilDateOf } from '@tiaoli/kernel/instants'
import { yearOf } from '@tiaoli/kernel/working-days'
import type { ActHappened, Cases } from '../../foundations/cases/index.ts'
import type { Mount } from '../../foundations/http/index.ts'
import { cataloguingProcedure } from '../catalogue/index.ts'
import type { Sharing } from '../sharing/index.ts'
import { type AgreementRoutesDeps, mountAgreements } from './agreement.routes.ts'
import { createAgreements, expireJob, expiringJob } from './agreement.service.ts'
import { createCorrections, fineEffect } from './corrections.ts'
import { mountDemands } from './demands.routes.ts'
import { createDemands } from './demands.ts'
import { mountLists } from './lists.routes.ts'
import { createOpeningLists } from './lists.ts'
import { createAgreementModels } from './model-texts.ts'
import type { OpeningDeps } from './opening.deps.ts'
import { mountReassessment } from './reassessment.routes.ts'
import { createReassessment } from './reassessment.ts'
import { mountReport } from './report.routes.ts'
import { mountResults } from './results.routes.ts'
import { createResults } from './results.ts'
import { createAgreementTasks, taskDueJob, taskMissedJob } from './tasks.service.ts'
import { createWidening } from './widening.ts'

export type Opening = ReturnType<typeof createOpening>

/** The room of opened data: what binds its use, and how the city tells what is open (公共数据开放). */
export function createOpening(deps: OpeningDeps & { readonly cases: () => Cases }) {
  const { jobs } = deps
  const models = createAgreementModels(deps)
  const tasks = createAgreementTasks(deps)
  const agreements = createAgreements(deps, models, tasks)
  const reassessment = createReassessment(deps)
  const widening = createWidening(deps)
  jobs.handle(expireJob, agreements.expire)
  jobs.handle(expiringJob, agreements.warnOfExpiry)
  jobs.handle(taskDueJob, tasks.remind)
  jobs.handle(taskMissedJob, tasks.markMissed)
  const corrections = createCorrections(deps, agreements, tasks)
  const ordered = corrections.rules?.procedure
  const agreedIn = deps.rulebook.rooms.opening?.agreement?.procedure
  return {
    models,
    tasks,
    agreements,
    reassessment,
    widening,
    corrections,
    results: createResults(deps),
    demands: createDemands(deps),
    lists: createOpeningLists(deps),
    /** The procedure in which an agreement is drawn up, and the one by which entries are published. */
    follows: [cataloguingProcedure, ...(agreedIn === undefined ? [] : [agreedIn])],
    effects: [fineEffect],
    /** Orders to correct are opened from their agreement. */
    opens: ordered === undefined ? [] : [ordered],
    onAct: (happened: ActHappened): Promise<void> => {
      const { key } = happened.procedure
      if (key === agreedIn) return agreements.onAct(happened)
      return key === ordered ? corrections.onAct(happened) : reassessment.onAct(happened)
    },
    onRevoked: agreements.onRevoked,
  }
}

export function mountOpening(
  mount: Mount,
  opening: Opening,
  given: Omit<AgreementRoutesDeps, 'agreements' | 'models' | 'tasks' | 'corrections'> & {
    readonly sharing: Sharing
  },
): void {
  const deps = { ...given, ...opening }
  mountAgreements(mount, deps)
  mountResults(mount, deps)
  mountDemands(mount, deps)
  mountLists(mount, {
    ...deps,
    thisYear: () => yearOf(civilDateOf(given.now())),
    demandsFor: opening.demands.countFor,
  })
  mountReport(mount, deps)
  mountReassessment(mount, deps)
}

export const openingMigrations = { room: 'opening', folder: new URL('./migrations/', import.meta.url) }
