export { mountSystems } from './systems.routes.ts'
export { beatJob, createSystems, type Systems } from './systems.service.ts'

export const systemMigrations = { room: 'systems', folder: new URL('./migrations/', import.meta.url) }
