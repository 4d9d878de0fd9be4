export { createAllowance, type Limits, type Standing, usualLimits } from './allowance.ts'
export { callerOf } from './caller.ts'
export { decide } from './decide.ts'
export { gatewayErrors, LimitReached } from './gateway.errors.ts'
export { createGateway } from './gateway.ts'
export type * from './gateway.types.ts'
export { gatewayProblem } from './gateway-problem.ts'
export type { DecideInput } from './grounds.ts'
export { createFactsKeeper, type FactsKeeper, type KeptFacts } from './kept-facts.ts'
export { showingOf } from './masks.ts'
export type * from './ports.ts'
export { entryNotAvailable } from './refusals.ts'
export type * from './requests.ts'
export { type Retraced, retrace } from './retrace.ts'
export { createGroupGuard, type GroupGuard } from './small-groups.ts'
export { type Condition, conditions, type Step, type StepFact } from './trace.ts'

/** The tables of this foundation, for `migrate`. */
export const gatewayMigrations = { room: 'gateway', folder: new URL('./migrations/', import.meta.url) }
