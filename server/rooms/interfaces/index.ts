import type { Mount } from '../../foundations/http/index.ts'
import { mountAssistant } from './assistant/assistant.routes.ts'
import { createCkanActions } from './ckan/ckan.actions.ts'
import { mountCkan } from './ckan/ckan.routes.ts'
import { mountDataPackage } from './data-package.routes.ts'
import { mountDcat } from './dcat/dcat.routes.ts'
import { mountFeatures } from './features/features.routes.ts'
import { createPublicRows } from './gateway-reader.ts'
import type { InterfacesDeps } from './interfaces.deps.ts'
import { createOffsetReader } from './offset-reader.ts'
import { createFindHead } from './portal/head.service.ts'
import { mountPortal } from './portal/portal.routes.ts'
import { createPublicEntries } from './public-entries.ts'

export { type FirstFiles, withHead } from './portal/head.rules.ts'
export type { FindHead } from './portal/head.service.ts'

/** Everything by which other systems read the catalogue and its open data. */
export function mountInterfaces(mount: Mount, deps: InterfacesDeps, now: () => Date): void {
  const entries = createPublicEntries(deps)
  mountDcat(mount, entries, now)
  mountDataPackage(mount, entries, deps)
  mountPortal(mount, entries, deps)
  const rows = createPublicRows(deps.gateway)
  const read = createOffsetReader(rows)
  mountCkan(mount, createCkanActions(entries, read, deps, now), deps.publicUrl)
  mountFeatures(mount, entries, rows, read)
  mountAssistant(mount, entries, rows)
}

/** What the pages of the portal say in their heads. */
export const findHeadIn = (deps: Omit<InterfacesDeps, 'snapshot'>) =>
  createFindHead(createPublicEntries(deps))
