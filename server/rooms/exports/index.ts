export { mountExports } from './exports.routes.ts'
export { createExports, type Exports } from './exports.service.ts'
export { exportExpiredJob, exportJob } from './making.ts'

export const exportMigrations = { room: 'exports', folder: new URL('./migrations/', import.meta.url) }
