export { mountProcessing } from './processing.routes.ts'
export { createProcessing, type Processing } from './processing.service.ts'

export const processingMigrations = { room: 'processing', folder: new URL('./migrations/', import.meta.url) }
