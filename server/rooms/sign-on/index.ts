export { mountSignOn } from './sign-on.routes.ts'
export { createSignOn, type SignOn } from './sign-on.ts'

export const signOnMigrations = { room: 'sign-on', folder: new URL('./migrations/', import.meta.url) }
