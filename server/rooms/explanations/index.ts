export { mountExplanations } from './explanations.routes.ts'
export { createExplanations, type Explanations } from './explanations.service.ts'

export const explanationMigrations = {
  room: 'explanations',
  folder: new URL('./migrations/', import.meta.url),
}
