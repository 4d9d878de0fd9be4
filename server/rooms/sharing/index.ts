export { presentRequest } from './access-plan.ts'
export type { Grant } from './sharing.model.ts'
export { mountSharing } from './sharing.routes.ts'
export { createSharing, type Revocation, type Sharing } from './sharing.service.ts'

export const sharingMigrations = { room: 'sharing', folder: new URL('./migrations/', import.meta.url) }
