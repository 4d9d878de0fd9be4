export {
  cataloguingProcedure,
  type DraftInput,
  dueAgain,
  type Entry,
  type EntryContent,
  type EntryFault,
  type EntryMoment,
  type EntryWatcher,
  keyFieldsOf,
  nextLoadDue,
  type PublishedEntry,
  type Timeliness,
  timelinessOf,
} from './catalogue.model.ts'
export { checksCatalogue, isOwn, stewardOf } from './catalogue.policy.ts'
export { mountCatalogue } from './catalogue.routes.ts'
export { isDrafted, isFilled, statesToCheck, typeOf } from './catalogue.rules.ts'
export { type Catalogue, createCatalogue } from './catalogue.service.ts'
export { citationOf, presentEntrySummary } from './catalogue.view.ts'
export { documentClasses } from './opening.rules.ts'
export type { EntryCondition, EntryListOrder, EntryQuality, PublicList } from './public-list.store.ts'
export { createSectors, mountSectors, type Sectors, type WatchedSectors } from './sectors.ts'
export { type TableField, tableFieldOf } from './table-schema.rules.ts'
export type { Held } from './written-together.ts'

export const catalogueMigrations = { room: 'catalogue', folder: new URL('./migrations/', import.meta.url) }
