export { requireSeen, supervisedBy } from './case-access.ts'
export {
  actorIn,
  actorOf,
  hasPowerFor,
  requirePower,
  requirePowerForAct,
  stranger,
  takesPart,
} from './case-actor.ts'
export { presentAct, presentField } from './case-content.ts'
export { documentOf } from './case-document.ts'
export { caseProblem } from './case-problem.ts'
export { clockEventTitles } from './case-view.ts'
export { type Casework, createCasework, overdueJob, remindJob } from './casework.ts'

export const caseworkMigrations = { room: 'casework', folder: new URL('./migrations/', import.meta.url) }
