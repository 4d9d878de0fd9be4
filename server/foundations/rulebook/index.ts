export { type AnnouncedYear, type OfficialCalendar, officialCalendar } from './calendar.ts'
export { type Fault, RulebookError } from './faults.ts'
export {
  canonical,
  type LawFolder,
  listRegisters,
  listRulebooks,
  loadObligations,
  loadRulebook,
} from './load.ts'
export { articleNumber, articleOf, procedureOf } from './lookup.ts'
export * from './obligation.types.ts'
export {
  type AgreementRules,
  type CorrectionRules,
  type FeedbackRhythm,
  feedbackRhythms,
  type ListRules,
  type OpeningRules,
  type ResultRules,
} from './rooms/opening.ts'
export type * from './rooms.schema.ts'
export type * from './rulebook.types.ts'
