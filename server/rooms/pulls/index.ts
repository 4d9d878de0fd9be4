export { pullJob } from './pulls.deps.ts'
export { mountPulls } from './pulls.routes.ts'
export { createPulls, type Pulls } from './pulls.service.ts'

export const pullMigrations = { room: 'pulls', folder: new URL('./migrations/', import.meta.url) }
