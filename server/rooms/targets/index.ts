export { mountTargets } from './targets.routes.ts'
export { createTargets, type Targets } from './targets.service.ts'

export const targetMigrations = { room: 'targets', folder: new URL('./migrations/', import.meta.url) }
