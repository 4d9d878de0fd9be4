export { mountProofs } from './proofs.routes.ts'
export { createProofs, type Proofs } from './proofs.service.ts'

export const proofMigrations = { room: 'proofs', folder: new URL('./migrations/', import.meta.url) }
