export { presentRequest, shownRows } from './access-plan.ts'
export { mountDeliveries } from './deliveries.routes.ts'
export { createDeliveries, type Deliveries } from './deliveries.ts'
export { createGrantLife, type GrantLife, grantExpiredJob, grantExpiringJob } from './grant-life.ts'
export type { Grant } from './sharing.model.ts'
export { mountSharing } from './sharing.routes.ts'
export { createSharing, type Revocation, type Sharing } from './sharing.service.ts'
export { mountVendors } from './vendors.routes.ts'
export { createVendors, type Vendors } from './vendors.ts'

export const sharingMigrations = { room: 'sharing', folder: new URL('./migrations/', import.meta.url) }
