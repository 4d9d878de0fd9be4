export {
  cataloguingProcedure,
  dueAgain,
  type Entry,
  type EntryContent,
  keyFieldsOf,
  nextLoadDue,
  type PublishedEntry,
} from './catalogue.model.ts'
export { stewardOf } from './catalogue.policy.ts'
export { mountCatalogue } from './catalogue.routes.ts'
export { typeOf } from './catalogue.rules.ts'
export { type Catalogue, createCatalogue } from './catalogue.service.ts'
export { citationOf, presentEntrySummary } from './catalogue.view.ts'

export const catalogueMigrations = { room: 'catalogue', folder: new URL('./migrations/', import.meta.url) }
