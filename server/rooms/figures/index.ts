export { mountFigures } from './figures.routes.ts'
export { createFigures, type Figures } from './figures.service.ts'

export const figureMigrations = { room: 'figures', folder: new URL('./migrations/', import.meta.url) }
