export { createCases } from './cases.service.ts'
export type * from './cases.types.ts'
export type { LocalTarget } from './edition.ts'
export { termsOf } from './fold.ts'
export { roleNotEntitled } from './refusals.ts'

/** The tables of this foundation, for `migrate`. */
export const caseMigrations = { room: 'cases', folder: new URL('./migrations/', import.meta.url) }
