export { mountHarvesting } from './harvesting.routes.ts'
export { createHarvesting, type Harvesting } from './harvesting.ts'
export { harvestDueJob } from './run-ending.ts'
export { harvestRunJob } from './sources.service.ts'

export const harvestingMigrations = { room: 'harvesting', folder: new URL('./migrations/', import.meta.url) }
