export { mountPublication } from './publication.routes.ts'
export { createPublication, type Publication } from './publication.service.ts'

export const publicationMigrations = {
  room: 'publication',
  folder: new URL('./migrations/', import.meta.url),
}
