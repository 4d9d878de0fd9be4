import type { Mount } from '../../foundations/http/index.ts'
import { mountBusiness } from './business.routes.ts'
import { type CompilationRoutesDeps, nothingOrdered } from './compilation.ts'
import { mountEditions } from './editions.routes.ts'
import { mountRounds } from './rounds.routes.ts'
import { mountSpecifications } from './specification.routes.ts'

export { type Compilation, createCompilation } from './compilation.ts'

export const compilationMigrations = {
  room: 'compilation',
  folder: new URL('./migrations/', import.meta.url),
}

export function mountCompilation(mount: Mount, deps: CompilationRoutesDeps): void {
  const rules = deps.rulebook.rooms.compilation ?? nothingOrdered
  mountSpecifications(mount, deps, rules.specification)
  mountEditions(mount, deps, rules, deps.rulebook)
  mountRounds(mount, deps, deps.rulebook)
  mountBusiness(mount, deps, rules.responsible?.article)
}
