export type { LiveSnapshot } from './aggregation.deps.ts'
export type { BatchState } from './aggregation.model.ts'
export { mountAggregation } from './aggregation.routes.ts'
export { qualityScore } from './aggregation.rules.ts'
export { type Aggregation, createAggregation } from './aggregation.service.ts'
export { presentSnapshot } from './aggregation.view.ts'
export { mountUploads } from './uploads.routes.ts'
export { createUploads, type Uploads } from './uploads.service.ts'

export { mountVersions } from './versions.routes.ts'
export { createVersions, type Versions } from './versions.service.ts'
export type { WayInDeps } from './way-in.deps.ts'

export const aggregationMigrations = {
  room: 'aggregation',
  folder: new URL('./migrations/', import.meta.url),
}
