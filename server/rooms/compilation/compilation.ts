import type { Identity } from '../../foundations/identity/index.ts'
import type { CompilationRules, Rulebook } from '../../foundations/rulebook/index.ts'
import type { Catalogue, EntryWatcher } from '../catalogue/index.ts'
import { createBusiness } from './business.service.ts'
import type { CompilationDeps } from './compilation.deps.ts'
import { createEditions } from './editions.service.ts'
import { createRounds } from './rounds.service.ts'
import { createSpecifications } from './specification.service.ts'
import { createTargets } from './targets.service.ts'

/** Of a city whose text orders nothing of this. */
export const nothingOrdered: CompilationRules = { rounds: [], states: [] }

export type Compilation = ReturnType<typeof createCompilation>

/** How the catalogue is compiled (目录编制): specification, editions, reviews, rounds, business and sources. */
export function createCompilation(given: Omit<CompilationDeps, 'rules'>) {
  const deps: CompilationDeps = { ...given, rules: given.rulebook.rooms.compilation ?? nothingOrdered }
  const specifications = createSpecifications(deps)
  const editions = createEditions(deps)
  const business = createBusiness(deps)
  const watchers: readonly EntryWatcher[] = [specifications.watcher, business.watcher, editions.watcher]
  return {
    specifications,
    editions,
    business,
    targets: createTargets(deps, editions),
    rounds: createRounds(deps),
    watchers,
  }
}

export type CompilationRoutesDeps = {
  readonly compilation: Compilation
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly rulebook: Rulebook
  readonly now: () => Date
}
