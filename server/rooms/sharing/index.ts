export { presentRequest } from './access-plan.ts'
export { mountSharing } from './sharing.routes.ts'
export { createSharing, type Sharing } from './sharing.service.ts'

export const sharingMigrations = { room: 'sharing', folder: new URL('./migrations/', import.meta.url) }
