export { mountDesk } from './desk.routes.ts'
export { createDesk, type Desk } from './desk.ts'
export type { ActOnOne } from './together.ts'

export const deskMigrations = { room: 'desk', folder: new URL('./migrations/', import.meta.url) }
