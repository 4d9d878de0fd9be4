export { mountBases } from './bases.routes.ts'
export { type Bases, createBases } from './bases.service.ts'

export const baseMigrations = { room: 'bases', folder: new URL('./migrations/', import.meta.url) }
