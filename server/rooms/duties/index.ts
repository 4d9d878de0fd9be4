export { mountDuties } from './duties.routes.ts'
export { createDuties, type Duties, dutyJob } from './duties.service.ts'

export const dutyMigrations = { room: 'duties', folder: new URL('./migrations/', import.meta.url) }
