export type { LawVersion } from './amendments.store.ts'
export {
  type Amendment,
  AmendmentError,
  acknowledge,
  NoSuchOfficerError,
  noteVersion,
  pendingAmendment,
  requireAcknowledged,
  versionsOf,
} from './amendments.ts'

export const amendmentMigrations = { room: 'amendments', folder: new URL('./migrations/', import.meta.url) }
